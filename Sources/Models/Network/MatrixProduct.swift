import Lanes

/// The matrix kernel of dense layers on plain matrices, for benchmarks and tests: C = W X.
package enum MatrixProduct {
  /// Multiplies `units × depth` weights (row by row) with `depth × samples` inputs (unit-major) into `units × samples`;
  /// `samples` is a multiple of eight, all pointers are 64-byte aligned.
  package static func multiply(
    weights: UnsafePointer<Double>, inputs: UnsafePointer<Double>,
    into outputs: UnsafeMutablePointer<Double>, units: Int, depth: Int, samples: Int
  ) {
    precondition(samples & 7 == 0, "\(samples) samples do not fill whole lanes")
    let lanes = samples / 8
    // Whole rows of many samples would leave the first-level cache: as in training, chunks of samples are taken in turn.
    let chunk = ChunkPlan.most
    var first = 0
    while first < lanes {
      let count = min(chunk, lanes - first)
      Multiply.rows(
        Rows.lanes(outputs) + first, lanes, units: units, lanes: count, weights, unit: depth,
        step: 1, Rows.lanes(inputs) + first, lanes, depth: depth, start: .zero, bias: weights)
      first += count
    }
  }
}
