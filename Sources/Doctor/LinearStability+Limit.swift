import Optimization

extension LinearStability {
  /// Whether the gradient is looked at ahead, as Nesterov's method does.
  var looksAhead: Bool { determinantSlope > 0 }

  /// The rate above which the error along an eigenvector of the Hessian of the loss grows; infinity
  /// where it never does, 0 where it always does.
  func limit(eigenvalue: Double) -> Double {
    let curvature = eigenvalue + addedCurvature
    return rateLimit(eigenvalue: curvature) ?? (curvature < 0 ? 0 : .infinity)
  }

  /// The factor by which the error along an eigenvector of the Hessian of the loss changes a step,
  /// in the long run.
  func radius(rate: Double, eigenvalue: Double) -> Double {
    factor(rate: rate, eigenvalue: eigenvalue + addedCurvature)
  }
}
