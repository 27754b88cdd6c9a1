import Lanes

extension Activation {
  /// `φ(z) = 1 for z ≥ 0, else 0` (McCulloch and Pitts, 1943): its derivative is 0 wherever it
  /// exists, so gradient descent learns nothing through it. The step of NaN is NaN.
  static let step = Activation(
    "step", "1 for z ≥ 0, else 0",
    "Fires or not; its derivative is 0, so nothing is learnt through it",
    conditions: Conditions(
      bounded: true, monotone: true, strictlyMonotone: false, continuous: false),
    range: 0...1,
    values: { z, a, count, _ in
      for i in 0..<count {
        let z = z[i]
        var fired = Lanes.zero
        fired.replace(with: 1, where: z .>= 0)
        fired.replace(with: z, where: z .!= z)
        a[i] = fired
      }
    },
    pullBack: { _, _, delta, count, _ in for i in 0..<count { delta[i] = .zero } },
    pullBackTwice: { _, _, delta, count, _ in for i in 0..<count { delta[i] = .zero } })
}
