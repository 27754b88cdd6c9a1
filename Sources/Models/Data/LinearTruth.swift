import Lanes

extension DataSet {
  /// Standard normal inputs, and targets linear in them: `y = Σ r/√D xᵢ + σ ε` over all D inputs,
  /// with as much weight on each. A model that is given the first p of them sees the rest as noise.
  ///
  /// Belkin, Hsu, Xu (2019), "Two models of double descent for weak features", arXiv 1903.07571;
  /// Hastie, Montanari, Rosset, Tibshirani (2019), arXiv 1903.08560.
  static let linearTruth = DataSet(
    "linear_truth", "Normal inputs that all count alike, and noise: for double descent",
    hyperparameters: [
      samples(20),
      Hyperparameter(
        "dimension", symbol: "D", "How many inputs count", default: 100, in: 1...1000,
        scale: .integer),
      Hyperparameter(
        "signal", symbol: "r", "The length of the weights behind the targets", default: 1,
        in: 0...1000),
      noise(0.2, "The standard deviation of the noise in the targets"),
    ], inputs: { $0.integer("dimension") }, classes: nil,
    leastNormError: { settings, n, p in
      let (d, r2) = (settings["dimension"], settings["signal"] * settings["signal"])
      let (n, p) = (Double(n), Double(p))
      // What the model is not told of is noise to it.
      let tau = settings["noise"] * settings["noise"] + r2 * (d - p) / d
      if p < n {
        return (p <= n - 2 ? tau * (1 + p / (n - p - 1)) : .infinity, tau / (1 - p / n))
      }
      let bias = r2 * p / d * (1 - n / p)
      return (
        p >= n + 2 ? bias + tau * (1 + n / (p - n - 1)) : .infinity,
        p > n ? bias + tau * (1 + n / (p - n)) : .infinity
      )
    }
  ) { settings, seed in
    let inputs = settings.integer("dimension")
    let draws = SampleDraws(seed: seed, perSample: inputs + 1)
    let weight = settings["signal"] / Double(inputs).squareRoot()
    var samples = Samples(inputCount: inputs)
    for sample in 0..<settings.integer("samples") {
      let input = (0..<inputs).map { draws.normal(sample, $0) }
      let sum = input.reduce(0, +)
      samples.append(input, [weight * sum + settings["noise"] * draws.normal(sample, inputs)])
    }
    return samples
  }
}
