import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// A loss over two parameters from above, with the way of the descent.
  package static let contour = View(
    name: "contour",
    summary: "A loss over two parameters from above: height, iso-lines, minima and the way down",
    axes: Axes(canZoom: true),
    role: .main,
    suits: { $0.objective.parameterCount == 2 },
    title: ContourView.title,
    readout: ContourView.readout,
    pick: { scene, area, cell in
      guard let plot = ContourView.plot(scene, area), let place = plot.values(at: cell) else {
        return .nothing
      }
      return .start([place.x, place.y])
    },
    draw: ContourView.draw)
}

enum ContourView {
  static func title(_ scene: Scene) -> String {
    guard let problem = scene.functionProblem else {
      return "loss over "
        + scene.snapshot.objective.parameterNames.prefix(2).joined(separator: ", ")
    }
    if !problem.formula.isEmpty { return "f = " + Formula.pretty(problem.formula) }
    return problem.landscape?.name.replacing("_", with: " ") ?? "f(x, y)"
  }

  static func readout(_ scene: Scene) -> [String] {
    let snapshot = scene.snapshot
    guard snapshot.parameters.count == 2 else { return [] }
    if let cursor = scene.state.cursor, cursor.count == 2 {
      let (value, gradient) = Evaluator(snapshot.objective).lossAndGradient(at: cursor)
      func pair(_ values: [Double]) -> String {
        "(" + values.map { NumberText.compact($0, digits: 3) }.joined(separator: ", ") + ")"
      }
      return [
        "┊ f = " + Scene.number(value), pair(cursor), "∇f = " + pair(gradient),
      ]
    }
    return [
      "f = " + Scene.number(snapshot.loss),
      "(" + NumberText.compact(snapshot.parameters[0], digits: 3) + ", "
        + NumberText.compact(snapshot.parameters[1], digits: 3) + ")",
    ] + scene.averageNote
  }

  private struct MapKey: Hashable {
    var problem: ObjectiveID
    var bounds: [Double]
    var columns: Int
    var rows: Int
  }

  /// The part of the plane that is shown when nothing is zoomed.
  private static func window(_ scene: Scene) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    if let ranges = scene.functionRanges { return ranges }
    // A loss over two weights has no natural frame: the start and the optimum decide.
    let trajectory = scene.snapshot.trajectory
    var start = scene.snapshot.parameters
    if trajectory.dimension == 2, trajectory.points.count >= 2 {
      start = Array(trajectory.points.prefix(2))
    }
    guard start.count == 2, start.allSatisfy(\.isFinite) else { return (-5...5, -5...5) }
    let optimum =
      scene.probes.value(
        "contour.optimum",
        for: MapKey(problem: scene.snapshot.objectiveID, bounds: start, columns: 0, rows: 0)
      ) { SurfaceProbe.optimum(of: scene.snapshot, from: start) } ?? start
    let reach = max(
      abs(start[0] - optimum[0]), abs(start[1] - optimum[1]), 0.25 * abs(optimum[0]),
      0.25 * abs(optimum[1]), 0.5)
    guard reach.isFinite, reach < 1e100 else { return (-5...5, -5...5) }
    let half = reach * 1.4
    // Not quite in the middle: on the border of two cells a ball at rest would stand beside the
    // mark of its minimum.
    func around(_ middle: Double) -> ClosedRange<Double> {
      (middle - half * 0.99)...(middle + half * 1.01)
    }
    return (around(optimum[0]), around(optimum[1]))
  }

  static func plot(_ scene: Scene, _ area: Rect) -> Plot? {
    guard scene.snapshot.objective.parameterCount == 2, !area.isEmpty else { return nil }
    let window = window(scene)
    let x = scene.zoomed(window.x, axis: 0)
    let y = scene.zoomed(window.y, axis: 1)
    let names = scene.snapshot.objective.parameterNames
    return Plot(
      in: area, x: Axis(x.lowerBound, x.upperBound).named(names[0]),
      y: Axis(y.lowerBound, y.upperBound).named(names[1]),
      layout: scene.layout(grid: false, isMap: true, footer: footerRows(scene, area)))
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let plot = plot(scene, area) else {
      scene.note("a loss over two parameters is shown here", in: area, into: &canvas)
      return
    }
    var key = GroundKey(
      map: MapKey(
        problem: scene.snapshot.objectiveID,
        bounds: [plot.x.lower, plot.x.upper, plot.y.lower, plot.y.upper],
        columns: area.width, rows: area.height),
      theme: scene.theme.name, glyphs: scene.glyphs)
    guard let heights = heights(scene, plot, key.map) else {
      scene.note(scene.glyphs.mark("…", ascii: "~").description, in: area, into: &canvas)
      return
    }
    key.columns = heights.columns
    let minima = minima(scene, plot, key.map)
    key.minima = minima?.count ?? -1
    key.legend = legend(scene, plot, area).last?.width(scene.glyphs) ?? 0
    let ground = scene.probes.value("contour.ground", for: key) { () -> Canvas in
      self.ground(scene, heights, minima ?? [], area.size)
    }
    canvas.lay(ground, at: Point(x: area.x, y: area.y), within: area)
    // The axes were drawn with the ground, which is kept.
    canvas.reader?.add(mapIn: plot.area, x: plot.x, y: plot.y, glyphs: scene.glyphs)
    for (line, legend) in legend(scene, plot, area).enumerated() {
      legend.draw(
        x: plot.area.x, y: area.maxY - footerRows(scene, area) + line, within: area,
        glyphs: scene.glyphs, text: scene.theme.muted, into: &canvas)
    }
    if let race = scene.snapshot.race {
      RaceTrails(scene, race).draw(plot, into: &canvas)
    } else {
      drawWay(scene, plot, into: &canvas)
    }
    if let cursor = scene.state.cursor, cursor.count >= 2,
      let cell = plot.cell(cursor[0], cursor[1])
    {
      canvas.mark(
        "+", at: cell, within: plot.area, foreground: scene.theme.onMap, attributes: .reverse)
    }
  }

  private struct GroundKey: Hashable {
    var map: MapKey
    /// How fine the heights are that it is drawn from.
    var columns = 0
    /// How many minima are known; -1: they are still being looked for.
    var minima = 0
    /// The columns of the legend beside the bar of colours.
    var legend = 0
    var theme: String
    var glyphs: GlyphSet
  }

  /// Everything that does not change while the run moves: the map, its lines, axes and minima.
  private static func ground(
    _ scene: Scene, _ heights: Surface, _ minima: [Minimum], _ size: Size
  ) -> Canvas {
    let theme = scene.theme
    var canvas = Canvas(
      size: size,
      blank: Cell(" ", style: Style(foreground: theme.text, background: theme.pane)))
    let area = canvas.bounds
    guard let plot = plot(scene, area) else { return canvas }
    let relief = Relief(heights.values, low: heights.low, high: heights.high)
    drawMap(scene, heights, relief, plot, into: &canvas)
    plot.drawAxes(into: &canvas)
    drawLines(scene, heights, relief, plot, into: &canvas)
    if showsAxes(scene, plot) { drawEigenvectors(scene, plot, into: &canvas) }
    drawMinima(scene, minima, plot, into: &canvas)
    drawBar(scene, relief, plot, area, into: &canvas)
    return canvas
  }

  /// Heights on a grid fine enough for every quarter of a cell, but not finer than is worth waiting
  /// for. Coarse ones first, in case the function takes its time; nil until there are some.
  private static func heights(_ scene: Scene, _ plot: Plot, _ key: MapKey) -> Surface? {
    let columns = min(plot.area.width * 2, 240)
    let rows = min(plot.area.height * 2, 140)
    let snapshot = scene.snapshot
    let (x, y) = (plot.x.lower...plot.x.upper, plot.y.lower...plot.y.upper)
    return scene.probes.refined(
      "contour.heights", for: key,
      stages: [12, 4, 1].map { share in
        {
          SurfaceProbe.surface(
            of: snapshot, x: x, y: y, columns: max(1, columns / share), rows: max(1, rows / share))
        }
      })
  }

  private typealias Minimum = (x: Double, y: Double, value: Double)

  private static func drawMap(
    _ scene: Scene, _ surface: Surface, _ relief: Relief, _ plot: Plot, into canvas: inout Canvas
  ) {
    let ramp = scene.theme.landscape
    let levels = HeatMap.levels(
      of: surface.values.map(relief.share), columns: surface.columns, rows: surface.rows,
      area: plot.area
    ) { UInt8(ramp.level($0)) }
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading,
      into: &canvas, area: plot.area)
  }

  private static func drawLines(
    _ scene: Scene, _ surface: Surface, _ relief: Relief, _ plot: Plot, into canvas: inout Canvas
  ) {
    guard scene.glyphs != .ascii, plot.area.width >= 12, plot.area.height >= 5 else { return }
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    let across = Double(raster.width) / Double(max(1, surface.columns))
    let down = Double(raster.height) / Double(max(1, surface.rows))
    let count = plot.area.height >= 20 ? 9 : 6
    let shares = surface.values.map(relief.share)
    for index in 1...count {
      let share = Double(index) / Double(count + 1)
      let color = scene.theme.landscape[share].mixed(
        with: scene.theme.isLight ? scene.theme.series(0) : scene.theme.text, 0.26)
      IsoLines.trace(shares, columns: surface.columns, rows: surface.rows, level: share) {
        raster.line(
          ($0 + 0.5) * across, ($1 + 0.5) * down, ($2 + 0.5) * across, ($3 + 0.5) * down,
          color: color)
      }
    }
    raster.paint(into: &canvas)
  }

  /// Whether the axes of the bowl at a model's optimum are drawn, as of a quadratic loss.
  static func showsAxes(_ scene: Scene, _ plot: Plot) -> Bool {
    scene.functionProblem == nil && plot.area.width >= 24 && plot.area.height >= 8
  }

  /// The axes of the bowl at a model's optimum.
  private static func drawEigenvectors(
    _ scene: Scene, _ plot: Plot, into canvas: inout Canvas
  ) {
    let middle = [(plot.x.lower + plot.x.upper) / 2, (plot.y.lower + plot.y.upper) / 2]
    guard let optimum = SurfaceProbe.optimum(of: scene.snapshot, from: middle),
      let hessian = HessianProbe.hessian(of: scene.snapshot.objective, at: optimum)
    else { return }
    let curvature = HessianProbe.eigen(hessian, size: 2)
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    let reach = min(plot.x.upper - plot.x.lower, plot.y.upper - plot.y.lower) * 0.16
    let greatest = max(abs(curvature.eigenvalues[0]), 1e-300)
    for (value, vector) in zip(curvature.eigenvalues, curvature.eigenvectors) {
      // Half axes of an iso-line: one over the root of the curvature, kept in the picture.
      let length = reach * min(2.6, (greatest / max(abs(value), 1e-300)).squareRoot())
      raster.line(
        plot.dotX(optimum[0] - length * vector[0]), plot.dotY(optimum[1] - length * vector[1]),
        plot.dotX(optimum[0] + length * vector[0]), plot.dotY(optimum[1] + length * vector[1]),
        color: scene.theme.good)
    }
    raster.paint(into: &canvas)
  }

  /// The minima in the picture; nil while they are looked for.
  private static func minima(_ scene: Scene, _ plot: Plot, _ key: MapKey) -> [Minimum]? {
    let snapshot = scene.snapshot
    let (x, y) = (plot.x.lower...plot.x.upper, plot.y.lower...plot.y.upper)
    return scene.probes.refined(
      "contour.minima", for: key, stages: [{ SurfaceProbe.minima(of: snapshot, x: x, y: y) }])
  }

  private static func drawMinima(
    _ scene: Scene, _ minima: [Minimum], _ plot: Plot, into canvas: inout Canvas
  ) {
    for minimum in minima {
      guard let cell = plot.cell(minimum.x, minimum.y) else { continue }
      canvas.mark(
        scene.glyphs.mark("✕", ascii: "x"), at: cell, within: plot.area,
        foreground: scene.theme.onMap, attributes: .bold)
    }
  }

  private static func drawWay(_ scene: Scene, _ plot: Plot, into canvas: inout Canvas) {
    let trajectory = scene.snapshot.trajectory
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    for ghost in scene.snapshot.ghosts where ghost.trajectory.dimension == 2 {
      drawGhost(ghost, scene, plot, into: &raster)
    }
    if trajectory.dimension == 2 {
      let count = trajectory.points.count / 2
      let first = max(0, count - 6000)
      var last: (x: Double, y: Double)?
      for index in first..<max(first, count) {
        let x = plot.dotX(trajectory.points[2 * index])
        let y = plot.dotY(trajectory.points[2 * index + 1])
        let age = Double(index - first) / Double(max(1, count - 1 - first))
        let color = scene.theme.way[age]
        if let last {
          let far = abs(x - last.x) + abs(y - last.y) > 6
          raster.line(
            last.x, last.y, x, y, color: color, thickness: far ? 1 : plot.thickness)
          if far {
            for (dx, dy) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
              raster.plot(x + dx, y + dy, color: color)
            }
          }
        }
        last = (x, y)
      }
      raster.paint(into: &canvas)
      if count > 1, let cell = plot.cell(trajectory.points[0], trajectory.points[1]) {
        canvas.mark(
          scene.glyphs.mark("○", ascii: "o"), at: cell, within: plot.area,
          foreground: scene.theme.onMap, attributes: .bold)
      }
    }
    if trajectory.dimension != 2 { raster.paint(into: &canvas) }
    GhostEnd.draw(scene, on: plot, into: &canvas)
    let parameters = scene.snapshot.parameters
    guard parameters.count == 2 else { return }
    drawVelocity(scene, plot, from: parameters, into: &canvas)
    EdgeMark.draw(
      scene, plot, x: parameters[0], y: parameters[1], color: scene.theme.ball, into: &canvas
    ) { place, canvas in
      Disc.draw(
        into: &canvas, area: plot.area, centerX: place.x, centerY: place.y,
        radius: plot.area.width >= 160 ? 2.0 : 0.5, color: scene.theme.ball, glyphs: scene.glyphs)
    }
  }

  /// A way that was taken before: thin, in the ball's colour, faint, which no line of equal height
  /// has.
  private static func drawGhost(
    _ ghost: Ghost, _ scene: Scene, _ plot: Plot, into raster: inout DotRaster
  ) {
    let points = ghost.trajectory.points
    let color = scene.faint(scene.theme.ball, 0.3)
    var last: (x: Double, y: Double)?
    for (index, step) in ghost.trajectory.steps.enumerated()
    where step >= ghost.firstStep && 2 * index + 1 < points.count {
      let place = (x: plot.dotX(points[2 * index]), y: plot.dotY(points[2 * index + 1]))
      if let last { raster.line(last.x, last.y, place.x, place.y, color: color, thickness: 1) }
      last = place
    }
  }

  /// Where the velocity would carry the point in four steps more, for optimizers that have one.
  private static func drawVelocity(
    _ scene: Scene, _ plot: Plot, from place: [Double], into canvas: inout Canvas
  ) {
    let snapshot = scene.snapshot
    let moves = snapshot.optimizerState.compactMap { memory -> (values: [Double], scale: Double)? in
      switch Optimizer.quantity(memory.name, of: snapshot.experiment.optimizer)?.kind {
      case .velocity: (memory.values, snapshot.learningRate)
      case .change: (memory.values, 1)
      default: nil
      }
    }
    guard let memory = moves.first, memory.values.count == 2, snapshot.learningRate.isFinite else {
      return
    }
    let reach = 4 * memory.scale
    let end = (0..<2).map { place[$0] - reach * memory.values[$0] }
    let (x0, y0) = (plot.dotX(place[0]), plot.dotY(place[1]))
    let (x1, y1) = (plot.dotX(end[0]), plot.dotY(end[1]))
    // Shorter than the ball it says nothing.
    guard abs(x1 - x0) + abs(y1 - y0) > 5 else { return }
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    raster.line(x0, y0, x1, y1, color: scene.theme.ball, thickness: plot.thickness)
    raster.paint(into: &canvas)
  }
}
