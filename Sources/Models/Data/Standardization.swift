import Lanes

/// Subtracts each input's mean and divides by its standard deviation, those of the training
/// samples.
///
/// An input is constant when its greatest value is its least; it becomes 0. (The deviation does not
/// tell: that of 0.1, 0.1, 0.1 is 1.4e-17, because the mean is rounded.) Values whose squares no
/// double holds are measured against the greatest of them.
package struct Standardization: Equatable, Sendable {
  /// One mean an input.
  package let means: [Double]
  /// One standard deviation an input (divisor n); 1 where an input does not vary.
  package let deviations: [Double]

  /// Measures samples.
  package init(_ samples: Samples) {
    var means: [Double] = []
    var deviations: [Double] = []
    for input in 0..<samples.inputCount {
      let column = Column(samples, input)
      var (mean, deviation) = column.measure(unit: 1)
      if column.isConstant {
        (mean, deviation) = (column.least, 1)
      } else if !mean.isFinite || !deviation.isFinite || deviation < 1e-150 {
        let unit = max(abs(column.least), abs(column.greatest))
        (mean, deviation) = column.measure(unit: unit)
        mean *= unit
        deviation *= unit
      }
      means.append(mean)
      // A deviation beyond the least and greatest doubles leaves the input as it is.
      deviations.append(deviation > 0 && deviation.isFinite ? deviation : 1)
    }
    self.means = means
    self.deviations = deviations
  }

  /// The values of one input.
  private struct Column {
    let samples: Samples
    let input: Int
    private(set) var least = Double.infinity
    private(set) var greatest = -Double.infinity

    init(_ samples: Samples, _ input: Int) {
      self.samples = samples
      self.input = input
      for value in values {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }

    var values: some Sequence<Double> {
      let samples = samples
      return stride(from: input, to: samples.inputs.count, by: samples.inputCount).lazy.map {
        samples.inputs[$0]
      }
    }

    /// Whether the input does not vary; so is one without samples.
    var isConstant: Bool { !(greatest > least) }

    /// Mean and standard deviation in a unit.
    func measure(unit: Double) -> (mean: Double, deviation: Double) {
      let n = Double(max(samples.count, 1))
      var sum = 0.0
      for value in values { sum += value / unit }
      let mean = sum / n
      var squares = 0.0
      for value in values {
        let distance = value / unit - mean
        squares.addProduct(distance, distance)
      }
      return (mean, Elementary.sqrt(squares / n))
    }
  }

  /// Transforms one value of one input.
  package func apply(_ x: Double, input: Int) -> Double {
    (x - means[input]) / deviations[input]
  }
}
