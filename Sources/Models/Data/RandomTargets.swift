import Lanes

extension DataSet {
  /// Standard normal inputs, and standard normal targets that have nothing to do with them: all
  /// that a net can learn is by heart.
  ///
  /// Sohl-Dickstein (2024), "The boundary of neural network trainability is fractal", arXiv
  /// 2402.06184.
  static let randomTargets = DataSet(
    "random_targets", "Normal inputs, and normal targets that have nothing to do with them",
    hyperparameters: [
      samples(272),
      Hyperparameter(
        "dimension", symbol: "d", "How many inputs there are", default: 16, in: 1...1000,
        scale: .integer),
    ], inputs: { $0.integer("dimension") }, classes: nil
  ) { settings, seed in
    let inputs = settings.integer("dimension")
    let draws = SampleDraws(seed: seed, perSample: inputs + 1)
    var samples = Samples(inputCount: inputs)
    for sample in 0..<settings.integer("samples") {
      samples.append((0..<inputs).map { draws.normal(sample, $0) }, [draws.normal(sample, inputs)])
    }
    return samples
  }
}
