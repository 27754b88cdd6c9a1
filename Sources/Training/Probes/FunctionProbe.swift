import Models

/// A function of one variable on a stretch of its axis.
package struct CurveSamples: Sendable {
  /// Places, evenly spaced, both ends included.
  package var xs: [Double]
  /// Values there.
  package var values: [Double]
  /// Derivatives there.
  package var derivatives: [Double]
  /// Places that cannot be joined with the one before: the function jumps between them, or leaves
  /// for infinity.
  package var breaks: Set<Int> = []
  /// Where the function turns more often than the places tell: what it reaches between a place and
  /// the one before.
  package var swings: [Int: ClosedRange<Double>] = [:]

  /// Whether it leaves for infinity somewhere on both sides of a break.
  package var hasPoles: Bool {
    let sizes = values.filter(\.isFinite).map(abs).sorted()
    guard let usual = sizes.isEmpty ? nil : sizes[sizes.count / 2] else { return false }
    return breaks.contains { max(abs(values[$0]), abs(values[$0 - 1])) > 8 * usual }
  }
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
    if count > 2 { look(between: &samples, evaluator) }
    return samples
  }

  /// So many gaps between places are looked into at most.
  private static let gapLimit = 256

  /// Finds jumps, poles and swings: where values and derivatives of neighbours do not belong to one
  /// smooth arc.
  private static func look(between samples: inout CurveSamples, _ evaluator: Evaluator) {
    let finite = samples.values.filter(\.isFinite).sorted()
    guard let least = finite.first, let greatest = finite.last, greatest > least else { return }
    // Less than this is not seen.
    let height = finite[finite.count * 9 / 10] - finite[finite.count / 10]
    let visible = (height > 0 ? height : greatest - least) / 100
    for index in 1..<samples.values.count - 1
    where samples.values[index].isInfinite && samples.values[index - 1].isFinite
      && samples.values[index + 1].isFinite
    {
      samples.breaks.formUnion([index, index + 1])
    }
    var left = gapLimit
    for index in 1..<samples.xs.count {
      let (a, b) = (samples.values[index - 1], samples.values[index])
      guard a.isFinite, b.isFinite else { continue }
      let h = samples.xs[index] - samples.xs[index - 1]
      let arc = h * (samples.derivatives[index - 1] + samples.derivatives[index]) / 2
      guard !(abs(b - a - arc) < visible) else { continue }
      left -= 1
      if left < 0 { return }
      if isBroken(evaluator, samples.xs[index - 1], a, samples.xs[index], b, visible) {
        samples.breaks.insert(index)
      } else {
        samples.swings[index] = swing(evaluator, samples.xs[index - 1], samples.xs[index], a, b)
      }
    }
  }

  /// Whether halving a gap again and again leaves a step in it that does not grow smaller.
  private static func isBroken(
    _ evaluator: Evaluator, _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double,
    _ visible: Double
  ) -> Bool {
    var (low, high) = (x0, x1)
    var (a, b) = (y0, y1)
    for _ in 0..<36 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      let value = evaluator.derivative(at: middle).value
      guard value.isFinite else { return true }
      if abs(value - a) > abs(b - value) {
        (high, b) = (middle, value)
      } else {
        (low, a) = (middle, value)
      }
      if abs(b - a) < visible { return false }
    }
    return true
  }

  /// The least and the greatest of some values between two places, at distances that follow no
  /// rhythm.
  private static func swing(
    _ evaluator: Evaluator, _ x0: Double, _ x1: Double, _ y0: Double, _ y1: Double
  ) -> ClosedRange<Double> {
    var low = min(y0, y1)
    var high = max(y0, y1)
    for number in 1...20 {
      let share = (Double(number) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
      let value = evaluator.derivative(at: x0 + (x1 - x0) * share).value
      guard value.isFinite else { continue }
      low = min(low, value)
      high = max(high, value)
    }
    return low...high
  }

  /// The second derivative at each of `xs`: exact where the objective knows it, NaN elsewhere.
  package static func curvatures(of snapshot: Snapshot, at xs: [Double]) -> [Double] {
    guard snapshot.objective.parameterCount == 1 else { return [] }
    return xs.map { snapshot.objective.hessian(at: [$0])?.first ?? .nan }
  }

  /// The most minima that are worked out: more than a picture has room for.
  package static let minimaLimit = 128

  /// The minima in `range`: sign changes of the derivative among `samples` places, refined by
  /// bisection to the last bit. Derivatives that jump through zero (corners) count; jumps over
  /// infinity do not. Of more than `minimaLimit` the lowest count, by the values beside them.
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
