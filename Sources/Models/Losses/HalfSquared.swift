import Lanes

extension Loss {
  /// Half the squared error, `½ (y − t)²`, whose derivative is the error: TensorFlow Playground's
  /// loss of values.
  static let halfSquared = Loss(
    "half_mse", "½ (y − t)²", "Half the squared error: TensorFlow Playground's, for values",
    scores: .values, slopeOfError: 1,
    evaluate: { z, targets, delta, block in
      block.each(z, targets, delta) { y, t in
        let error = y - t
        return (0.5 * error * error, error)
      }
    },
    curvature: { z, targets, direction, out, block in
      block.eachCurvature(z, targets, direction, out) { _, _ in Lanes(repeating: 1) }
    })
}
