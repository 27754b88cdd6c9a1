import Lanes

extension Activation {
  /// `φ(z) = z / (1 + |z|)`, `φ' = 1/(1 + |z|)²`, `φ'' = −2 sign(z)/(1 + |z|)³` with sign(0) = 0
  /// (Turian, Bergstra and Bengio, 2009).
  static let softsign = Activation(
    "softsign", "z / (1 + |z|)", "Squashes to (−1, 1) like tanh, but approaches the ends slowly",
    conditions: Conditions(bounded: true, monotone: true, strictlyMonotone: true), range: -1...1,
    values: { z, a, count, _ in
      for i in 0..<count {
        let z = z[i]
        let size = z.replacing(with: -z, where: z .< 0)
        // At infinity the quotient is ∞/∞; its limit is the sign.
        a[i] = (z / (1 + size)).replacing(with: 1, where: z .== .infinity)
          .replacing(with: -1, where: z .== -.infinity)
      }
    },
    pullBack: { z, _, delta, count, _ in
      for i in 0..<count {
        let share = inverseOfOnePlusSize(z[i])
        delta[i] *= share * share
      }
    },
    pullBackTwice: { z, _, delta, count, _ in
      for i in 0..<count {
        let z = z[i]
        let share = inverseOfOnePlusSize(z)
        var sign = z.replacing(with: 1, where: z .> 0)
        sign.replace(with: -1, where: z .< 0)
        delta[i] *= -2 * sign * (share * share * share)
      }
    })

  /// 1/(1 + |z|).
  @inline(__always)
  private static func inverseOfOnePlusSize(_ z: Lanes) -> Lanes {
    1 / (1 + z.replacing(with: -z, where: z .< 0))
  }
}
