import Lanes

extension DenseNetwork {
  /// Weights that penalties count: all of W, but columns of ones in models without biases.
  static func weights(_ layers: [DenseLayer], features: FeatureMap) -> [Range<Int>] {
    layers.enumerated().flatMap { l, layer -> [Range<Int>] in
      guard l == 0, !layer.hasBias, features.columns.contains(.one) else {
        return [layer.weights..<layer.biases]
      }
      return (0..<layer.units).flatMap { u in
        features.columns.indices.filter { features.columns[$0] != .one }.map { column in
          let at = layer.weights + u * layer.inputs + column
          return at..<at + 1
        }
      }
    }
  }

  static func names(
    _ layers: [DenseLayer], kind: NetworkPlan.Kind, features: FeatureMap
  ) -> [String] {
    if kind == .network || kind == .softmax {
      return layers.enumerated().flatMap { l, layer -> [String] in
        let number = kind == .softmax ? "" : "\(l + 1)"
        let weights = (0..<layer.units).flatMap { u in
          (0..<layer.inputs).map { "w\(number)[\(u + 1),\($0 + 1)]" }
        }
        return weights + (0..<layer.units).map { "b\(number)[\($0 + 1)]" }
      }
    }
    let layer = layers[0]
    let columns = (0..<layer.inputs).map { column -> String in
      if kind == .perceptron { return features.columns[column] == .one ? "b" : "w\(column)" }
      return "θ\(column)"
    }
    guard layer.units > 1 else { return columns }
    return (0..<layer.units).flatMap { u in columns.map { "\($0)[\(u + 1)]" } }
  }

  /// The columns of samples as the first layer sees them, and one-hot or plain targets.
  static func table(
    _ samples: Samples, features: FeatureMap, scaling: Standardization?, units: Int,
    rowWise: Bool = false, pairWise: Bool = false
  ) -> SampleTable {
    let inputs = samples.inputCount
    var scaled = samples.inputs
    if let scaling {
      for at in scaled.indices { scaled[at] = scaling.apply(scaled[at], input: at % inputs) }
    }
    let oneHot = samples.targetCount == 1 && units > 1
    return SampleTable(
      count: samples.count, inputs: features.columns.count, outputs: units, rowWise: rowWise,
      pairWise: pairWise,
      input: { sample, column in
        features.value(column, of: scaled[sample * inputs..<(sample + 1) * inputs])
      },
      target: { sample, output in
        oneHot
          ? (samples.targets[sample] == Double(output) ? 1 : 0)
          : samples.targets[sample * samples.targetCount + output]
      })
  }

  /// Initial parameters drawn by an initialiser; nil: each layer's usual one.
  ///
  /// Hidden layers of networks are drawn by `he_normal` under ReLU and its kin, by `glorot_uniform` otherwise; models
  /// without hidden layers start at 0.
  package func initialParameters(
    _ initializer: Initializer?, settings: Settings, seed: UInt64
  ) -> [Double] {
    let stream = RandomStream(seed: seed, stream: Streams.parameters)
    var parameters = [Double](repeating: 0, count: parameterCount)
    var numpy = NumpyRandom(seed: seed)
    let hasSigmoids = layers[0].activation.name == "sigmoid"
    for layer in layers {
      let rule = initializer ?? usualInitializer(layer)
      let chosen = initializer == nil ? Settings(defaultsOf: rule.hyperparameters) : settings
      let shape = Initializer.Shape(
        inputs: layer.inputs, units: layer.units, isSigmoid: hasSigmoids)
      if chosen.values["numpy"] == 1 {
        // scikit-learn keeps weights as inputs × units, and draws them in that order, then the biases.
        for input in 0..<layer.inputs {
          for unit in 0..<layer.units {
            parameters[layer.weights + unit * layer.inputs + input] = rule.draw(
              shape, chosen, numpy.uniform(), 0)
          }
        }
        for i in layer.biases..<layer.end {
          parameters[i] = rule.draw(shape, chosen, numpy.uniform(), 0)
        }
        continue
      }
      let end = rule.drawsBiases ? layer.end : layer.biases
      for i in layer.weights..<end {
        parameters[i] = rule.draw(
          shape, chosen, stream.uniform(at: UInt64(2 * i)), stream.normal(at: UInt64(2 * i + 1)))
      }
    }
    return parameters
  }

  private func usualInitializer(_ layer: DenseLayer) -> Initializer {
    guard layers.count > 1 else { return .zeros }
    let rectifiers: Set = ["relu", "leaky_relu", "elu", "gelu", "silu", "softplus"]
    return rectifiers.contains(layer.activation.name) ? .heNormal : .glorotUniform
  }
}
