package import Models

/// A curve given by samples of one input and one target without noise: straight lines from each to
/// the next.
package struct SampledCurve: Sendable {
  private let xs: [Double]
  private let ys: [Double]

  /// The curve through samples; nil where they are fewer than sixteen, not finite, or two have one
  /// input.
  package init?(_ samples: Samples) {
    guard samples.inputCount == 1, samples.targetCount == 1, samples.count >= 16,
      samples.count <= 100_000
    else { return nil }
    let order = (0..<samples.count).sorted { samples.inputs[$0] < samples.inputs[$1] }
    xs = order.map { samples.inputs[$0] }
    ys = order.map { samples.targets[$0] }
    guard (xs + ys).allSatisfy({ $0.isFinite && abs($0) < 1e100 }),
      zip(xs, xs.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
  }

  /// The value at `x`; beyond the ends as at them.
  package func callAsFunction(_ x: Double) -> Double {
    guard x > xs[0] else { return ys[0] }
    guard x < xs[xs.count - 1] else { return ys[ys.count - 1] }
    var low = 0
    var high = xs.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if xs[middle] <= x { low = middle } else { high = middle }
    }
    let share = (x - xs[low]) / (xs[high] - xs[low])
    return ys[low] + (ys[high] - ys[low]) * share
  }
}
