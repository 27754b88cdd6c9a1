import Lanes
import Models
import Training

/// What the units of a network do over all training samples, layer by layer.
struct LayerReading {
  /// One layer.
  struct Layer {
    /// The standard deviation of its activations over samples and units.
    var spread: Double
    /// The standard deviation of its pre-activations over samples and units.
    var received: Double
    /// The share of units that are silent (pre-activation ≤ 0) on every sample.
    var silentUnits: Double
    /// The share of (sample, unit) pairs within 0.01 of an end of the activation's range.
    var atAnEnd: Double
  }
  /// The layers, first hidden one first, the output layer last.
  let layers: [Layer]

  init(_ network: DenseNetwork, parameters: [Double]) {
    self.init(
      network, parameters: parameters,
      inputs: PreparedInputs(network, samples: network.trainSamples))
  }

  init(_ network: DenseNetwork, parameters: [Double], inputs: PreparedInputs) {
    let pass = NetworkProbe.forward(network, parameters: parameters, inputs)
    layers = zip(pass.layers, network.layers).map { values, layer in
      let shape = ActivationShape(layer.activation, setting: layer.setting)
      let margin = 0.01
      var (all, silent, ends, pairs) = ([Double](), 0, 0, 0)
      var received: [Double] = []
      for unit in 0..<values.units {
        let activations = values.activations(of: unit)
        all += activations
        received += values.preActivations(of: unit)
        if values.preActivations(of: unit).allSatisfy({ $0 <= 0 }) { silent += 1 }
        pairs += activations.count
        if shape.isBounded, !shape.isFlat {
          ends += activations.count {
            $0 - shape.range.lowerBound < margin || shape.range.upperBound - $0 < margin
          }
        }
      }
      return Layer(
        spread: VectorMath.variance(all).squareRoot(),
        received: VectorMath.variance(received).squareRoot(),
        silentUnits: Double(silent) / Double(max(values.units, 1)),
        atAnEnd: Double(ends) / Double(max(pairs, 1)))
    }
  }

  /// The norm of the gradient by the weights and biases of each layer.
  static func gradientNorms(_ network: DenseNetwork, at parameters: [Double]) -> [Double] {
    let gradient = network.lossAndGradient(at: parameters).gradient
    return network.layers.map { VectorMath.norm(Array(gradient[$0.weights..<$0.end])) }
  }
}
