import Lanes

/// Two-input gates: their four rows in the notes' order 00, 01, 10, 11, or a cloud around the
/// corners.
enum Gate {
  /// The settings of all gates.
  static let settings = [
    Hyperparameter(
      "samples", symbol: "n", "How many samples are drawn around the corners", default: 4,
      in: 1...200_000, scale: .integer),
    DataSet.noise(0, "How far samples stray from the corners (standard deviation)"),
  ]

  /// The data set of a truth table.
  static func dataSet(
    _ name: String, _ summary: String, _ table: @escaping @Sendable (Bool, Bool) -> Bool
  ) -> DataSet {
    DataSet(name, summary, hyperparameters: settings) { settings, seed in
      // The exact rows when nothing else is asked for; otherwise corners in turn, each with its
      // noise.
      let noise = settings["noise"]
      let draws = SampleDraws(seed: seed, perSample: 2)
      var samples = Samples(inputCount: 2, classCount: 2)
      for s in 0..<settings.integer("samples") {
        let first = s & 2 != 0
        let second = s & 1 != 0
        var point = [first ? 1.0 : 0, second ? 1.0 : 0]
        if noise > 0 {
          for i in 0..<2 { point[i].addProduct(noise, draws.normal(s, i)) }
        }
        samples.append(point, [table(first, second) ? 1 : 0])
      }
      return samples
    }
  }
}
