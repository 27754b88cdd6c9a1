import Lanes

extension DataSet {
  /// A wave to be fitted: `y = sin(2π x / period) + slope · x`, x uniform in [−1, 1).
  static let sine = DataSet(
    "sine", "A wave with noise",
    hyperparameters: [
      samples(100), noise(0.1, "The noise's standard deviation"),
      Hyperparameter("period", symbol: "T", "The length of a wave", default: 1, in: 0.01...100),
      Hyperparameter("slope", symbol: "b", "A line added to it", default: 0, in: -100...100),
    ], inputs: { _ in 1 }, classes: nil, curve: wave
  ) { settings, seed in
    let draws = SampleDraws(seed: seed, perSample: 2)
    var samples = Samples(inputCount: 1)
    for s in 0..<settings.integer("samples") {
      let x = 2 * draws.uniform(s, 0) - 1
      let y = wave(settings, x)
      samples.append([x], [y.addingProduct(settings["noise"], draws.normal(s, 1))])
    }
    return samples
  }
}

private func wave(_ settings: Settings, _ x: Double) -> Double {
  let wave = Elementary.sin(2 * Double.pi * x / settings["period"])
  return wave.addingProduct(settings["slope"], x)
}
