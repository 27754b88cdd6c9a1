import Lanes

/// Subtracts each input's mean and divides by its standard deviation, those of the training samples.
package struct Standardization: Equatable, Sendable {
  /// One mean an input.
  package let means: [Double]
  /// One standard deviation an input (divisor n); 1 where an input does not vary.
  package let deviations: [Double]

  /// Measures samples.
  package init(_ samples: Samples) {
    let n = Double(max(samples.count, 1))
    var means: [Double] = []
    var deviations: [Double] = []
    for i in 0..<samples.inputCount {
      var sum = 0.0
      for s in 0..<samples.count { sum += samples.inputs[s * samples.inputCount + i] }
      let mean = sum / n
      var squares = 0.0
      for s in 0..<samples.count {
        let distance = samples.inputs[s * samples.inputCount + i] - mean
        squares.addProduct(distance, distance)
      }
      let deviation = Elementary.sqrt(squares / n)
      means.append(mean)
      deviations.append(deviation > 0 && deviation.isFinite ? deviation : 1)
    }
    self.means = means
    self.deviations = deviations
  }

  /// Transforms one value of one input.
  package func apply(_ x: Double, input: Int) -> Double {
    (x - means[input]) / deviations[input]
  }
}
