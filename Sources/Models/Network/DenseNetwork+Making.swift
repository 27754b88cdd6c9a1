import Lanes

extension DenseNetwork {
  /// Builds the model that a plan describes; everything that is wrong with it is reported together.
  package init(_ plan: NetworkPlan) throws(InvalidProblem) {
    var builder = NetworkBuilder(plan)
    let features = builder.features()
    guard let (loss, lossSetting) = builder.loss() else { throw InvalidProblem(builder.issues) }
    let outputs = builder.outputs(loss)
    let output = builder.output(loss)
    builder.checkSamples(columns: features.columns.count, units: outputs.units)
    let layers = builder.layers(
      columns: features.columns.count, units: outputs.units, output: output)
    if features.columns.isEmpty, builder.issues.isEmpty {
      builder.issues.append(
        ProblemIssue(key: "model.features", value: "none", allowed: "at least one column"))
    }
    guard builder.issues.isEmpty, !layers.isEmpty else { throw InvalidProblem(builder.issues) }

    var train = plan.train
    var test = plan.test
    train.classCount = outputs.classes
    test.classCount = outputs.classes
    trainSamples = train
    testSamples = test
    self.layers = layers
    self.loss = loss
    self.lossSetting = lossSetting
    self.features = features
    link = output.2
    averages = plan.averages
    let scaling = plan.standardize ? Standardization(train) : nil
    standardization = scaling
    penalty = Penalty(
      l1: plan.l1, l2: plan.l2, perSample: plan.penaltyPerSample,
      weights: DenseNetwork.weights(layers, features: features))
    parameterNames = DenseNetwork.names(layers, kind: plan.kind, features: features)
    self.train = DenseNetwork.table(
      train, features: features, scaling: scaling, units: outputs.units,
      rowWise: features.columns.count >= RowGradient.fewestInputs)
    self.test = DenseNetwork.table(
      test, features: features, scaling: scaling, units: outputs.units)
    var kernels: [LayerKernel] = []
    for layer in layers {
      kernels.append(LayerKernel(layer, row: kernels.last?.end ?? 0, isFirst: kernels.isEmpty))
    }
    self.kernels = kernels
    parameterCount = layers[layers.count - 1].end
    sampleCount = train.count
    shape = ScratchShape(kernels, parameters: parameterCount)
    termsPerSample = loss.scores == .classes ? 1 : outputs.units
  }

  /// Weights that penalties count: all of W, but columns of ones in models without biases.
  private static func weights(_ layers: [DenseLayer], features: FeatureMap) -> [Range<Int>] {
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

  private static func names(
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
    rowWise: Bool = false
  ) -> SampleTable {
    let inputs = samples.inputCount
    var scaled = samples.inputs
    if let scaling {
      for at in scaled.indices { scaled[at] = scaling.apply(scaled[at], input: at % inputs) }
    }
    let oneHot = samples.targetCount == 1 && units > 1
    return SampleTable(
      count: samples.count, inputs: features.columns.count, outputs: units, rowWise: rowWise,
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
