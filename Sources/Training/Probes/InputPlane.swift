package import Models

/// The part of a network's input space that pictures show.
package struct InputPlane: Hashable, Sendable {
  /// Range of the first input.
  package var x: ClosedRange<Double>
  /// Range of the second input.
  package var y: ClosedRange<Double>

  /// A part of the plane.
  package init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    self.x = x
    self.y = y
  }

  /// The part that holds all samples, with a margin: generous around a handful of points.
  package init(around network: DenseNetwork) {
    let few = network.trainSamples.count + network.testSamples.count <= 12
    x = InputPlane.range(network, input: 0, margin: few ? 0.35 : 0.08)
    y = InputPlane.range(network, input: 1, margin: few ? 0.35 : 0.08)
  }

  /// The finite range of one input over all samples, with a margin as a share of it.
  package static func range(
    _ network: DenseNetwork, input: Int, margin: Double
  ) -> ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for samples in [network.trainSamples, network.testSamples] where input < samples.inputCount {
      for sample in 0..<samples.count {
        let value = samples.inputs[sample * samples.inputCount + input]
        guard value.isFinite, abs(value) < 1e150 else { continue }
        low = min(low, value)
        high = max(high, value)
      }
    }
    guard low <= high else { return -1...1 }
    let reach = high > low ? (high - low) * margin : max(1, abs(high) * 0.5)
    return (low - reach)...(high + reach)
  }

  /// The centres of `columns`×`rows` fields, the greatest y first; further inputs of the network
  /// are 0.
  package func prepared(_ network: DenseNetwork, columns: Int, rows: Int) -> PreparedInputs {
    let count = max(0, columns * rows)
    var points = [[Double]](
      repeating: [Double](repeating: 0, count: count), count: max(1, network.inputCount))
    for row in 0..<max(0, rows) {
      let v = y.upperBound - (y.upperBound - y.lowerBound) * (Double(row) + 0.5) / Double(rows)
      for column in 0..<max(0, columns) {
        let index = row * columns + column
        points[0][index] =
          x.lowerBound + (x.upperBound - x.lowerBound) * (Double(column) + 0.5) / Double(columns)
        if points.count > 1 { points[1][index] = v }
      }
    }
    return PreparedInputs(network, points: points)
  }
}
