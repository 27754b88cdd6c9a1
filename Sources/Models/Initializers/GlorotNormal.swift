import Lanes

extension Initializer {
  /// `N(0, 2 / (n_in + n_out))` (X. Glorot and Y. Bengio, 2010).
  static let glorotNormal = Initializer(
    "glorot_normal", "N(0, 2 / (n_in + n_out))", "Level variances, normally distributed"
  ) { shape, _, _, g in g * Elementary.sqrt(2 / Double(shape.inputs + shape.units)) }
}
