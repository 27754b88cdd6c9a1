import Lanes

extension Initializer {
  /// Weights and biases uniform in [−r, r).
  static let uniform = Initializer(
    "uniform", "U(−r, r)", "Evenly between two numbers",
    hyperparameters: [
      Hyperparameter("range", symbol: "r", "How far from 0", default: 1, in: 0...1000)
    ], drawsBiases: true
  ) { _, settings, u, _ in (2 * u - 1) * settings["range"] }
}
