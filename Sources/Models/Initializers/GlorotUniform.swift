import Lanes

extension Initializer {
  /// `U(−b, b)`, b = √(6 / (n_in + n_out)): keeps variances level for tanh (X. Glorot and Y.
  /// Bengio, 2010).
  static let glorotUniform = Initializer(
    "glorot_uniform", "U(−b, b), b = √(6 / (n_in + n_out))", "Level variances for tanh and sigmoid"
  ) { shape, _, u, _ in
    (2 * u - 1) * Elementary.sqrt(6 / Double(shape.inputs + shape.units))
  }
}
