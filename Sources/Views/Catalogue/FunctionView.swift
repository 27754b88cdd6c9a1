import Lanes
import Models
import Terminal
import Training

extension View {
  /// A function of one variable with the ball that rolls down it.
  package static let function = View(
    name: "function",
    summary: "A function of one variable, its minima, and the way of the descent along it",
    axes: Axes(canZoom: true),
    role: .main,
    suits: { $0.objective.parameterCount == 1 },
    title: { FunctionView.title($0) },
    readout: FunctionView.readout,
    pick: { scene, area, cell in
      guard let place = FunctionView.Picture(scene, area)?.plot.values(at: cell) else {
        return .nothing
      }
      return .start([place.x])
    },
    draw: FunctionView.draw)
}

private enum FunctionView {
  static func title(_ scene: Scene) -> String {
    guard let problem = scene.functionProblem else { return "loss over θ" }
    let head = "f(\(scene.snapshot.objective.parameterNames.first ?? "x"))"
    if !problem.formula.isEmpty { return "\(head) = " + Formula.pretty(problem.formula) }
    return problem.landscape.map { "\(head): " + $0.name } ?? head
  }

  /// The formula's own name for its variable.
  private static func variable(_ scene: Scene) -> String {
    scene.snapshot.objective.parameterNames.first ?? "x"
  }

  static func readout(_ scene: Scene) -> [String] {
    if let x = scene.state.cursor?.first, scene.snapshot.objective.parameterCount == 1 {
      let (value, derivative) = Evaluator(scene.snapshot.objective).derivative(at: x)
      return [
        "┊ f = " + Scene.number(value),
        "\(variable(scene)) = " + NumberText.compact(x, digits: 4),
        "f′ = " + NumberText.compact(derivative, digits: 3),
      ]
    }
    guard let x = scene.snapshot.parameters.first else { return [] }
    var parts = ["\(variable(scene)) = " + NumberText.compact(x, digits: 4)]
    parts.append("f = " + Scene.number(scene.snapshot.loss))
    let derivative = scene.probes.value(
      "function.derivative", for: DerivativeKey(problem: scene.snapshot.objectiveID, x: x)
    ) {
      scene.snapshot.objective.parameterCount == 1 && x.isFinite
        ? Evaluator(scene.snapshot.objective).derivative(at: x).derivative : .nan
    }
    if derivative.isFinite { parts.append("f′ = " + NumberText.compact(derivative, digits: 3)) }
    return parts
  }

  private struct DerivativeKey: Hashable {
    var problem: ObjectiveID
    var x: Double
  }

  typealias Picture = FunctionPicture

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard scene.snapshot.objective.parameterCount == 1 else {
      scene.note("a function of one variable is shown here", in: area, into: &canvas)
      return
    }
    guard var picture = Picture(scene, area) else {
      scene.note(scene.glyphs.mark("…", ascii: "~").description, in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    picture.plot.drawAxes(into: &canvas)
    drawCursor(scene, picture.plot, into: &canvas)
    let trajectory = DrawnTrajectory(scene.snapshot, plot: picture.plot)
    let derivatives = derivatives(scene, picture)
    for curve in derivatives { drawDerivative(curve, &picture) }
    drawCurve(scene, trajectory, &picture)
    drawJumps(scene, trajectory, &picture)
    if scene.state.selection % 2 != 0 { drawTangent(scene, &picture) }
    picture.plot.raster.paint(into: &canvas)
    drawMinima(scene, picture, into: &canvas)
    drawStart(scene, picture, into: &canvas)
    drawGhosts(scene, picture, into: &canvas)
    if let race = scene.snapshot.race {
      RaceTrails(scene, race).drawBalls(picture.plot, into: &canvas)
    } else {
      drawBall(scene, picture, color: theme.ball, into: &canvas)
    }
    var legend = scene.snapshot.race.map { RaceTrails(scene, $0).legend } ?? []
    legend += derivatives.map { Legend.Entry(name: $0.name, color: $0.color) }
    let isOptional = legend.isEmpty
    if let ghosts = GhostEnd.legend(scene, color: scene.faint(theme.ball, 0.4)) {
      legend.append(ghosts)
    }
    if !legend.isEmpty {
      Legend(legend).draw(
        in: picture.plot, glyphs: scene.glyphs, text: theme.text, optional: isOptional,
        into: &canvas)
    }
  }

  /// A derivative beside the curve.
  private struct Derivative {
    var name: String
    var color: Color
    var values: [Double]
  }

  /// The derivatives that are wanted: every fourth selection adds f′, then f″, then none.
  private static func derivatives(_ scene: Scene, _ picture: Picture) -> [Derivative] {
    let wanted = (scene.state.selection.magnitude / 4) % 3
    guard wanted > 0, let low = picture.curve.xs.first, let high = picture.curve.xs.last else {
      return []
    }
    var derivatives = [
      Derivative(name: "f′", color: scene.theme.series(1), values: picture.curve.derivatives)
    ]
    if wanted > 1 {
      let xs = picture.curve.xs
      let curvatures = scene.probes.value(
        "function.curvature",
        for: FunctionCurveKey(
          problem: scene.snapshot.objectiveID, low: low, high: high, count: xs.count)
      ) { FunctionProbe.curvatures(of: scene.snapshot, at: xs) }
      derivatives.append(Derivative(name: "f″", color: scene.theme.series(2), values: curvatures))
    }
    return derivatives
  }

  /// A derivative on the curve's own axes; what leaves them is cut.
  private static func drawDerivative(_ derivative: Derivative, _ picture: inout Picture) {
    let xs = picture.curve.xs
    guard xs.count > 1, derivative.values.count == xs.count else { return }
    for index in 1..<xs.count where !picture.curve.breaks.contains(index) {
      picture.plot.line(
        xs[index - 1], derivative.values[index - 1], xs[index], derivative.values[index],
        color: derivative.color,
        priority: 1)
    }
  }

  /// The curve, with the part that was travelled in small steps in the colours of its age.
  private static func drawCurve(
    _ scene: Scene, _ trajectory: DrawnTrajectory, _ picture: inout Picture
  ) {
    let curve = picture.curve
    let thickness = picture.plot.thickness
    guard curve.xs.count > 1 else { return }
    for index in 1..<curve.xs.count {
      let x = picture.plot.dotX(curve.xs[index])
      let age = trajectory.age(atDot: x)
      let y0 = curve.values[index - 1]
      let y1 = curve.values[index]
      if curve.breaks.contains(index) { continue }
      if let swing = curve.swings[index] {
        // Too fast for the dots: what it reaches is seen, not how often.
        let column = PlotMath.int(x.rounded(.down), in: -1...picture.plot.raster.width)
        picture.plot.raster.band(
          x: column, from: picture.plot.dotY(swing.upperBound),
          to: picture.plot.dotY(swing.lowerBound),
          color: age < 0 ? scene.theme.series(0) : scene.theme.age[age], priority: 2)
        continue
      }
      picture.plot.line(
        curve.xs[index - 1], y0, curve.xs[index], y1,
        color: age < 0 ? scene.theme.series(0) : scene.theme.age[age], thickness: thickness,
        priority: 2)
    }
  }

  /// Recent steps that jumped: a thin chord each, and a dot on the curve where they landed.
  private static func drawJumps(
    _ scene: Scene, _ trajectory: DrawnTrajectory, _ picture: inout Picture
  ) {
    for jump in trajectory.jumps {
      let color = scene.faint(scene.theme.age[jump.age], 0.75 - 0.45 * jump.age)
      picture.plot.line(
        jump.from.x, jump.from.y, jump.to.x, jump.to.y, color: color, priority: 1)
    }
    for mark in trajectory.recent {
      let x = picture.plot.dotX(mark.x)
      let y = picture.plot.dotY(mark.y)
      for (dx, dy) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
        picture.plot.raster.plot(x + dx, y + dy, color: scene.theme.age[mark.age], priority: 2)
      }
    }
  }

  private static func drawTangent(_ scene: Scene, _ picture: inout Picture) {
    guard let x = scene.snapshot.parameters.first, x.isFinite else { return }
    let (value, derivative) = Evaluator(scene.snapshot.objective).derivative(at: x)
    guard derivative.isFinite, value.isFinite else { return }
    let reach = (picture.plot.x.upper - picture.plot.x.lower) * 0.16
    picture.plot.line(
      x - reach, value - derivative * reach, x + reach, value + derivative * reach,
      color: scene.theme.warning, priority: 1)
  }

  private static func drawMinima(_ scene: Scene, _ picture: Picture, into canvas: inout Canvas) {
    let plot = picture.plot
    guard plot.area.height >= 6 else { return }
    let color = scene.faint(scene.theme.good, 0.15)
    let showsLimits = (scene.state.selection / 2) % 2 != 0 || plot.area.width >= 140
    var taken: [ClosedRange<Int>] = []
    for minimum in picture.minima {
      guard let cell = plot.cell(minimum.x, minimum.value) else { continue }
      let row = cell.y + 1
      canvas.mark(
        scene.glyphs.mark("▴", ascii: "^"), at: Point(x: cell.x, y: row), within: plot.area,
        foreground: color)
      guard showsLimits, minimum.isParabola,
        let limit = scene.rateLimit(curvature: minimum.curvature)
      else { continue }
      let text = "η < " + NumberText.compact(limit, digits: 2)
      let width = scene.glyphs.width(text)
      let start = min(max(plot.area.x, cell.x - width / 2), plot.area.maxX - width)
      guard start >= plot.area.x, row + 1 < plot.area.maxY,
        !taken.contains(where: { $0.overlaps(start - 1...start + width) })
      else { continue }
      taken.append(start...start + width - 1)
      canvas.write(
        text, x: start, y: row + 1, within: plot.area, glyphs: scene.glyphs,
        foreground: scene.theme.muted)
    }
  }

  private static func drawStart(_ scene: Scene, _ picture: Picture, into canvas: inout Canvas) {
    let trajectory = scene.snapshot.trajectory
    guard trajectory.dimension == 1, let x = trajectory.points.first, trajectory.points.count > 1,
      let cell = picture.plot.cell(x, Evaluator(scene.snapshot.objective).derivative(at: x).value)
    else { return }
    canvas.mark(
      scene.glyphs.mark("○", ascii: "o"), at: cell, within: picture.plot.area,
      foreground: scene.theme.text)
  }

  /// Where other ways of the run have come to.
  private static func drawGhosts(_ scene: Scene, _ picture: Picture, into canvas: inout Canvas) {
    let evaluator = Evaluator(scene.snapshot.objective)
    for ghost in scene.snapshot.ghosts where ghost.trajectory.dimension == 1 {
      guard let x = ghost.trajectory.points.last, x.isFinite,
        let cell = picture.plot.cell(x, evaluator.derivative(at: x).value)
      else { continue }
      GhostEnd.draw(
        ghost, at: cell, scene, within: picture.plot.area,
        color: scene.faint(scene.theme.ball, 0.4), into: &canvas)
    }
  }

  /// The ball rests on the curve: its centre lies one radius away at right angles, on the upper
  /// side. When it left the picture, an arrow at the edge says where it went.
  private static func drawBall(
    _ scene: Scene, _ picture: Picture, color: Color, into canvas: inout Canvas
  ) {
    let plot = picture.plot
    guard let x = scene.snapshot.parameters.first, !plot.area.isEmpty else { return }
    let (value, derivative) =
      x.isFinite ? Evaluator(scene.snapshot.objective).derivative(at: x) : (.nan, .nan)
    let place = plot.place(x, value)
    let inside =
      place.x >= Double(plot.area.x) && place.x < Double(plot.area.maxX)
      && place.y >= Double(plot.area.y) - 1 && place.y < Double(plot.area.maxY) + 1
    guard inside else {
      drawLost(scene, plot, x: x, place: place, color: color, into: &canvas)
      return
    }
    let large = plot.area.width >= 56 && plot.area.height >= 11
    let radius = plot.area.width >= 180 ? 2.6 : large ? 1.6 : 0.5
    let across = Double(plot.area.width) / (plot.x.upper - plot.x.lower)
    let up = 2 * Double(plot.area.height) / (plot.y.upper - plot.y.lower)
    let rise = derivative.isFinite ? derivative * up : 0
    let length = (rise * rise + across * across).squareRoot()
    let lift = radius >= 1 ? radius + 0.3 : 0.3
    Disc.draw(
      into: &canvas, area: plot.area, centerX: place.x - lift * rise / max(length, 1e-300),
      centerY: place.y - lift * across / max(length, 1e-300) / 2, radius: radius, color: color,
      grid: scene.theme.grid, glyphs: scene.glyphs)
  }

  private static func drawLost(
    _ scene: Scene, _ plot: Plot, x: Double, place: (x: Double, y: Double), color: Color,
    into canvas: inout Canvas
  ) {
    let area = plot.area
    if x.isNaN {
      scene.note("\(variable(scene)) is not a number", in: area, into: &canvas)
      return
    }
    let row = PlotMath.int(
      (place.y.isNaN ? Double(area.y) + Double(area.height) / 2 : place.y).rounded(.down),
      in: area.y...max(area.y, area.maxY - 1))
    let text = "\(variable(scene)) = " + NumberText.compact(x, digits: 3)
    let width = scene.glyphs.width(text)
    if x < plot.x.lower {
      canvas.mark(
        scene.glyphs.mark("◀", ascii: "<"), at: Point(x: area.x, y: row), within: area,
        foreground: color)
      canvas.write(
        text, x: area.x + 2, y: row, within: area, glyphs: scene.glyphs, foreground: color)
    } else if x > plot.x.upper {
      canvas.mark(
        scene.glyphs.mark("▶", ascii: ">"), at: Point(x: area.maxX - 1, y: row), within: area,
        foreground: color)
      canvas.write(
        text, x: area.maxX - 2 - width, y: row, within: area, glyphs: scene.glyphs,
        foreground: color)
    } else {
      let column = PlotMath.int(
        place.x.rounded(.down), in: area.x...max(area.x, area.maxX - 1))
      let above = place.y.isNaN || place.y < Double(area.y)
      canvas.mark(
        above ? scene.glyphs.mark("▲", ascii: "^") : scene.glyphs.mark("▼", ascii: "v"),
        at: Point(x: column, y: above ? area.y : area.maxY - 1), within: area, foreground: color)
    }
  }

  /// The keyboard's crosshair: a vertical line at the place that Enter would choose.
  private static func drawCursor(_ scene: Scene, _ plot: Plot, into canvas: inout Canvas) {
    guard let x = scene.state.cursor?.first, let column = plot.cell(x, plot.y.lower)?.x else {
      return
    }
    for row in plot.area.y..<plot.area.maxY {
      canvas.mark(
        scene.glyphs.mark("│", ascii: "|"), at: Point(x: column, y: row), within: plot.area,
        foreground: scene.faint(scene.theme.focusedBorder, 0.4))
    }
  }
}

extension Problem {
  /// Whether it is a function given by its formula.
  var isFormula: Bool {
    if case .function(let function) = self { return function.landscape == nil }
    return false
  }
}
