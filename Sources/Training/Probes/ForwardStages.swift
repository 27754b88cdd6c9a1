package import Models

/// One sample on its way through a dense network: what comes in, and each layer's `z = W y + b` and
/// `y = f(z)`.
package struct ForwardStages: Sendable, Equatable {
  /// One layer.
  package struct Stage: Sendable, Equatable {
    /// What comes in.
    package var inputs: [Double]
    /// Pre-activations.
    package var z: [Double]
    /// Activations.
    package var y: [Double]
  }

  /// The layers, first to last.
  package let stages: [Stage]
  /// What the model answers: the last layer's values, as probabilities where it means them so.
  package let answer: [Double]
  /// What it should answer.
  package let target: [Double]

  /// The way of one training sample; nil where there is none or parameters are not finite.
  package init?(_ network: DenseNetwork, parameters: [Double], sample: Int) {
    let samples = network.trainSamples
    guard sample >= 0, sample < samples.count, parameters.count == network.parameterCount,
      parameters.allSatisfy(\.isFinite)
    else { return nil }
    let raw = Array(samples.input(sample))
    let scaled = raw.indices.map {
      network.standardization?.apply(raw[$0], input: $0) ?? raw[$0]
    }
    var inputs = network.features.columns.indices.map { network.features.value($0, of: scaled) }
    let pass = NetworkProbe.forward(
      network, parameters: parameters, PreparedInputs(network, points: raw.map { [$0] }))
    var stages: [Stage] = []
    for layer in pass.layers {
      let z = (0..<layer.units).map { layer.preActivations(of: $0)[0] }
      let y = (0..<layer.units).map { layer.activations(of: $0)[0] }
      stages.append(Stage(inputs: inputs, z: z, y: y))
      inputs = y
    }
    guard let last = pass.layers.last else { return nil }
    self.stages = stages
    answer = NetworkProbe.outputs(network, last).map { $0[0] }
    target = Array(samples.target(sample))
  }
}
