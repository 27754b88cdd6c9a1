import Lanes
import Terminal
import Training

/// The losses of all runs of a race in one picture: a curve each, or their spread.
struct RaceCurves {
  private let scene: Scene
  private let race: RaceStanding
  private let look: RaceLook
  /// The runs that are drawn.
  private let shown: [Int]
  /// The place of each measured moment of each run on the axis.
  private let places: [[Double]]
  /// Whether the losses' axis is logarithmic.
  let isLogarithmic: Bool

  init(_ scene: Scene, _ race: RaceStanding) {
    self.scene = scene
    self.race = race
    look = scene.snapshot.many.race
    let hidden = look.hidden
    shown = (0..<race.count).filter { !hidden.contains($0) }
    let steps = race.record.steps.map(Double.init)
    let scales: [Double] =
      switch look.axis {
      case .steps: []
      case .evaluations: (0..<race.count).map { Double(race.evaluationsPerStep($0)) }
      case .seconds:
        scene.probes.value("race.seconds", for: race.race.id) { race.measuredSeconds() }
      }
    places = (0..<race.count).map { number in
      scales.isEmpty ? steps : steps.map { $0 * scales[number] }
    }
    let seen = race.record.losses.flatMap { $0 }.filter(\.isFinite)
    let low = seen.min() ?? 0
    isLogarithmic =
      low > 0 && (scene.state.logarithmic ?? ((seen.max() ?? low) > 30 * low))
  }

  /// Whether the spread is drawn.
  var isBand: Bool { look.isBand ?? (race.isOverSeeds && race.count > 8) }

  var readout: [String] {
    var parts = ["▸ " + scene.name(race.leader, of: race)]
    if isBand, let median = present.dropFirst(RaceStanding.quartiles(race.count).median).first {
      parts = ["median " + (median.isFinite ? Scene.number(median) : "∞")]
    }
    let diverged = race.runs.count { $0.divergedAt != nil }
    if diverged > 0 { parts.append("\(diverged) diverged") }
    parts.append("over \(look.axis.rawValue)" + (look.axis == .seconds ? " measured" : ""))
    return parts
  }

  /// Present losses, ranked.
  private var present: [Double] {
    race.runs.map { $0.loss.isNaN ? .infinity : $0.loss }.sorted()
  }

  private func axis() -> Axis {
    let shownLosses = isBand ? Array(0..<race.count) : shown
    let seen = shownLosses.flatMap { race.record.losses[$0] + [race.runs[$0].loss] }
      .filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    guard let low = seen.min(), var high = seen.max() else { return Axis(0, 1) }
    // Runs on their way out would press all others to the ground.
    if !isLogarithmic, let start = seen.first, start.isFinite, high > start {
      high = min(high, start + 4 * max(start - low, abs(start) * 0.1, 1e-12))
    }
    if isLogarithmic {
      let most = min(high, low * 1e18)
      return Axis(low / 1.3, max(most, low * 2) * 1.3, scale: .logarithmic)
    }
    let margin = high > low ? (high - low) * 0.05 : max(abs(high) * 0.1, 1e-300)
    guard (low - margin).isFinite, (high + margin).isFinite else { return Axis(-1, 1) }
    return Axis(low - margin, high + margin)
  }

  func draw(_ area: Rect, into canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    // Names stand at the ends of curves where there is room for them.
    let names = shown.map { scene.label($0, of: race) }
    let widest = min(14, names.map { scene.glyphs.width($0) }.max() ?? 0)
    let margin = area.width >= 50 ? (isBand ? 8 : widest + 3) : 0
    let ribbon = area.height >= 14 && race.count > 1 && !isBand ? 1 : 0
    let frame = Rect(
      x: area.x, y: area.y, width: area.width - margin, height: area.height - ribbon)
    let last = max(1, places.compactMap(\.last).max() ?? 1)
    let zoom = scene.state.zoom.isFinite ? max(1, scene.state.zoom) : 1
    var plot = Plot(
      in: frame,
      x: Axis(zoom > 1 ? last - last / zoom : 0, last, isWhole: look.axis != .seconds)
        .named(look.axis == .steps ? "step" : ""),
      y: axis(), layout: scene.layout())
    plot.drawAxes(into: &canvas)
    if isBand { drawBand(plot, into: &canvas) }
    drawGoal(&plot)
    if isBand {
      drawCurve(race.leader, &plot, color: scene.theme.text, thickness: 1, priority: 6)
    } else {
      for number in race.order.reversed() where shown.contains(number) && number != race.leader {
        drawCurve(number, &plot, color: scene.racer(number, of: race), thickness: 1, priority: 5)
      }
      drawCurve(
        race.leader, &plot, color: scene.racer(race.leader, of: race),
        thickness: plot.thickness + 1, priority: 9)
    }
    plot.raster.paint(into: &canvas)
    drawEnds(plot, margin: margin, area, into: &canvas)
    if ribbon > 0 { drawRibbon(plot, row: area.maxY - 1, area, into: &canvas) }
  }

  private func drawCurve(
    _ number: Int, _ plot: inout Plot, color: Color, thickness: Int, priority: UInt8
  ) {
    plot.curve(
      places[number], race.record.losses[number], color: color, thickness: thickness,
      priority: priority)
  }

  /// The loss that is to be reached, dotted.
  private func drawGoal(_ plot: inout Plot) {
    guard let goal = race.race.goal, !isLogarithmic || goal > 0 else { return }
    let y = plot.dotY(goal)
    guard y.isFinite else { return }
    for dot in stride(from: 0, to: plot.raster.width, by: 5) {
      plot.raster.plot(Double(dot), y, color: scene.theme.warning, priority: 3)
    }
  }

  /// Extremes, quartiles and median, moment by moment.
  private func drawBand(_ plot: Plot, into canvas: inout Canvas) {
    guard race.count > 1, let steps = places.first, !plot.area.isEmpty else { return }
    let (low, median, high) = RaceStanding.quartiles(race.count)
    var outer = FilledBand(area: plot.area)
    var inner = FilledBand(area: plot.area)
    var middle: [Double] = []
    for (moment, step) in steps.enumerated() {
      let ranked = race.ranked(moment)
      middle.append(ranked[median].isFinite ? ranked[median] : .nan)
      let x = plot.place(step, plot.y.lower).x
      guard x.isFinite, x >= Double(plot.area.x) else { continue }
      let next = moment + 1 < steps.count ? plot.place(steps[moment + 1], plot.y.lower).x : x
      let first = PlotMath.int(x.rounded(.down), in: plot.area.x...plot.area.maxX - 1)
      let end = PlotMath.int(next.rounded(.down), in: first...max(first, plot.area.maxX - 1))
      func row(_ value: Double) -> Double {
        let y = value.isFinite ? plot.place(step, value).y : -.infinity
        return y.isNaN ? Double(plot.area.maxY) : y
      }
      for column in first...end {
        outer.add(column: column, top: row(ranked[race.count - 1]), bottom: row(ranked[0]))
        inner.add(column: column, top: row(ranked[high]), bottom: row(ranked[low]))
      }
    }
    let theme = scene.theme
    if theme.isMonochrome || scene.glyphs == .ascii {
      outer.paint(
        shade: scene.glyphs.mark("░", ascii: "."), theme.muted, over: theme.pane, into: &canvas)
      inner.paint(
        shade: scene.glyphs.mark("▒", ascii: ":"), theme.muted, over: theme.pane, into: &canvas)
    } else {
      outer.paint(scene.faint(theme.series(0), 0.86), over: theme.pane, into: &canvas)
      inner.paint(
        scene.faint(theme.series(0), 0.62), over: scene.faint(theme.series(0), 0.86),
        into: &canvas)
    }
    var line = plot
    line.curve(
      steps, middle, color: theme.series(0), thickness: plot.thickness + 1, priority: 8)
    line.raster.paint(into: &canvas)
  }

  /// Names at the ends of curves, one a row, and crosses where runs left the picture.
  private func drawEnds(
    _ plot: Plot, margin: Int, _ area: Rect, into canvas: inout Canvas
  ) {
    guard !plot.area.isEmpty else { return }
    let theme = scene.theme
    for number in shown {
      guard let at = race.runs[number].divergedAt else { continue }
      let scale = race.step > 0 ? (places[number].last ?? 0) / Double(max(1, race.step)) : 1
      let place = plot.place(Double(at) * scale, plot.y.upper)
      let column = PlotMath.int(
        place.x.isFinite ? place.x.rounded(.down) : 0,
        in: plot.area.x...max(plot.area.x, plot.area.maxX - 1))
      canvas.mark(
        scene.glyphs.mark("×", ascii: "x"), at: Point(x: column, y: plot.area.y),
        within: plot.area, foreground: theme.bad, attributes: .bold)
    }
    guard margin > 3 else { return }
    if isBand {
      // One dot a run at its present loss.
      for number in 0..<race.count where race.runs[number].loss.isFinite {
        guard let cell = plot.cell(plot.x.lower, race.runs[number].loss) else { continue }
        canvas.mark(
          scene.glyphs.mark("●", ascii: "o"),
          at: Point(x: min(area.maxX - 1, plot.area.maxX + 1 + number % 5), y: cell.y),
          within: area,
          foreground: number == race.leader ? theme.text : theme.series(0))
      }
      return
    }
    var taken: Set<Int> = []
    for number in race.order where shown.contains(number) {
      let loss = race.runs[number].loss
      let wanted = loss.isFinite ? plot.cell(plot.x.lower, loss)?.y ?? plot.area.y : plot.area.y
      let rows = plot.area.y..<plot.area.maxY
      guard
        let row = rows.filter({ !taken.contains($0) }).min(by: {
          (abs($0 - wanted), $0) < (abs($1 - wanted), $1)
        }), abs(row - wanted) <= 4
      else { continue }
      taken.insert(row)
      let isLeader = number == race.leader
      canvas.writeCut(
        (isLeader ? "▸" : " ") + scene.label(number, of: race), x: plot.area.maxX + 1, y: row,
        limit: area.maxX - plot.area.maxX - 1, within: area, glyphs: scene.glyphs,
        foreground: scene.racer(number, of: race))
    }
  }

  /// Who had the lowest loss in each column.
  private func drawRibbon(_ plot: Plot, row: Int, _ area: Rect, into canvas: inout Canvas) {
    let leads = race.leads
    guard let steps = places.first, !leads.isEmpty, !plot.area.isEmpty else { return }
    canvas.writeCut(
      "led", x: area.x, y: row, limit: max(0, plot.area.x - area.x - 1), within: area,
      glyphs: scene.glyphs, foreground: scene.theme.muted)
    let isPlain = scene.theme.isMonochrome || scene.glyphs == .ascii
    for column in plot.area.x..<plot.area.maxX {
      let share = (Double(column - plot.area.x) + 0.5) / Double(plot.area.width)
      let step = plot.x.value(at: share)
      let moment = max(0, (steps.firstIndex { $0 > step } ?? steps.count) - 1)
      let number = leads[min(moment, leads.count - 1)]
      let mark = isPlain ? scene.letter(number).unicodeScalars.first ?? "a" : "▀"
      canvas.mark(
        mark, at: Point(x: column, y: row), within: area,
        foreground: scene.racer(number, of: race))
    }
  }
}
