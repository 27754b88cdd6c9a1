package import Lanes

/// How the weights of a layer are drawn.
///
/// Biases start at 0, except where said so (`uniform`, `normal`, and scikit-learn's draw them like
/// weights; TensorFlow Playground's are 0.1).
package struct Initializer: Named {
  /// A layer's size.
  package struct Shape: Sendable {
    /// Numbers that come in.
    package var inputs: Int
    /// Units.
    package var units: Int
    /// Whether the hidden layers' activation (the only layer's, where there is one) is the logistic
    /// function.
    package var isSigmoid: Bool
  }
  /// A parameter from two draws of its own.
  package typealias Draw =
    @Sendable (_ shape: Shape, _ settings: Settings, _ uniform: Double, _ normal: Double) -> Double

  package let name: String
  package let summary: String
  /// The formula for people.
  package let formula: String
  /// Numbers that shape it.
  package let hyperparameters: [Hyperparameter]
  /// Whether biases are drawn too.
  package let drawsBiases: Bool
  /// What biases start at where they are not drawn.
  package let bias: Double
  /// Whether weights of models on TensorFlow Playground's data come from the stream that drew the
  /// samples.
  package let followsPage: Bool
  /// Whether it is no draw, but the solution of a linear model
  /// (`DenseNetwork.leastNormParameters`).
  package let isSolution: Bool
  /// One weight.
  package let draw: Draw

  init(
    _ name: String, _ formula: String, _ summary: String, hyperparameters: [Hyperparameter] = [],
    drawsBiases: Bool = false, bias: Double = 0, followsPage: Bool = false,
    isSolution: Bool = false, draw: @escaping Draw
  ) {
    self.name = name
    self.formula = formula
    self.summary = summary
    self.hyperparameters = hyperparameters
    self.drawsBiases = drawsBiases
    self.bias = bias
    self.followsPage = followsPage
    self.isSolution = isSolution
    self.draw = draw
  }

  /// All initialisers.
  package static let all = Catalogue<Initializer>(
    kind: "initializer",
    [
      .zeros, .uniform, .normal, .glorotUniform, .glorotNormal, .heUniform, .heNormal,
      .lecunNormal, .sklearnGlorot, .playground, .leastNorm,
    ])

  /// One number a variable of a plain function, each drawn as the only weight of a layer.
  package func start(variables: Int, settings: Settings, seed: UInt64) -> [Double] {
    let stream = RandomStream(seed: seed, stream: Streams.parameters)
    let shape = Shape(inputs: 1, units: 1, isSigmoid: false)
    return (0..<UInt64(variables)).map { (i: UInt64) -> Double in
      draw(shape, settings, stream.uniform(at: 2 * i), stream.normal(at: 2 * i + 1))
    }
  }
}
