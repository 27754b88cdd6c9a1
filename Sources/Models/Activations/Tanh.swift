import Lanes

extension Activation {
  /// `φ(z) = tanh z`, `φ' = 1 − φ²`. Values may take the place of z, which derivatives do not ask
  /// for.
  static let tanh = Activation(
    "tanh", "tanh z", "Squashes to (−1, 1), centred on 0",
    conditions: Conditions(bounded: true, monotone: true, strictlyMonotone: true),
    range: -1...1,
    values: { z, a, count, _ in Rows.tanh(z, a, count: count) },
    pullBack: { _, a, delta, count, _ in
      for i in 0..<count { delta[i] = throughTanh(delta[i], a[i]) }
    },
    pullBackTwice: { _, a, delta, count, _ in
      for i in 0..<count {
        let a = a[i]
        delta[i] *= -2 * a * (1 - a * a)
      }
    })

  /// `d·φ'` where a = φ(z).
  @inline(__always)
  static func throughTanh(_ d: Lanes, _ a: Lanes) -> Lanes { d.addingProduct(-(d * a), a) }
}
