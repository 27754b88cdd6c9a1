import Differentiation
import Lanes

extension DenseNetwork {
  /// Whether the loss is a sum of squared errors of a function that is linear in the parameters, so
  /// that its least solution is known.
  package var isLeastSquares: Bool {
    layers.count == 1 && layers[0].activation.isIdentity && link == .identity && loss.isSquared
      && penalty.isNone
  }

  /// The parameters of least norm among those with the least training loss; nil where the model is
  /// not one of least squares. Gradient descent from 0 tends to them.
  package func leastNormParameters() -> [Double]? {
    guard isLeastSquares, train.count > 0 else { return nil }
    let layer = layers[0]
    let samples = trainSamples
    let ones = layer.hasBias ? 1 : 0
    let width = layer.inputs + ones
    var matrix: [Double] = []
    matrix.reserveCapacity(samples.count * width)
    for sample in 0..<samples.count {
      matrix += columns(of: samples.input(sample))
      if ones == 1 { matrix.append(1) }
    }
    let parts = SingularValues(matrix, rows: samples.count, columns: width)
    var parameters = [Double](repeating: 0, count: parameterCount)
    let isOneHot = samples.targetCount == 1 && layer.units > 1
    for unit in 0..<layer.units {
      let targets = (0..<samples.count).map { sample in
        isOneHot
          ? (samples.targets[sample] == Double(unit) ? 1.0 : 0)
          : samples.targets[sample * samples.targetCount + unit]
      }
      let solution = parts.leastNorm(targets)
      for input in 0..<layer.inputs {
        parameters[layer.weights + unit * layer.inputs + input] = solution[input]
      }
      if layer.hasBias { parameters[layer.biases + unit] = solution[layer.inputs] }
    }
    return parameters
  }

  /// Whether nothing is added to the samples' losses.
  package var penaltyIsNone: Bool { penalty.isNone }

  /// What the first layer sees of a sample: scaled, and made into columns.
  package func columns(of input: some RandomAccessCollection<Double>) -> [Double] {
    let scaled = input.enumerated().map { place, value in
      standardization?.apply(value, input: place) ?? value
    }
    return features.columns.indices.map { features.value($0, of: scaled) }
  }
}
