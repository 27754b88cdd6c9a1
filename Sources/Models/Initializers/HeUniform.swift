import Lanes

extension Initializer {
  /// `U(−b, b)`, b = √(6 / n_in): for ReLU (K. He, X. Zhang, S. Ren and J. Sun, 2015).
  static let heUniform = Initializer(
    "he_uniform", "U(−b, b), b = √(6 / n_in)", "Level variances for ReLU"
  ) { shape, _, u, _ in (2 * u - 1) * Elementary.sqrt(6 / Double(shape.inputs)) }
}
