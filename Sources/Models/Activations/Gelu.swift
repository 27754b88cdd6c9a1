import Lanes

extension Activation {
  /// `φ(z) = z Φ(z)` with Φ the normal distribution function (Hendrycks and Gimpel, 2016); the
  /// exact form, not the tanh approximation. `φ' = Φ(z) + z p(z)`, `φ'' = p(z) (2 − z²)`, p the
  /// normal density.
  static let gelu = Activation(
    "gelu", "z Φ(z)", "Weighs z by how likely a normal number is below it",
    conditions: Conditions(bounded: false, monotone: false, strictlyMonotone: false),
    isRectifier: true, range: -0.1699712074799037 ... .infinity,
    values: { z, a, count, _ in
      for i in 0..<count { a[i] = z[i] * rootHalf }
      Rows.erf(a, a, count: count)
      for i in 0..<count {
        let half = z[i] * 0.5
        a[i] = half.addingProduct(half, a[i])
      }
    },
    pullBack: { z, _, delta, count, _ in
      Rows.inBlocks(of: count, rows: 2) { space, start, block in
        let density = space + 8
        for i in 0..<block {
          let z = z[start + i]
          space[i] = z * rootHalf
          density[i] = z * z * -0.5
        }
        Rows.erf(space, space, count: block)
        Rows.exp(density, density, count: block)
        for i in 0..<block {
          let below = Lanes(repeating: 0.5).addingProduct(space[i], Lanes(repeating: 0.5))
          delta[start + i] *= below.addingProduct(z[start + i] * rootTwoPi, density[i])
        }
      }
    },
    pullBackTwice: { z, _, delta, count, _ in
      Rows.inBlocks(of: count) { space, start, block in
        for i in 0..<block {
          let z = z[start + i]
          space[i] = z * z * -0.5
        }
        Rows.exp(space, space, count: block)
        for i in 0..<block {
          let z = z[start + i]
          delta[start + i] *= rootTwoPi * space[i] * (2 - z * z)
        }
      }
    })

  /// 1/√2.
  private static var rootHalf: Double { 0.7071067811865476 }
  /// 1/√(2π).
  private static var rootTwoPi: Double { 0.3989422804014327 }
}
