import Lanes
import Models
import Terminal
import Training

/// What a drawn curve depends on.
struct FunctionCurveKey: Hashable {
  var problem: ObjectiveID
  var low: Double
  var high: Double
  var count: Int
}

/// What the picture of a function shows, and where.
struct FunctionPicture {
  var plot: Plot
  var curve: CurveSamples
  var minima: [Minimum]

  init?(_ scene: Scene, _ area: Rect) {
    guard scene.snapshot.objective.parameterCount == 1, !area.isEmpty else { return nil }
    let full = scene.functionRanges?.x ?? -5...5
    let range = scene.zoomed(full, axis: 0)
    let count = max(2, min(4096, area.width * 4))
    let problem = scene.snapshot.objectiveID
    let snapshot = scene.snapshot
    // Few points first, in case the function takes its time.
    let curve = scene.probes.refined(
      "function.curve",
      for: FunctionCurveKey(
        problem: problem, low: range.lowerBound, high: range.upperBound, count: count),
      stages: [24, 6, 1].map { share in
        { FunctionProbe.curve(of: snapshot, over: range, count: max(2, count / share)) }
      })
    guard let curve else { return nil }
    self.curve = curve
    minima =
      scene.probes.refined(
        "function.minima",
        for: FunctionCurveKey(
          problem: problem, low: range.lowerBound, high: range.upperBound, count: 0),
        stages: [{ FunctionProbe.minima(of: snapshot, over: range) }]) ?? []
    plot = Plot(
      in: area,
      x: Axis(range.lowerBound, range.upperBound).named(snapshot.objective.parameterNames[0]),
      y: FunctionPicture.yAxis(scene, curve),
      layout: scene.layout())
  }

  /// From the lowest valley to the highest summit between valleys; nil where there are not two
  /// valleys.
  private static func hills(_ curve: CurveSamples) -> ClosedRange<Double>? {
    let values = curve.values
    var valleys: [Double] = []
    var summits: [Double] = []
    for index in 1..<max(1, values.count - 1) {
      let (before, here, after) = (values[index - 1], values[index], values[index + 1])
      guard before.isFinite, here.isFinite, after.isFinite else { return nil }
      if here < before, here <= after { valleys.append(here) }
      if here > before, here >= after { summits.append(here) }
    }
    guard valleys.count > 1, let low = valleys.min(), let high = summits.max(), low < high else {
      return nil
    }
    return low...high
  }

  /// Tall enough for the curve, but poles and runaway ends do not flatten the rest.
  private static func yAxis(_ scene: Scene, _ curve: CurveSamples) -> Axis {
    let values = curve.values
    // A preset that names a vertical range has a reason.
    if let given = scene.functionProblem?.yRange, given != FunctionProblem(formula: "").yRange,
      scene.state.zoom == 1, scene.snapshot.experiment.problem.isFormula
    {
      return Axis(given.lowerBound, given.upperBound)
    }
    let sorted = values.filter { $0.isFinite && abs($0) < 1e300 }.sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return Axis(0, 1) }
    let low = sorted[sorted.count / 25]
    let high = sorted[sorted.count - 1 - sorted.count / 25]
    let spread = high - low
    var bottom = least
    var top = greatest
    if curve.hasPoles {
      // What is far from all poles sets the scale.
      let low = sorted[sorted.count / 8]
      let high = sorted[sorted.count - 1 - sorted.count / 8]
      let margin = high > low ? (high - low) / 2 : max(abs(high), 1)
      return Axis(max(least, low - margin), min(greatest, high + margin))
    }
    if let hills = FunctionPicture.hills(curve) {
      // Walls beside valleys: the valleys are what is looked at, and where the run begins.
      let start = scene.snapshot.trajectory.points.first.map {
        Evaluator(scene.snapshot.objective).derivative(at: $0).value
      }
      let rise = hills.upperBound - hills.lowerBound
      let brim = max(
        hills.upperBound + rise, start.flatMap { $0.isFinite ? $0 : nil } ?? hills.upperBound)
      if rise > 0, greatest - hills.upperBound > 6 * rise { top = min(greatest, brim) }
    }
    if spread > 0 {
      if greatest - high > 12 * spread { top = high + spread }
      if low - least > 12 * spread { bottom = low - spread }
    }
    let margin = (top - bottom) * 0.06
    return Axis(bottom - margin, top + margin * 1.6)
  }
}
