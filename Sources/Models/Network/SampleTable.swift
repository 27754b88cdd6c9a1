import Lanes

/// Samples as the network wants them: columns (features and targets) as rows of lanes, one lane a
/// sample.
struct SampleTable: Sendable {
  /// The number of samples.
  let count: Int
  /// Columns that go in.
  let inputs: Int
  /// Target columns.
  let outputs: Int
  /// Lanes from one column to the next.
  let stride: Int
  /// Input columns: that of input i, lane block k is `columns[i * stride + k]`; padding is 0.
  let columns: AlignedLanes
  /// Target columns likewise.
  let targets: AlignedLanes

  /// The same inputs sample by sample, `RowGradient.stride(inputs:)` lanes each, in a multiple of
  /// eight samples; empty unless asked for.
  let rows: AlignedLanes
  /// The same of two samples a vector; empty unless asked for.
  let pairs: AlignedLanes

  /// A table of `count` samples whose numbers are given by functions of (sample, column).
  init(
    count: Int, inputs: Int, outputs: Int, rowWise: Bool = false, pairWise: Bool = false,
    input: (Int, Int) -> Double,
    target: (Int, Int) -> Double
  ) {
    self.count = count
    self.inputs = inputs
    self.outputs = outputs
    // An odd stride keeps columns from falling on the same cache sets.
    let lanes = (count + 7) / 8
    stride = lanes >= 8 ? lanes | 1 : lanes
    columns = AlignedLanes(
      SampleTable.fill(columns: inputs, stride: stride, count: count, input))
    targets = AlignedLanes(
      SampleTable.fill(columns: outputs, stride: stride, count: count, target))
    guard rowWise else {
      rows = AlignedLanes([])
      pairs = AlignedLanes([])
      return
    }
    let across = RowGradient.stride(inputs: inputs)
    var rows = [Lanes](repeating: .zero, count: (count + 7) / 8 * 8 * across)
    rows.withUnsafeMutableBytes { bytes in
      let doubles = bytes.bindMemory(to: Double.self)
      for sample in 0..<count {
        for column in 0..<inputs { doubles[sample * across * 8 + column] = input(sample, column) }
      }
    }
    self.rows = AlignedLanes(rows)
    let paired =
      !pairWise
      ? []
      : (0..<rows.count / 2).map {
        // An odd sample's partner is itself, so that what is not finite in a pair is a sample's
        // own.
        Lanes(
          lowHalf: rows[2 * $0].lowHalf,
          highHalf: rows[max(2 * $0, min(2 * $0 + 1, count - 1))].lowHalf)
      }
    pairs = AlignedLanes(paired)
  }

  private static func fill(
    columns: Int, stride: Int, count: Int, _ value: (Int, Int) -> Double
  ) -> [Lanes] {
    var table = [Lanes](repeating: .zero, count: columns * stride)
    table.withUnsafeMutableBytes { bytes in
      let doubles = bytes.bindMemory(to: Double.self)
      for column in 0..<columns {
        for sample in 0..<count { doubles[column * stride * 8 + sample] = value(sample, column) }
      }
    }
    return table
  }

  /// The first of `count` samples with these numbers, if they stand one after the other and can be
  /// taken from where they stand: they begin with a lane block, and fill their last or leave it to
  /// padding.
  @inline(__always)
  func block(_ numbers: UnsafePointer<Int32>, count samples: Int) -> Int? {
    let first = numbers[0]
    guard first & 7 == 0, samples & 7 == 0 || Int(first) &+ samples == count else { return nil }
    var difference: Int32 = 0
    for i in 0..<samples {
      difference |= numbers[i] ^ (first &+ Int32(truncatingIfNeeded: i))
    }
    return difference == 0 ? Int(first) : nil
  }

  /// Copies the samples with numbers `rows` into columns of `lanes` lanes, `stride` apart, padding
  /// with 0.
  @inline(__always)
  static func gather(
    _ source: UnsafePointer<Lanes>, sourceStride: Int, columns: Int, rows: UnsafePointer<Int32>,
    count: Int, into target: UnsafeMutablePointer<Lanes>, stride: Int, lanes: Int
  ) {
    for column in 0..<columns {
      let from = Rows.doubles(source + column &* sourceStride)
      let to = Rows.doubles(target + column &* stride)
      for i in 0..<count { to[i] = from[Int(rows[i])] }
      for i in count..<max(lanes &* 8, count) { to[i] = 0 }
    }
  }

  /// Copies whole samples with numbers `rows`, padding to `lanes` lanes of samples with 0.
  static func gatherRows(
    _ source: UnsafePointer<Lanes>, inputs: Int, rows: UnsafePointer<Int32>, count: Int,
    into target: UnsafeMutablePointer<Lanes>, lanes: Int
  ) {
    let stride = RowGradient.stride(inputs: inputs)
    let across = (inputs &+ 7) >> 3
    for sample in 0..<count {
      let from = source + Int(rows[sample]) &* stride
      let to = target + sample &* stride
      for j in 0..<across { to[j] = from[j] }
    }
    for sample in count..<(lanes &* 8) {
      for j in 0..<across { target[sample &* stride &+ j] = .zero }
    }
  }
}
