import Lanes

extension Loss {
  /// The absolute error `|y − t|`; its derivative is the error's sign, 0 where there is no error.
  static let absolute = Loss(
    "mae", "|y − t|", "Absolute error: outliers count no more than others", scores: .values,
    evaluate: { z, targets, delta, block in
      block.each(z, targets, delta) { y, t in
        let error = y - t
        let size = error.replacing(with: -error, where: error .< 0)
        var sign = error.replacing(with: 1, where: error .> 0)
        sign.replace(with: -1, where: error .< 0)
        return (size, sign)
      }
    },
    curvature: { z, targets, direction, out, block in
      block.eachCurvature(z, targets, direction, out) { _, _ in .zero }
    })
}
