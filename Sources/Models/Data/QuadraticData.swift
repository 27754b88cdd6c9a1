import Lanes

extension DataSet {
  /// The notes' parabola: `y = 2 + 3x + 4x²` with x uniform in [0, 1), without noise unless asked
  /// for.
  static let quadratic = DataSet(
    "quadratic", "The notes' parabola 2 + 3x + 4x²",
    hyperparameters: [
      samples(1000), noise(0, "The noise's standard deviation"),
      Hyperparameter("c0", symbol: "c₀", "The constant", default: 2, in: -100...100),
      Hyperparameter("c1", symbol: "c₁", "The factor of x", default: 3, in: -100...100),
      Hyperparameter("c2", symbol: "c₂", "The factor of x²", default: 4, in: -100...100),
      Hyperparameter("width", symbol: "w", "x runs from 0 to this", default: 1, in: 0.01...1000),
      numpy,
    ], inputs: { _ in 1 }, classes: nil, curve: parabola
  ) { settings, seed in
    let draws = SampleDraws(seed: seed, perSample: 2)
    var samples = Samples(inputCount: 1)
    if settings["numpy"] == 1 {
      // As the notes' program: all x first, then all noise, and no fused operations.
      var random = NumpyRandom(seed: seed)
      let x = (0..<settings.integer("samples")).map { _ in settings["width"] * random.uniform() }
      for x in x {
        let noise = settings["noise"] == 0 ? 0 : settings["noise"] * random.normal()
        let y = settings["c0"] + settings["c1"] * x + settings["c2"] * x * x
        samples.append([x], [y + noise])
      }
      return samples
    }
    for s in 0..<settings.integer("samples") {
      let x = settings["width"] * draws.uniform(s, 0)
      let y = parabola(settings, x)
      samples.append([x], [y.addingProduct(settings["noise"], draws.normal(s, 1))])
    }
    return samples
  }
}

private func parabola(_ settings: Settings, _ x: Double) -> Double {
  let inner = settings["c1"].addingProduct(settings["c2"], x)
  return settings["c0"].addingProduct(inner, x)
}
