import Lanes

extension DataSet {
  /// A smooth curve, `y = sin πx + 0.3 cos 3πx` with noise, whose first samples are spread over
  /// −1…1 at nearly even distances (within a fifth of them); the others lie anywhere, for tests.
  static let evenWave = DataSet(
    "even_wave", "A smooth curve with noise; its first samples lie evenly, others test",
    hyperparameters: [
      samples(200), noise(0.15, "The noise's standard deviation"),
      Hyperparameter(
        "even", symbol: "n", "How many samples lie evenly", default: 20, in: 1...10_000,
        scale: .integer),
    ], inputs: { _ in 1 }, classes: nil, curve: { _, x in height(x) }, isInOrder: true
  ) { settings, seed in
    let draws = SampleDraws(seed: seed, perSample: 2)
    let even = settings.integer("even")
    var samples = Samples(inputCount: 1)
    for s in 0..<settings.integer("samples") {
      let u = draws.uniform(s, 0)
      let x = s < even ? 2 * (Double(s) + 0.3 + 0.4 * u) / Double(even) - 1 : 2 * u - 1
      samples.append([x], [height(x).addingProduct(settings["noise"], draws.normal(s, 1))])
    }
    return samples
  }
}

private func height(_ x: Double) -> Double {
  Elementary.sin(.pi * x) + 0.3 * Elementary.cos(3 * .pi * x)
}
