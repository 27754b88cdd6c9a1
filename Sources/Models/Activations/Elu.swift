import Lanes

extension Activation {
  /// `φ(z) = z for z > 0, else α (e^z − 1)` (Clevert, Unterthiner and Hochreiter, 2016); the
  /// derivative below 0 is φ + α.
  static let elu = Activation(
    "elu", "z for z > 0, else α (e^z − 1)", "A ReLU with a soft floor at −α",
    hyperparameters: [
      Hyperparameter(
        "alpha", symbol: "α", "How far below 0 it can go", default: 1, in: 0...10)
    ],
    conditions: Conditions(bounded: false, monotone: true, strictlyMonotone: true),
    isRectifier: true,
    values: { z, a, count, alpha in
      Rows.expm1(z, a, count: count)
      for i in 0..<count {
        let z = z[i]
        a[i] = (alpha * a[i]).replacing(with: z, where: z .> 0)
      }
    },
    pullBack: { z, a, delta, count, alpha in
      for i in 0..<count {
        let d = delta[i]
        delta[i] = (d * (a[i] + alpha)).replacing(with: d, where: z[i] .> 0)
      }
    },
    pullBackTwice: { z, a, delta, count, alpha in
      for i in 0..<count {
        delta[i] = (delta[i] * (a[i] + alpha)).replacing(with: 0, where: z[i] .> 0)
      }
    })
}
