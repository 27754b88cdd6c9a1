import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// What becomes of the run at 64 learning rates over six decades.
  package static let rates = View(
    name: "rates",
    summary:
      "What becomes of the run at 64 learning rates: the largest that converges, the best",
    axes: Axes(canBeLogarithmic: true),
    role: .asked,
    holdsAllMoments: { _ in true },
    isLogarithmic: { RatesView.isLogarithmic($0) },
    suits: { $0.objective.parameterCount > 0 },
    title: { _ in "rates" },
    readout: RatesView.readout,
    pick: RatesView.pick,
    draw: RatesView.draw)
}

private enum RatesView {
  private struct Key: Hashable, Sendable {
    var search: RunID
    var steps: Int
  }

  /// The steps of each run that the pane's selection asks for.
  private static func steps(_ scene: Scene, _ finder: RateFinder) -> Int {
    let choices = [finder.steps] + RateFinder.lengths.filter { $0 != finder.steps }
    let selection = max(0, scene.state.selection) % choices.count
    return choices[selection]
  }

  private static func search(_ scene: Scene) -> RateSearch? {
    guard let finder = scene.snapshot.many.rates else { return nil }
    let steps = steps(scene, finder)
    let key = Key(search: finder.id, steps: steps)
    let made = Locked<RateSearch?>(nil)
    // Each stage goes on from what is there already.
    @Sendable func stage(_ refinements: Int) -> @Sendable () -> RateSearch {
      {
        var search = made.withLock { $0 } ?? finder.coarse(steps: steps)
        if refinements > 0 { search = finder.refined(search) }
        let result = search
        made.withLock { $0 = result }
        return result
      }
    }
    return scene.probes.refined(
      "rates", for: key,
      stages: [
        stage(0), stage(1),
        {
          _ = stage(1)(); return stage(1)()
        },
      ])
  }

  /// The losses that the axis has to show: those of runs that diverged are elsewhere.
  private static func losses(_ search: RateSearch) -> [Double] {
    search.columns.filter { $0.outcome != .diverges && $0.loss.isFinite }.map(\.loss)
      + [search.startLoss].filter(\.isFinite)
  }

  static func isLogarithmic(_ scene: Scene) -> Bool {
    guard let search = search(scene) else { return false }
    let losses = losses(search)
    guard let low = losses.min(), low > 0 else { return false }
    return scene.state.logarithmic ?? ((losses.max() ?? low) > 30 * low)
  }

  /// The column under the crosshair; without one the fastest.
  private static func chosen(_ scene: Scene, _ search: RateSearch) -> RateSearch.Trial? {
    if let cursor = scene.state.cursor, cursor.count == 1,
      let column = search.column(nearest: cursor[0])
    {
      return search.columns[column]
    }
    return search.fastest
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let search = search(scene) else { return [] }
    var parts: [String] = []
    if let trial = chosen(scene, search) {
      let end = trial.outcome == .diverges ? "diverges" : Scene.number(trial.loss)
      parts.append("η \(Scene.number(trial.rate)) → \(end)")
    }
    return parts + ["loss after \(NumberText.count(search.steps)) steps"]
  }

  // MARK: Places

  private static func color(_ outcome: RateSearch.Outcome, _ theme: Theme) -> Color {
    switch outcome {
    case .underway: theme.muted
    case .converges: theme.series(0)
    case .restless: theme.series(1)
    case .diverges: theme.bad
    }
  }

  /// The axis of rates: a column's rate is in the middle of its part.
  private static func rateAxis(_ search: RateSearch) -> Axis {
    let low = search.columns.first?.rate ?? 1e-5
    let high = search.columns.last?.rate ?? 10
    let half = PlotMath.pow(high / low, 0.5 / Double(max(1, search.columns.count - 1)))
    return Axis(low / half, high * half, scale: .logarithmic)
  }

  private static func lossAxis(_ scene: Scene, _ search: RateSearch) -> Axis {
    let losses = losses(search)
    let low = losses.min() ?? 0
    var high = losses.max() ?? 1
    if isLogarithmic(scene) {
      // Losses as good as 0 would press all others together.
      return Axis(max(low, high * 1e-14) / 1.5, high * 1.5, scale: .logarithmic)
    }
    // What never rests may be far up: it is cut off where others would lose their shape.
    let calm = search.columns.filter { $0.outcome == .converges || $0.outcome == .underway }
      .map(\.loss).filter(\.isFinite)
    if let most = (calm + [search.startLoss]).filter(\.isFinite).max(), most > low {
      high = min(high, most + (most - low))
    }
    let margin = high > low ? (high - low) * 0.06 : max(abs(high) * 0.1, 1e-300)
    guard (low - margin).isFinite, (high + margin).isFinite, low - margin < high + margin else {
      return Axis(-1, 1)
    }
    return Axis(low - margin, high + margin)
  }

  /// The rows of words below, and of the bars of steps.
  private static func rows(_ area: Rect) -> (words: Int, bars: Int) {
    (area.height >= 14 ? 4 : area.height >= 9 ? 2 : 0, area.height >= 22 ? 4 : 0)
  }

  private static func plot(_ scene: Scene, _ search: RateSearch, _ area: Rect) -> Plot {
    let rows = rows(area)
    let below = rows.words + (rows.bars > 0 ? rows.bars + 1 : 0) + (area.height >= 5 ? 1 : 0)
    let upper = Rect(
      x: area.x, y: area.y, width: area.width, height: max(1, area.height - below))
    return Plot(
      in: upper, x: rateAxis(search), y: lossAxis(scene, search),
      layout: scene.layout(isMap: true))
  }

  static func pick(_ scene: Scene, _ area: Rect, _ place: Point) -> View.Pick {
    guard let search = search(scene), !area.isEmpty else { return .nothing }
    let plot = plot(scene, search, area)
    guard place.x >= plot.area.x, place.x < plot.area.maxX, area.contains(place),
      let rate = plot.values(at: Point(x: place.x, y: plot.area.y))?.x,
      let column = search.column(nearest: rate)
    else { return .nothing }
    return .rate(search.columns[column].rate)
  }

  // MARK: Drawing

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard scene.snapshot.many.rates != nil else {
      scene.note(
        area.width < 70
          ? "F tries 64 rates from here"
          : "F tries 64 learning rates over six decades from here, side by side", in: area,
        into: &canvas)
      return
    }
    guard let search = search(scene) else {
      scene.note("trying 64 learning rates", in: area, into: &canvas)
      return
    }
    var plot = plot(scene, search, area)
    plot.drawAxes(into: &canvas)
    drawLosses(scene, search, &plot, into: &canvas)
    let rows = rows(area)
    var y = plot.outer.maxY
    if area.height >= 5 {
      drawRibbon(scene, search, plot, row: y, area, into: &canvas)
      y += 1
    }
    if rows.bars > 0 {
      drawBars(
        scene, search, plot, Rect(x: area.x, y: y, width: area.width, height: rows.bars + 1),
        into: &canvas)
      y += rows.bars + 1
    }
    drawWords(
      scene, search, Rect(x: area.x, y: y, width: area.width, height: rows.words), into: &canvas)
  }

  /// The columns of cells that belong to a trial.
  private static func cells(_ number: Int, of count: Int, _ area: Rect) -> Range<Int> {
    let first = area.x + number * area.width / count
    let end = area.x + (number + 1) * area.width / count
    return first..<max(first + 1, min(end, area.maxX))
  }

  private static func drawLosses(
    _ scene: Scene, _ search: RateSearch, _ plot: inout Plot, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    guard !plot.area.isEmpty else { return }
    func line(_ rate: Double?, _ color: Color, every gap: Int) {
      guard let rate, rate > 0 else { return }
      let x = plot.dotX(rate)
      guard x.isFinite else { return }
      for dot in stride(from: 0, to: plot.raster.height, by: gap) {
        plot.raster.plot(x, Double(dot), color: color, priority: 2)
      }
    }
    line(search.limit, theme.warning, every: 3)
    if scene.state.cursor != nil { line(chosen(scene, search)?.rate, theme.text, every: 4) }
    let scale = plot.raster.glyphs.columns
    for (number, trial) in search.columns.enumerated() {
      let cells = cells(number, of: search.columns.count, plot.area)
      if trial.outcome == .diverges {
        for x in cells {
          canvas.mark(
            scene.glyphs.mark("×", ascii: "x"), at: Point(x: x, y: plot.area.y),
            within: plot.area, foreground: theme.bad)
        }
        continue
      }
      let y = plot.dotY(trial.loss)
      let height = Double(plot.raster.height)
      guard y.isFinite || trial.loss > 0 else { continue }
      let row = min(max(y.isFinite ? y : 0, 0.5), height - 0.5)
      let color = color(trial.outcome, theme)
      for x in (cells.lowerBound - plot.area.x) * scale..<(cells.upperBound - plot.area.x) * scale {
        plot.raster.plot(Double(x) + 0.5, row, color: color, priority: 8)
        plot.raster.plot(
          Double(x) + 0.5, row >= 1.5 ? row - 1 : row + 1, color: color, priority: 8)
      }
    }
    plot.raster.paint(into: &canvas)
  }

  /// A strip of what became of each rate, with the largest that converges.
  private static func drawRibbon(
    _ scene: Scene, _ search: RateSearch, _ plot: Plot, row: Int, _ area: Rect,
    into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let isPlain = theme.isMonochrome || scene.glyphs == .ascii
    let largest = search.largest.flatMap { search.column(nearest: $0) }
    for (number, trial) in search.columns.enumerated() {
      for x in cells(number, of: search.columns.count, plot.area) {
        let mark: Unicode.Scalar =
          number == largest
          ? scene.glyphs.mark("▲", ascii: "^")
          : isPlain ? plainMark(trial.outcome, scene.glyphs) : "▀"
        canvas.mark(
          mark, at: Point(x: x, y: row), within: area,
          foreground: number == largest
            ? theme.text
            : trial == search.fastest ? theme.good : color(trial.outcome, theme))
      }
    }
  }

  private static func plainMark(
    _ outcome: RateSearch.Outcome, _ glyphs: GlyphSet
  ) -> Unicode.Scalar {
    switch outcome {
    case .underway: glyphs.mark("·", ascii: ".")
    case .converges: glyphs.mark("─", ascii: "-")
    case .restless: "~"
    case .diverges: glyphs.mark("×", ascii: "x")
    }
  }

  /// The steps that each rate took to where it should be.
  private static func drawBars(
    _ scene: Scene, _ search: RateSearch, _ plot: Plot, _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let what =
      search.goal.map { "steps to a loss below \(Scene.number($0))" }
      ?? "steps until |g| < 1e−9"
    canvas.writeCut(
      what, x: plot.area.x, y: area.y, limit: plot.area.width, within: area, glyphs: scene.glyphs,
      foreground: theme.muted)
    let bars = Rect(
      x: plot.area.x, y: area.y + 1, width: plot.area.width, height: area.height - 1)
    for (number, trial) in search.columns.enumerated() {
      guard let steps = trial.steps else { continue }
      let color = trial == search.fastest ? theme.good : theme.series(0)
      for x in cells(number, of: search.columns.count, plot.area) {
        Bars.column(
          Double(steps) / Double(max(1, search.steps)), x: x, area: bars, color: color,
          glyphs: scene.glyphs, into: &canvas)
      }
    }
    let width = max(0, plot.area.x - area.x - 1)
    for (label, y) in [(NumberText.count(search.steps), bars.y), ("0", bars.maxY - 1)] {
      let used = scene.glyphs.width(label)
      guard used <= width else { continue }
      canvas.write(
        label, x: area.x + width - used, y: y, within: area, glyphs: scene.glyphs,
        foreground: theme.muted)
    }
  }

  private static func drawWords(
    _ scene: Scene, _ search: RateSearch, _ area: Rect, into canvas: inout Canvas
  ) {
    for (row, line) in words(scene, search).prefix(area.height).enumerated() {
      var x = area.x
      let y = area.y + row
      for (text, color) in line where x < area.maxX {
        canvas.writeCut(
          text, x: x, y: y, limit: area.maxX - x, within: area, glyphs: scene.glyphs,
          foreground: color)
        x += scene.glyphs.width(text)
      }
    }
  }

  private static func words(_ scene: Scene, _ search: RateSearch) -> [[(String, Color)]] {
    let theme = scene.theme
    var lines: [[(String, Color)]] = []
    let isModel = search.goal != nil || scene.snapshot.objective.sampleCount > 0
    if let largest = search.largest {
      var note = isModel ? "still learns" : "still converges"
      let islands = search.islands
      if let top = islands.last?.high {
        note +=
          "; \(islands.count) island\(islands.count == 1 ? "" : "s") above, to "
          + Scene.number(top)
      }
      lines.append([
        ("largest ▲ ", theme.muted), (padded(rate(largest)), theme.text), (note, theme.muted),
      ])
    } else {
      lines.append([
        ("largest ▲ ", theme.muted), (padded("—"), theme.text),
        ("none of them \(isModel ? "learns" : "converges") in these steps", theme.muted),
      ])
    }
    if let fastest = search.fastest {
      // Rates beyond some that do not converge may be faster than the largest below them.
      let isBeyond = search.largest.map { fastest.rate > $0 } ?? false
      let place = isBeyond ? ", on an island above" : ""
      let note =
        search.goal == nil && fastest.steps != nil
        ? "\(NumberText.count(fastest.steps ?? 0)) steps until |g| < 1e−9"
        : "to \(Scene.number(fastest.loss)) in \(NumberText.count(search.steps)) steps"
      lines.append([
        ("fastest   ", theme.muted), (padded(rate(fastest.rate)), theme.good),
        (note + place, theme.muted),
      ])
    }
    lines.append(theory(scene, search))
    lines.append(
      RateSearch.Outcome.allCases.flatMap { outcome -> [(String, Color)] in
        let mark =
          theme.isMonochrome || scene.glyphs == .ascii
          ? String(Character(plainMark(outcome, scene.glyphs))) : "▀▀"
        let name =
          isModel
          ? (outcome == .converges
            ? "learns" : outcome == .restless ? "worse than its start" : outcome.rawValue)
          : outcome.rawValue
        return [(mark, color(outcome, theme)), (" \(name)   ", theme.muted)]
      })
    return lines
  }

  private static func theory(_ scene: Scene, _ search: RateSearch) -> [(String, Color)] {
    let theme = scene.theme
    guard let limit = search.limit else {
      let why = scene.missingLimit ?? "no limit that depends on the curvature alone"
      return [("theory    ", theme.muted), (padded("—"), theme.text), (why, theme.muted)]
    }
    let formula = scene.rateLimit?.formula ?? "2/λ"
    let place =
      scene.snapshot.objective.sampleCount > 0
      ? "where it begins" : "in the valley where it settles"
    return [
      ("theory ┊  ", theme.muted), (padded(rate(limit)), theme.warning),
      ("\(formula), λ = \(Scene.number(search.curvature ?? 0)) \(place)", theme.muted),
    ]
  }

  private static func rate(_ rate: Double) -> String { NumberText.compact(rate, digits: 4) }

  private static func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, 9 - text.count))
  }
}
