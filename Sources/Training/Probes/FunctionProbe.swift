import Models

/// A function of one variable on a stretch of its axis.
package struct CurveSamples: Sendable {
  /// Places, evenly spaced, both ends included.
  package var xs: [Double]
  /// Values there.
  package var values: [Double]
  /// Derivatives there.
  package var derivatives: [Double]
}

/// A place where a function of one variable is least among its neighbours.
package struct Minimum: Equatable, Sendable {
  /// Where.
  package var x: Double
  /// The value there.
  package var value: Double
  /// The second derivative there; gradient descent settles there only for rates below 2 over it.
  package var curvature: Double
  /// Whether the function is a parabola of this curvature nearby, so that the curvature says what
  /// rates do there.
  package var isParabola: Bool
  /// The largest rate with which gradient descent settles there.
  package var rateLimit: Double { curvature > 0 ? 2 / curvature : .infinity }
}

/// Pictures of functions of one variable.
package enum FunctionProbe {
  /// The curve over `range` at `count` places. For objectives of one parameter.
  package static func curve(
    of snapshot: Snapshot, over range: ClosedRange<Double>, count: Int
  ) -> CurveSamples {
    var samples = CurveSamples(xs: [], values: [], derivatives: [])
    guard snapshot.objective.parameterCount == 1, count > 0 else { return samples }
    let evaluator = Evaluator(snapshot.objective)
    let span = range.upperBound - range.lowerBound
    for index in 0..<count {
      let x = range.lowerBound + span * Double(index) / Double(max(1, count - 1))
      let (value, derivative) = evaluator.derivative(at: x)
      samples.xs.append(x)
      samples.values.append(value)
      samples.derivatives.append(derivative)
    }
    return samples
  }

  /// The second derivative at each of `xs`: exact where the objective knows it, NaN elsewhere.
  package static func curvatures(of snapshot: Snapshot, at xs: [Double]) -> [Double] {
    guard snapshot.objective.parameterCount == 1 else { return [] }
    return xs.map { snapshot.objective.hessian(at: [$0])?.first ?? .nan }
  }

  /// The most minima that are worked out: more than a picture has room for.
  package static let minimaLimit = 128

  /// The minima in `range`: sign changes of the derivative among `samples` places, refined by bisection to the last bit.
  /// Derivatives that jump through zero (corners) count; jumps over infinity do not. Of more than `minimaLimit` the
  /// lowest count, by the values beside them.
  package static func minima(
    of snapshot: Snapshot, over range: ClosedRange<Double>, samples: Int = 2000
  ) -> [Minimum] {
    guard snapshot.objective.parameterCount == 1, samples > 1 else { return [] }
    let evaluator = Evaluator(snapshot.objective)
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite else { return [] }
    var brackets: [(left: Double, right: Double, value: Double)] = []
    var lastX = range.lowerBound
    var last = evaluator.derivative(at: lastX)
    for index in 1...samples {
      let x = range.lowerBound + span * Double(index) / Double(samples)
      let here = evaluator.derivative(at: x)
      if last.derivative < 0, here.derivative >= 0, last.derivative.isFinite,
        here.derivative.isFinite
      {
        let beside = min(last.value, here.value)
        brackets.append((lastX, x, beside.isNaN ? .infinity : beside))
      }
      lastX = x
      last = here
    }
    if brackets.count > minimaLimit {
      brackets = Array(brackets.sorted { $0.value < $1.value }.prefix(minimaLimit))
        .sorted { $0.left < $1.left }
    }
    return brackets.compactMap { refine(evaluator, $0.left, $0.right, reach: span / 1000) }
  }

  private static func refine(
    _ evaluator: Evaluator, _ left: Double, _ right: Double, reach: Double
  ) -> Minimum? {
    var low = left
    var high = right
    for _ in 0..<80 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if evaluator.derivative(at: middle).derivative < 0 { low = middle } else { high = middle }
    }
    let x = low + (high - low) / 2
    let value = evaluator.derivative(at: x).value
    guard value.isFinite else { return nil }
    // Central difference of exact derivatives: its error is of the order of h².
    let h = 1e-5 * max(1, abs(x))
    let curvature =
      (evaluator.derivative(at: x + h).derivative - evaluator.derivative(at: x - h).derivative)
      / (2 * h)
    let rise = [x - reach, x + reach].map { evaluator.derivative(at: $0).value - value }
    return Minimum(
      x: x, value: value, curvature: curvature,
      isParabola: isParabola(rise, curvature: curvature, reach: reach))
  }

  /// Whether a function that rises so on both sides, `reach` away from a minimum, is a parabola of
  /// that curvature: by half to twice as much, on the mean.
  static func isParabola(_ rise: [Double], curvature: Double, reach: Double) -> Bool {
    let mean = rise.reduce(0, +) / Double(max(1, rise.count))
    let parabola = curvature * reach * reach / 2
    return parabola > 0 && mean > 0.5 * parabola && mean < 2 * parabola
  }
}
