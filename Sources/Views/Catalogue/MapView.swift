import Lanes
import Models
import Terminal
import Training

extension View {
  /// A run a pixel, over two settings.
  package static let map = View(
    name: "map",
    summary:
      "A run a pixel over two settings: where it converges, how well, where the limit lies",
    axes: Axes(canBeLogarithmic: true, canZoom: true),
    role: .asked,
    holdsAllMoments: { _ in true },
    isLogarithmic: { MapView.isLogarithmic($0) },
    suits: { _ in true },
    title: MapView.title,
    readout: MapView.readout,
    pick: MapView.pick,
    draw: MapView.draw)
}

private enum MapView {
  private struct Key: Hashable, Sendable {
    var map: RunID
    var bounds: [Double]
    var columns: Int
    var rows: Int
  }

  /// The most steps times samples times parameters of a whole map; where pixels are dearer they are
  /// larger.
  private static let budget = 100_000_000_000.0

  static func title(_ scene: Scene) -> String {
    guard let map = scene.snapshot.many.map else { return "map" }
    return "\(map.x.key) across, \(map.y.key) up"
  }

  /// What is shown of each run: the map's own measure first, `d` goes on.
  private static func measure(_ scene: Scene, _ map: RunMap) -> MapMeasure {
    let all =
      [map.measure] + MapMeasure.allCases.filter { $0 != map.measure && !$0.watchesLosses }
    return all[max(0, scene.state.selection) % all.count]
  }

  private static func plot(_ scene: Scene, _ map: RunMap, _ area: Rect) -> Plot {
    let x = scene.zoomed(map.x.places, axis: 0)
    let y = scene.zoomed(map.y.places, axis: 1)
    func axis(_ axis: RunMap.Axis, _ range: ClosedRange<Double>) -> Axis {
      guard axis.isLogarithmic else { return Axis(range.lowerBound, range.upperBound) }
      let (low, high) = (PlotMath.pow(10, range.lowerBound), PlotMath.pow(10, range.upperBound))
      guard low > 0, high.isFinite, low < high else { return Axis(1, 10, scale: .logarithmic) }
      return Axis(low, high, scale: .logarithmic)
    }
    return Plot(
      in: area, x: axis(map.x, x), y: axis(map.y, y),
      layout: scene.layout(grid: false, isMap: true, footer: area.height >= 10 ? 2 : 0))
  }

  private static func picture(_ scene: Scene, _ map: RunMap, _ plot: Plot) -> MapPicture? {
    let x = scene.zoomed(map.x.places, axis: 0)
    let y = scene.zoomed(map.y.places, axis: 1)
    let cost = max(1, map.cost(scene.snapshot.objective))
    var size = 1
    while size < 8,
      Double(plot.area.width / size * plot.area.height * 2 / size) * cost > budget
    {
      size *= 2
    }
    let columns = max(1, plot.area.width / size)
    let rows = max(1, plot.area.height * 2 / size)
    let key = Key(
      map: map.id, bounds: [x.lowerBound, x.upperBound, y.lowerBound, y.upperBound],
      columns: columns, rows: rows)
    // What was seen before stays until the runs of the new part are known.
    let last: MapPicture? = scene.probes.latest("map") ?? scene.probes.latest("map.before")
    let before = scene.probes.value("map.before", for: key) {
      MapPicture(columns: columns, rows: rows, x: x, y: y, map: map.id, after: last)
    }
    let made = Locked<MapPicture?>(nil)
    @Sendable func stage(_ count: Int) -> @Sendable () -> MapPicture {
      {
        var picture = made.withLock { $0 } ?? before
        for _ in 0..<count { picture = picture.finer(map) }
        let result = picture
        made.withLock { $0 = result }
        return result
      }
    }
    // Where nobody works beside, only the last stage is asked for: it does all.
    let stages = (1..<MapPicture.stages).map { _ in stage(1) }
    let whole: @Sendable () -> MapPicture = {
      made.withLock { $0 == nil } ? stage(MapPicture.stages)() : stage(1)()
    }
    return scene.probes.refined("map", for: key, stages: stages + [whole])
      ?? (before.shown.contains { $0 != nil } ? before : nil)
  }

  // MARK: Colours

  /// The numbers that the colours have to tell apart.
  private struct Scale {
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
  private static func value(
    _ ending: RunEnding, _ measure: MapMeasure, _ map: RunMap
  ) -> Double? {
    if measure == .steps, ending.step >= map.steps { return nil }
    return measure.value(of: ending)
  }

  private static func scale(
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

  // MARK: Places

  private static func pixel(
    _ picture: MapPicture, _ plot: Plot, _ place: Point
  ) -> (column: Int, row: Int)? {
    guard plot.area.contains(place) else { return nil }
    return (
      min(picture.columns - 1, (place.x - plot.area.x) * picture.columns / plot.area.width),
      min(picture.rows - 1, (place.y - plot.area.y) * picture.rows / plot.area.height)
    )
  }

  static func pick(_ scene: Scene, _ area: Rect, _ place: Point) -> View.Pick {
    guard let map = scene.snapshot.many.map, !area.isEmpty else { return .nothing }
    let plot = plot(scene, map, area)
    guard let picture = picture(scene, map, plot), let pixel = pixel(picture, plot, place) else {
      return .nothing
    }
    let at = picture.place(column: pixel.column, row: pixel.row)
    return .run([at.x, at.y])
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let map = scene.snapshot.many.map else { return [] }
    let measure = measure(scene, map)
    var parts: [String] = []
    if let cursor = scene.state.cursor, cursor.count == 2 {
      parts.append("┊ \(text(cursor[0], map.x)), \(text(cursor[1], map.y))")
    }
    parts.append(name(measure, map))
    return parts
  }

  /// The value at a place of an axis, for people.
  private static func text(_ place: Double, _ axis: RunMap.Axis) -> String {
    let value = axis.value(at: place)
    return axis.isWhole ? NumberText.trimmed(Scene.number(value)) : Scene.number(value)
  }

  private static func name(_ measure: MapMeasure, _ map: RunMap) -> String {
    switch measure {
    case .loss: "loss after \(NumberText.count(map.steps)) steps"
    case .accuracy: "share right"
    case .steps: "steps until it stopped"
    case .diverged: "diverged"
    case .end: "where it ends"
    case .convergence: "converged in \(NumberText.count(map.steps)) steps or not, and how fast"
    }
  }

  // MARK: Drawing

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
  private static func best(
    _ picture: MapPicture, _ measure: MapMeasure
  ) -> (column: Int, row: Int, value: Double)? {
    switch measure {
    case .end, .diverged, .convergence: nil
    case .loss, .accuracy, .steps: picture.best(measure)
    }
  }

  /// The colour of runs that diverged.
  private static func diverged(_ theme: Theme) -> Color { theme.pane.mixed(with: theme.bad, 0.25) }

  private static func drawPixels(
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
  private static func drawBorder(
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

  private static func drawFooter(
    _ scene: Scene, _ map: RunMap, _ picture: MapPicture, _ measure: MapMeasure, _ scale: Scale?,
    _ plot: Plot, _ area: Rect, into canvas: inout Canvas
  ) {
    guard area.height >= 10 else { return }
    let theme = scene.theme
    let y = area.maxY - 2
    func number(_ value: Double) -> String { Scene.number(value) }
    var words: [(String, Color)] = []
    if let cursor = scene.state.cursor, cursor.count == 2 {
      words.append(("○ ", theme.text))
      words.append((described(cursor, picture, measure, map) + "   ", theme.text))
    }
    if let best = best(picture, measure) {
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
    for (text, color) in words where x < area.maxX {
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
    x = area.x
    for (text, color) in [(state + "   ", theme.muted)] + legend(map, picture, measure, theme)
    where x < area.maxX {
      canvas.writeCut(
        text, x: x, y: y + 1, limit: area.maxX - x, within: area, glyphs: scene.glyphs,
        foreground: color)
      x += scene.glyphs.width(text)
    }
    guard let scale, scale.high > scale.low else { return }
    let (low, high) = scale.isReversed ? (scale.high, scale.low) : (scale.low, scale.high)
    ColorBar.draw(
      theme.landscape, low: number(low), high: number(high), width: max(4, min(24, area.width / 5)),
      right: area.maxX, y: y + 1,
      within: Rect(x: x + 2, y: y + 1, width: area.maxX - x - 2, height: 1),
      shading: scene.shading, glyphs: scene.glyphs, text: theme.muted, into: &canvas)
  }

  /// What colours mean.
  private static func legend(
    _ map: RunMap, _ picture: MapPicture, _ measure: MapMeasure, _ theme: Theme
  ) -> [(String, Color)] {
    guard measure == .convergence else {
      return [("▀▀", diverged(theme)), (" diverged", theme.muted)]
        + (measure == .steps ? [("   ▀▀", theme.grid), (" not there", theme.muted)] : [])
    }
    let colors = ConvergenceShades.palette(theme)
    var legend = [
      ("▀▀", colors[colors.count / 2 - 1]), (" converged   ", theme.muted),
      ("▀▀", colors[colors.count - 1]), (" not", theme.muted),
    ]
    if map.x.isLogarithmic, map.y.isLogarithmic {
      func size(_ range: ClosedRange<Double>, _ count: Int) -> String {
        Scene.number((range.upperBound - range.lowerBound) / Double(count) * 2.302585092994046)
      }
      legend.append(
        (
          "   a pixel: \(size(picture.x, picture.columns)) × \(size(picture.y, picture.rows))"
            + " in ln η", theme.muted
        ))
    }
    return legend
  }

  /// What the run under the cursor came to.
  private static func described(
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

extension RunMap.Axis {
  /// The value at a place, between whole ones too: where it lies on the picture's axis.
  fileprivate func valueExactly(_ place: Double) -> Double {
    isLogarithmic ? PlotMath.pow(10, place) : place
  }
}
