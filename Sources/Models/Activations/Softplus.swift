import Lanes

extension Activation {
  /// `φ(z) = log(1 + e^z)`, a smooth ReLU; `φ' = sigmoid(z)`.
  static let softplus = Activation(
    "softplus", "log(1 + e^z)", "A ReLU without a corner",
    conditions: Conditions(bounded: false, monotone: true, strictlyMonotone: true),
    isRectifier: true, range: 0 ... .infinity,
    values: { z, a, count, _ in Rows.softplus(z, a, count: count) },
    pullBack: { z, _, delta, count, _ in
      Rows.inBlocks(of: count) { space, start, block in
        Rows.sigmoid(z + start, space, count: block)
        for i in 0..<block { delta[start + i] *= space[i] }
      }
    },
    pullBackTwice: { z, _, delta, count, _ in
      Rows.inBlocks(of: count) { space, start, block in
        Rows.sigmoid(z + start, space, count: block)
        for i in 0..<block { delta[start + i] *= space[i] * (1 - space[i]) }
      }
    })
}
