import Lanes

/// A dense network of any shape fitted to samples; linear, logistic, softmax and perceptron models
/// are its smallest cases.
///
/// Flat order of parameters: for each layer W row by row (units × inputs), then b. Layers without
/// bias have no b. Activations are unit-major: one row of samples a unit, in whole lanes.
package final class DenseNetwork: Objective {
  /// What turns the output layer's values into predictions.
  package enum Link: Sendable, Equatable {
    /// Values as they are.
    case identity
    /// The logistic function.
    case sigmoid
    /// The softmax over outputs.
    case softmax
    /// 1 for z ≥ 0.
    case step
  }

  /// Layers, first to last.
  package let layers: [DenseLayer]
  /// The loss.
  package let loss: Loss
  /// Turns outputs into predictions.
  package let link: Link
  /// Whether sample losses are averaged (over samples and, for losses of single outputs, outputs)
  /// or summed.
  package let averages: Bool
  /// How raw inputs become columns.
  package let features: FeatureMap
  /// How raw inputs are scaled before that; nil: not at all.
  package let standardization: Standardization?
  /// The training samples as they came.
  package let trainSamples: Samples
  /// The test samples as they came.
  package let testSamples: Samples
  package let layout: ParameterLayout
  /// The parameters around which the network is replaced by its linearisation; nil: it is not.
  package let origin: [Double]?
  package var kind: ObjectiveKind { .dense(self) }

  let lossSetting: Double
  /// How many losses a sample has: one, or one an output.
  let termsPerSample: Int
  /// Multiplies the sum of losses of all training samples.
  private let fullScale: Double
  let penalty: Penalty
  /// The flat parameters that penalties count: weights, without biases and columns of ones.
  package var penalizedParameters: [Range<Int>] { penalty.weights }
  /// What the L1 penalty makes of weights after a step, where its rule keeps it out of the
  /// gradient.
  package var shrinkage: Shrinkage? { penalty.shrinkage }
  let train: SampleTable
  let test: SampleTable
  /// What the passes need of the layers.
  let kernels: [LayerKernel]
  /// How much scratch the passes need.
  let shape: ScratchShape
  /// Whether layers fit one vector.
  let narrowShape: NarrowShape
  /// Whether few samples are taken by `TinyPass`.
  let isTiny: Bool
  /// The pass of networks that learn gates.
  let gate: GatePass?
  /// The same, for steps: reading it counts no reference.
  private let borrowedGate: Unmanaged<GatePass>?
  package let parameterCount: Int
  package let sampleCount: Int

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

    var train = builder.plan.train
    var test = builder.plan.test
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
      weights: DenseNetwork.weights(layers, features: features), rule: plan.l1Rule)
    layout = DenseNetwork.layout(layers, kind: plan.kind, features: features)
    self.test = DenseNetwork.table(
      test, features: features, scaling: scaling, units: outputs.units)
    var kernels: [LayerKernel] = []
    for layer in layers {
      kernels.append(LayerKernel(layer, row: kernels.last?.end ?? 0, isFirst: kernels.isEmpty))
    }
    self.kernels = kernels
    parameterCount = layers[layers.count - 1].end
    origin = plan.origin
    precondition(
      plan.origin == nil || plan.origin?.count == parameterCount, "another net's origin")
    // What is linearised goes through chunks.
    narrowShape = NarrowShape(
      plan.origin == nil ? kernels : [], parameterCount: parameterCount)
    isTiny = plan.origin == nil && layers.count == 1 && parameterCount <= TinyPass.limit
    gate =
      narrowShape.pairs == nil || train.count > GatePass.mostSamples
      ? nil
      : GatePass(
        kernels, loss: loss, parameterCount: parameterCount, samples: train.count)
    borrowedGate = gate.map { Unmanaged.passUnretained($0) }
    self.train = DenseNetwork.table(
      train, features: features, scaling: scaling, units: outputs.units,
      rowWise: features.columns.count >= RowGradient.fewestInputs || narrowShape.mostSamples > 0,
      pairWise: narrowShape.pairs != nil)
    sampleCount = train.count
    shape = ScratchShape(kernels, parameters: parameterCount)
    termsPerSample = loss.scores == .classes ? 1 : outputs.units
    fullScale = averages ? 1 / Double(max(train.count &* termsPerSample, 1)) : 1
  }

  package var testCount: Int { test.count }
  /// Numbers that a sample brings, before features.
  package var inputCount: Int { trainSamples.inputCount }
  /// Units of the output layer.
  package var outputCount: Int { shape.outputs }
  /// How many classes are told apart; nil: outputs are values.
  package var classCount: Int? { trainSamples.classCount }

  /// Multiplies the sum of sample losses of a batch.
  func scale(samples: Int) -> Double {
    guard averages else { return 1 }
    return 1 / Double(max(samples &* termsPerSample, 1))
  }

  // MARK: Objective

  package func scratchCount(batch: Int) -> Int {
    let samples = max(batch, train.count, test.count, 1)
    let stride = ChunkPlan.widestStride(samples: samples)
    return max(shape.lanes(stride: stride), narrowShape.scratch(lanes: stride)) * 8
      + linearScratchCount
  }

  @inline(__always)
  package func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let rows: UnsafeBufferPointer<Int32>? =
      switch batch {
      case .all: nil
      case .rows(let numbers): numbers
      }
    let count = rows?.count ?? sampleCount
    let scale = scale(samples: count)
    let sum: Double
    switch pass(of: count, isAll: rows == nil) {
    case .gate:
      if let loss = gated(at: parameters, gradient: gradient) { return loss }
      // Logits beyond the gate's range.
      sum = paired(
        at: parameters, rows: rows, count: count, scale: scale, gradient: gradient,
        scratch: scratch)
    case .pair:
      sum = paired(
        at: parameters, rows: rows, count: count, scale: scale, gradient: gradient,
        scratch: scratch)
    case .narrow:
      sum = narrow(
        at: parameters, rows: rows, count: count, scale: scale, gradient: gradient,
        scratch: scratch)
    case .tiny:
      sum = tiny(
        at: parameters, rows: rows, count: count, scale: scale, gradient: gradient,
        scratch: scratch)
    case .small, .large:
      if let origin {
        sum = linearized(
          around: origin, at: parameters, rows: rows, count: count, scale: scale,
          gradient: gradient, scratch: scratch)
        break
      }
      sum = chunked(
        at: parameters, rows: rows, count: count, scale: scale, gradient: gradient,
        scratch: scratch)
    }
    return penalty.add(at: parameters, samples: count, gradient: gradient) + sum * scale
  }

  /// Whether there is a pass for gates.
  @inline(__always) var hasGate: Bool { borrowedGate != nil }

  @inline(__always)
  private func paired(
    at parameters: UnsafePointer<Double>, rows: UnsafeBufferPointer<Int32>?, count: Int,
    scale: Double, gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    guard let plan = narrowShape.borrowedPairs else {
      preconditionFailure("a net without pairs has no pass of pairs")
    }
    return plan._withUnsafeGuaranteedRef {
      paired(
        $0, at: parameters, rows: rows, count: count, scale: scale, gradient: gradient,
        scratch: scratch)
    }
  }

  /// The loss and gradient over all samples of a network that learns a gate; nil, where they are
  /// taken as those of others.
  @inline(__always)
  private func gated(
    at parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double? {
    guard let gate = borrowedGate else { return nil }
    let sum = train.pairs.withUnsafeBufferPointer { pairs -> Double? in
      train.targets.withUnsafeBufferPointer { targets in
        guard let pairs = pairs.baseAddress, let targets = targets.baseAddress else { return nil }
        let places = GatePass.Places(
          parameters: parameters, pairs: pairs, targets: targets, count: sampleCount,
          gradient: Rows.lanes(gradient))
        return gate._withUnsafeGuaranteedRef { $0.run(places, scale: fullScale) }
      }
    }
    guard let sum else { return nil }
    return penalty.add(at: parameters, samples: sampleCount, gradient: gradient) + sum * fullScale
  }

  /// The sum of sample losses, and the gradient without penalties, of networks and batches of any
  /// size.
  private func chunked(
    at parameters: UnsafePointer<Double>, rows: UnsafeBufferPointer<Int32>?, count: Int,
    scale: Double, gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let small = shape.sums > 0
    let padded = (parameterCount &+ 7) & ~7
    for i in (count == 0 ? 0 : parameterCount)..<padded { gradient[i] = 0 }
    var sum = 0.0
    var first = true
    eachChunk(of: train, rows: rows, scratch: scratch) { chunk in
      forward(at: parameters, chunk, keepsSums: false)
      let block = lossBlock(chunk, scale: scale)
      sum += LaneFolding.sum(
        loss.evaluate(chunk.outputs, chunk.targets, chunk.delta, block))
      if small {
        backward(at: parameters, chunk) { layer, delta, input, inputStride in
          LaneSums.add(
            delta, chunk.stride, units: layer.pointee.units, input, inputStride,
            inputs: layer.pointee.inputs,
            lanes: chunk.lanes, chunk.sums + layer.pointee.weights, goesOn: !first)
          if layer.pointee.hasBias {
            LaneSums.addBiases(
              delta, chunk.stride, units: layer.pointee.units, lanes: chunk.lanes,
              chunk.sums + layer.pointee.biases, goesOn: !first)
          }
        }
      } else {
        backward(at: parameters, chunk) { layer, delta, input, inputStride in
          learn(layer, delta, input, inputStride, chunk, gradient, goesOn: !first)
        }
      }
      first = false
    }
    if small, count > 0 {
      LaneSums.finish(Rows.lanes(scratch), count: parameterCount, gradient: Rows.lanes(gradient))
    }
    return sum
  }

  /// Gradients by one layer's parameters over one chunk, for the gradient of a large network.
  @inline(__always)
  private func learn(
    _ layer: UnsafePointer<LayerKernel>, _ delta: UnsafePointer<Lanes>,
    _ input: UnsafePointer<Lanes>, _ inputStride: Int, _ chunk: ChunkBuffers,
    _ gradient: UnsafeMutablePointer<Double>, goesOn: Bool
  ) {
    let units = layer.pointee.units
    let inputs = layer.pointee.inputs
    let weights = gradient + layer.pointee.weights
    // Biases first, while gradients are near.
    if layer.pointee.hasBias {
      WeightGradient.addBiases(
        delta, chunk.stride, units: units, lanes: chunk.lanes, gradient + layer.pointee.biases,
        goesOn: goesOn)
    }
    if layer.pointee.rowWise {
      var rows = UnsafePointer(chunk.hiddenRows)
      if input == chunk.inputs, let own = chunk.inputRows {
        rows = own
      } else {
        Transpose.blocks(
          input, inputStride, chunk.hiddenRows, RowGradient.stride(inputs: inputs),
          down: inputs >> 3, across: chunk.lanes, rows: chunk.lanes &* 8)
        Transpose.rest(
          input, inputStride, chunk.hiddenRows, RowGradient.stride(inputs: inputs),
          from: inputs & ~7, to: inputs, samples: chunk.lanes &* 8)
      }
      RowGradient.add(
        delta, chunk.stride, units: units, rows, inputs: inputs, samples: chunk.count,
        product: chunk.product, weights: weights, goesOn: goesOn)
    } else {
      WeightGradient.add(
        delta, chunk.stride, units: units, input, inputStride, inputs: inputs, lanes: chunk.lanes,
        weights: weights, goesOn: goesOn)
    }
  }
}
