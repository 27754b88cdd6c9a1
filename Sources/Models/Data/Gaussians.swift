import Lanes

extension DataSet {
  /// Clouds around centres on a circle of radius 2, one a class: two classes lie at opposite ends
  /// of the diagonal.
  static let gaussians = DataSet(
    "gaussians", "Round clouds, one a class",
    hyperparameters: [
      samples(200), noise(0.7, "The clouds' standard deviation"),
      Hyperparameter(
        "classes", symbol: "k", "How many clouds", default: 2, in: 2...10, scale: .integer),
    ]
  ) { settings, seed in
    let classes = settings.integer("classes")
    let draws = SampleDraws(seed: seed, perSample: 2)
    var samples = Samples(inputCount: 2, classCount: classes)
    for s in 0..<settings.integer("samples") {
      let which = s % classes
      let angle = 2 * Double.pi * (Double(which) / Double(classes) + 0.125)
      let (sine, cosine) = Elementary.sincos(angle)
      samples.append(
        [
          (2 * cosine).addingProduct(settings["noise"], draws.normal(s, 0)),
          (2 * sine).addingProduct(settings["noise"], draws.normal(s, 1)),
        ], [Double(which)])
    }
    return samples
  }
}
