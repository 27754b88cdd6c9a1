import Lanes

/// A dense network of any shape fitted to samples; linear, logistic, softmax and perceptron models are its smallest cases.
///
/// Flat order of parameters: for each layer W row by row (units × inputs), then b. Layers without bias have no b.
/// Activations are unit-major: one row of samples a unit, in whole lanes.
package struct DenseNetwork: Objective {
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
  /// Whether sample losses are averaged (over samples and, for losses of single outputs, outputs) or summed.
  package let averages: Bool
  /// How raw inputs become columns.
  package let features: FeatureMap
  /// How raw inputs are scaled before that; nil: not at all.
  package let standardization: Standardization?
  /// The training samples as they came.
  package let trainSamples: Samples
  /// The test samples as they came.
  package let testSamples: Samples
  package let parameterNames: [String]

  let lossSetting: Double
  let penalty: Penalty
  let train: SampleTable
  let test: SampleTable
  /// The most units of a layer.
  let widestLayer: Int
  /// For each layer the rows of scratch at which z and a start; the same where the layer is linear.
  let rowOffsets: [Int32]
  /// Rows of scratch that all z and a take.
  let activationRows: Int

  package var parameterCount: Int { layers[layers.count - 1].end }
  package var sampleCount: Int { train.count }
  package var testCount: Int { test.count }
  /// Numbers that a sample brings, before features.
  package var inputCount: Int { trainSamples.inputCount }
  /// Units of the output layer.
  package var outputCount: Int { layers[layers.count - 1].units }
  /// How many classes are told apart; nil: outputs are values.
  package var classCount: Int? { trainSamples.classCount }

  /// Multiplies the sum of sample losses of a batch.
  func scale(samples: Int) -> Double {
    guard averages else { return 1 }
    let terms = loss.scores == .classes ? samples : samples * outputCount
    return 1 / Double(max(terms, 1))
  }

  // MARK: Objective

  package func scratchCount(batch: Int) -> Int {
    let samples = max(batch, train.count, test.count, 1)
    return ChunkBuffers.lanes(of: self, stride: ChunkPlan.widestStride(samples: samples)) * 8
  }

  package func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let rows: UnsafeBufferPointer<Int32>?
    switch batch {
    case .all: rows = nil
    case .rows(let numbers): rows = numbers
    }
    let count = rows?.count ?? train.count
    for i in 0..<((parameterCount &+ 7) & ~7) { gradient[i] = 0 }
    let scale = scale(samples: count)
    var sum = 0.0
    eachChunk(of: train, rows: rows, scratch: scratch) { chunk in
      forward(at: parameters, chunk)
      let block = lossBlock(chunk, scale: scale)
      let output = chunk.values(layers.count - 1)
      sum += loss.evaluate(output, chunk.targets, chunk.delta, block)
      backward(at: parameters, chunk, gradient: gradient)
    }
    let fit = sum * scale
    return fit + penalty.add(at: parameters, samples: count, gradient: gradient)
  }

  package func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let table = split == .train ? train : test
    let scale = scale(samples: table.count)
    var sum = 0.0
    eachChunk(of: table, rows: nil, scratch: scratch) { chunk in
      forward(at: parameters, chunk)
      sum += loss.evaluate(
        chunk.values(layers.count - 1), chunk.targets, nil, lossBlock(chunk, scale: scale))
    }
    let fit = sum * scale
    guard split == .train else { return fit }
    return fit + penalty.add(at: parameters, samples: table.count, gradient: nil)
  }

  package func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? {
    let table = split == .train ? train : test
    guard classCount != nil, table.count > 0 else { return nil }
    var right = 0
    eachChunk(of: table, rows: nil, scratch: scratch) { chunk in
      forward(at: parameters, chunk)
      let output = Rows.doubles(chunk.values(layers.count - 1))
      let targets = Rows.doubles(chunk.targets)
      for s in 0..<chunk.count {
        let answer = decide(output + s, stride: chunk.stride &* 8)
        let truth = decided(targets + s, stride: chunk.targetStride &* 8)
        if answer == truth { right &+= 1 }
      }
    }
    return Double(right) / Double(table.count)
  }

  func lossBlock(_ chunk: ChunkBuffers, scale: Double) -> LossBlock {
    LossBlock(
      outputs: outputCount, stride: chunk.stride, targetStride: chunk.targetStride,
      count: chunk.count, scale: scale, setting: lossSetting)
  }

  /// The class that the output layer's values tell: the greatest one (the first of equals), or which side of the threshold.
  private func decide(_ values: UnsafePointer<Double>, stride: Int) -> Int {
    if outputCount == 1 {
      let threshold = loss.scores == .values ? 0.5 : 0
      return values[0] >= threshold ? 1 : 0
    }
    var best = 0
    for k in 1..<outputCount where values[k &* stride] > values[best &* stride] { best = k }
    return best
  }

  private func decided(_ targets: UnsafePointer<Double>, stride: Int) -> Int {
    if outputCount == 1 { return targets[0] >= 0.5 ? 1 : 0 }
    var best = 0
    for k in 1..<outputCount where targets[k &* stride] > targets[best &* stride] { best = k }
    return best
  }
}
