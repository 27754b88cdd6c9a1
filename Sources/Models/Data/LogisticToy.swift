import Lanes

extension DataSet {
  /// The notes' toy set for logistic regression: four samples of three inputs, linearly separable,
  /// so that unpenalised weights grow without bound.
  static let logisticToy = DataSet(
    "logistic_toy", "The notes' four samples for logistic regression", hyperparameters: [],
    inputs: { _ in 3 }
  ) { _, _ in
    Samples(
      inputCount: 3,
      inputs: [
        0.52, 1.12, 0.77,
        0.88, -1.08, 0.15,
        0.52, 0.06, -1.30,
        0.74, -2.49, 1.39,
      ], targets: [1, 1, 0, 1], classCount: 2)
  }
}
