import Lanes
import Models
import Terminal
import Training

extension View {
  /// A curve approximated by N units: constructed and learnt, and the error over N.
  package static let approximation = View(
    name: "approximation",
    summary: "A curve met by N units, constructed and learnt, and the greatest error over N",
    role: .extra,
    isLogarithmic: { _ in true },
    suits: ApproximationView.suits,
    title: { _ in "universal approximation" },
    readout: ApproximationView.readout,
    draw: ApproximationView.draw)
}

private enum ApproximationView {
  static func suits(_ snapshot: Snapshot) -> Bool {
    guard let network = snapshot.objective.kind.dense, network.inputCount == 1,
      network.layers.count == 2, network.outputCount == 1, network.classCount == nil,
      case .model(let problem) = snapshot.experiment.problem
    else { return false }
    switch problem.data.origin {
    case .generated(let choice): return DataSet.curve(of: choice) != nil
    case .inline, .csv: return problem.data.added.isEmpty && network.sampleCount >= 16
    }
  }

  /// The curve to be met: the one that made the data, or the one through them.
  private static func target(_ scene: Scene) -> (@Sendable (Double) -> Double)? {
    guard suits(scene.snapshot), let network = scene.network else { return nil }
    if let curve = scene.trueCurve { return curve }
    let sampled = scene.probes.value("approximation.curve", for: scene.snapshot.objectiveID) {
      SampledCurve(network.trainSamples)
    }
    guard let sampled else { return nil }
    return { x in sampled(x) }
  }

  /// Numbers of stairs that are shown.
  private static let counts = (0...8).map { 1 << $0 }

  /// All that does not depend on parameters.
  private struct Ground: Sendable {
    var interval: ClosedRange<Double>
    var errors: [Double]
  }

  private static func ground(
    _ scene: Scene, _ network: DenseNetwork, _ curve: @escaping @Sendable (Double) -> Double
  ) -> Ground {
    scene.probes.value("approximation", for: scene.snapshot.objectiveID) {
      let interval = InputPlane.range(network, input: 0, margin: 0)
      let wide =
        interval.upperBound > interval.lowerBound
        ? interval : interval.lowerBound...(interval.lowerBound + 1)
      return Ground(
        interval: wide,
        errors: counts.map {
          StairApproximation(of: curve, over: wide, count: $0).greatestError(of: curve)
        })
    }
  }

  /// How many stairs are drawn: as many as the net has hidden units, or what the selection goes on
  /// to.
  private static func stairs(_ scene: Scene, _ network: DenseNetwork) -> Int {
    let units = network.layers[0].units
    let nearest = counts.indices.min {
      abs(counts[$0] - units) < abs(counts[$1] - units)
    }
    return counts[
      Scene.wrapped(
        (nearest ?? 0) + Scene.wrapped(scene.state.selection, counts.count), counts.count)]
  }

  /// What the net answers at even places of the interval; nil where its parameters are not finite.
  private static func learnt(
    _ scene: Scene, _ network: DenseNetwork, at xs: [Double]
  ) -> [Double]? {
    guard scene.isHealthy else { return nil }
    return NetworkProbe.predictions(
      network, parameters: scene.snapshot.parameters, PreparedInputs(network, points: [xs])
    ).first
  }

  private static func learntError(
    _ scene: Scene, _ network: DenseNetwork, _ ground: Ground,
    _ curve: @Sendable (Double) -> Double
  ) -> Double? {
    let xs = StairApproximation.places(in: ground.interval, 201)
    guard let values = learnt(scene, network, at: xs) else { return nil }
    return zip(values, xs).reduce(0) { max($0, abs($1.0 - curve($1.1))) }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let network = scene.network, let curve = target(scene) else {
      return []
    }
    let ground = ground(scene, network, curve)
    guard let error = learntError(scene, network, ground, curve) else { return [] }
    return [
      "learnt error " + NumberText.compact(error, digits: 3), "N = \(network.layers[0].units)",
    ]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.network, let curve = target(scene) else {
      scene.note(
        "a net of one hidden layer on a known curve is shown here", in: area, into: &canvas)
      return
    }
    let ground = ground(scene, network, curve)
    if area.width >= 70 {
      let left = area.width * 3 / 5
      drawCurves(
        scene, network, ground, curve,
        Rect(x: area.x, y: area.y, width: left, height: area.height), into: &canvas)
      drawErrors(
        scene, network, ground, curve,
        Rect(x: area.x + left + 2, y: area.y, width: area.width - left - 2, height: area.height),
        into: &canvas)
    } else if area.height >= 16 {
      let upper = area.height / 2
      drawCurves(
        scene, network, ground, curve,
        Rect(x: area.x, y: area.y, width: area.width, height: upper), into: &canvas)
      drawErrors(
        scene, network, ground, curve,
        Rect(x: area.x, y: area.y + upper, width: area.width, height: area.height - upper),
        into: &canvas)
    } else {
      drawErrors(scene, network, ground, curve, area, into: &canvas)
    }
  }

  private static func drawCurves(
    _ scene: Scene, _ network: DenseNetwork, _ ground: Ground,
    _ curve: @Sendable (Double) -> Double, _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let xs = StairApproximation.places(in: ground.interval, max(2, min(1024, area.width * 4)))
    let truth = xs.map(curve)
    let low = truth.min() ?? 0
    let high = truth.max() ?? 1
    let margin = max(high - low, 1e-9) * 0.2
    let count = stairs(scene, network)
    var plot = Plot(
      in: area,
      x: Axis(ground.interval.lowerBound, ground.interval.upperBound).named("x1"),
      y: Axis(low - margin, high + margin * 1.4),
      layout: scene.layout(header: area.height >= 8 ? 1 : 0))
    plot.drawAxes(into: &canvas)
    plot.curve(xs, truth, color: scene.faint(theme.text, 0.45), priority: 1)
    plot.curve(
      xs, StairApproximation(of: curve, over: ground.interval, count: count).values(at: xs),
      color: theme.series(2), priority: 3)
    if let values = learnt(scene, network, at: xs) {
      plot.curve(xs, values, color: theme.series(0), thickness: plot.thickness, priority: 4)
    }
    plot.raster.paint(into: &canvas)
    guard area.height >= 8 else { return }
    Legend([
      Legend.Entry(name: "learnt", color: theme.series(0)),
      Legend.Entry(
        name: "\(count) stair\(count == 1 ? "" : "s") of sigmoids", color: theme.series(2)),
      Legend.Entry(name: "the curve", color: scene.faint(theme.text, 0.45)),
    ]).draw(
      x: plot.area.x, y: area.y, within: area, glyphs: scene.glyphs, text: theme.text,
      into: &canvas)
  }

  /// The greatest error over N on logarithmic axes, beside a line that falls as 1/N.
  private static func drawErrors(
    _ scene: Scene, _ network: DenseNetwork, _ ground: Ground,
    _ curve: @Sendable (Double) -> Double, _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let units = network.layers[0].units
    let now = learntError(scene, network, ground, curve)
    let shown = (ground.errors + (now.map { [$0] } ?? [])).filter {
      $0.isFinite && $0 > 0 && $0 < 1e100
    }
    let greatest = min(shown.max() ?? 1, 1e3)
    let least = shown.min() ?? 1e-3
    let last = Double(counts[counts.count - 1])
    var plot = Plot(
      in: area,
      x: Axis(0.8, max(last, Double(units)) * 1.25, scale: .logarithmic).named("units"),
      y: Axis(min(least, greatest) / 2, greatest * 2, scale: .logarithmic),
      layout: scene.layout(header: area.height >= 8 ? 1 : 0))
    plot.drawAxes(into: &canvas)
    if let end = ground.errors.last, end > 0 {
      // Through the last point, where the law is met best.
      plot.line(
        1, end * last, last, end, color: scene.faint(theme.muted, 0.2), priority: 1)
    }
    plot.curve(
      counts.map(Double.init), ground.errors, color: theme.series(2), priority: 2)
    plot.raster.paint(into: &canvas)
    let chosen = stairs(scene, network)
    for (count, error) in zip(counts, ground.errors) {
      guard let cell = plot.cell(Double(count), error) else { continue }
      canvas.mark(
        count == chosen ? scene.glyphs.mark("◆", ascii: "#") : scene.glyphs.mark("•", ascii: "o"),
        at: cell, within: plot.area, foreground: theme.series(2), attributes: .bold)
    }
    if let now, let cell = plot.cell(Double(units), now) {
      canvas.mark(
        scene.glyphs.mark("●", ascii: "@"), at: cell, within: plot.area,
        foreground: theme.series(0), attributes: .bold)
    }
    guard area.height >= 8 else { return }
    Legend([
      Legend.Entry(mark: "•", name: "constructed", color: theme.series(2)),
      Legend.Entry(mark: "◆", name: "drawn", color: theme.series(2)),
      Legend.Entry(name: "1/N", color: scene.faint(theme.muted, 0.2)),
      Legend.Entry(mark: "●", name: "learnt", color: theme.series(0)),
    ]).draw(
      x: plot.area.x, y: area.y, within: area, glyphs: scene.glyphs, text: theme.text,
      into: &canvas)
  }
}
