import Lanes

extension Activation {
  /// `φ(z) = e^(−z²)`, `φ' = −2z φ`, `φ'' = (4z² − 2) φ`: a bump, which answers to one place only.
  static let gaussian = Activation(
    "gaussian", "e^(−z²)", "A bump around 0: a unit answers to one region only",
    conditions: Conditions(bounded: true, monotone: false, strictlyMonotone: false), range: 0...1,
    values: { z, a, count, _ in
      for i in 0..<count { a[i] = -(z[i] * z[i]) }
      Rows.exp(a, a, count: count)
    },
    pullBack: { z, a, delta, count, _ in
      for i in 0..<count { delta[i] *= -2 * within(z[i], 40) * a[i] }
    },
    pullBackTwice: { z, a, delta, count, _ in
      for i in 0..<count {
        let z = within(z[i], 40)
        delta[i] *= (4 * z * z - 2) * a[i]
      }
    })

  /// z, but not beyond ±`limit`, where the factor beside it has long been 0 and ∞·0 is to be
  /// avoided; NaN stays NaN.
  @inline(__always)
  static func within(_ z: Lanes, _ limit: Double) -> Lanes {
    let limit = Lanes(repeating: limit)
    return z.replacing(with: limit, where: z .> limit).replacing(with: -limit, where: z .< -limit)
  }
}
