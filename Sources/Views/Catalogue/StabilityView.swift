import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// The greatest curvature over steps against the optimizer's limit, with the loss below.
  package static let stability = View(
    name: "stability",
    summary: "λmax of the Hessian over steps against the optimizer's own limit, the loss below it",
    axes: Axes(canBeLogarithmic: true, canZoom: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    isLogarithmic: { StabilityView.isLogarithmic($0) },
    suits: { $0.original != nil && $0.objective.parameterCount > 0 },
    title: { _ in "stability" },
    readout: StabilityView.readout,
    draw: StabilityView.draw)
}

private enum StabilityView {
  private struct Key: Hashable {
    var run: RunID
    var step: Int
    var changes: Int
  }

  /// How much of the time λmax may be looked for beside a run: each λmax takes as long as some
  /// hundred steps, and the run is done again for it.
  private static let share = 0.25

  private static func trace(_ scene: Scene) -> StabilityTrace? {
    let snapshot = scene.snapshot
    let key = Key(run: snapshot.run, step: snapshot.step, changes: snapshot.changes.count)
    let trace: StabilityTrace?? = scene.probes.carried(
      "stability", for: key, share: snapshot.status == .running ? share : 1,
      isBehind: { $0?.isBehind == true }
    ) { before in
      StabilityTrace.upTo(snapshot, from: before ?? nil)
    }
    return trace ?? nil
  }

  /// The formula of the limit of λmax: that of the rate with λ and η exchanged.
  private static func formula(_ scene: Scene) -> String? {
    scene.rateLimit?.formula?.replacing("λ", with: "η")
  }

  static func isLogarithmic(_ scene: Scene) -> Bool {
    if let wanted = scene.state.logarithmic { return wanted }
    guard let values = trace(scene).map(heights), let low = values.min(), low > 0 else {
      return false
    }
    return (values.max() ?? low) > 30 * low
  }

  /// What has to find room on the axis.
  private static func heights(_ trace: StabilityTrace) -> [Double] {
    trace.records.flatMap { [$0.eigenvalue, $0.limit] }.compactMap { $0 }
      .filter { $0.isFinite && abs($0) < 1e100 }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let last = trace(scene)?.records.last else { return [] }
    var parts = ["λmax " + NumberText.compact(last.eigenvalue, digits: 4)]
    if let limit = last.limit {
      parts.append("limit " + NumberText.compact(limit, digits: 4))
      if let formula = formula(scene) { parts.append(formula) }
    }
    if let plain = last.plain {
      parts.append("of P⁻¹H; of H " + NumberText.compact(plain, digits: 3))
    }
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let trace = trace(scene), !trace.records.isEmpty else {
      scene.note("runs of up to a million steps are done again here", in: area, into: &canvas)
      return
    }
    let end = Double(max(trace.records.last?.step ?? 1, 1))
    let zoom = scene.state.zoom.isFinite ? max(1, scene.state.zoom) : 1
    let steps = Axis(zoom > 1 ? end - end / zoom : 0, end).named("step")
    let words = area.height >= 8 ? 1 : 0
    let lower = area.height >= 14 ? (area.height - words) / 3 : 0
    let upper = Rect(x: area.x, y: area.y, width: area.width, height: area.height - words - lower)
    drawCurvature(scene, trace, steps, upper, into: &canvas)
    if words > 0 {
      drawWords(scene, trace, Rect(x: area.x, y: upper.maxY, width: area.width, height: 1), &canvas)
    }
    guard lower > 0 else { return }
    drawLoss(
      scene, steps, Rect(x: area.x, y: upper.maxY + words, width: area.width, height: lower),
      into: &canvas)
  }

  /// λmax, the limit in force, and the Hessian's own where the optimizer feels another.
  private static func drawCurvature(
    _ scene: Scene, _ trace: StabilityTrace, _ steps: Axis, _ area: Rect,
    into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let isLog = isLogarithmic(scene)
    let seen = heights(trace).filter { !isLog || $0 > 0 }
    let (low, high) = (seen.min() ?? 0, seen.max() ?? 1)
    let margin = max((high - low) * 0.08, abs(high) * 0.01, 1e-12)
    let y =
      isLog
      ? Axis(low / 1.3, high * 1.3, scale: .logarithmic) : Axis(low - margin, high + margin)
    let marks = ChangeMarks(scene)
    let header = marks.isEmpty || area.height < 8 ? 0 : 1
    var plot = Plot(in: area, x: steps, y: y, layout: scene.layout(header: header))
    plot.drawAxes(into: &canvas)
    if header > 0 { marks.drawLines(plot: plot, into: &canvas) }
    let records = trace.records
    let places = records.map { Double($0.step) }
    // Dashes from record to record: the limit jumps where rate or optimizer change.
    for (index, record) in records.enumerated() {
      guard let limit = record.limit, limit.isFinite, !isLog || limit > 0 else { continue }
      let from = plot.dotX(index == 0 ? 0 : places[index - 1])
      let to = plot.dotX(places[index])
      guard from.isFinite, to.isFinite else { continue }
      let first = PlotMath.int(max(0, from).rounded(), in: 0...max(0, plot.raster.width))
      let last = PlotMath.int(max(0, to).rounded(), in: 0...max(0, plot.raster.width))
      for dot in first...max(first, last) where dot % 6 < 4 {
        plot.raster.plot(Double(dot), plot.dotY(limit), color: theme.warning, priority: 4)
      }
    }
    func values(_ value: (StabilityTrace.Record) -> Double?) -> [Double] {
      records.map { record in
        guard let number = value(record), !isLog || number > 0 else { return .nan }
        return number
      }
    }
    if records.contains(where: { $0.plain != nil }) {
      plot.curve(
        places, values(\.plain), color: scene.faint(theme.series(0), 0.6), thickness: 1,
        priority: 2)
    }
    plot.curve(
      places, values(\.eigenvalue), color: theme.series(0), thickness: plot.thickness, priority: 8)
    plot.raster.paint(into: &canvas)
    if header > 0 { marks.drawLabels(plot: plot, into: &canvas) }
  }

  /// Since when the limit is passed, how far above it is on the mean, or why there is none; names
  /// of curves first.
  private static func drawWords(
    _ scene: Scene, _ trace: StabilityTrace, _ row: Rect, _ canvas: inout Canvas
  ) {
    let theme = scene.theme
    var entries = [Legend.Entry(name: "λmax, all samples", color: theme.series(0))]
    if trace.records.last?.limit != nil {
      entries.append(Legend.Entry(mark: "╌╌", name: "limit", color: theme.warning))
    }
    let legend = Legend(entries)
    legend.draw(
      x: row.x, y: row.y, within: row, glyphs: scene.glyphs, text: theme.muted, into: &canvas)
    let start = row.x + legend.width(scene.glyphs) + 3
    let words = words(scene, trace)
    guard row.maxX - start >= min(24, scene.glyphs.width(words)) else { return }
    canvas.writeCut(
      words, x: start, y: row.y, limit: row.maxX - start, within: row,
      glyphs: scene.glyphs, foreground: theme.text)
  }

  private static func words(_ scene: Scene, _ trace: StabilityTrace) -> String {
    if trace.records.last?.limit == nil {
      return scene.missingLimit ?? "no limit at this rate"
    }
    guard let first = trace.firstAbove else { return "below the limit so far" }
    var text = "first over it at step " + NumberText.count(first)
    // The second half of the run: what the edge does in the long run.
    let late = trace.records.filter { $0.step * 2 >= (trace.records.last?.step ?? 0) }
    let ratios = late.compactMap { record in record.limit.map { record.eigenvalue / $0 } }
    // Nothing hovers in a run that was thrown far off.
    if ratios.count >= 8, ratios.allSatisfy({ $0 < 10 }) {
      let mean = ratios.reduce(0, +) / Double(ratios.count)
      text += "; later ×" + NumberText.fixed(mean, decimals: 3)
    }
    return text
  }

  /// The training loss under the same steps, on a logarithmic axis where it can be.
  private static func drawLoss(
    _ scene: Scene, _ steps: Axis, _ area: Rect, into canvas: inout Canvas
  ) {
    let snapshot = scene.snapshot
    guard let series = snapshot.history.series.first(where: { $0.metric.samples == .train }) else {
      return
    }
    let seen = series.buckets.flatMap { [$0.low, $0.high, $0.last] }.filter(\.isFinite)
    let (low, high) = (seen.min() ?? 0, seen.max() ?? 1)
    let isLog = low > 0
    let y =
      isLog
      ? Axis(low / 1.2, high * 1.2, scale: .logarithmic)
      : Axis(low - (high - low) * 0.05, high + (high - low) * 0.05)
    var plot = Plot(in: area, x: steps, y: y, layout: scene.layout())
    plot.drawAxes(into: &canvas)
    ChangeMarks(scene).drawLines(plot: plot, into: &canvas)
    let color = scene.theme.series(0)
    LossView.draw(
      series, lastStep: snapshot.step, present: snapshot.loss, into: &plot, color: color,
      band: scene.faint(color, 0.45), thickness: plot.thickness, priority: 8, bandPriority: 4)
    plot.raster.paint(into: &canvas)
    canvas.writeCut(
      "loss", x: plot.area.x, y: plot.area.y, limit: plot.area.width, within: plot.area,
      glyphs: scene.glyphs, foreground: scene.theme.muted)
  }
}
