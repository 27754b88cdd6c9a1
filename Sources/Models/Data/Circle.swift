import Lanes

extension DataSet {
  /// A disc of radius 2.5 (class 1) inside a ring from 3.5 to 5 (class 0), as in TensorFlow
  /// Playground.
  static let circle = DataSet(
    "circle", "A disc inside a ring",
    hyperparameters: [samples(200), noise(0.2, "How far points stray (standard deviation)")]
  ) { settings, seed in
    let draws = SampleDraws(seed: seed, perSample: 4)
    var samples = Samples(inputCount: 2, classCount: 2)
    for s in 0..<settings.integer("samples") {
      let inside = s & 1 == 1
      let radius = draws.uniform(s, 0, in: inside ? 0...2.5 : 3.5...5)
      let (sine, cosine) = Elementary.sincos(2 * Double.pi * draws.uniform(s, 1))
      samples.append(
        [
          (radius * cosine).addingProduct(settings["noise"], draws.normal(s, 2)),
          (radius * sine).addingProduct(settings["noise"], draws.normal(s, 3)),
        ], [inside ? 1 : 0])
    }
    return samples
  }
}
