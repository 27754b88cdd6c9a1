import Lanes
import Models

/// A curve built from N steep sigmoids, one a stair: the construction behind the universal
/// approximation theorem.
///
/// `ĝ(x) = g(a) + Σₖ (g(xₖ) − g(xₖ₋₁)) σ(4N (t − (k − ½)/N))` with `t` from 0 to 1 over the
/// interval and `xₖ` at `t = k/N`. It is a net of one hidden layer of N sigmoids; its greatest
/// error falls about as 1/N.
package struct StairApproximation: Sendable, Equatable {
  /// The interval.
  package let interval: ClosedRange<Double>
  /// The value at its left end.
  package let base: Double
  /// What each stair adds.
  package let rises: [Double]

  /// The construction with `count` stairs for a curve.
  package init(
    of curve: (Double) -> Double, over interval: ClosedRange<Double>, count: Int
  ) {
    precondition(count > 0, "\(count) stairs")
    self.interval = interval
    let span = interval.upperBound - interval.lowerBound
    let heights = (0...count).map {
      curve(interval.lowerBound + span * Double($0) / Double(count))
    }
    base = heights[0]
    rises = zip(heights.dropFirst(), heights).map { $0 - $1 }
  }

  /// The constructed curve at each of `xs`.
  package func values(at xs: [Double]) -> [Double] {
    let count = Double(rises.count)
    let span = interval.upperBound - interval.lowerBound
    return xs.map { x in
      let t = (x - interval.lowerBound) / span
      var sum = base
      for (index, rise) in rises.enumerated() {
        let z = 4 * count * (t - (Double(index) + 0.5) / count)
        // Beyond 40 the sigmoid is 0 or 1 to the last bit of the sum.
        if z > 40 {
          sum += rise
        } else if z > -40 {
          sum += rise / (1 + Elementary.exp(-z))
        }
      }
      return sum
    }
  }

  /// The greatest distance from `curve` at `points` even places of the interval.
  package func greatestError(of curve: (Double) -> Double, points: Int = 201) -> Double {
    let xs = StairApproximation.places(in: interval, points)
    return zip(values(at: xs), xs).reduce(0) { max($0, abs($1.0 - curve($1.1))) }
  }

  /// Even places with both ends.
  package static func places(in interval: ClosedRange<Double>, _ count: Int) -> [Double] {
    let span = interval.upperBound - interval.lowerBound
    return (0..<max(2, count)).map {
      interval.lowerBound + span * Double($0) / Double(max(1, count - 1))
    }
  }
}
