import Lanes

/// Slopes by weights and biases: scalar products of a layer's slopes with its inputs, over samples.
enum WeightGradient {
  /// Adds `Σ_s delta[u][s] · input[i][s]` to `weights[u * inputs + i]`, and `Σ_s delta[u][s]` to `biases[u]`.
  ///
  /// Each sum is taken lane by lane in rising order, then across lanes in `Reduction.sum`'s order.
  static func add(
    _ delta: UnsafePointer<Lanes>, _ deltaStride: Int, units: Int,
    _ input: UnsafePointer<Lanes>, _ inputStride: Int, inputs: Int, lanes: Int,
    weights: UnsafeMutablePointer<Double>, biases: UnsafeMutablePointer<Double>?
  ) {
    for u in 0..<units {
      let d = delta + u &* deltaStride
      for i in 0..<inputs {
        let x = input + i &* inputStride
        var sum = Lanes.zero
        for k in 0..<lanes { sum.addProduct(d[k], x[k]) }
        weights[u &* inputs &+ i] += Reduction.sum(sum)
      }
      if let biases {
        var sum = Lanes.zero
        for k in 0..<lanes { sum += d[k] }
        biases[u] += Reduction.sum(sum)
      }
    }
  }
}
