import Lanes
import Models

/// Draws the mini-batches of a run. A value: which samples step k takes depends on the seed and on
/// k, not on history.
///
/// Steps are counted from when the batching took effect. Each epoch's permutation is the draw with
/// the epoch's number; draws with replacement have the step's number. Nothing is allocated after
/// the beginning.
package struct Batcher: Sendable {
  /// How batches are drawn.
  package let batching: Batching
  /// Steps in an epoch.
  package let stepsPerEpoch: Int
  /// The most samples that one step takes; 0 for full batches.
  package let greatestSize: Int

  /// The epochs of the notes' stochastic programs.
  private static let notesEpochs = 50
  /// The most words that can be left out before numpy's draws.
  package static let greatestSkip = 10_000_000

  private let sampleCount: Int
  private let stream: RandomStream
  /// The epoch's order of samples, or the numbers given by the user.
  private var order: [Int32]
  private var orderEpoch = -1
  /// Rows of an explicit list, one after another, with where each step's begin.
  private var starts: [Int] = []

  /// The sizes of batches that `batching` asks for, checked against the data.
  ///
  /// - Throws: `BatchingError` for sizes and numbers that the data cannot serve.
  package init(_ batching: Batching, sampleCount: Int, seed: UInt64) throws(BatchingError) {
    self.sampleCount = sampleCount
    stream = RandomStream(seed: seed, stream: Streams.batches)
    var kind = sampleCount == 0 ? .full : batching
    var order: [Int32] = []
    switch kind {
    case .full:
      greatestSize = 0
      stepsPerEpoch = 1
    case .sequential(let size), .shuffled(let size):
      guard size > 0 else { throw BatchingError.size(size, sampleCount: sampleCount) }
      greatestSize = min(size, sampleCount)
      stepsPerEpoch = (sampleCount + greatestSize - 1) / greatestSize
      order = (0..<Int32(sampleCount)).map { $0 }
      if case .sequential = kind, size >= sampleCount { kind = .full }
    case .carried(let size):
      guard size > 0 else { throw BatchingError.size(size, sampleCount: sampleCount) }
      let size = min(size, sampleCount)
      stepsPerEpoch = sampleCount / size
      greatestSize = size + sampleCount % size
      order = (0..<Int32(sampleCount)).map { $0 }
      if size == sampleCount { kind = .full }
    case .withReplacement(let size):
      guard size > 0, size <= 1 << 24 else {
        throw BatchingError.size(size, sampleCount: sampleCount)
      }
      greatestSize = size
      stepsPerEpoch = max(1, (sampleCount + size - 1) / size)
    case .blocks(let size):
      guard size > 0, size <= sampleCount else {
        throw BatchingError.size(size, sampleCount: sampleCount)
      }
      greatestSize = size
      stepsPerEpoch = sampleCount / size
    case .numpyBlocks(let size, let after):
      guard size > 0, size <= sampleCount, after >= 0, after <= Batcher.greatestSkip else {
        throw BatchingError.size(size, sampleCount: sampleCount)
      }
      greatestSize = size
      stepsPerEpoch = sampleCount / size
      let blocks = stepsPerEpoch
      var random = NumpyRandom(seed: seed)
      random.skip(after)
      let steps = min(Batcher.notesEpochs * blocks, 1 << 20)
      order = (0..<steps).map { _ in Int32(truncatingIfNeeded: random.below(blocks)) }
    case .blockSequence(let size, let numbers, let perEpoch):
      guard size > 0, size <= sampleCount else {
        throw BatchingError.size(size, sampleCount: sampleCount)
      }
      guard !numbers.isEmpty else { throw BatchingError.empty }
      let blocks = sampleCount / size
      if let wrong = numbers.first(where: { $0 < 0 || $0 >= blocks }) {
        throw BatchingError.number(wrong, below: blocks)
      }
      greatestSize = size
      stepsPerEpoch = max(1, perEpoch)
      order = numbers.map { Int32($0) }
    case .explicit(let lists, let perEpoch):
      guard !lists.isEmpty, lists.allSatisfy({ !$0.isEmpty }) else { throw BatchingError.empty }
      for list in lists {
        if let wrong = list.first(where: { $0 < 0 || $0 >= sampleCount }) {
          throw BatchingError.number(wrong, below: sampleCount)
        }
        starts.append(order.count)
        order += list.map { Int32($0) }
      }
      starts.append(order.count)
      greatestSize = lists.map(\.count).max() ?? 0
      stepsPerEpoch = max(1, perEpoch)
    }
    self.batching = kind
    self.order = order
  }

  /// Whether both draw the same batches of the same number of samples.
  func drawsLike(_ other: Batcher) -> Bool {
    guard sampleCount == other.sampleCount, batching == other.batching else { return false }
    switch batching {
    case .full, .sequential, .carried, .blockSequence, .explicit: return true
    case .shuffled, .withReplacement, .blocks, .numpyBlocks: return stream == other.stream
    }
  }

  /// Whether every step takes all samples in one piece.
  package var isFull: Bool { batching == .full }

  /// Draws the batch of a step, and returns its number of samples.
  ///
  /// - Parameters:
  ///   - step: steps since the batching took effect.
  ///   - epoch: epochs since the batching took effect.
  ///   - position: steps since the epoch began.
  ///   - rows: room for `greatestSize` sample numbers.
  mutating func draw(
    step: Int, epoch: Int, position: Int, into rows: UnsafeMutablePointer<Int32>
  ) -> Int {
    switch batching {
    case .full:
      return 0
    case .sequential:
      return take(position, into: rows)
    case .carried(let size):
      let rest = sampleCount % size
      let carried = position == 0 && epoch > 0 ? rest : 0
      for index in 0..<carried { rows[index] = order[sampleCount - rest + index] }
      for index in 0..<size { rows[carried + index] = order[position * size + index] }
      return carried + size
    case .shuffled:
      if orderEpoch != epoch {
        orderEpoch = epoch
        order.withUnsafeMutableBufferPointer {
          stream.permute(into: $0, at: UInt64(truncatingIfNeeded: epoch))
        }
      }
      return take(position, into: rows)
    case .withReplacement(let size):
      let first = UInt64(truncatingIfNeeded: step) &* UInt64(size)
      for index in 0..<size {
        let sample = stream.below(sampleCount, at: first &+ UInt64(index))
        rows[index] = Int32(truncatingIfNeeded: sample)
      }
      return size
    case .blocks(let size):
      let block = stream.below(stepsPerEpoch, at: UInt64(truncatingIfNeeded: step))
      for index in 0..<size { rows[index] = Int32(truncatingIfNeeded: block * size + index) }
      return size
    case .blockSequence(let size, _, _), .numpyBlocks(let size, _):
      let first = Int(order[step % order.count]) * size
      for index in 0..<size { rows[index] = Int32(truncatingIfNeeded: first + index) }
      return size
    case .explicit:
      let list = step % (starts.count - 1)
      let first = starts[list]
      let count = starts[list + 1] - first
      for index in 0..<count { rows[index] = order[first + index] }
      return count
    }
  }

  private func take(_ position: Int, into rows: UnsafeMutablePointer<Int32>) -> Int {
    let first = position * greatestSize
    let count = min(greatestSize, sampleCount - first)
    for index in 0..<count { rows[index] = order[first + index] }
    return count
  }
}

/// What is wrong with a description of mini-batches.
package enum BatchingError: Error, Equatable, CustomStringConvertible {
  /// A batch size that the data cannot serve.
  case size(Int, sampleCount: Int)
  /// A block or sample number that does not exist.
  case number(Int, below: Int)
  /// No batches, or a batch without samples.
  case empty

  package var description: String {
    switch self {
    case .size(let size, let count):
      return "batches of \(size) cannot be drawn from \(count) training samples"
    case .number(let number, let limit):
      return "number \(number) is not one of 0 to \(limit - 1)"
    case .empty:
      return "the list of batches is empty, or one of its batches is"
    }
  }
}
