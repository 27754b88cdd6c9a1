import Lanes
import Models
import Terminal
import Training

extension View {
  /// The loss over all steps: training, batch and test curves, with marks where settings changed.
  package static let loss = View(
    name: "loss",
    summary: "Loss over steps: train, batch and test, with marks where settings changed",
    axes: Axes(canBeLogarithmic: true, canZoom: true),
    holdsAllMoments: { _ in true },
    isLogarithmic: { scene in
      scene.snapshot.race.map { RaceCurves(scene, $0).isLogarithmic }
        ?? Extent(scene).isLogarithmic
    },
    suits: { _ in true },
    title: { _ in "loss" },
    readout: LossView.readout,
    pick: LossView.pick,
    draw: LossView.draw)
}

enum LossView {
  static func readout(_ scene: Scene) -> [String] {
    let snapshot = scene.snapshot
    if let race = snapshot.race { return RaceCurves(scene, race).readout }
    if let step = scene.state.cursor?.first { return reading(scene, step: step) }
    var parts = ["train " + Scene.number(snapshot.loss)]
    if let test = snapshot.testLoss { parts.append("test " + Scene.number(test)) }
    parts += scene.averageNote
    return parts
  }

  /// The step under the cursor, and each curve there.
  private static func reading(_ scene: Scene, step: Double) -> [String] {
    guard step.isFinite, abs(step) < 9e15 else { return [] }
    let step = Int(step)
    let snapshot = scene.snapshot
    let values = snapshot.history.series.map { series in
      // Nothing is known beyond where the run is; there, what is measured over all samples.
      let samples = series.metric.samples
      let here: Double?? =
        switch samples {
        case _ where step > snapshot.step: .some(nil)
        case .train where step == snapshot.step: .some(snapshot.loss)
        case .test where step == snapshot.step: .some(snapshot.testLoss)
        default: nil
        }
      if let here { return "\(series.metric.name) \(here.map(Scene.number) ?? "–")" }
      let index = min((step - series.firstStep) / max(1, series.width), series.buckets.count - 1)
      // Where a loss is measured every so often, the last measurement.
      let value =
        step >= series.firstStep && index >= 0
        ? series.buckets[...index].last { !$0.isGap }?.last : nil
      return "\(series.metric.name) \(value.map(Scene.number) ?? "–")"
    }
    return ["┊ step \(NumberText.count(step))"] + values
  }

  /// A line at the step that the cursor reads.
  private static func drawCursor(_ scene: Scene, plot: Plot, into canvas: inout Canvas) {
    guard let step = scene.state.cursor?.first, let column = plot.cell(step, plot.y.lower)?.x else {
      return
    }
    for row in plot.area.y..<plot.area.maxY {
      canvas.mark(
        scene.glyphs.mark("┊", ascii: "|"), at: Point(x: column, y: row), within: plot.area,
        foreground: scene.theme.focusedBorder)
    }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let snapshot = scene.snapshot
    if let race = snapshot.race { return RaceCurves(scene, race).draw(area, into: &canvas) }
    let extent = Extent(scene)
    let marks = ChangeMarks(scene)
    let header = marks.isEmpty || area.height < 8 ? 0 : 1
    var plot = plot(scene, area, extent, header: header)
    plot.drawAxes(into: &canvas)
    drawGhosts(scene, into: &plot)
    if header > 0 { marks.drawLines(plot: plot, into: &canvas) }

    var legend: [Legend.Entry] = []
    for series in snapshot.history.series {
      if series.metric.samples == .batch {
        let tint = scene.faint(scene.theme.series(0), 0.72)
        if scene.glyphs == .ascii || series.width == 1 {
          draw(
            series, lastStep: snapshot.step, into: &plot, color: tint, band: tint, thickness: 1,
            priority: 2, bandPriority: 2)
        } else {
          var band = FilledBand(area: plot.area)
          add(series, lastStep: snapshot.step, to: &band, plot: plot)
          if scene.theme.isMonochrome {
            band.paint(shade: "░", tint, over: scene.theme.pane, into: &canvas)
          } else {
            band.paint(tint, over: scene.theme.pane, into: &canvas)
          }
        }
        let mark = scene.theme.isMonochrome && scene.glyphs != .ascii ? "░░" : "██"
        legend.append(Legend.Entry(mark: mark, name: series.metric.name, color: tint))
        continue
      }
      let isTrain = series.metric.samples == .train
      let color = scene.theme.series(isTrain ? 0 : series.metric.samples == .test ? 1 : 2)
      draw(
        series, lastStep: snapshot.step, present: isTrain ? snapshot.loss : snapshot.testLoss,
        into: &plot, color: color, band: scene.faint(color, 0.45), thickness: plot.thickness,
        priority: isTrain ? 8 : 7,
        bandPriority: 4)
      legend.append(Legend.Entry(name: series.metric.name, color: color))
    }
    // Before the first step there is no curve, but a loss.
    if !snapshot.history.series.contains(where: {
      $0.metric.samples == .train && !$0.buckets.isEmpty
    }) {
      for (dx, dy) in [(0.0, -0.5), (1, -0.5), (0, 0.5), (1, 0.5)] {
        plot.raster.plot(
          plot.dotX(Double(snapshot.step)) + dx, plot.dotY(snapshot.loss) + dy,
          color: scene.theme.series(0), priority: 8)
      }
    }
    plot.raster.paint(into: &canvas)
    // Before the legend, which no line is to cut.
    drawPlayHead(scene, plot: plot, into: &canvas)
    drawCursor(scene, plot: plot, into: &canvas)
    legend += GhostEnd.legend(scene, width: plot.area.width)
    if legend.count > 1 || area.width >= 50 {
      Legend(legend).draw(
        in: plot, glyphs: scene.glyphs, text: scene.theme.text, optional: legend.count < 2,
        into: &canvas)
    }
    if header > 0 { marks.drawLabels(plot: plot, into: &canvas) }
    GhostEnd.draw(scene, lastStep: extent.lastStep, of: plot, into: &canvas)
    drawEnd(scene, plot: plot, into: &canvas)
  }

  private static func plot(_ scene: Scene, _ area: Rect, _ extent: Extent, header: Int) -> Plot {
    Plot(
      in: area,
      x: Axis(extent.firstStep, max(extent.lastStep, extent.firstStep + 1), isWhole: true)
        .named("step"),
      y: extent.axis, layout: scene.layout(header: header))
  }

  /// A place on the curve is a moment of the run.
  static func pick(_ scene: Scene, _ area: Rect, _ place: Point) -> View.Pick {
    guard scene.snapshot.timeline != nil, scene.snapshot.race == nil, !area.isEmpty else {
      return .nothing
    }
    let extent = Extent(scene)
    let header = ChangeMarks(scene).isEmpty || area.height < 8 ? 0 : 1
    let plot = plot(scene, area, extent, header: header)
    guard plot.area.contains(place), plot.area.width > 1 else { return .nothing }
    let share = Double(place.x - plot.area.x) / Double(plot.area.width - 1)
    let step = extent.firstStep + share * (extent.lastStep - extent.firstStep)
    guard step.isFinite, step < 9e15 else { return .nothing }
    return .moment(max(0, Int(step.rounded())))
  }

  /// Other ways of the run, thin and faint, each from where it parts from the present one.
  private static func drawGhosts(_ scene: Scene, into plot: inout Plot) {
    for ghost in scene.snapshot.ghosts {
      guard var series = ghost.mainSeries else { continue }
      let skipped = min(
        series.buckets.count, max(0, (ghost.firstStep - series.firstStep) / series.width))
      series.buckets.removeFirst(skipped)
      series.firstStep += skipped * series.width
      let color =
        ghost.isFuture
        ? scene.faint(scene.theme.series(0), 0.5)
        : scene.faint(GhostEnd.color(ghost.branch, of: scene.snapshot.ghosts, scene.theme), 0.4)
      draw(
        series, lastStep: .max, into: &plot, color: color, band: color, thickness: 1, priority: 1,
        bandPriority: 0, hasBand: false)
    }
  }

  /// Where the moment stands that is shown, while more is known of the run.
  private static func drawPlayHead(_ scene: Scene, plot: Plot, into canvas: inout Canvas) {
    guard scene.snapshot.newestStep != nil, !plot.area.isEmpty else { return }
    let x = plot.place(Double(scene.snapshot.step), plot.y.upper).x
    guard x.isFinite, x >= Double(plot.area.x) - 0.5, x < Double(plot.area.maxX) else { return }
    let column = PlotMath.int(x.rounded(.down), in: plot.area.x...plot.area.maxX - 1)
    for row in plot.area.y..<plot.area.maxY {
      canvas.mark(
        scene.glyphs.mark("┊", ascii: "|"), at: Point(x: column, y: row), within: plot.area,
        foreground: scene.theme.warning)
    }
    canvas.writeCut(
      "◀ \(NumberText.count(scene.snapshot.step))", x: min(column + 1, plot.area.maxX - 8),
      y: plot.area.maxY - 1, limit: 12, within: plot.area, glyphs: scene.glyphs,
      foreground: scene.theme.warning)
  }

  /// The spread of a noisy curve, column by column.
  private static func add(
    _ series: History.Series, lastStep: Int, to band: inout FilledBand, plot: Plot
  ) {
    for (index, bucket) in series.buckets.enumerated() {
      guard bucket.low.isFinite, bucket.high.isFinite else { continue }
      let start = series.firstStep + index * series.width
      let end = min(start + series.width - 1, lastStep)
      let high = plot.place(Double(start), bucket.high)
      let low = plot.place(Double(end), bucket.low)
      guard low.x >= Double(plot.area.x), high.x < Double(plot.area.maxX) else { continue }
      let first = PlotMath.int(high.x.rounded(.down), in: plot.area.x...plot.area.maxX - 1)
      let last = PlotMath.int(low.x.rounded(.down), in: plot.area.x...plot.area.maxX - 1)
      for column in first...max(first, last) {
        band.add(column: column, top: high.y, bottom: low.y)
      }
    }
  }

  /// One curve: a line through the last value of each bucket to the present one, over the band of
  /// what happened in each.
  static func draw(
    _ series: History.Series, lastStep: Int, present: Double? = nil, into plot: inout Plot,
    color: Color, band: Color,
    thickness: Int, priority: UInt8, bandPriority: UInt8, hasBand: Bool = true
  ) {
    var last: (x: Double, y: Double)?
    for (index, bucket) in series.buckets.enumerated() {
      let end = min(series.firstStep + (index + 1) * series.width - 1, lastStep)
      let x = plot.dotX(Double(end))
      guard x.isFinite else { continue }
      if hasBand, plot.raster.glyphs != .ascii, series.width > 1, bucket.low.isFinite,
        bucket.high.isFinite,
        bucket.low < bucket.high
      {
        let column = PlotMath.int(x.rounded(.down), in: -1...plot.raster.width)
        plot.raster.band(
          x: column, from: plot.dotY(bucket.high), to: plot.dotY(bucket.low), color: band,
          priority: bandPriority)
      }
      if bucket.isGap { continue }
      guard bucket.last.isFinite else {
        last = nil
        continue
      }
      let y = plot.dotY(bucket.last)
      if let last {
        plot.raster.line(
          last.x, last.y, x, y, color: color, thickness: thickness, priority: priority)
      } else {
        plot.raster.plot(x, y, color: color, priority: priority)
      }
      last = (x, y)
    }
    if let last, let present, present.isFinite {
      let x = plot.dotX(Double(lastStep))
      guard x.isFinite, x > last.x else { return }
      plot.raster.line(
        last.x, last.y, x, plot.dotY(present), color: color, thickness: thickness,
        priority: priority)
    }
  }

  /// Says where and how the run ended, if it did not end well.
  private static func drawEnd(_ scene: Scene, plot: Plot, into canvas: inout Canvas) {
    guard case .diverged(let step, _) = scene.snapshot.status, !plot.area.isEmpty else { return }
    let place = plot.place(Double(step), plot.y.upper)
    let column = PlotMath.int(
      place.x.rounded(.down), in: plot.area.x...max(plot.area.x, plot.area.maxX - 1))
    let mark = scene.glyphs.mark("✗", ascii: "X")
    canvas.mark(
      mark, at: Point(x: column, y: plot.area.y), within: plot.area, foreground: scene.theme.bad,
      attributes: .bold)
    let text = "diverged at step \(NumberText.count(step))"
    let width = scene.glyphs.width(text)
    guard plot.area.width >= width + 4 else { return }
    let left = column - width - 1
    canvas.write(
      text, x: left >= plot.area.x ? left : min(column + 2, plot.area.maxX - width), y: plot.area.y,
      within: plot.area, glyphs: scene.glyphs, foreground: scene.theme.bad)
  }
}

/// Which steps and losses are shown.
private struct Extent {
  var firstStep: Double
  var lastStep: Double
  var axis: Axis
  var isLogarithmic: Bool

  /// Steps that are shown at least.
  private static let leastSteps = 10
  /// Losses that spread further have a logarithmic axis by themselves.
  private static let logarithmicRatio = 30.0

  /// Ghosts are seen up to so many times the greatest loss of the run itself.
  private static let ghostRatio = 1000.0

  /// Whether most of a curve would lie in the lowest fifth of a linear axis: a spike and a flat
  /// line.
  private static func isSpike(_ values: [Double], under high: Double) -> Bool {
    guard values.count >= 16, high > 0 else { return false }
    return values.sorted()[values.count * 3 / 4] < high / 5
  }

  init(_ scene: Scene) {
    let snapshot = scene.snapshot
    let zoom = max(1, scene.state.zoom.isFinite ? scene.state.zoom : 1)
    // A run that has hardly begun has room for its first steps.
    let own = Double(max(snapshot.newestStep ?? snapshot.step, zoom > 1 ? 1 : Extent.leastSteps))
    // Longer ghosts are followed for a while, so that what is new does not shrink to nothing.
    let longest = snapshot.ghosts.filter { !$0.isFuture }.map(\.lastStep).max() ?? 0
    lastStep = max(own, min(longest, max(4 * own, 200)))
    firstStep = zoom > 1 ? lastStep - lastStep / zoom : 0
    var low = Double.infinity
    var high = -Double.infinity
    var lowPositive = Double.infinity
    var trained: [Double] = []
    let curves = snapshot.history.series
    let seen = (first: firstStep, last: lastStep)
    /// The extremes of what is seen of a curve; those of ghosts only as far as `bound`.
    func take(_ series: History.Series, within bound: Double, isOwn: Bool) {
      for (index, bucket) in series.buckets.enumerated() {
        let end = Double(series.firstStep) + Double(index + 1) * Double(series.width) - 1
        guard end >= seen.first, end - Double(series.width) < seen.last else { continue }
        if isOwn, series.metric.samples == .train, bucket.last.isFinite {
          trained.append(bucket.last)
        }
        for value in [bucket.low, bucket.high, bucket.last]
        where value.isFinite && abs(value) <= bound {
          low = min(low, value)
          high = max(high, value)
          if value > 0 { lowPositive = min(lowPositive, value) }
        }
      }
    }
    for series in curves { take(series, within: .infinity, isOwn: true) }
    // Curves go on from the last measurement to the moment that is shown; before the first there is
    // a loss without a curve.
    var ahead = curves.filter { $0.end < snapshot.step }.compactMap { curve -> Double? in
      switch curve.metric.samples {
      case .train: snapshot.loss
      case .test: snapshot.testLoss
      default: nil
      }
    }
    if low > high { ahead.append(snapshot.loss) }
    for value in ahead where value.isFinite {
      low = min(low, value)
      high = max(high, value)
      if value > 0 { lowPositive = min(lowPositive, value) }
    }
    // A way that went far up does not make the run that is shown a line at the bottom.
    let bound = low <= high ? Extent.ghostRatio * max(abs(low), abs(high)) : .infinity
    for series in snapshot.ghosts.compactMap(\.mainSeries) {
      take(series, within: bound > 0 ? bound : .infinity, isOwn: false)
    }
    if low > high { (low, high, lowPositive) = (0, 1, 1) }
    let canBe = low >= 0 && lowPositive.isFinite && high > 0
    // Where the function falls below zero, a logarithmic axis would have to go just when the run
    // gets there.
    isLogarithmic =
      canBe
      && (scene.state.logarithmic
        ?? ((high / lowPositive > Extent.logarithmicRatio || Extent.isSpike(trained, under: high))
          && !scene.fallsBelowZero))
    if isLogarithmic {
      let span = max(0.3, PlotMath.log10(high) - PlotMath.log10(lowPositive))
      let margin = PlotMath.pow(10, span * 0.03)
      axis = Axis(lowPositive / margin, high * margin, scale: .logarithmic)
    } else {
      let floor = low >= 0 && low < 0.5 * high ? 0 : low
      let margin = high > floor ? (high - floor) * 0.04 : max(abs(high) * 0.1, 1e-300)
      axis = Axis(floor == 0 ? 0 : floor - margin, high + margin)
    }
  }
}

extension History.Series {
  /// The last step that its buckets cover.
  fileprivate var end: Int { firstStep + buckets.count * width - 1 }
}

extension Scene {
  /// Whether the function that is minimised is negative somewhere in its picture. Losses of models
  /// never are.
  fileprivate var fallsBelowZero: Bool {
    guard let ranges = functionRanges else { return false }
    return probes.value("loss.sign", for: snapshot.objectiveID) {
      let values =
        switch snapshot.objective.parameterCount {
        case 1: FunctionProbe.curve(of: snapshot, over: ranges.x, count: 513).values
        case 2:
          SurfaceProbe.surface(of: snapshot, x: ranges.x, y: ranges.y, columns: 48, rows: 48).values
        default: [Double]()
        }
      // Rounding may take a minimum of zero a little below it.
      let size = values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
      return values.contains { $0 < -1e-9 * size }
    }
  }
}
