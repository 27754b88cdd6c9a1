import Lanes

extension Initializer {
  /// `N(0, 2 / n_in)`: for ReLU (K. He, X. Zhang, S. Ren and J. Sun, 2015).
  static let heNormal = Initializer(
    "he_normal", "N(0, 2 / n_in)", "Level variances for ReLU, normally distributed"
  ) { shape, _, _, g in g * Elementary.sqrt(2 / Double(shape.inputs)) }
}
