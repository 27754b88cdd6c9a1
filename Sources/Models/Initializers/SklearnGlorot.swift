import Lanes

extension Initializer {
  /// What scikit-learn's `MLPClassifier` draws: weights and biases `U(−b, b)`, b = √(6 / (n_in +
  /// n_out)), or √(2 / …) for the logistic activation in the hidden layers. With `numpy`, the same
  /// numbers as scikit-learn's with `random_state` as seed.
  static let sklearnGlorot = Initializer(
    "sklearn_glorot", "U(−b, b), b = √(6 / (n_in + n_out)); √(2 / …) for sigmoid",
    "scikit-learn's: Glorot for biases too",
    hyperparameters: [DataSet.numpy], drawsBiases: true
  ) { shape, _, u, _ in
    let factor: Double = shape.isSigmoid ? 2 : 6
    return (2 * u - 1) * Elementary.sqrt(factor / Double(shape.inputs + shape.units))
  }
}
