import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// The error of the parameters along the Hessian's eigenvectors, with what theory predicts.
  package static let eigenError = View(
    name: "eigen_error",
    summary:
      "The error along each eigenvector of the Hessian over steps, beside theory's factor a step",
    axes: Axes(canBeLogarithmic: true, canZoom: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    isLogarithmic: { $0.state.logarithmic ?? true },
    suits: { (1...EigenError.limit).contains($0.objective.parameterCount) },
    title: { _ in "error along eigenvectors" },
    readout: EigenErrorView.readout,
    draw: EigenErrorView.draw)
}

private enum EigenErrorView {
  private struct Key: Hashable {
    var problem: ObjectiveID
    var step: Int
    var count: Int
    var parameters: [Double]
  }

  /// The errors, found once a snapshot.
  private static func errors(_ scene: Scene) -> EigenError? {
    let snapshot = scene.snapshot
    let key = Key(
      problem: scene.snapshot.objectiveID, step: snapshot.step,
      count: snapshot.trajectory.steps.count,
      parameters: snapshot.parameters)
    return scene.probes.value("eigen_error", for: key) { EigenError(snapshot) }
  }

  static func readout(_ scene: Scene) -> [String] {
    let rate = scene.snapshot.learningRate
    guard let errors = errors(scene), let greatest = errors.spectrum.eigenvalues.first,
      rate.isFinite
    else { return [] }
    guard let law = scene.snapshot.stability, law.isPreconditioned else {
      return ["ηλmax = " + NumberText.compact(rate * greatest, digits: 3)]
    }
    // The optimizer's own limit is of what it feels; the axes drawn are those of H itself.
    guard let own = feltCurvature(scene), let edge = law.eigenvalueLimit(rate: rate) else {
      return ["along H's own axes"]
    }
    return [
      "ηλmax = " + NumberText.compact(rate * own, digits: 3) + " of P⁻¹H, limit "
        + NumberText.compact(rate * edge, digits: 3)
    ]
  }

  /// The greatest eigenvalue of the Hessian as the optimizer feels it now.
  private static func feltCurvature(_ scene: Scene) -> Double? {
    guard let matrix = PreconditionedHessian(scene.snapshot) else { return nil }
    let key = Key(
      problem: scene.snapshot.objectiveID, step: scene.snapshot.step,
      count: matrix.scaling?.count ?? 0, parameters: matrix.parameters + (matrix.scaling ?? []))
    return scene.probes.value("eigen_error.felt", for: key) { matrix.greatest()?.eigenvalue }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let errors = errors(scene) else {
      scene.note("no minimum that curves up in every direction lies here", in: area, into: &canvas)
      return
    }
    let rows = errors.errors.count
    let table = area.height >= 9 + rows && area.width >= 34 ? rows + 1 : 0
    let upper = Rect(x: area.x, y: area.y, width: area.width, height: area.height - table)
    drawCurves(scene, errors, upper, showsLegend: table == 0, into: &canvas)
    if table > 0 {
      let lower = Rect(x: area.x, y: upper.maxY, width: area.width, height: table)
      drawTable(scene, errors, lower, into: &canvas)
    }
  }

  /// The law that errors follow: the optimizer's own, where it does not depend on what it has met,
  /// and nothing pulls towards another place than the minimum.
  private static func law(_ scene: Scene) -> LinearStability? {
    guard let law = scene.lawOfCurvature, law.decay == 0, law.addedCurvature == 0 else {
      return nil
    }
    return law
  }

  /// The step from which on the present rate has been in force; nil where it changes all the time
  /// or gradients are noisy.
  private static func predictedFrom(_ scene: Scene) -> Int? {
    let experiment = scene.snapshot.experiment
    guard law(scene) != nil, Schedule.isConstant(experiment.schedule),
      experiment.batching == .full
    else { return nil }
    return scene.snapshot.changes.reduce(0) { max($0, $1.step) }
  }

  private static func drawCurves(
    _ scene: Scene, _ errors: EigenError, _ area: Rect, showsLegend: Bool,
    into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let zoom = scene.state.zoom.isFinite ? max(1, scene.state.zoom) : 1
    let end = Double(max(errors.steps.last ?? 1, 1))
    let begin = zoom > 1 ? end - end / zoom : 0
    let sizes = errors.errors.map { $0.map { abs($0) } }
    let seen = sizes.flatMap { row in
      zip(errors.steps, row).filter { Double($0) >= begin && $1.isFinite }.map(\.1)
    }
    let high = seen.max() ?? 1
    let low = max(seen.filter { $0 > 0 }.min() ?? 1e-16, 1e-18, high * 1e-30)
    let isLog = (scene.state.logarithmic ?? true) && high > 0
    let y =
      isLog
      ? Axis(min(low, high / 10) / 1.5, high * 1.5, scale: .logarithmic) : Axis(0, high * 1.06)
    var plot = Plot(in: area, x: Axis(begin, end).named("step"), y: y, layout: scene.layout())
    plot.drawAxes(into: &canvas)
    let first = predictedFrom(scene)
    for (index, row) in sizes.enumerated() {
      let color = theme.series(index)
      if let first { drawPrediction(first, errors, index, color, scene, &plot) }
      // What rounding made 0 is drawn on the floor and not left out: the error is gone there.
      let floor = isLog ? plot.y.lower : 0
      let heights = row.map { $0.isNaN ? .nan : max($0, floor) }
      plot.curve(
        errors.steps.map(Double.init), heights, color: color, thickness: plot.thickness,
        priority: UInt8(8 - index))
    }
    plot.raster.paint(into: &canvas)
    if showsLegend {
      Legend(
        errors.spectrum.eigenvalues.enumerated().map {
          Legend.Entry(
            name: "λ " + NumberText.compact($0.element, digits: 3), color: theme.series($0.offset))
        }
      ).draw(in: plot, glyphs: scene.glyphs, text: theme.text, into: &canvas)
    }
  }

  /// Dots along the sizes that the law foretells from the step where the rate took effect.
  private static func drawPrediction(
    _ first: Int, _ errors: EigenError, _ index: Int, _ color: Color, _ scene: Scene,
    _ plot: inout Plot
  ) {
    guard let law = law(scene), let last = errors.steps.last, last >= first,
      last - first < 200_000,
      let predicted = errors.prediction(
        law, rate: scene.snapshot.learningRate, along: index, from: first,
        count: last - first + 1)
    else { return }
    let faint = scene.faint(color, 0.35)
    for dot in stride(from: 0, to: plot.raster.width, by: 3) {
      let step = plot.valueX(atDot: dot).rounded()
      guard step.isFinite, step >= Double(first), step <= Double(last) else { continue }
      let height = abs(predicted[Int(step) - first])
      guard height > 0, height.isFinite else { continue }
      plot.raster.plot(plot.dotX(step), plot.dotY(height), color: faint, priority: 1)
    }
  }

  /// The factor by which the error shrank a step lately: the root of its change over up to twenty
  /// steps; nil near 0.
  private static func measured(_ steps: [Int], _ row: [Double]) -> Double? {
    let last = row.count - 1
    guard last > 0, row[last].isFinite else { return nil }
    let first = steps.lastIndex { $0 <= steps[last] - 20 } ?? 0
    guard steps[last] > steps[first], abs(row[first]) > 1e-13, abs(row[last]) > 1e-13 else {
      return nil
    }
    return PlotMath.pow(abs(row[last] / row[first]), 1 / Double(steps[last] - steps[first]))
  }

  /// One row an eigenvector: its eigenvalue, its direction, the predicted and the measured factor,
  /// the error now.
  private static func drawTable(
    _ scene: Scene, _ errors: EigenError, _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let showsDirection = area.width >= 40 + 8 * errors.optimum.count
    let directionWidth = showsDirection ? 8 * errors.optimum.count + 2 : 0
    let edges = [12, 12 + directionWidth + 10, 12 + directionWidth + 20]
    func right(_ text: String, _ edge: Int, _ y: Int, _ color: Color) {
      canvas.write(
        text, x: area.x + edge - scene.glyphs.width(text), y: y, within: area,
        glyphs: scene.glyphs, foreground: color)
    }
    let now = min(area.width, edges[2] + 12)
    right("λ", edges[0], area.y, theme.muted)
    if showsDirection { right("direction", edges[0] + directionWidth, area.y, theme.muted) }
    let law = law(scene)
    if law != nil { right(scene.factorName, edges[1], area.y, theme.muted) }
    right("lately", edges[2], area.y, theme.muted)
    if now >= edges[2] + 9 { right("error", now, area.y, theme.muted) }
    let factors = law.map { errors.factors($0, rate: scene.snapshot.learningRate) }
    for (index, value) in errors.spectrum.eigenvalues.enumerated() {
      let y = area.y + 1 + index
      canvas.write(
        "━━", x: area.x, y: y, within: area, glyphs: scene.glyphs, foreground: theme.series(index))
      right(NumberText.compact(value, digits: 4), edges[0], y, theme.text)
      if showsDirection {
        let entries = errors.spectrum.eigenvectors[index].map {
          NumberText.fixed($0, decimals: 3)
        }
        right(entries.joined(separator: "  "), edges[0] + directionWidth, y, theme.muted)
      }
      if let factor = factors?[index] {
        right(
          NumberText.fixed(factor, decimals: 4), edges[1], y, factor > 1 ? theme.bad : theme.text)
      } else {
        right("–", edges[1], y, theme.muted)
      }
      let lately = measured(errors.steps, errors.errors[index])
      right(lately.map { NumberText.fixed($0, decimals: 4) } ?? "–", edges[2], y, theme.text)
      if now >= edges[2] + 9 {
        right(
          NumberText.compact(errors.errors[index].last ?? .nan, digits: 3), now, y, theme.text)
      }
    }
  }
}
