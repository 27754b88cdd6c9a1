import Lanes

/// Gradients by the weights of wide layers, from inputs that stand sample by sample: a matrix
/// product, gradients as its numbers, without sums across lanes.
///
/// Each gradient is one chain of fused multiply-adds over all samples in rising order.
enum RowGradient {
  /// The fewest inputs of a layer that is treated so.
  static let fewestInputs = 16
  /// The fewest units, where inputs have to be transposed for it.
  static let fewestUnits = 16

  /// Lanes from one sample's inputs to the next; odd, so that they spread over all cache sets.
  static func stride(inputs: Int) -> Int { ((inputs &+ 7) >> 3) | 1 }

  /// Puts `Σ_s delta[u][s] · rows[s][i]` into `weights[u * inputs + i]`, or adds it to what is
  /// there where the sum `goesOn` from an earlier chunk; `product` has room for `units` rows.
  static func add(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, units: Int, _ rows: UnsafePointer<Lanes>,
    inputs: Int, samples: Int, product: UnsafeMutablePointer<Lanes>,
    weights: UnsafeMutablePointer<Double>, goesOn: Bool
  ) {
    let gradients = Rows.doubles(delta)
    let whole = inputs >> 3
    // Rows of the gradient that are whole lanes are the product's own; others are widened to such,
    // and taken back.
    let isWhole = inputs & 7 == 0
    let rowStride = isWhole ? whole : stride(inputs: inputs)
    let sums = isWhole ? Rows.lanes(weights) : product
    if !isWhole, goesOn {
      for u in 0..<units {
        copy(
          weights + u &* inputs, Rows.doubles(product + u &* rowStride), inputs: inputs, whole)
      }
    }
    Multiply.rows(
      sums, rowStride, units: units, lanes: (inputs &+ 7) >> 3, gradients, unit: dStride &* 8,
      step: 1, rows, stride(inputs: inputs), depth: samples, start: goesOn ? .sum : .zero,
      bias: gradients)
    guard !isWhole else { return }
    for u in 0..<units {
      copy(Rows.doubles(product + u &* rowStride), weights + u &* inputs, inputs: inputs, whole)
    }
  }

  /// Copies a row: lanes as long as they are whole, then numbers.
  @inline(__always)
  private static func copy(
    _ from: UnsafeMutablePointer<Double>, _ to: UnsafeMutablePointer<Double>, inputs: Int,
    _ whole: Int
  ) {
    for j in 0..<whole {
      let row = UnsafeRawPointer(from + j &* 8).loadUnaligned(as: Lanes.self)
      UnsafeMutableRawPointer(to + j &* 8).storeBytes(of: row, as: Lanes.self)
    }
    for i in (whole &* 8)..<inputs { to[i] = from[i] }
  }
}
