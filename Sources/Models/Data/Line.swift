import Lanes

extension DataSet {
  /// The notes' straight line: `y = 4 + 3x + noise`, x uniform in [0, 2).
  static let line = DataSet(
    "line", "The notes' line 4 + 3x with noise",
    hyperparameters: [
      samples(100), noise(1, "The noise's standard deviation"),
      Hyperparameter("intercept", symbol: "a", "y at x = 0", default: 4, in: -100...100),
      Hyperparameter("slope", symbol: "b", "How steep the line is", default: 3, in: -100...100),
      Hyperparameter("width", symbol: "w", "x runs from 0 to this", default: 2, in: 0.01...1000),
      numpy,
    ], inputs: { _ in 1 }, classes: nil
  ) { settings, seed in
    let draws = SampleDraws(seed: seed, perSample: 2)
    var samples = Samples(inputCount: 1)
    if settings["numpy"] == 1 {
      // As the notes' program: all x first, then all noise, and no fused operations.
      var random = NumpyRandom(seed: seed)
      let x = (0..<settings.integer("samples")).map { _ in settings["width"] * random.uniform() }
      for x in x {
        let noise = settings["noise"] == 0 ? 0 : settings["noise"] * random.normal()
        samples.append([x], [settings["intercept"] + settings["slope"] * x + noise])
      }
      return samples
    }
    for s in 0..<settings.integer("samples") {
      let x = settings["width"] * draws.uniform(s, 0)
      let y = settings["intercept"].addingProduct(settings["slope"], x)
      samples.append([x], [y.addingProduct(settings["noise"], draws.normal(s, 1))])
    }
    return samples
  }
}
