import Lanes
import Models
import Terminal
import Training

extension View {
  /// Where descents end, by start and learning rate, or by start in the plane.
  package static let basin = View(
    name: "basin",
    summary:
      "Which minimum a descent reaches from each start, at each rate; hatched where it never rests",
    axes: Axes(canZoom: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    isLogarithmic: { $0.snapshot.objective.parameterCount == 1 },
    suits: {
      $0.objective.kind.function != nil && (1...2).contains($0.objective.parameterCount)
    },
    title: { scene in
      scene.snapshot.objective.parameterCount == 1
        ? "where it ends: start × rate" : "where it ends, by start"
    },
    readout: BasinView.readout,
    pick: BasinView.pick,
    draw: BasinView.draw)
}

private enum BasinView {
  /// Steps of each descent.
  private static let steps = 1000

  private struct Key: Hashable {
    var problem: ObjectiveID
    var optimizer: Choice
    var schedule: Choice
    var bounds: [Double]
    var columns: Int
    var rows: Int
  }

  /// A known minimum.
  private struct Goal {
    var place: [Double]
    var rateLimit: Double
  }

  private static func function(_ scene: Scene) -> (any FunctionObjective)? {
    scene.snapshot.objective.kind.function
  }

  /// The minima in the picture of the function, from left to right.
  private static func goals(_ scene: Scene) -> [Goal] {
    guard let ranges = scene.functionRanges else { return [] }
    let isLine = scene.snapshot.objective.parameterCount == 1
    let key = Key(
      problem: scene.snapshot.objectiveID, optimizer: Choice(""), schedule: Choice(""),
      bounds: [ranges.x.lowerBound, ranges.x.upperBound], columns: 0, rows: 0)
    return scene.probes.value("basin.goals", for: key) { () -> [Goal] in
      if isLine {
        return FunctionProbe.minima(of: scene.snapshot, over: ranges.x).prefix(64).map {
          Goal(place: [$0.x], rateLimit: $0.isParabola ? $0.rateLimit : .infinity)
        }
      }
      return SurfaceProbe.minima(of: scene.snapshot, x: ranges.x, y: ranges.y).prefix(64)
        .map { Goal(place: [$0.x, $0.y], rateLimit: .infinity) }
    }
  }

  /// Rates from well below the tightest limit to beyond the widest.
  private static func rates(_ scene: Scene) -> ClosedRange<Double> {
    let limits = goals(scene).map(\.rateLimit).filter { $0.isFinite && $0 > 0 }
    let low = PlotMath.log10(limits.min() ?? 0.03)
    let high = PlotMath.log10(limits.max() ?? 0.3)
    let bottom = max(-12, low - 0.8)
    let top = min(6, max(high + 0.4, bottom + 1))
    return PlotMath.pow(10, bottom)...PlotMath.pow(10, top)
  }

  private static func plot(_ scene: Scene, _ area: Rect) -> Plot? {
    guard let function = function(scene), (1...2).contains(function.parameterCount),
      !area.isEmpty, let ranges = scene.functionRanges
    else { return nil }
    let x = scene.zoomed(ranges.x, axis: 0)
    let y: Axis
    if function.parameterCount == 1 {
      let full = rates(scene)
      // A picture zoomed in start shows all rates: that axis is logarithmic and has no middle of
      // its own.
      y = Axis(full.lowerBound, full.upperBound, scale: .logarithmic)
    } else {
      let range = scene.zoomed(ranges.y, axis: 1)
      y = Axis(range.lowerBound, range.upperBound)
    }
    let names = scene.snapshot.objective.parameterNames
    return Plot(
      in: area, x: Axis(x.lowerBound, x.upperBound).named(names[0]),
      y: y.named(names.count > 1 ? names[1] : "η"),
      layout: scene.layout(grid: false, isMap: true, footer: area.height >= 9 ? 1 : 0))
  }

  static func pick(_ scene: Scene, _ area: Rect, _ cell: Point) -> View.Pick {
    guard let plot = plot(scene, area), let place = plot.values(at: cell) else { return .nothing }
    return scene.snapshot.objective.parameterCount == 1
      ? .startAtRate([place.x], rate: place.y) : .start([place.x, place.y])
  }

  static func readout(_ scene: Scene) -> [String] {
    let snapshot = scene.snapshot
    guard let first = start(snapshot), snapshot.baseRate.isFinite else { return [] }
    return [
      "η = " + NumberText.short(snapshot.baseRate, digits: 3),
      "start " + first.map { NumberText.compact($0, digits: 3) }.joined(separator: ", "),
    ]
  }

  /// Where the run began, or was put last.
  private static func start(_ snapshot: Snapshot) -> [Double]? {
    let count = snapshot.objective.parameterCount
    for change in snapshot.changes.reversed() {
      if case .parameters(let place) = change.command, place.count == count { return place }
    }
    guard snapshot.trajectory.dimension == count, snapshot.trajectory.points.count >= count else {
      return snapshot.parameters.count == count ? snapshot.parameters : nil
    }
    return Array(snapshot.trajectory.points.prefix(count))
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let plot = plot(scene, area), let function = function(scene) else {
      scene.note("functions of one or two variables are shown here", in: area, into: &canvas)
      return
    }
    let goals = goals(scene)
    if let map = map(scene, function, goals, plot) {
      let paint = Paint(scene, count: goals.count)
      paint.draw(map, plot.area, into: &canvas)
      plot.drawAxes(into: &canvas)
      if area.height >= 9 {
        drawFooter(scene, map, goals, paint, plot, area, into: &canvas)
      }
    } else {
      plot.drawAxes(into: &canvas)
      scene.note("no map yet", in: plot.area, into: &canvas)
    }
    if function.parameterCount == 2 {
      for goal in goals {
        guard let cell = plot.cell(goal.place[0], goal.place[1]) else { continue }
        canvas.mark(
          scene.glyphs.mark("✕", ascii: "x"), at: cell, within: plot.area,
          foreground: scene.theme.onMap, attributes: .bold)
      }
    }
    drawPlace(scene, plot, into: &canvas)
    if let cursor = scene.state.cursor, let x = cursor.first {
      let y = cursor.count > 1 ? cursor[1] : plot.y.lower
      if let cell = plot.cell(x, y) {
        canvas.mark(
          "+", at: cell, within: plot.area, foreground: scene.theme.onMap, attributes: .reverse)
      }
    }
  }

  /// The map as fine as it has been worked out.
  private static func map(
    _ scene: Scene, _ function: any FunctionObjective, _ goals: [Goal], _ plot: Plot
  ) -> BasinMap? {
    let snapshot = scene.snapshot
    let isLine = function.parameterCount == 1
    let rate = isLine ? 1 : snapshot.baseRate
    let columns = min(plot.area.width * 2, 240)
    let rows = min(plot.area.height * 2, 96)
    guard columns > 0, rows > 0 else { return nil }
    let key = Key(
      problem: scene.snapshot.objectiveID, optimizer: snapshot.experiment.optimizer,
      schedule: snapshot.experiment.schedule,
      bounds: [plot.x.lower, plot.x.upper, plot.y.lower, plot.y.upper, rate], columns: columns,
      rows: rows)
    guard
      let survey = BasinSurvey(
        function, optimizer: snapshot.experiment.optimizer,
        schedule: snapshot.experiment.schedule, minima: goals.map(\.place),
        x: plot.x.lower...plot.x.upper, y: plot.y.lower...plot.y.upper, rate: rate, steps: steps)
    else { return nil }
    let stages: [@Sendable () -> BasinMap] = [8, 4, 2, 1].map { part in
      { survey.map(columns: max(1, columns / part), rows: max(1, rows / part)) }
    }
    return scene.probes.refined("basin.map", for: key, stages: stages)
  }

  /// The start and the present place at the present rate.
  private static func drawPlace(_ scene: Scene, _ plot: Plot, into canvas: inout Canvas) {
    let snapshot = scene.snapshot
    let isLine = snapshot.objective.parameterCount == 1
    guard let first = start(snapshot), first.count == (isLine ? 1 : 2) else { return }
    let height = isLine ? snapshot.baseRate : first[1]
    if isLine, let row = plot.cell(plot.x.lower, height)?.y {
      for x in stride(from: plot.area.x, to: plot.area.maxX, by: 2) {
        canvas.mark(
          scene.glyphs.mark("─", ascii: "-"), at: Point(x: x, y: row), within: plot.area,
          foreground: scene.theme.onMap)
      }
    }
    if let cell = plot.cell(first[0], height) {
      canvas.mark(
        scene.glyphs.mark("○", ascii: "o"), at: cell, within: plot.area,
        foreground: scene.theme.onMap, attributes: .bold)
    }
    guard snapshot.parameters.count == first.count else { return }
    EdgeMark.draw(
      scene, plot, x: snapshot.parameters[0], y: isLine ? height : snapshot.parameters[1],
      color: scene.theme.onMap, into: &canvas
    ) { place, canvas in
      Disc.draw(
        into: &canvas, area: plot.area, centerX: place.x, centerY: place.y, radius: 0.5,
        color: scene.theme.onMap, glyphs: scene.glyphs)
    }
  }

  /// The minima in their colours, and what the hatching means.
  private static func drawFooter(
    _ scene: Scene, _ map: BasinMap, _ goals: [Goal], _ paint: Paint, _ plot: Plot, _ area: Rect,
    into canvas: inout Canvas
  ) {
    func has(_ fate: BasinMap.Fate) -> Bool { map.fates.contains(fate) }
    var entries: [Legend.Entry] = []
    // What the hatching means comes first: minima also stand on the axis below their valleys.
    let marks = paint.restlessMarks
    if has(.cycle) {
      entries.append(
        Legend.Entry(mark: String(marks.cycle), name: "2-cycle", color: paint.hatch))
    }
    if has(.unsettled) {
      entries.append(
        Legend.Entry(mark: String(marks.unsettled), name: "never rests", color: paint.hatch))
    }
    if has(.diverged) {
      entries.append(
        Legend.Entry(mark: String(marks.diverged), name: "leaves", color: paint.leaving))
    }
    for (index, goal) in goals.enumerated() where has(.minimum(index)) {
      let ranges = scene.functionRanges
      let name = goal.place.enumerated().map { axis, value in
        let range = axis == 0 ? ranges?.x : ranges?.y
        let span = range.map { $0.upperBound - $0.lowerBound } ?? 0
        // What is nothing beside the axis is 0 on it.
        return NumberText.compact(abs(value) < span * 1e-6 ? 0 : value, digits: 3)
      }.joined(separator: ",")
      entries.append(Legend.Entry(mark: paint.legendMark(index), name: name, color: paint[index]))
    }
    if has(.elsewhere) {
      entries.append(
        Legend.Entry(mark: paint.legendMark(nil), name: "beyond", color: paint.elsewhere))
    }
    Legend(entries).draw(
      x: plot.area.x, y: area.maxY - 1, within: area, glyphs: scene.glyphs,
      text: scene.theme.muted, into: &canvas)
  }
}

/// How fates are drawn: a hue for each minimum, the rest dark and hatched; letters where there are
/// no colours.
private struct Paint {
  private let scene: Scene
  private let colors: [Color]
  /// The marks of what does not rest.
  let restlessMarks: (cycle: Unicode.Scalar, unsettled: Unicode.Scalar, diverged: Unicode.Scalar)
  /// The colour of hatching.
  let hatch: Color

  init(_ scene: Scene, count: Int) {
    self.scene = scene
    let isLight = scene.theme.isLight
    colors = (0..<count).map { index in
      // Hues go round from the first minimum to the last; brightness alternates, so that neighbours
      // part.
      let turn = 2 * Double.pi * (Double(index) / Double(max(1, count)) + 0.62)
      let lightness = (isLight ? 0.72 : 0.56) + (index % 2 == 0 ? 0.05 : -0.05)
      let chroma = 0.105
      return Oklab(
        lightness: lightness, a: chroma * Paint.cosine(turn), b: chroma * Paint.sine(turn)
      ).color
    }
    restlessMarks =
      scene.glyphs == .ascii ? ("/", ".", "!") : ("╱", "·", "×")
    hatch = scene.theme.muted
  }

  /// The colour of a minimum.
  subscript(index: Int) -> Color { colors[index] }

  /// The colour of what leaves for infinity.
  var leaving: Color { scene.faint(scene.theme.bad, 0.35) }

  /// The colour of rest outside the picture.
  var elsewhere: Color { scene.theme.muted.mixed(with: scene.theme.pane, 0.6) }

  /// What stands for a minimum in the legend; nil for rest outside the picture.
  func legendMark(_ index: Int?) -> String {
    scene.shading == .quadrants ? "██" : index.map { String(Paint.letter($0)) } ?? "-"
  }

  private static func letter(_ index: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(97 + index % 26))
  }

  private static func cosine(_ turn: Double) -> Double { Elementary.cos(turn) }
  private static func sine(_ turn: Double) -> Double { Elementary.sin(turn) }

  /// Draws a map into `area`; coarse maps are enlarged.
  func draw(_ map: BasinMap, _ area: Rect, into canvas: inout Canvas) {
    guard map.columns > 0, map.rows > 0, !area.isEmpty else { return }
    func fate(_ x: Int, _ y: Int) -> BasinMap.Fate {
      map.fate(
        min(map.columns - 1, x * map.columns / (area.width * 2)),
        min(map.rows - 1, y * map.rows / (area.height * 2)))
    }
    let dark = scene.theme.pane.mixed(with: scene.theme.background, 0.5)
    let palette = colors + [dark, elsewhere]
    if scene.shading == .quadrants {
      var levels = [UInt8](repeating: HeatMap.none, count: area.width * area.height * 4)
      for y in 0..<area.height * 2 {
        for x in 0..<area.width * 2 {
          let level: Int
          switch fate(x, y) {
          case .minimum(let index): level = min(index, colors.count - 1)
          case .elsewhere: level = colors.count + 1
          case .cycle, .unsettled, .diverged: level = colors.count
          }
          levels[y * area.width * 2 + x] = UInt8(max(0, min(level, 254)))
        }
      }
      HeatMap.draw(
        levels, palette: palette, blank: scene.theme.pane, shading: .quadrants, into: &canvas,
        area: area)
    }
    for y in 0..<area.height {
      for x in 0..<area.width {
        let place = Point(x: area.x + x, y: area.y + y)
        let own = fate(2 * x, 2 * y)
        let isWhole =
          fate(2 * x + 1, 2 * y) == own && fate(2 * x, 2 * y + 1) == own
          && fate(2 * x + 1, 2 * y + 1) == own
        switch own {
        case .minimum(let index) where scene.shading != .quadrants:
          canvas.mark(
            Paint.letter(index), at: place, within: area,
            foreground: colors[min(index, colors.count - 1)])
        case .elsewhere where scene.shading != .quadrants:
          canvas.mark("-", at: place, within: area, foreground: elsewhere)
        case .cycle where isWhole || scene.shading != .quadrants:
          canvas.mark(restlessMarks.cycle, at: place, within: area, foreground: hatch)
        case .unsettled where isWhole || scene.shading != .quadrants:
          canvas.mark(restlessMarks.unsettled, at: place, within: area, foreground: hatch)
        case .diverged where (isWhole || scene.shading != .quadrants) && (x + y) % 2 == 0:
          canvas.mark(restlessMarks.diverged, at: place, within: area, foreground: leaving)
        default: break
        }
      }
    }
  }
}
