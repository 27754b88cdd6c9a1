package import Lanes

/// A generated data set of the catalogue.
package struct DataSet: Named {
  /// The value without noise at an input.
  package typealias Curve = @Sendable (_ settings: Settings, _ x: Double) -> Double
  /// Draws samples; the same seed and settings give the same samples.
  package typealias Generate = @Sendable (_ settings: Settings, _ seed: UInt64) -> Samples

  /// Draws samples with the numbers of TensorFlow Playground's page, already in the page's order.
  package typealias Page =
    @Sendable (_ settings: Settings, _ random: inout PageRandom) -> Samples

  package let name: String
  package let summary: String
  /// Numbers that shape it (`samples`, `noise`, …).
  package let hyperparameters: [Hyperparameter]
  /// Numbers per sample.
  package let inputCount: @Sendable (_ settings: Settings) -> Int
  /// How many classes there are; nil: targets are values.
  package let classCount: Int?
  /// The curve that samples of one input scatter about; nil where there is none.
  package let curve: Curve?
  /// The mean test error of the least-norm solution on the first p inputs of n samples: exact, and
  /// its limit for many of both.
  package typealias LeastNormError =
    @Sendable (_ settings: Settings, _ samples: Int, _ features: Int) -> (
      exact: Double, limit: Double
    )

  /// Whether the first samples are for training and the last for tests, as they come; else both are
  /// drawn.
  package let isInOrder: Bool
  /// What theory says of the least-norm solution; nil where nothing is known.
  package let leastNormError: LeastNormError?
  /// Draws samples.
  package let generate: Generate
  /// Draws samples as TensorFlow Playground's page does with a text as seed; nil for data sets that
  /// are not the page's.
  ///
  /// The first samples of such a set are for training and the rest for tests, in the order in which
  /// they come.
  package let page: Page?

  init(
    _ name: String, _ summary: String, hyperparameters: [Hyperparameter],
    inputs: @escaping @Sendable (Settings) -> Int = { _ in 2 },
    classes: Int? = 2, curve: Curve? = nil, page: Page? = nil,
    isInOrder: Bool = false, leastNormError: LeastNormError? = nil, generate: @escaping Generate
  ) {
    self.name = name
    self.summary = summary
    self.hyperparameters = hyperparameters
    inputCount = inputs
    classCount = classes
    self.curve = curve
    self.page = page
    self.isInOrder = isInOrder || page != nil
    self.leastNormError = leastNormError
    self.generate = generate
  }

  /// A data set of TensorFlow Playground's page; a number as seed stands for its digits.
  init(
    _ name: String, _ summary: String, hyperparameters: [Hyperparameter], classes: Int?,
    page: @escaping Page
  ) {
    self.init(name, summary, hyperparameters: hyperparameters, classes: classes, page: page) {
      settings, seed in
      var random = PageRandom(seed: String(seed))
      return page(settings, &random)
    }
  }

  /// The curve of a chosen data set with its settings; nil where it has none.
  package static func curve(of choice: Choice) -> (@Sendable (Double) -> Double)? {
    guard let set = all[choice.name], let curve = set.curve else { return nil }
    var issues: [ProblemIssue] = []
    let settings = Settings(choice, of: set.hyperparameters, key: "data", issues: &issues)
    guard issues.isEmpty else { return nil }
    return { x in curve(settings, x) }
  }

  /// All generated data sets: gates, shapes in the plane, curves, images.
  package static let all = Catalogue<DataSet>(
    kind: "data set",
    [
      .and, .or, .nand, .nor, .xor, .xnor, .parity, .gaussians, .circle, .moons, .spiral,
      .checkerboard, .line, .quadratic, .sine, .logisticToy, .iris, .glyphs, .recall,
      .barsAndStripes, .modularAddition, .associations, .linearTruth, .randomTargets, .evenWave,
      .playgroundCircle,
      .playgroundXor, .playgroundGauss, .playgroundSpiral,
      .playgroundPlane, .playgroundGaussian,
    ])

  /// The usual setting for the number of samples.
  static func samples(_ count: Double) -> Hyperparameter {
    Hyperparameter(
      "samples", symbol: "n", "How many samples are drawn", default: count, in: 1...200_000,
      scale: .integer)
  }

  /// Whether numbers are drawn as the notes' programs draw them.
  static let numpy = Hyperparameter(
    "numpy", symbol: "np", "Draw as numpy's RandomState does with this seed", default: 0, in: 0...1,
    scale: .flag)

  /// The usual setting for noise.
  static func noise(_ sigma: Double, _ summary: String) -> Hyperparameter {
    Hyperparameter("noise", symbol: "σ", summary, default: sigma, in: 0...100)
  }
}

/// Draws for one sample after another: each sample has positions of its own, so that more samples
/// leave the first as they were.
struct SampleDraws {
  /// The stream of data.
  let stream: RandomStream
  /// Positions for each sample.
  let perSample: UInt64

  init(seed: UInt64, perSample: Int) {
    stream = RandomStream(seed: seed, stream: Streams.data)
    self.perSample = UInt64(perSample)
  }

  /// Uniform in [0, 1).
  func uniform(_ sample: Int, _ which: Int) -> Double {
    stream.uniform(at: UInt64(sample) &* perSample &+ UInt64(which))
  }

  /// Uniform in a range.
  func uniform(_ sample: Int, _ which: Int, in range: ClosedRange<Double>) -> Double {
    range.lowerBound.addingProduct(
      uniform(sample, which), range.upperBound - range.lowerBound)
  }

  /// Standard normal.
  func normal(_ sample: Int, _ which: Int) -> Double {
    stream.normal(at: UInt64(sample) &* perSample &+ UInt64(which))
  }
}
