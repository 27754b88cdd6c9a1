import Terminal
import Training

/// Curves over one axis with their names below: measured ones as lines, what a theory says dotted.
struct CurvePlot {
  /// One curve.
  struct Curve {
    var name: String
    var xs: [Double]
    var ys: [Double]
    var color: Color
    /// What a formula says, not the run.
    var isDotted = false
    /// Above other curves.
    var isChief = true
  }

  var curves: [Curve] = []
  /// What is laid across.
  var xName = "step"
  /// Values across at which a line stands, with a name.
  var marks: [(x: Double, name: String)] = []
  /// Heights at which a line of dots lies.
  var levels: [Double] = []
  var isLogarithmicX = false
  var isLogarithmicY = false
  /// Bounds of the y axis where they are known beforehand.
  var yRange: ClosedRange<Double>?
  /// Beyond this much of the middle of what is seen, curves leave the picture; nil: all fits.
  var yCeiling: Double?
  /// What is written at the end of the row of names.
  var words = ""

  /// Draws everything into `area`.
  func draw(_ scene: Scene, _ area: Rect, into canvas: inout Canvas) {
    let names = rowsOfNames(
      width: area.width, most: area.height >= 8 ? 2 : area.height >= 7 ? 1 : 0, scene.glyphs)
    let footer = area.height >= 7 ? max(1, names.count) : 0
    let room = Rect(x: area.x, y: area.y, width: area.width, height: area.height - footer)
    let xs = curves.flatMap(\.xs).filter { $0.isFinite && (!isLogarithmicX || $0 > 0) }
    guard let first = xs.min(), let last = xs.max() else { return }
    var plot = Plot(
      in: room,
      x: isLogarithmicX
        ? Axis(first, max(last, first * 2), scale: .logarithmic, isWhole: true).named(xName)
        : Axis(first, max(last, first + 1)).named(xName),
      y: yAxis, layout: scene.layout(header: marks.isEmpty || room.height < 8 ? 0 : 1))
    plot.drawAxes(into: &canvas)
    let theme = scene.theme
    for level in levels where level >= plot.y.lower && level <= plot.y.upper {
      for dot in stride(from: 0, to: plot.raster.width, by: 3) {
        plot.raster.plot(Double(dot), plot.dotY(level), color: theme.muted, priority: 1)
      }
    }
    for mark in marks {
      for dot in stride(from: 0, to: plot.raster.height, by: 2) {
        plot.raster.plot(plot.dotX(mark.x), Double(dot), color: theme.muted, priority: 1)
      }
    }
    for curve in curves {
      let xs = curve.xs.map { isLogarithmicX && $0 <= 0 ? first : $0 }
      let ys = curve.ys.map { height in
        isLogarithmicY && !(height > 0) ? .nan : min(height, plot.y.upper * 1.5 + 1)
      }
      if curve.isDotted {
        dots(xs, ys, curve.color, in: &plot)
      } else {
        plot.curve(
          xs, ys, color: curve.color, thickness: curve.isChief ? plot.thickness : 1,
          priority: curve.isChief ? 8 : 4)
      }
    }
    plot.raster.paint(into: &canvas)
    for mark in marks {
      guard room.height >= 8, let cell = plot.cell(mark.x, plot.y.upper) else { continue }
      canvas.writeCut(
        mark.name, x: max(room.x, cell.x - scene.glyphs.width(mark.name) / 2), y: room.y,
        limit: area.maxX - cell.x + scene.glyphs.width(mark.name) / 2, within: room,
        glyphs: scene.glyphs, foreground: theme.muted)
    }
    guard footer > 0 else { return }
    drawNames(
      scene, names, Rect(x: area.x, y: room.maxY, width: area.width, height: footer), into: &canvas)
  }

  /// Dots two by two along a curve, at even distances across the picture, above what was measured:
  /// a good theory lies on it.
  private func dots(_ xs: [Double], _ ys: [Double], _ color: Color, in plot: inout Plot) {
    var before: (x: Double, y: Double)?
    var walked = 0.0
    for (x, y) in zip(xs, ys) {
      let here = (x: plot.dotX(x), y: plot.dotY(y))
      guard here.x.isFinite, here.y.isFinite else {
        before = nil
        continue
      }
      if let before {
        let (dx, dy) = (here.x - before.x, here.y - before.y)
        let length = max(abs(dx), abs(dy))
        let count = min(4000, Int(length.rounded(.up)))
        for index in 0..<max(0, count) {
          let share = Double(index) / Double(count)
          if Int(walked + share * length) % 6 < 2 {
            plot.raster.plot(
              before.x + share * dx, before.y + share * dy, color: color, priority: 9)
          }
        }
        walked += length
      }
      before = here
    }
  }

  private var yAxis: Axis {
    if let yRange {
      return Axis(
        yRange.lowerBound, yRange.upperBound, scale: isLogarithmicY ? .logarithmic : .linear)
    }
    var seen = curves.flatMap(\.ys).filter {
      $0.isFinite && abs($0) < 1e100 && (!isLogarithmicY || $0 > 0)
    }
    if let yCeiling { seen = seen.filter { $0 <= yCeiling } }
    let (low, high) = (seen.min() ?? 0, seen.max() ?? 1)
    if isLogarithmicY { return Axis(max(low, high * 1e-12) / 1.3, high * 1.3, scale: .logarithmic) }
    let margin = max((high - low) * 0.06, abs(high) * 0.01, 1e-12)
    return Axis(low >= 0 ? 0 : low - margin, high + margin)
  }

  /// The names in as many rows as they need, what was measured first, what a theory says after it;
  /// what `most` rows do not hold is told by its count.
  private func rowsOfNames(width: Int, most: Int, _ glyphs: GlyphSet) -> [Legend] {
    var seen: Set<String> = []
    let named = curves.filter { seen.insert($0.name).inserted && !$0.name.isEmpty }
    let entries = (named.filter { !$0.isDotted } + named.filter(\.isDotted)).map {
      Legend.Entry(mark: $0.isDotted ? "┄┄" : "━━", name: $0.name, color: $0.color)
    }
    return Legend(entries).rows(width: width, most: most, glyphs)
  }

  private func drawNames(
    _ scene: Scene, _ rows: [Legend], _ area: Rect, into canvas: inout Canvas
  ) {
    for (index, legend) in rows.enumerated() {
      legend.draw(
        x: area.x, y: area.y + index, within: area, glyphs: scene.glyphs,
        text: scene.theme.muted, into: &canvas)
    }
    let row = Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1)
    let legend = rows.last ?? Legend([])
    let start = row.x + legend.width(scene.glyphs) + 3
    guard !words.isEmpty, row.maxX - start >= min(20, scene.glyphs.width(words)) else { return }
    canvas.writeCut(
      words, x: start, y: row.y, limit: row.maxX - start, within: row, glyphs: scene.glyphs,
      foreground: scene.theme.text)
  }
}

/// A moment of a run, by which traces are kept.
struct TraceKey: Hashable {
  private var run: RunID
  private var step: Int
  private var changes: Int

  /// The moment of a snapshot.
  init(_ snapshot: Snapshot) {
    run = snapshot.run
    step = snapshot.step
    changes = snapshot.changes.count
  }
}
