import Lanes

/// Up to 64 samples of a batch, one a lane, as columns: row i of the inputs holds input i of all of
/// them.
package struct SampleChunk {
  /// Input columns, `inputStride` lanes apart.
  var inputs: UnsafePointer<Lanes>
  var inputStride: Int
  /// Target columns, `targetStride` lanes apart.
  var targets: UnsafePointer<Lanes>
  var targetStride: Int
  /// Samples; the lanes behind them hold zeros.
  var count: Int

  /// The most lane blocks of a chunk.
  static let most = 8

  /// Lane blocks.
  var lanes: Int { (count &+ 7) >> 3 }

  /// `x` where lane block `block` holds samples, 0 behind them.
  @inline(__always)
  func real(_ x: Lanes, _ block: Int) -> Lanes {
    let left = count &- (block &<< 3)
    guard left < 8 else { return x }
    let numbers = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
    return Lanes.zero.replacing(with: x, where: numbers .< Lanes(repeating: Double(left)))
  }

  /// Clears what the last lane block of `rows` rows holds behind the samples, so that it adds
  /// nothing to sums over lanes.
  @inline(__always)
  func clearPadding(_ x: UnsafeMutablePointer<Lanes>, rows: Int, stride: Int) {
    guard count & 7 != 0 else { return }
    let last = lanes &- 1
    for row in 0..<rows { x[row &* stride &+ last] = real(x[row &* stride &+ last], last) }
  }
}

/// Training and test samples as columns of lanes.
package struct SampleTables: Sendable {
  let train: SampleTable
  let test: SampleTable

  init(train: Samples, test: Samples) {
    self.train = SampleTable(train)
    self.test = SampleTable(test)
  }
}

extension SampleTable {
  /// Samples as they are.
  init(_ samples: Samples) {
    self.init(
      count: samples.count, inputs: samples.inputCount, outputs: samples.targetCount,
      input: { samples.inputs[$0 * samples.inputCount + $1] },
      target: { samples.targets[$0 * samples.targetCount + $1] })
  }

  /// Lanes that `forEachChunk` needs to gather samples in.
  func gatheredLanes(samples: Int) -> Int {
    (inputs + outputs) * min((samples + 7) / 8, SampleChunk.most)
  }

  /// Samples of a batch.
  func count(of batch: Batch) -> Int {
    switch batch {
    case .all: count
    case .rows(let rows): rows.count
    }
  }

  /// Cuts a batch into chunks, in its order; a chunk is valid during the call.
  ///
  /// Samples that stand side by side in the table are read where they stand, others are gathered in
  /// `scratch`.
  @inline(__always)
  func forEachChunk(
    of batch: Batch, scratch: UnsafeMutablePointer<Lanes>, _ body: (SampleChunk) -> Void
  ) {
    let samples = count(of: batch)
    guard samples > 0 else { return }
    columns.withUnsafeBufferPointer { columns in
      targets.withUnsafeBufferPointer { targets in
        // Without targets their pointer is never read.
        guard let x = columns.baseAddress else { return }
        let t = targets.baseAddress ?? x
        var start = 0
        while start < samples {
          let size = min(samples &- start, SampleChunk.most &* 8)
          var chunk = SampleChunk(
            inputs: x + start / 8, inputStride: stride, targets: t + start / 8,
            targetStride: stride, count: size)
          if case .rows(let rows) = batch, let numbers = rows.baseAddress {
            if let first = block(numbers + start, count: size) {
              chunk.inputs = x + first / 8
              chunk.targets = t + first / 8
            } else {
              gather(x, t, numbers + start, &chunk, into: scratch)
            }
          }
          body(chunk)
          start &+= size
        }
      }
    }
  }

  private func gather(
    _ x: UnsafePointer<Lanes>, _ t: UnsafePointer<Lanes>, _ rows: UnsafePointer<Int32>,
    _ chunk: inout SampleChunk, into scratch: UnsafeMutablePointer<Lanes>
  ) {
    let lanes = chunk.lanes
    if Self.areConsecutive(rows, chunk.count) {
      copy(x, columns: inputs, from: Int(rows[0]), count: chunk.count, into: scratch)
      copy(
        t, columns: outputs, from: Int(rows[0]), count: chunk.count,
        into: scratch + inputs &* lanes)
    } else {
      SampleTable.gather(
        x, sourceStride: stride, columns: inputs, rows: rows, count: chunk.count, into: scratch,
        stride: lanes, lanes: lanes)
      SampleTable.gather(
        t, sourceStride: stride, columns: outputs, rows: rows, count: chunk.count,
        into: scratch + inputs &* lanes, stride: lanes, lanes: lanes)
    }
    chunk.inputs = UnsafePointer(scratch)
    chunk.inputStride = lanes
    chunk.targets = UnsafePointer(scratch + inputs &* lanes)
    chunk.targetStride = lanes
  }

  private static func areConsecutive(_ rows: UnsafePointer<Int32>, _ count: Int) -> Bool {
    var difference: Int32 = 0
    for i in 0..<count { difference |= rows[i] ^ (rows[0] &+ Int32(truncatingIfNeeded: i)) }
    return difference == 0
  }

  /// Copies samples that follow each other, wherever in their lanes they stand, padding with 0.
  private func copy(
    _ source: UnsafePointer<Lanes>, columns: Int, from first: Int, count: Int,
    into target: UnsafeMutablePointer<Lanes>
  ) {
    let whole = count >> 3
    let lanes = (count &+ 7) >> 3
    for column in 0..<columns {
      let from = UnsafeRawPointer(source + column &* stride) + 8 &* first
      let to = target + column &* lanes
      for block in 0..<whole {
        to[block] = from.loadUnaligned(fromByteOffset: 64 &* block, as: Lanes.self)
      }
      guard whole < lanes else { continue }
      var last = Lanes.zero
      for lane in 0..<count &- 8 &* whole {
        last[lane] = from.load(fromByteOffset: 64 &* whole &+ 8 &* lane, as: Double.self)
      }
      to[whole] = last
    }
  }
}
