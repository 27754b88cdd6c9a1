import Lanes

extension DataSet {
  /// Two half circles that reach into each other, as scikit-learn's `make_moons`: (cos a, sin a)
  /// and (1 − cos a, ½ − sin a) for a in [0, π].
  static let moons = DataSet(
    "moons", "Two half circles that reach into each other",
    hyperparameters: [samples(200), noise(0.1, "How far points stray (standard deviation)")]
  ) { settings, seed in
    let draws = SampleDraws(seed: seed, perSample: 3)
    var samples = Samples(inputCount: 2, classCount: 2)
    for s in 0..<settings.integer("samples") {
      let lower = s & 1 == 1
      let (sine, cosine) = Elementary.sincos(Double.pi * draws.uniform(s, 0))
      samples.append(
        [
          (lower ? 1 - cosine : cosine).addingProduct(settings["noise"], draws.normal(s, 1)),
          (lower ? 0.5 - sine : sine).addingProduct(settings["noise"], draws.normal(s, 2)),
        ], [lower ? 1 : 0])
    }
    return samples
  }
}
