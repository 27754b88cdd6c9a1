package import Lanes

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

  /// W and b of each layer; models without hidden layers call their weights θ, perceptrons w and b.
  static func layout(
    _ layers: [DenseLayer], kind: NetworkPlan.Kind, features: FeatureMap
  ) -> ParameterLayout {
    if kind == .network || kind == .softmax {
      return ParameterLayout(
        layers.enumerated().flatMap { l, layer -> [ParameterLayout.Block] in
          let number = kind == .softmax ? "" : "\(l + 1)"
          let weights = ParameterLayout.Block.block(
            "w\(number)", [layer.units, layer.inputs], role: .weights, layer: l)
          guard layer.hasBias else { return [weights] }
          return [
            weights, .block("b\(number)", [layer.units], role: .biases, layer: l),
          ]
        })
    }
    let layer = layers[0]
    let isPerceptron = kind == .perceptron
    let columns = (0..<layer.inputs).map { column -> String in
      guard isPerceptron else { return "θ\(column)" }
      return features.columns[column] == .one ? "b" : "w\(column)"
    }
    return ParameterLayout([
      .block(
        isPerceptron ? "w" : "θ", [layer.units, layer.inputs], role: .weights, layer: 0,
        naming: .columns(columns))
    ])
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
  /// Layers of networks are drawn as their activations would have it; models without hidden layers
  /// start at 0.
  ///
  /// - Parameter page: The stream that drew TensorFlow Playground's samples, for initialisers that
  ///   follow it: weights come layer by layer, unit by unit, input by input.
  package func initialParameters(
    _ initializer: Initializer?, settings: Settings, seed: UInt64, page: PageRandom? = nil
  ) -> [Double] {
    var page = initializer?.followsPage == true ? page : nil
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
        // scikit-learn keeps weights as inputs × units, and draws them in that order, then the
        // biases.
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
      for i in end..<layer.end { parameters[i] = rule.bias }
      for i in layer.weights..<end {
        if let next = page?.uniform() {
          parameters[i] = rule.draw(shape, chosen, next, 0)
          continue
        }
        parameters[i] = rule.draw(
          shape, chosen, stream.uniform(at: UInt64(2 * i)), stream.normal(at: UInt64(2 * i + 1)))
      }
    }
    return parameters
  }

  func usualInitializer(_ layer: DenseLayer) -> Initializer {
    guard layers.count > 1 else { return .zeros }
    return layer.activation.usualInitializer
  }

  package func usualStart(seed: UInt64) -> [Double] {
    initialParameters(nil, settings: Settings(defaultsOf: []), seed: seed)
  }
}
