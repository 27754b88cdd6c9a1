package import Lanes

/// A kind of network that the notes name beside the multilayer perceptron.
package struct NetworkKind: Named {
  /// Builds the objective; nil (with an issue) where samples and settings do not fit.
  package typealias Make =
    @Sendable (
      _ settings: Settings, _ train: Samples, _ test: Samples, _ seed: UInt64,
      _ issues: inout [ProblemIssue]
    ) -> (any Objective)?

  package let name: String
  package let summary: String
  /// Numbers that shape it.
  package let hyperparameters: [Hyperparameter]
  /// Builds it.
  package let make: Make

  init(
    _ name: String, _ summary: String, hyperparameters: [Hyperparameter], make: @escaping Make
  ) {
    self.name = name
    self.summary = summary
    self.hyperparameters = hyperparameters
    self.make = make
  }

  /// All kinds, in the notes' order.
  package static let all = Catalogue<NetworkKind>(
    kind: "network", [.convolutional, .recurrent, .radialBasis, .boltzmann])

  /// Reports a data set that does not fit.
  static func misfit(_ value: String, allowed: String) -> ProblemIssue {
    ProblemIssue(key: "network.data", value: value, allowed: allowed)
  }
}

extension Objective {
  /// Draws one uniform number from ±√(6 / (inputs + outputs)) for each weight (Glorot and Bengio,
  /// 2010).
  func glorot(_ count: Int, inputs: Int, outputs: Int, seed: UInt64, from first: Int) -> [Double] {
    let limit = Elementary.sqrt(6 / Double(inputs + outputs))
    let stream = RandomStream(seed: seed, stream: Streams.parameters)
    return (0..<count).map { limit * (2 * stream.uniform(at: UInt64(first + $0)) - 1) }
  }
}
