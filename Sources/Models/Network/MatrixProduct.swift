/// The matrix kernel of dense layers on matrices by themselves, for benchmarks and tests: C = W X.
///
/// Matrices lie as training has them: samples in rows that are an odd number of lane blocks apart.
/// (Rows a large power of two apart would have all of a column fall on the same few cache sets.)
package enum MatrixProduct {
  /// Doubles from one row of samples to the next.
  package static func stride(samples: Int) -> Int { ChunkPlan.stride((samples &+ 7) >> 3) &* 8 }

  /// Multiplies `units × depth` weights, row by row, with `depth × samples` inputs into `units ×
  /// samples`, whose rows are `stride(samples:)` apart; `samples` is a multiple of eight. What is
  /// 64-byte aligned is multiplied faster.
  package static func multiply(
    weights: UnsafePointer<Double>, inputs: UnsafePointer<Double>,
    into outputs: UnsafeMutablePointer<Double>, units: Int, depth: Int, samples: Int
  ) {
    precondition(samples & 7 == 0, "\(samples) samples do not fill whole lanes")
    let stride = stride(samples: samples) / 8
    Multiply.rows(
      Rows.lanes(outputs), stride, units: units, lanes: samples / 8, weights, unit: depth, step: 1,
      Rows.lanes(inputs), stride, depth: depth, start: .zero, bias: weights)
  }
}
