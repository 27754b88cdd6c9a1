import Lanes

extension DataSet {
  /// Sequences whose first element, −1 or 1, is to be told after the last; the others are noise.
  static let recall = DataSet(
    "recall", "Sequences whose first sign is to be remembered to the end",
    hyperparameters: [
      samples(64),
      Hyperparameter(
        "length", symbol: "T", "Elements per sequence", default: 6, in: 2...50, scale: .integer),
      noise(0.5, "Standard deviation of the elements after the first"),
    ], inputs: { $0.integer("length") }
  ) { settings, seed in
    let length = settings.integer("length")
    let draws = SampleDraws(seed: seed, perSample: length + 1)
    var samples = Samples(inputCount: length, classCount: 2)
    for s in 0..<settings.integer("samples") {
      let bit = s & 1
      var sequence = [bit == 1 ? 1.0 : -1.0]
      for t in 1..<length { sequence.append(settings["noise"] * draws.normal(s, t)) }
      samples.append(sequence, [Double(bit)])
    }
    return samples
  }
}
