import Lanes

extension Loss {
  /// The squared error `(y − t)²`, without a factor ½, as in the notes' `(1/n) Σ (y − t)²`.
  package static let squared = Loss(
    "mse", "(y − t)²", "Squared error: least squares", scores: .values,
    slopeOfError: 2,
    evaluate: { z, targets, delta, block in
      block.each(z, targets, delta) { y, t in
        let error = y - t
        return (error * error, error + error)
      }
    },
    curvature: { z, targets, direction, out, block in
      block.eachCurvature(z, targets, direction, out) { _, _ in Lanes(repeating: 2) }
    })
}
