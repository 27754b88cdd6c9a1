import Lanes

/// Slopes by the weights of wide layers, from inputs that stand sample by sample: a matrix product, slopes as its numbers,
/// without sums across lanes.
///
/// Each slope is one chain of fused multiply-adds over the samples of a chunk in rising order, added to the gradient.
enum RowGradient {
  /// The fewest inputs of a layer that is treated so.
  static let fewestInputs = 16
  /// The fewest units, where inputs have to be transposed for it.
  static let fewestUnits = 16

  /// Lanes from one sample's inputs to the next; odd, so that they spread over all cache sets.
  static func stride(inputs: Int) -> Int { ((inputs &+ 7) >> 3) | 1 }

  /// Adds `Σ_s delta[u][s] · rows[s][i]` to `weights[u * inputs + i]`; `product` has room for `units` rows.
  static func add(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, units: Int, _ rows: UnsafePointer<Lanes>,
    inputs: Int, samples: Int, product: UnsafeMutablePointer<Lanes>,
    weights: UnsafeMutablePointer<Double>
  ) {
    let rowStride = stride(inputs: inputs)
    let across = (inputs &+ 7) >> 3
    let slopes = Rows.doubles(delta)
    Multiply.rows(
      product, rowStride, units: units, lanes: across, slopes, unit: dStride &* 8, step: 1, rows,
      rowStride, depth: samples, start: .zero, bias: slopes)
    let whole = inputs >> 3
    for u in 0..<units {
      let from = product + u &* rowStride
      let to = weights + u &* inputs
      for j in 0..<whole {
        let at = UnsafeMutableRawPointer(to + j &* 8)
        let sum = UnsafeRawPointer(at).loadUnaligned(as: Lanes.self) + from[j]
        at.storeBytes(of: sum, as: Lanes.self)
      }
      if whole < across {
        let rest = Rows.doubles(from + whole)
        for i in (whole &* 8)..<inputs { to[i] += rest[i &- whole &* 8] }
      }
    }
  }
}
