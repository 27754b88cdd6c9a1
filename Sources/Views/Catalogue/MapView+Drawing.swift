import Lanes
import Models
import Terminal
import Training

extension MapView {
  /// The numbers that the colours have to tell apart.
  struct Scale {
    var low: Double
    var high: Double
    var isLogarithmic: Bool
    /// Whether the bright end is the low one.
    var isReversed: Bool

    func share(_ value: Double) -> Double {
      guard high > low else { return 0.5 }
      let share =
        isLogarithmic
        ? (PlotMath.log10(value) - PlotMath.log10(low))
          / (PlotMath.log10(high) - PlotMath.log10(low))
        : (value - low) / (high - low)
      return isReversed ? 1 - share : share
    }
  }

  /// The number of a run; of steps to a level none where it was not reached.
  static func value(
    _ ending: RunEnding, _ measure: MapMeasure, _ map: RunMap
  ) -> Double? {
    if measure == .steps, ending.step >= map.steps { return nil }
    return measure.value(of: ending)
  }

  static func scale(
    _ scene: Scene, _ map: RunMap, _ picture: MapPicture, _ measure: MapMeasure
  ) -> Scale? {
    if measure == .convergence { return nil }
    let values = picture.shown.compactMap { $0.flatMap { value($0, measure, map) } }.sorted()
    guard let low = values.first, let high = values.last else { return nil }
    // A few runs far off would take all colours.
    let top = values[min(values.count - 1, values.count * 98 / 100)]
    let canBe = low > 0
    let isLogarithmic =
      canBe && measure != .end && measure != .diverged && measure != .accuracy
      && (scene.state.logarithmic ?? (high > 30 * low))
    return Scale(
      low: low, high: isLogarithmic ? high : max(top, low), isLogarithmic: isLogarithmic,
      isReversed: !measure.moreIsBetter && measure != .end)
  }

  static func isLogarithmic(_ scene: Scene) -> Bool {
    if let wanted = scene.state.logarithmic { return wanted }
    return scene.snapshot.many.map.map { measure(scene, $0) == .steps } ?? false
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let map = scene.snapshot.many.map else {
      scene.note(
        "in the palette: map learning_rate 1e-3..10, momentum 0..0.99", in: area, into: &canvas)
      return
    }
    let plot = plot(scene, map, area)
    guard !plot.area.isEmpty else { return }
    guard let picture = picture(scene, map, plot) else {
      scene.note("running the first runs of the map", in: area, into: &canvas)
      return
    }
    let measure = measure(scene, map)
    let scale = scale(scene, map, picture, measure)
    if scale == nil, measure != .convergence, picture.shown.contains(where: { $0 != nil }),
      !picture.shown.contains(where: { $0?.isDiverged == true })
    {
      scene.note("\(measure.rawValue): these runs have none", in: area, into: &canvas)
      return
    }
    drawPixels(scene, map, picture, measure, scale, plot, into: &canvas)
    plot.drawAxes(into: &canvas)
    drawBorder(scene, map, picture, plot, into: &canvas)
    if let best = best(picture, measure) {
      let at = picture.place(column: best.column, row: best.row)
      if let cell = plot.cell(map.x.valueExactly(at.x), map.y.valueExactly(at.y)) {
        canvas.mark(
          scene.glyphs.mark("◆", ascii: "*"), at: cell, within: plot.area,
          foreground: scene.theme.onMap, attributes: .bold)
      }
    }
    if let cursor = scene.state.cursor, cursor.count == 2,
      let cell = plot.cell(map.x.valueExactly(cursor[0]), map.y.valueExactly(cursor[1]))
    {
      canvas.mark(
        scene.glyphs.mark("○", ascii: "o"), at: cell, within: plot.area,
        foreground: scene.theme.onMap, attributes: .bold)
    }
    drawFooter(scene, map, picture, measure, scale, plot, area, into: &canvas)
  }

  /// The best pixel of measures of which one is better than another.
  static func best(
    _ picture: MapPicture, _ measure: MapMeasure
  ) -> (column: Int, row: Int, value: Double)? {
    switch measure {
    case .end, .diverged, .convergence: nil
    case .loss, .accuracy, .steps: picture.best(measure)
    }
  }

  /// The colour of runs that diverged.
  static func diverged(_ theme: Theme) -> Color { theme.pane.mixed(with: theme.bad, 0.25) }

  static func drawPixels(
    _ scene: Scene, _ map: RunMap, _ picture: MapPicture, _ measure: MapMeasure, _ scale: Scale?,
    _ plot: Plot, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let shades = measure == .convergence ? ConvergenceShades(picture) : nil
    let ramp = shades == nil ? theme.landscape.colors : ConvergenceShades.palette(theme)
    let steps = ramp.count
    // The last two colours: diverged, and no such number.
    let palette =
      ramp + [
        diverged(theme), theme.pane.mixed(with: theme.grid, 0.6),
      ]
    let width = plot.area.width * 2
    let height = plot.area.height * 2
    var levels = [UInt8](repeating: HeatMap.none, count: width * height)
    for y in 0..<height {
      let row = y * picture.rows / height
      for x in 0..<width {
        let column = x * picture.columns / width
        guard let ending = picture.ending(column: column, row: row) else { continue }
        let level: Int
        if let shades, let value = measure.value(of: ending) {
          level = shades.level(value)
        } else if let value = value(ending, measure, map), let scale {
          level = PlotMath.int(
            (scale.share(value) * Double(steps - 1)).rounded(), in: 0...(steps - 1))
        } else {
          level = ending.isDiverged ? steps : steps + 1
        }
        levels[y * width + x] = UInt8(level)
      }
    }
    HeatMap.draw(
      levels, palette: palette, blank: theme.pane, shading: scene.shading, into: &canvas,
      area: plot.area)
    guard theme.isMonochrome || scene.glyphs == .ascii else { return }
    // Brightness alone would not tell runs that diverged from good ones.
    for row in 0..<plot.area.height {
      for column in 0..<plot.area.width where levels[2 * row * width + 2 * column] == UInt8(steps) {
        canvas.mark(
          scene.glyphs.mark("╱", ascii: "/"),
          at: Point(x: plot.area.x + column, y: plot.area.y + row), within: plot.area,
          foreground: theme.muted)
      }
    }
  }

  /// The optimizer's own limit of the rate, for each value of the other setting.
  static func drawBorder(
    _ scene: Scene, _ map: RunMap, _ picture: MapPicture, _ plot: Plot,
    into canvas: inout Canvas
  ) {
    guard scene.snapshot.objective.sampleCount == 0 else { return }
    let isAcross = map.x.key == "learning_rate"
    guard isAcross || map.y.key == "learning_rate",
      let best = picture.best(.loss),
      let end = picture.endings[best.row * picture.columns + best.column]?.parameters
    else { return }
    let count = isAcross ? picture.rows : picture.columns
    let key = Key(
      map: map.id,
      bounds: [
        picture.x.lowerBound, picture.x.upperBound, picture.y.lowerBound, picture.y.upperBound,
      ] + end, columns: picture.columns, rows: picture.rows)
    let limits: [Double?] = scene.probes.value("map.border", for: key) {
      (0..<count).map { index in
        let at = picture.place(column: isAcross ? 0 : index, row: isAcross ? index : 0)
        return map.rateLimit(
          at: isAcross ? map.y.value(at: at.y) : map.x.value(at: at.x), parameters: end)
      }
    }
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    var last: (x: Double, y: Double)?
    for index in 0..<count {
      guard let limit = limits[index], limit > 0 else {
        last = nil
        continue
      }
      let at = picture.place(column: isAcross ? 0 : index, row: isAcross ? index : 0)
      let x = isAcross ? plot.dotX(limit) : plot.dotX(map.x.valueExactly(at.x))
      let y = isAcross ? plot.dotY(map.y.valueExactly(at.y)) : plot.dotY(limit)
      guard x.isFinite, y.isFinite else { continue }
      if let last {
        raster.line(last.x, last.y, x, y, color: scene.theme.onMap)
      }
      last = (x, y)
    }
    raster.paint(into: &canvas)
  }

  static func drawFooter(
    _ scene: Scene, _ map: RunMap, _ picture: MapPicture, _ measure: MapMeasure, _ scale: Scale?,
    _ plot: Plot, _ area: Rect, into canvas: inout Canvas
  ) {
    let count = footerRows(area)
    guard count > 0 else { return }
    let theme = scene.theme
    let y = area.maxY - 2
    func number(_ value: Double) -> String { Scene.number(value) }
    var words: [(String, Color)] = []
    if let cursor = scene.state.cursor, cursor.count == 2 {
      words.append(("○ ", theme.text))
      words.append((described(cursor, picture, measure, map) + "   ", theme.text))
    }
    let best = best(picture, measure)
    if let best {
      let at = picture.place(column: best.column, row: best.row)
      words.append(("◆ ", theme.text))
      words.append(
        (
          "best \(number(best.value)) at \(map.x.key) \(text(at.x, map.x)), "
            + "\(map.y.key) \(text(at.y, map.y))", theme.good
        ))
    } else if !picture.endings.contains(where: { $0?.isDiverged == false }), picture.count > 0 {
      words.append(
        ("no run of \(NumberText.count(picture.count)) converged: < zooms out", theme.bad))
    }
    var x = area.x
    for (text, color) in words where x < area.maxX && count > 1 {
      canvas.writeCut(
        text, x: x, y: y, limit: area.maxX - x, within: area, glyphs: scene.glyphs,
        foreground: color)
      x += scene.glyphs.width(text)
    }
    let total = picture.columns * picture.rows
    let state =
      picture.count < total
      ? "\(NumberText.count(picture.count)) of \(NumberText.count(total)) runs"
      : "\(NumberText.count(total)) runs"
    // What colours mean comes first, and no word of it is cut.
    // Where the words about the best run have no room, its mark is told here.
    let isTold = count > 1 && words.reduce(0) { $0 + scene.glyphs.width($1.0) } <= area.width
    let mark = [("   ◆", theme.text), (" best", theme.muted)]
    let parts =
      legend(map, picture, measure, theme) + (best == nil || isTold ? [] : [mark])
      + [[("   " + state, theme.muted)]]
    x = area.x
    for part in parts {
      let width = part.reduce(0) { $0 + scene.glyphs.width($1.0) }
      guard x + width <= area.maxX else { continue }
      for (text, color) in part {
        x += canvas.write(
          text, x: x, y: y + 1, within: area, glyphs: scene.glyphs, foreground: color)
      }
    }
    guard let scale, scale.high > scale.low else { return }
    let (low, high) = scale.isReversed ? (scale.high, scale.low) : (scale.low, scale.high)
    ColorBar.draw(
      theme.landscape, low: number(low), high: number(high), width: max(4, min(24, area.width / 5)),
      right: area.maxX, y: y + 1,
      within: Rect(x: x + 2, y: y + 1, width: area.maxX - x - 2, height: 1),
      shading: scene.shading, glyphs: scene.glyphs, text: theme.muted, into: &canvas)
  }

  /// What colours mean, part by part.
  static func legend(
    _ map: RunMap, _ picture: MapPicture, _ measure: MapMeasure, _ theme: Theme
  ) -> [[(String, Color)]] {
    guard measure == .convergence else {
      return [[("▀▀", diverged(theme)), (" diverged", theme.muted)]]
        + (measure == .steps ? [[("   ▀▀", theme.grid), (" not there", theme.muted)]] : [])
    }
    let colors = ConvergenceShades.palette(theme)
    var legend = [
      [("▀▀", colors[colors.count / 2 - 1]), (" converged", theme.muted)],
      [("   ▀▀", colors[colors.count - 1]), (" not", theme.muted)],
    ]
    if map.x.isLogarithmic, map.y.isLogarithmic {
      func size(_ range: ClosedRange<Double>, _ count: Int) -> String {
        Scene.number((range.upperBound - range.lowerBound) / Double(count) * 2.302585092994046)
      }
      legend.append([
        (
          "   a pixel: \(size(picture.x, picture.columns)) × \(size(picture.y, picture.rows))"
            + " in ln η", theme.muted
        )
      ])
    }
    return legend
  }

  /// What the run under the cursor came to.
  static func described(
    _ cursor: [Double], _ picture: MapPicture, _ measure: MapMeasure, _ map: RunMap
  ) -> String {
    func index(_ place: Double, _ range: ClosedRange<Double>, _ count: Int) -> Int {
      let share = (place - range.lowerBound) / (range.upperBound - range.lowerBound)
      return PlotMath.int((share * Double(count)).rounded(.down), in: 0...(count - 1))
    }
    let column = index(cursor[0], picture.x, picture.columns)
    let row = picture.rows - 1 - index(cursor[1], picture.y, picture.rows)
    guard let ending = picture.ending(column: column, row: row) else { return "not there yet" }
    if measure == .convergence {
      return measure.value(of: ending).map(ConvergenceShades.words) ?? "not there"
    }
    if ending.isDiverged { return "diverges at step \(NumberText.count(ending.step))" }
    guard let value = value(ending, measure, map) else { return "not there" }
    return "\(measure.rawValue) \(Scene.number(value))"
  }
}
