import Lanes

extension Activation {
  /// `φ(z) = z σ(z)`, also called swish (Elfwing, Uchibe and Doya, 2018); `φ' = σ (1 + z (1 − σ))`.
  static let silu = Activation(
    "silu", "z / (1 + e^−z)", "Smooth, slightly negative left of 0 (swish)",
    conditions: Conditions(bounded: false, monotone: false, strictlyMonotone: false),
    isRectifier: true, range: -0.2784645427610738 ... .infinity,
    values: { z, a, count, _ in
      Rows.sigmoid(z, a, count: count)
      for i in 0..<count { a[i] *= z[i] }
    },
    pullBack: { z, _, delta, count, _ in
      Rows.inBlocks(of: count) { space, start, block in
        Rows.sigmoid(z + start, space, count: block)
        for i in 0..<block {
          let s = space[i]
          delta[start + i] *= s.addingProduct(s * z[start + i], 1 - s)
        }
      }
    },
    pullBackTwice: { z, _, delta, count, _ in
      Rows.inBlocks(of: count) { space, start, block in
        Rows.sigmoid(z + start, space, count: block)
        for i in 0..<block {
          let s = space[i]
          let derivative = s * (1 - s)
          delta[start + i] *= derivative * (2 + z[start + i] * (1 - 2 * s))
        }
      }
    })
}
