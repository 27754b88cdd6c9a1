/// One or more neighbouring values of a series: a logged value while there are few, a stretch of
/// them when there are many.
package struct MetricPoint: Sendable, Equatable {
  /// The smoothed values after it, at the levels of `Smoothing` but the first.
  var smooth = SIMD8<Double>(repeating: 0)
  /// The first step.
  package var first: Double
  /// The last step.
  package var last: Double
  /// When the last value was logged, in seconds.
  package var wall: Double
  /// The sum of its finite values.
  var sum: Double
  /// The least.
  package var low: Double
  /// The greatest.
  package var high: Double
  /// The last; NaN or infinite where it was.
  package var value: Double
  /// Finite values.
  package var count: Int32
  /// Values that are not finite.
  package var notFinite: Int32

  /// A point of one value.
  init(step: Double, wall: Double, value: Double) {
    (first, last) = (step, step)
    self.wall = wall
    self.value = value
    let isFinite = value.isFinite
    sum = isFinite ? value : 0
    low = isFinite ? value : .infinity
    high = isFinite ? value : -.infinity
    count = isFinite ? 1 : 0
    notFinite = isFinite ? 0 : 1
  }

  /// All values.
  var total: Int { Int(count) + Int(notFinite) }

  /// The mean of its finite values; NaN where there are none. Where their sum is beyond all doubles
  /// it is the middle of the least and the greatest.
  package var mean: Double {
    guard count > 0 else { return .nan }
    return sum.isFinite ? sum / Double(count) : low / 2 + high / 2
  }

  /// Takes in a point that comes after it.
  mutating func append(_ next: MetricPoint) {
    last = next.last
    wall = next.wall
    value = next.value
    sum += next.sum
    low = min(low, next.low)
    high = max(high, next.high)
    count += next.count
    notFinite += next.notFinite
    smooth = next.smooth
  }

  /// The value smoothed at a level; the last one itself at level 0.
  package func value(smoothedAt level: Int) -> Double {
    level == 0 || !value.isFinite ? value : smooth[level - 1]
  }
}
