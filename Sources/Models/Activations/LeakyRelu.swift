import Lanes

extension Activation {
  /// `φ(z) = z for z > 0, else α z` (Maas, Hannun and Ng, 2013).
  static let leakyRelu = Activation(
    "leaky_relu", "z for z > 0, else α z", "A ReLU whose silent side still learns",
    hyperparameters: [
      Hyperparameter(
        "alpha", symbol: "α", "The derivative below 0", default: 0.01, in: 0...1)
    ],
    conditions: Conditions(bounded: false, monotone: true, strictlyMonotone: true),
    isRectifier: true,
    values: { z, a, count, alpha in
      for i in 0..<count {
        let z = z[i]
        a[i] = z.replacing(with: alpha * z, where: z .<= 0)
      }
    },
    pullBack: { z, _, delta, count, alpha in
      for i in 0..<count {
        let d = delta[i]
        delta[i] = d.replacing(with: alpha * d, where: z[i] .<= 0)
      }
    },
    pullBackTwice: { _, _, delta, count, _ in for i in 0..<count { delta[i] = .zero } })
}
