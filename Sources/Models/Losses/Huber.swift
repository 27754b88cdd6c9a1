import Lanes

extension Loss {
  /// Huber's loss: `e²/2` for |e| ≤ δ, else `δ (|e| − δ/2)` (P. J. Huber, 1964).
  static let huber = Loss(
    "huber", "e²/2 for |e| ≤ δ, else δ (|e| − δ/2)",
    "Squared for small errors, absolute for large ones", scores: .values,
    hyperparameters: [
      Hyperparameter(
        "delta", symbol: "δ", "The error at which it turns straight", default: 1, in: 1e-6...1e6,
        scale: .logarithmic)
    ],
    evaluate: { z, targets, delta, block in
      let width = Lanes(repeating: block.setting)
      return block.each(z, targets, delta) { y, t in
        let error = y - t
        let size = error.replacing(with: -error, where: error .< 0)
        let value = (error * error * 0.5).replacing(
          with: width * (size - width * 0.5), where: size .> width)
        var derivative = error.replacing(with: width, where: error .> width)
        derivative.replace(with: -width, where: error .< -width)
        return (value, derivative)
      }
    },
    curvature: { z, targets, direction, out, block in
      let width = Lanes(repeating: block.setting)
      block.eachCurvature(z, targets, direction, out) { y, t in
        let error = y - t
        let size = error.replacing(with: -error, where: error .< 0)
        return Lanes(repeating: 1).replacing(with: 0, where: size .> width)
      }
    })
}
