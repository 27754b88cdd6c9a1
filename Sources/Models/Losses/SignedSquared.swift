import Lanes

extension Loss {
  /// Half the squared distance from −1 or 1, `½ (y − s)²` with s = 2t − 1: TensorFlow Playground's
  /// loss of classes, on an output that is mostly a tanh.
  static let signedSquared = Loss(
    "signed_mse", "½ (y − s)², s = 2t − 1",
    "Half the squared distance from −1 or 1: TensorFlow Playground's, for classes",
    scores: .margins,
    evaluate: { z, targets, delta, block in
      block.each(z, targets, delta) { y, t in
        let error = y - (t + t - 1)
        return (0.5 * error * error, error)
      }
    },
    curvature: { z, targets, direction, out, block in
      block.eachCurvature(z, targets, direction, out) { _, _ in Lanes(repeating: 1) }
    })
}
