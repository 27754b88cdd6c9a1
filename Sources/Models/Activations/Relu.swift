import Lanes

extension Activation {
  /// `φ(z) = max(z, 0)`, with derivative 0 at z = 0 as PyTorch and JAX have it; NaN stays NaN.
  static let relu = Activation(
    "relu", "max(z, 0)", "Cheap and unsaturated above 0; silent units below it may never wake",
    conditions: Conditions(bounded: false, monotone: true, strictlyMonotone: false),
    isRectifier: true, range: 0 ... .infinity,
    values: { z, a, count, _ in
      for i in 0..<count {
        let z = z[i]
        a[i] = z.replacing(with: 0, where: z .<= 0)
      }
    },
    pullBack: { z, _, delta, count, _ in
      for i in 0..<count { delta[i] = delta[i].replacing(with: 0, where: z[i] .<= 0) }
    },
    pullBackTwice: { _, _, delta, count, _ in for i in 0..<count { delta[i] = .zero } })
}
