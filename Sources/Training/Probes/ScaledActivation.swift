package import Models

/// A net with one input, one hidden unit and one output, read as a scaled activation `c₁ f(c₂ x +
/// c₃) + c₄`.
package struct ScaledActivation: Sendable {
  /// One of the four numbers.
  package struct Constant: Sendable, Equatable {
    /// What is typed (`c1`).
    package let name: String
    /// As it stands in formulas (`c₁`).
    package let symbol: String
    /// What it does to the curve.
    package let action: String
    /// Where it stands among the flat parameters.
    package let index: Int
  }

  /// The net.
  package let network: DenseNetwork
  /// c₁ to c₄.
  package let constants: [Constant]

  /// The reading of an objective; nil where it is not a net of this shape.
  package init?(_ objective: any Objective) {
    guard let network = objective.kind.dense, network.inputCount == 1,
      network.features == FeatureMap(inputs: 1, ones: false),
      network.layers.count == 2, network.layers.allSatisfy({ $0.units == 1 && $0.hasBias }),
      network.parameterCount == 4
    else { return nil }
    self.network = network
    let (hidden, output) = (network.layers[0], network.layers[1])
    constants = [
      Constant(name: "c1", symbol: "c₁", action: "stretches", index: output.weights),
      Constant(name: "c2", symbol: "c₂", action: "steepens", index: hidden.weights),
      Constant(name: "c3", symbol: "c₃", action: "moves sideways", index: hidden.biases),
      Constant(name: "c4", symbol: "c₄", action: "lifts", index: output.biases),
    ]
  }

  /// c₁ to c₄ of flat parameters; nil where there are not four.
  package func values(of parameters: [Double]) -> [Double]? {
    parameters.count == 4 ? constants.map { parameters[$0.index] } : nil
  }

  /// c₁ f(c₂ x + c₃) + c₄ at each of `xs`.
  package func curve(_ c: [Double], at xs: [Double]) -> [Double] {
    precondition(c.count == 4, "\(c.count) numbers instead of four")
    let layer = network.layers[0]
    return layer.activation.table(xs.map { c[1] * $0 + c[2] }, setting: layer.setting)
      .map { c[0] * $0.value + c[3] }
  }
}
