import Lanes

extension Initializer {
  /// `N(0, 1 / n_in)`: for linear and self-normalising units (Y. LeCun et al., "Efficient
  /// BackProp", 1998).
  static let lecunNormal = Initializer(
    "lecun_normal", "N(0, 1 / n_in)", "Unit variance of pre-activations"
  ) { shape, _, _, g in g * Elementary.sqrt(1 / Double(shape.inputs)) }
}
