import Lanes

extension DataSet {
  /// Squares of alternating class over [−4, 4]²; with 2 × 2 squares it is XOR in the plane.
  static let checkerboard = DataSet(
    "checkerboard", "Squares of alternating class",
    hyperparameters: [
      samples(400), noise(0, "How far points stray (standard deviation)"),
      Hyperparameter(
        "squares", symbol: "m", "Squares along a side", default: 4, in: 1...16, scale: .integer),
    ]
  ) { settings, seed in
    let squares = settings["squares"]
    let draws = SampleDraws(seed: seed, perSample: 4)
    var samples = Samples(inputCount: 2, classCount: 2)
    for s in 0..<settings.integer("samples") {
      let x = draws.uniform(s, 0)
      let y = draws.uniform(s, 1)
      let column = Int((x * squares).rounded(.down))
      let row = Int((y * squares).rounded(.down))
      samples.append(
        [
          (8 * x - 4).addingProduct(settings["noise"], draws.normal(s, 2)),
          (8 * y - 4).addingProduct(settings["noise"], draws.normal(s, 3)),
        ], [Double((column + row) & 1)])
    }
    return samples
  }
}
