import Metrics
import Terminal
import Views

/// The curves of a pane, its axes, and how they are drawn.
struct FollowCurves {
  /// One series of one run.
  struct Curve {
    var run: Int
    var name: String
    var series: MetricSeries
    var color: Color
    var isLeader: Bool
    /// The level at which it is smoothed.
    var level: Int
    /// What is taken off the clock.
    var start: Double
  }

  let follow: Follow
  let pane: FollowPane
  let curves: [Curve]
  let isLogarithmic: Bool
  let x: Axis
  let y: Axis
  /// What the clock counts: seconds, minutes, hours.
  let unit: (name: String, seconds: Double)

  /// Values that spread further have a logarithmic axis by themselves.
  private static let logarithmicRatio = 30.0
  /// Greater values are drawn at the border.
  private static let longest = 8e307
  /// Curves that have colours of their own.
  private static let mostColors = 8

  /// The curves of a pane.
  init(_ follow: Follow, _ pane: FollowPane) {
    self.follow = follow
    self.pane = pane
    let table = follow.frame.table
    let theme = follow.appearance.theme
    let runs = table.runs.indices.filter { !follow.hiddenRuns.contains($0) }
    var curves: [Curve] = []
    for run in runs {
      for (place, number) in pane.series.enumerated()
      where number < table.runs[run].series.count {
        guard let series = table.runs[run].series[number] else { continue }
        // Runs have colours; the series of one run, where there is only one, have them too.
        let index =
          table.runs.count == 1 ? place : pane.series.count == 1 ? run : curves.count
        let isFrequent = series.count >= 8 && series.count * 4 >= table.runs[run].rows
        let isNamed = table.runs.count > 1 && pane.series.count > 1
        let name =
          isNamed
          ? "\(table.runs[run].name) \(table.names[number])"
          : table.runs.count > 1 ? table.runs[run].name : table.names[number]
        curves.append(
          Curve(
            run: run, name: name, series: series,
            color: index < FollowCurves.mostColors ? theme.series(index) : theme.muted,
            isLeader: run == follow.leader && table.runs.count > 1,
            level: isFrequent && series.isNoisy ? follow.smoothing : 0,
            start: follow.isByClock ? follow.start(of: table.runs[run]) : 0))
      }
    }
    self.curves = curves
    unit = follow.unit
    x = FollowCurves.axis(follow, isByClock: follow.isByClock, unit: unit.seconds)

    // All that is seen, raw and smoothed.
    var low = Double.infinity
    var high = -Double.infinity
    var lowPositive = Double.infinity
    for curve in curves {
      for point in curve.series.points where point.count > 0 {
        let place = follow.isByClock ? (point.wall - curve.start) / unit.seconds : point.last
        guard place >= x.lower, place <= x.upper else { continue }
        low = min(low, point.low)
        high = max(high, point.high)
        for value in [point.low, point.high] where value > 0 {
          lowPositive = min(lowPositive, value)
        }
      }
    }
    if low > high { (low, high, lowPositive) = (0, 1, 1) }
    // An axis is as long as a double can say.
    low = min(max(low, -FollowCurves.longest), FollowCurves.longest)
    high = min(max(high, -FollowCurves.longest), FollowCurves.longest)
    let wantsGreatest = pane.series.contains {
      SeriesSense.wantsGreatest(table.names[$0])
    }
    isLogarithmic =
      high > 0 && lowPositive.isFinite
      && (follow.logarithmic[pane.name]
        ?? (low >= 0 && !wantsGreatest
          && high / lowPositive > FollowCurves.logarithmicRatio))
    if isLogarithmic {
      let span = max(0.3, PlotMath.log10(high) - PlotMath.log10(lowPositive))
      let margin = PlotMath.pow(10, span * 0.03)
      y = Axis(lowPositive / margin, high * margin, scale: .logarithmic)
    } else {
      let floor = low >= 0 && low < 0.5 * high ? 0 : low
      // Of a curve that does not move the axis is about its value; about 0 it reaches to 1.
      let margin = high > floor ? (high - floor) * 0.04 : high == 0 ? 1 : abs(high) * 0.1
      y = Axis(floor == 0 ? 0 : floor - margin, high + margin)
    }
  }

  /// The horizontal axis, which all panes share.
  private static func axis(_ follow: Follow, isByClock: Bool, unit: Double) -> Axis {
    var low = Double.infinity
    var high = -Double.infinity
    for (number, run) in follow.frame.table.runs.enumerated()
    where !follow.hiddenRuns.contains(number) {
      let start = isByClock ? follow.start(of: run) : 0
      for series in run.series {
        guard let series, let first = series.points.first, let last = series.last else { continue }
        low = min(low, isByClock ? 0 : first.first)
        high = max(high, isByClock ? (last.wall - start) / unit : last.last)
      }
    }
    if low > high { (low, high) = (0, 10) }
    low = min(max(low, -longest), longest)
    high = min(max(high, -longest), longest)
    if low > 0, low < 0.2 * high { low = 0 }
    // Beyond 2⁵³ one step more is the same double.
    high = max(high, low + (isByClock ? 1e-3 : 1), low + low.magnitude * 1e-15)
    guard follow.zoom > 1 else { return Axis(low, high, isWhole: !isByClock) }
    // Around the crosshair, or the newest part.
    let width = (high - low) / follow.zoom
    let middle = follow.cursor ?? high
    let first = min(high - width, max(low, middle - width / 2))
    return Axis(first, first + width, isWhole: !isByClock)
  }

  /// The plot in a pane's inside.
  func plot(in area: Rect) -> Plot {
    let appearance = follow.appearance
    var layout = Plot.Layout(
      label: appearance.theme.muted, grid: appearance.theme.grid, glyphs: appearance.glyphs)
    layout.isBold = appearance.theme.isBold
    layout.patterns = appearance.theme.patterns
    return Plot(in: area, x: x, y: y, layout: layout)
  }

  /// In the border.
  var readout: [String] {
    var parts: [String] = []
    let levels = Set(curves.map(\.level)).subtracting([0])
    if let level = levels.first {
      parts.append("smoothed \(NumberText.short(Smoothing.levels[level]))")
    }
    if isLogarithmic { parts.append("log") }
    let lost = curves.reduce(0) { $0 + $1.series.notFinite }
    if lost > 0 { parts.append("\(NumberText.count(lost)) not finite") }
    let below = curves.reduce(0) { $0 + $1.series.notPositive }
    if isLogarithmic, below > 0 { parts.append("▾ \(NumberText.count(below)) ≤ 0") }
    return parts
  }

  /// Draws axes, curves, crosshair and names.
  func draw(in area: Rect, isLarge: Bool, into canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    var plot = plot(in: area)
    plot.drawAxes(into: &canvas)
    let scale = Scale(plot)
    for curve in curves.sorted(by: { !$0.isLeader && $1.isLeader }) {
      draw(curve, scale, into: &plot)
    }
    plot.raster.paint(into: &canvas)
    drawMarks(plot, into: &canvas)
    drawCrosshair(plot, into: &canvas)
    if isLarge, follow.cursor != nil, area.width >= 50, area.height >= 8 {
      drawValues(plot, into: &canvas)
    } else if curves.count > 1, area.width >= 30, area.height >= 6 {
      Legend(curves.map { Legend.Entry(name: $0.name, color: $0.color) }).draw(
        in: plot, glyphs: follow.appearance.glyphs, text: follow.appearance.theme.text,
        into: &canvas)
    }
  }

  /// From values to dots, without a logarithm of the axis for each.
  private struct Scale {
    let x: (offset: Double, factor: Double)
    let y: (offset: Double, factor: Double)
    let isLogarithmic: Bool
    let width: Int
    let height: Int

    init(_ plot: Plot) {
      width = plot.raster.width
      height = plot.raster.height
      isLogarithmic = plot.y.scale == .logarithmic
      let spanX = Double(max(0, width - 1)) / (plot.x.upper - plot.x.lower)
      x = (0.5 - plot.x.lower * spanX, spanX)
      let low = isLogarithmic ? PlotMath.log10(plot.y.lower) : plot.y.lower
      let high = isLogarithmic ? PlotMath.log10(plot.y.upper) : plot.y.upper
      let spanY = Double(max(0, height - 1)) / (high - low)
      y = (0.5 + high * spanY, -spanY)
    }

    func dotX(_ value: Double) -> Double { x.offset + x.factor * value }

    /// Infinitely low for what a logarithmic axis cannot show.
    func dotY(_ value: Double) -> Double {
      guard isLogarithmic else { return y.offset + y.factor * value }
      return value > 0 ? y.offset + y.factor * PlotMath.log10(value) : .infinity
    }
  }

  /// What a column of dots holds of a curve.
  private struct Column {
    var first = Double.nan
    var last = Double.nan
    var low = Double.infinity
    var high = -Double.infinity
    var rawLow = Double.infinity
    var rawHigh = -Double.infinity
    var isBroken = false
  }

  private func draw(_ curve: Curve, _ scale: Scale, into plot: inout Plot) {
    let theme = follow.appearance.theme
    let faint = curve.color.mixed(with: theme.pane, 0.68)
    let isSmooth = curve.level > 0
    let thickness = curve.isLeader || curves.count == 1 ? plot.thickness : 1
    let priority: UInt8 = curve.isLeader ? 9 : 7
    var before: (x: Double, y: Double)?
    var column = Column()
    var place = Int.min

    func flush() {
      guard place != .min else { return }
      let x = Double(place) + 0.5
      if column.rawLow < column.rawHigh || isSmooth, column.rawLow <= column.rawHigh,
        !theme.isMonochrome || !isSmooth
      {
        let top = PlotMath.int(scale.dotY(column.rawHigh).rounded(.down), in: 0...scale.height)
        let bottom = PlotMath.int(
          scale.dotY(column.rawLow).rounded(.down), in: 0...max(0, scale.height - 1))
        for y in top..<max(top, bottom + 1) where (place + y) & 1 == 0 {
          plot.raster.set(x: place, y: y, color: faint, priority: 1)
        }
      }
      if column.isBroken { before = nil }
      guard !column.last.isNaN else { return }
      let (first, last) = (scale.dotY(column.first), scale.dotY(column.last))
      if let before, before.y.isFinite, first.isFinite {
        plot.raster.line(
          before.x, before.y, x, first, color: curve.color, thickness: thickness,
          priority: priority)
      }
      // Within a column a curve is as high as it went.
      let (top, bottom) = (scale.dotY(column.high), scale.dotY(column.low))
      if top.isFinite {
        plot.raster.line(
          x, top, x, bottom.isFinite ? bottom : top, color: curve.color, thickness: thickness,
          priority: priority)
      }
      before = (x, last)
    }

    for point in curve.series.points {
      let dot = scale.dotX(
        follow.isByClock ? (point.wall - curve.start) / unit.seconds : point.last)
      guard dot > -1, dot < Double(scale.width) + 1 else {
        if dot.isFinite { before = nil }
        continue
      }
      let at = Int(dot.rounded(.down))
      if at != place {
        flush()
        column = Column()
        place = at
      }
      if point.count > 0 {
        column.rawLow = min(column.rawLow, point.low)
        column.rawHigh = max(column.rawHigh, point.high)
      }
      let value = point.value(smoothedAt: curve.level)
      if value.isFinite {
        if column.first.isNaN { column.first = value }
        column.last = value
        column.low = min(column.low, value)
        column.high = max(column.high, value)
      } else if column.last.isNaN {
        column.isBroken = true
      }
    }
    flush()
  }

  /// `×` above what is not finite, `▾` below what a logarithmic axis cannot show.
  private func drawMarks(_ plot: Plot, into canvas: inout Canvas) {
    let appearance = follow.appearance
    let glyphs = appearance.glyphs
    for curve in curves where curve.series.notFinite > 0 || isLogarithmic {
      for point in curve.series.points {
        let isLow = isLogarithmic && point.count > 0 && point.low <= 0
        guard point.notFinite > 0 || isLow else { continue }
        let place = follow.isByClock ? (point.wall - curve.start) / unit.seconds : point.last
        let x = plot.place(place, plot.y.upper).x
        guard x >= Double(plot.area.x), x < Double(plot.area.maxX) else { continue }
        if point.notFinite > 0 {
          canvas.mark(
            glyphs.mark("×", ascii: "x"), at: Point(x: Int(x), y: plot.area.y),
            within: plot.area, foreground: appearance.theme.bad)
        }
        if isLow {
          canvas.mark(
            glyphs.mark("▾", ascii: "v"), at: Point(x: Int(x), y: plot.area.maxY - 1),
            within: plot.area, foreground: curve.color)
        }
      }
    }
  }

  private func drawCrosshair(_ plot: Plot, into canvas: inout Canvas) {
    guard let cursor = follow.cursor, !plot.area.isEmpty else { return }
    let x = plot.place(cursor, plot.y.upper).x
    guard x >= Double(plot.area.x) - 0.5, x < Double(plot.area.maxX) + 0.5 else { return }
    let column = min(plot.area.maxX - 1, max(plot.area.x, Int(x)))
    for row in plot.area.y..<plot.area.maxY {
      canvas.mark(
        follow.appearance.glyphs.mark("┊", ascii: "|"), at: Point(x: column, y: row),
        within: plot.area, foreground: follow.appearance.theme.text)
    }
  }

  /// The crosshair's values, in the upper right corner or, where it stands there, the left.
  private func drawValues(_ plot: Plot, into canvas: inout Canvas) {
    guard let cursor = follow.cursor else { return }
    let appearance = follow.appearance
    let theme = appearance.theme
    let shown = Array(curves.prefix(max(1, plot.area.height - 2)))
    let nameWidth = min(20, shown.map { appearance.width($0.name) }.max() ?? 0)
    let isSmooth = shown.contains { $0.level > 0 }
    let width = 3 + max(nameWidth, 9) + 9 + (isSmooth ? 9 : 0)
    let isRight = plot.place(cursor, plot.y.upper).x < Double(plot.area.maxX - width - 2)
    let left = isRight ? plot.area.maxX - width - 1 : plot.area.x + 1
    let box = Rect(x: left, y: plot.area.y, width: width, height: shown.count + 1)
    canvas.fill(
      box.intersection(plot.area), with: appearance.paneBlank)
    func write(_ text: String, _ column: Int, _ row: Int, right: Bool, _ color: Color) {
      canvas.write(
        text, x: right ? column - appearance.width(text) : column, y: row, within: plot.area,
        glyphs: appearance.glyphs, foreground: color)
    }
    let head =
      follow.isByClock
      ? "\(NumberText.compact(cursor)) \(unit.name)" : "step \(FollowNotes.step(cursor))"
    write(head, left, box.y, right: false, theme.text)
    if isSmooth {
      write("smooth", left + width - 9, box.y, right: true, theme.muted)
      write("raw", left + width, box.y, right: true, theme.muted)
    }
    for (index, curve) in shown.enumerated() {
      let row = box.y + 1 + index
      write("━━", left, row, right: false, curve.color)
      canvas.writeCut(
        curve.name, x: left + 3, y: row, limit: max(nameWidth, 9), within: plot.area,
        glyphs: appearance.glyphs, foreground: theme.text)
      guard
        let point = follow.place(
          of: curve.series, in: follow.frame.table.runs[curve.run], at: cursor)
      else {
        write("—", left + width, row, right: true, theme.muted)
        continue
      }
      if isSmooth {
        write(
          NumberText.compact(point.value(smoothedAt: curve.level)), left + width - 9, row,
          right: true, theme.text)
        write(NumberText.compact(point.value), left + width, row, right: true, theme.muted)
      } else {
        write(NumberText.compact(point.value), left + width, row, right: true, theme.text)
      }
    }
  }
}
