import Lanes

extension Activation {
  /// `φ(z) = sin z`, `φ' = cos z`: bounded but neither rising everywhere nor easy to train.
  static let sine = Activation(
    "sine", "sin z", "Periodic: fits waves, with many local minima",
    conditions: Conditions(bounded: true, monotone: false, strictlyMonotone: false),
    range: -1...1,
    values: { z, a, count, _ in Rows.sin(z, a, count: count) },
    pullBack: { z, _, delta, count, _ in
      Rows.inBlocks(of: count) { space, start, block in
        Rows.cos(z + start, space, count: block)
        for i in 0..<block { delta[start + i] *= space[i] }
      }
    },
    pullBackTwice: { _, a, delta, count, _ in for i in 0..<count { delta[i] *= -a[i] } })
}
