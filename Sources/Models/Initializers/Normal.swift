import Lanes

extension Initializer {
  /// Weights and biases normal with standard deviation s, as the notes' `randn`.
  static let normal = Initializer(
    "normal", "N(0, s²)", "Normally distributed",
    hyperparameters: [
      Hyperparameter("scale", symbol: "s", "The standard deviation", default: 1, in: 0...1000)
    ], drawsBiases: true
  ) { _, settings, _, g in g * settings["scale"] }
}
