import Lanes

extension Activation {
  /// `φ(z) = 1 / (1 + e^−z)`, `φ' = φ (1 − φ)`.
  static let sigmoid = Activation(
    "sigmoid", "1 / (1 + e^−z)", "Squashes to (0, 1); derivatives vanish far from 0",
    conditions: Conditions(bounded: true, monotone: true, strictlyMonotone: true),
    range: 0...1,
    values: { z, a, count, _ in Rows.sigmoid(z, a, count: count) },
    pullBack: { _, a, delta, count, _ in
      for i in 0..<count {
        let a = a[i]
        delta[i] *= a * (1 - a)
      }
    },
    pullBackTwice: { _, a, delta, count, _ in
      for i in 0..<count {
        let a = a[i]
        delta[i] *= a * (1 - a) * (1 - 2 * a)
      }
    })
}
