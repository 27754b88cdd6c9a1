import Lanes

extension Activation {
  /// `φ(z) = arctan z`, in (−π/2, π/2); `φ' = 1/(1 + z²)`, `φ'' = −2z/(1 + z²)²`.
  static let arctan = Activation(
    "arctan", "arctan z", "Squashes to (−π/2, π/2); derivatives vanish slowly far from 0",
    conditions: Conditions(bounded: true, monotone: true, strictlyMonotone: true),
    range: -Double.pi / 2...Double.pi / 2,
    values: { z, a, count, _ in Rows.atan(z, a, count: count) },
    pullBack: { z, _, delta, count, _ in
      for i in 0..<count { delta[i] *= 1 / Lanes(repeating: 1).addingProduct(z[i], z[i]) }
    },
    pullBackTwice: { z, _, delta, count, _ in
      for i in 0..<count {
        let z = within(z[i], 1e150)
        let derivative = 1 / Lanes(repeating: 1).addingProduct(z, z)
        delta[i] *= -2 * z * derivative * derivative
      }
    })
}
