import Lanes

extension Activation {
  /// `φ(z) = z²`: a layer of it multiplies its inputs by each other, and can add angles.
  ///
  /// Gromov (2023), "Grokking modular arithmetic", arXiv 2301.02679.
  static let square = Activation(
    "square", "z²", "Multiplies its inputs by each other; grows without bound",
    conditions: Conditions(bounded: false, monotone: false, strictlyMonotone: false),
    range: 0 ... .infinity,
    values: { z, a, count, _ in
      for i in 0..<count {
        let z = z[i]
        a[i] = z * z
      }
    },
    pullBack: { z, _, delta, count, _ in for i in 0..<count { delta[i] *= z[i] + z[i] } },
    pullBackTwice: { _, _, delta, count, _ in for i in 0..<count { delta[i] += delta[i] } })
}
