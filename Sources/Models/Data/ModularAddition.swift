import Lanes

extension DataSet {
  /// Addition modulo p: all p² pairs (a, b), a one-hot in the first p inputs, b in the others; the
  /// class is (a + b) mod p. Sample p a + b is the pair (a, b).
  ///
  /// Power et al. (2022), "Grokking", arXiv 2201.02177.
  static let modularAddition = DataSet(
    "modular_addition", "The sum of two numbers modulo p: all pairs, each number one-hot",
    hyperparameters: [
      Hyperparameter(
        "modulus", symbol: "p", "The sum begins again at this number", default: 23, in: 2...113,
        scale: .integer)
    ], inputs: { 2 * $0.integer("modulus") }, classes: nil
  ) { settings, _ in
    let p = settings.integer("modulus")
    var samples = Samples(inputCount: 2 * p, classCount: p)
    for a in 0..<p {
      for b in 0..<p {
        var input = [Double](repeating: 0, count: 2 * p)
        input[a] = 1
        input[p + b] = 1
        samples.append(input, [Double((a + b) % p)])
      }
    }
    return samples
  }
}
