import Lanes

extension Loss {
  /// Rosenblatt's criterion `([z ≥ 0] − t) z`: nothing for a sample on the right side, |z| on the
  /// wrong one.
  ///
  /// Its derivative [z ≥ 0] − t makes a step of gradient descent with η = 1 on one sample the
  /// perceptron rule w += (t − ŷ) x (F. Rosenblatt, 1958).
  package static let perceptron = Loss(
    "perceptron", "([z ≥ 0] − t) z", "The perceptron rule: only mistakes teach", scores: .margins,
    evaluate: { z, targets, delta, block in
      block.each(z, targets, delta) { z, t in
        var fired = Lanes.zero
        fired.replace(with: 1, where: z .>= 0)
        fired.replace(with: z, where: z .!= z)
        let derivative = fired - t
        return (derivative * z, derivative)
      }
    },
    curvature: { z, targets, direction, out, block in
      block.eachCurvature(z, targets, direction, out) { _, _ in .zero }
    })
}
