import Lanes
import Training

/// The written form of mini-batches; without size and rows they are all samples.
struct BatchDraft: Equatable, Sendable {
  /// The orders of batches of one size.
  enum Order: String, CaseIterable, Sendable {
    case shuffled, sequential, carried
    case withReplacement = "with_replacement"
    case blocks
    case numpyBlocks = "numpy_blocks"
  }

  var size: Int?
  var order: Order?
  var blocks: [Int]?
  var rows: [[Int]]?
  var stepsPerEpoch: Int?
  var after: Int?

  init() {}

  init(_ batching: Batching) {
    switch batching {
    case .full: break
    case .sequential(let size): (self.size, order) = (size, .sequential)
    case .carried(let size): (self.size, order) = (size, .carried)
    case .shuffled(let size): (self.size, order) = (size, .shuffled)
    case .withReplacement(let size): (self.size, order) = (size, .withReplacement)
    case .blocks(let size): (self.size, order) = (size, .blocks)
    case .numpyBlocks(let size, let after):
      (self.size, order, self.after) = (size, .numpyBlocks, after)
    case .blockSequence(let size, let numbers, let perEpoch):
      (self.size, blocks, stepsPerEpoch) = (size, numbers, perEpoch)
    case .explicit(let rows, let perEpoch): (self.rows, stepsPerEpoch) = (rows, perEpoch)
    }
  }

  /// The batches; nil when a size is missing.
  var batching: Batching? {
    if let rows { return .explicit(rows: rows, stepsPerEpoch: stepsPerEpoch ?? rows.count) }
    guard let size else { return self == BatchDraft() ? .full : nil }
    if let blocks {
      return .blockSequence(
        size: size, numbers: blocks, stepsPerEpoch: stepsPerEpoch ?? blocks.count)
    }
    switch order ?? .shuffled {
    case .shuffled: return .shuffled(size: size)
    case .sequential: return .sequential(size: size)
    case .carried: return .carried(size: size)
    case .withReplacement: return .withReplacement(size: size)
    case .blocks: return .blocks(size: size)
    case .numpyBlocks: return .numpyBlocks(size: size, after: after ?? 0)
    }
  }
}

/// The written form of a start.
struct StartDraft: Sendable {
  var parameters: [Double]?
  var initializer: Choice?
  var layers: [LayerValues]?
  /// A file of parameters; those that were read of it are in `parameters`.
  var file: String?
  /// Parameters by name, over those of `parameters`, in the order written.
  var named: [PresetNode.Entry] = []

  init() {}

  init(_ start: Start) {
    parameters = start.parameters
    initializer = start.initializer
    layers = start.layers
    file = start.file
  }
}
