import Lanes

extension DataSet {
  /// Interleaved arms, one a class: radius grows from 0 to 5 while the angle runs through `turns`.
  static let spiral = DataSet(
    "spiral", "Interleaved spiral arms: hard for small nets",
    hyperparameters: [
      samples(300), noise(0.1, "How far points stray (standard deviation)"),
      Hyperparameter(
        "classes", symbol: "k", "How many arms", default: 2, in: 2...10, scale: .integer),
      Hyperparameter(
        "turns", symbol: "τ", "How often an arm goes round", default: 1.75, in: 0.1...6),
    ]
  ) { settings, seed in
    let classes = settings.integer("classes")
    let count = settings.integer("samples")
    let draws = SampleDraws(seed: seed, perSample: 2)
    var samples = Samples(inputCount: 2, classCount: classes)
    let perArm = max((count + classes - 1) / classes, 1)
    for s in 0..<count {
      let arm = s % classes
      let along = (Double(s / classes) + 0.5) / Double(perArm)
      let angle = 2 * Double.pi * (settings["turns"] * along + Double(arm) / Double(classes))
      let (sine, cosine) = Elementary.sincos(angle)
      samples.append(
        [
          (5 * along * sine).addingProduct(settings["noise"], draws.normal(s, 0)),
          (5 * along * cosine).addingProduct(settings["noise"], draws.normal(s, 1)),
        ], [Double(arm)])
    }
    return samples
  }
}
