import Lanes

extension Loss {
  /// The hinge loss `max(0, 1 − s z)` with s = 2t − 1 (−1 or 1): the loss of support vector
  /// machines.
  static let hinge = Loss(
    "hinge", "max(0, 1 − s z), s = 2t − 1", "Zero once the margin is 1", scores: .margins,
    evaluate: { z, targets, delta, block in
      block.each(z, targets, delta) { z, t in
        let side = t + t - 1
        let lack = 1 - side * z
        let met = lack .<= 0
        var derivative = (-side).replacing(with: 0, where: met)
        derivative.replace(with: lack, where: lack .!= lack)
        return (lack.replacing(with: 0, where: met), derivative)
      }
    },
    curvature: { z, targets, direction, out, block in
      block.eachCurvature(z, targets, direction, out) { _, _ in .zero }
    })
}
