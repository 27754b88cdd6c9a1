import Lanes
import Models
import Terminal
import Training

extension View {
  /// The learning-rate range test, and what each of its readings is worth.
  package static let rateRange = View(
    name: "rate_range",
    summary: "The rate raised step by step: what the range test would choose, and which holds",
    axes: Axes(canBeLogarithmic: true),
    role: .asked,
    holdsAllMoments: { _ in true },
    isLogarithmic: { $0.state.logarithmic ?? true },
    suits: {
      $0.experiment.batching != .full && RangeWorth.suits($0.experiment, $0.objective)
    },
    title: { _ in "range test" },
    readout: RateRangeView.readout,
    draw: RateRangeView.draw)
}

private enum RateRangeView {
  private struct Key: Hashable, Sendable {
    var run: RunID
    var objective: ObjectiveID
    var optimizer: Choice
    var decade: Double
    var changes: Int
    var course: RangeTest.Course
  }

  private static func course(_ scene: Scene) -> RangeTest.Course {
    let all = RangeTest.Course.allCases
    return all[max(0, scene.state.selection) % all.count]
  }

  /// The test, then what its readings are worth.
  private static func worth(_ scene: Scene) -> RangeWorth? {
    let snapshot = scene.snapshot
    let course = course(scene)
    let key = Key(
      run: snapshot.run, objective: snapshot.objectiveID, optimizer: snapshot.experiment.optimizer,
      decade: snapshot.baseRate > 0 ? PlotMath.log10(snapshot.baseRate).rounded() : 0,
      changes: snapshot.changes.count, course: course)
    let experiment = snapshot.experiment
    let found: RangeWorth?? = scene.probes.refined(
      "rate_range", for: key,
      stages: [
        { RangeWorth(experiment, course, isWhole: false) },
        { RangeWorth(experiment, course, isWhole: true) },
      ])
    return found ?? nil
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let worth = worth(scene) else { return [] }
    return worth.test.suggested.map { ["suggests η \(Scene.number($0))"] } ?? []
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let worth = worth(scene), let first = worth.test.rates.first,
      let last = worth.test.rates.last, last > first
    else {
      scene.note("raising the rate step by step", in: area, into: &canvas)
      return
    }
    let rows = min(worth.rows.count + 1, max(0, area.height - 8))
    let upper = Rect(x: area.x, y: area.y, width: area.width, height: area.height - rows)
    drawCurves(scene, worth.test, first...last, upper, &canvas)
    drawTable(
      scene, worth, Rect(x: area.x, y: upper.maxY, width: area.width, height: rows), &canvas)
  }

  private static func drawCurves(
    _ scene: Scene, _ test: RangeTest, _ rates: ClosedRange<Double>, _ area: Rect,
    _ canvas: inout Canvas
  ) {
    let theme = scene.theme
    let isLog = scene.state.logarithmic ?? true
    // What has run away would press the valley flat.
    let calm = test.smoothed.min() ?? 1
    let top = 6 * max(calm, 1e-12)
    let low = test.losses.min() ?? 0
    var plot = Plot(
      in: area,
      x: Axis(rates.lowerBound, rates.upperBound, scale: isLog ? .logarithmic : .linear),
      y: Axis(min(0, low), top), layout: scene.layout())
    guard !plot.area.isEmpty else { return }
    plot.drawAxes(into: &canvas)
    for (rate, loss) in zip(test.rates, test.losses) where loss <= top {
      plot.raster.plot(plot.dotX(rate), plot.dotY(loss), color: theme.muted, priority: 3)
    }
    plot.curve(
      test.rates, test.smoothed.map { min($0, 2 * top) }, color: theme.series(0),
      thickness: plot.thickness, priority: 8)
    for reading in [test.steepest, test.least, test.ragged].compactMap({ $0 }) {
      for dot in stride(from: 0, to: plot.raster.height, by: 3) {
        plot.raster.plot(plot.dotX(reading.rate), Double(dot), color: theme.warning, priority: 2)
      }
    }
    plot.raster.paint(into: &canvas)
    for (name, rate) in [
      ("steepest", test.steepest?.rate), ("least ÷ 10", test.suggested),
      ("least", test.least?.rate), ("4 × least", test.ragged?.rate),
    ] {
      guard let rate, let cell = plot.cell(rate, top) else { continue }
      canvas.mark(
        scene.glyphs.mark("▼", ascii: "v"), at: Point(x: cell.x, y: plot.area.y),
        within: plot.area, foreground: name == "least ÷ 10" ? theme.good : theme.warning)
    }
  }

  private static func drawTable(
    _ scene: Scene, _ worth: RangeWorth, _ area: Rect, _ canvas: inout Canvas
  ) {
    guard area.height > 0 else { return }
    let theme = scene.theme
    func write(_ cells: [(String, Int, Color)], _ row: Int) {
      guard row < area.height else { return }
      var x = area.x
      for (text, width, color) in cells where x < area.maxX {
        canvas.writeCut(
          text, x: x, y: area.y + row, limit: area.maxX - x, within: area, glyphs: scene.glyphs,
          foreground: color)
        x += width
      }
    }
    // Numbers come before words that are cut: in narrow panes names are short.
    let isNarrow = area.width < 56
    let names = worth.rows.map { isNarrow ? $0.shortName : $0.name }
    let width = 2 + (["read off"] + names).reduce(0) { max($0, scene.glyphs.width($1)) }
    let figures = isNarrow ? 8 : 10
    write(
      [
        ("read off", width, theme.muted), ("η", figures, theme.muted),
        (
          isNarrow ? "loss" : "loss after \(NumberText.count(worth.steps)) steps at it", 0,
          theme.muted
        ),
      ], 0)
    let best = worth.rows.compactMap(\.loss).filter(\.isFinite).min()
    for (number, row) in worth.rows.enumerated() {
      let color = row.loss == best && best != nil ? theme.good : theme.text
      let loss =
        row.loss.map { $0.isFinite ? Scene.number($0) : "diverges" }
        ?? (worth.isWhole ? "—" : "…")
      write(
        [
          (names[number], width, theme.muted), (Scene.number(row.rate), figures, color),
          (loss, 0, color),
        ], number + 1)
    }
  }
}
