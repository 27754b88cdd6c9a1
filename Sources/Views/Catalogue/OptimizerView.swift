import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// What the optimizer remembers of each parameter, and how far it moves each.
  package static let optimizer = View(
    name: "optimizer",
    summary: "The optimizer's memory per parameter (velocity, m, v) and the rate each one gets",
    role: .extra, suits: { _ in true },
    title: { "optimizer: " + (optimizers[$0.snapshot.experiment.optimizer.name]?.title ?? "") },
    readout: { scene in
      [optimizers[scene.snapshot.experiment.optimizer.name]?.formula ?? ""].filter { !$0.isEmpty }
    },
    draw: OptimizerView.draw)
}

private enum OptimizerView {
  /// Where the parameters stand, side by side, in each quantity's band.
  private struct Columns {
    var x: Int
    var width: Int
    /// Columns that a parameter has, a gap included.
    var each: Int
    var first: Int
    var shown: Int

    init(_ scene: Scene, _ area: Rect, nameWidth: Int) {
      let count = scene.snapshot.parameters.count
      x = area.x + nameWidth
      width = max(1, area.width - nameWidth)
      each = max(1, min(20, width / max(1, count)))
      shown = min(count, width / each)
      first = min(max(0, scene.state.scroll), max(0, count - shown))
    }

    /// Columns that a parameter's bar takes.
    var bar: Int { max(1, each - (each > 2 ? 1 : 0)) }
    /// Numbers and names stand below the bars where this many columns are a parameter's.
    var isRoomy: Bool { each >= 8 }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let snapshot = scene.snapshot
    guard !snapshot.gradient.isEmpty else {
      scene.note("no step yet", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    var rows: [(name: String, values: [Double])] = [
      (MemoryQuantity.gradient.name, snapshot.gradient)
    ]
    rows += snapshot.optimizerState.map { ($0.name, $0.values) }
    let columns = Columns(scene, area, nameWidth: area.width >= 40 ? 16 : 0)
    let hasNames = columns.isRoomy && area.height >= 3 * rows.count + 3
    // Each quantity gets a band of its own, as high as there is room: names and legend take a row
    // each.
    let footer = hasNames ? 2 : area.height >= 3 * rows.count + 1 ? 1 : 0
    let room = max(2 * rows.count, area.height - footer)
    for (index, row) in rows.enumerated() {
      let top = index * room / rows.count
      let height = (index + 1) * room / rows.count - top
      let band = Rect(
        x: columns.x, y: area.y + top, width: columns.width,
        height: height - (height >= 3 ? 1 : 0))
      guard band.maxY <= area.maxY else { break }
      drawBand(scene, row.name, row.values, columns, band, area, into: &canvas)
    }
    guard footer > 0 else { return }
    let legendRow = area.maxY - 1
    if hasNames {
      let names = snapshot.objective.parameterNames
      for place in 0..<columns.shown where columns.first + place < names.count {
        canvas.writeCut(
          names[columns.first + place], x: columns.x + place * columns.each,
          y: legendRow - 1, limit: columns.bar, within: area, glyphs: scene.glyphs,
          foreground: theme.muted)
      }
    }
    Legend([
      Legend.Entry(mark: "██", name: "positive", color: theme.classes[1]),
      Legend.Entry(mark: "██", name: "negative", color: theme.classes[0]),
    ]).draw(
      x: columns.x, y: legendRow, within: area, glyphs: scene.glyphs, text: theme.muted,
      into: &canvas)
    if columns.shown < snapshot.parameters.count {
      let text =
        "parameters \(columns.first + 1)–\(columns.first + columns.shown) of "
        + NumberText.count(snapshot.parameters.count)
      let width = scene.glyphs.width(text)
      if columns.width >= width + 30 {
        canvas.write(
          text, x: area.maxX - width, y: legendRow, within: area, glyphs: scene.glyphs,
          foreground: theme.muted)
      }
    }
  }

  /// One quantity: its name and greatest value at the left, a bar for each parameter, and its
  /// number where it fits.
  private static func drawBand(
    _ scene: Scene, _ name: String, _ values: [Double], _ columns: Columns, _ band: Rect,
    _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let most = values.filter(\.isFinite).reduce(0) { max($0, abs($1)) }
    if columns.x > area.x {
      let limit = columns.x - area.x - 1
      canvas.writeCut(
        name, x: area.x, y: band.y, limit: limit, within: area, glyphs: scene.glyphs,
        foreground: theme.text)
      if band.height >= 2 {
        canvas.writeCut(
          "max " + NumberText.compact(most, digits: 2), x: area.x, y: band.y + 1, limit: limit,
          within: area, glyphs: scene.glyphs, foreground: theme.muted)
      }
      for (line, text) in meaning(name, scene, width: limit).enumerated()
      where band.height >= 5 + line {
        canvas.writeCut(
          text, x: area.x, y: band.y + 3 + line, limit: limit, within: area,
          glyphs: scene.glyphs, foreground: theme.muted)
      }
    }
    let showsNumbers = columns.isRoomy && band.height >= 3
    let bars = band.inset(bottom: showsNumbers ? 1 : 0)
    for x in bars.x..<bars.maxX {
      canvas.mark(
        scene.glyphs.mark("─", ascii: "-"), at: Point(x: x, y: bars.maxY - 1), within: area,
        foreground: theme.grid)
    }
    for place in 0..<columns.shown where columns.first + place < values.count {
      let value = values[columns.first + place]
      let x = columns.x + place * columns.each
      if value.isFinite, most > 0 {
        for column in 0..<columns.bar {
          Bars.column(
            abs(value) / most, x: x + column, area: bars, color: theme.classes[value < 0 ? 0 : 1],
            glyphs: scene.glyphs, into: &canvas)
        }
      }
      if showsNumbers {
        let number = NumberText.compact(value, digits: 2)
        canvas.writeCut(
          scene.glyphs.width(number) <= columns.bar
            ? number : NumberText.scientific(value, digits: 1),
          x: x, y: bars.maxY, limit: columns.bar, within: area, glyphs: scene.glyphs,
          foreground: theme.text)
      }
    }
  }

  /// What a quantity is, in lines of at most `width` columns; none where the optimizer does not
  /// say.
  private static func meaning(_ name: String, _ scene: Scene, width: Int) -> [String] {
    let optimizer = scene.snapshot.experiment.optimizer
    guard let text = Optimizer.quantity(name, of: optimizer)?.meaning else { return [] }
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, scene.glyphs.width(last + " " + word) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
