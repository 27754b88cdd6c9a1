/// How strongly noisy series are smoothed: an exponential mean, corrected for its start.
///
/// After n values xᵢ the mean is Σ aⁿ⁻ⁱ xᵢ / Σ aⁿ⁻ⁱ: the first value is itself, and no zero that
/// nobody logged pulls the beginning down.
package enum Smoothing {
  /// The weights `a` of the past that are offered; 0 is none.
  package static let levels: [Double] = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99]
  /// The place of the level that is taken when nobody chose.
  package static let usual = 4

  /// The levels but the first, side by side.
  static let weights = SIMD8<Double>(0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0, 0)

  /// A mean that goes on, at all levels.
  struct State: Sendable, Equatable {
    /// Σ aⁿ⁻ⁱ (1 − a) xᵢ.
    var sums = SIMD8<Double>(repeating: 0)
    /// aⁿ.
    var powers = SIMD8<Double>(repeating: 1)

    /// Takes a value in.
    mutating func add(_ value: Double) {
      sums = sums * Smoothing.weights + value * (1 - Smoothing.weights)
      powers *= Smoothing.weights
    }

    /// Takes in the mean of `count` values as if each were it.
    mutating func add(mean: Double, count: Int) {
      var factors = Smoothing.weights
      var rest = count - 1
      var square = Smoothing.weights
      while rest > 0 {
        if rest & 1 == 1 { factors *= square }
        square *= square
        rest >>= 1
      }
      sums = sums * factors + mean * (1 - factors)
      powers *= factors
    }

    /// The means.
    var values: SIMD8<Double> { sums / (1 - powers) }
  }
}
