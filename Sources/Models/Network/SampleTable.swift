import Lanes

/// Samples as the network wants them: columns (features and targets) as rows of lanes, one lane a sample.
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
  let columns: [Lanes]
  /// Target columns likewise.
  let targets: [Lanes]

  /// A table of `count` samples whose numbers are given by functions of (sample, column).
  init(
    count: Int, inputs: Int, outputs: Int, input: (Int, Int) -> Double,
    target: (Int, Int) -> Double
  ) {
    self.count = count
    self.inputs = inputs
    self.outputs = outputs
    // An odd stride keeps columns from falling on the same cache sets.
    let lanes = (count + 7) / 8
    stride = lanes >= 8 ? lanes | 1 : lanes
    columns = SampleTable.fill(columns: inputs, stride: stride, count: count, input)
    targets = SampleTable.fill(columns: outputs, stride: stride, count: count, target)
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

  /// Copies the samples with numbers `rows` into columns of `lanes` lanes, `stride` apart, padding with 0.
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
}
