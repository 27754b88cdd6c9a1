import Doctor
import Lanes
import Terminal
import Views

/// Draws the picture that proves a finding.
struct ProofPicture {
  /// What is drawn.
  let proof: Proof
  /// The step since when something is wrong.
  let since: Int
  /// Colours and characters.
  let appearance: Appearance

  private var theme: Theme { appearance.theme }

  /// Draws it into `area`, its title in the first row.
  func draw(in area: Rect, into canvas: inout Canvas) {
    guard area.width >= 16, area.height >= 4 else { return }
    write(proof.title, at: 0, row: 0, theme.text, in: area, into: &canvas)
    let rest = area.inset(left: 0, top: 1, right: 0, bottom: 0)
    switch proof.picture {
    case .curves(let curves, let isLogarithmic):
      draw(curves, isLogarithmic, in: rest, into: &canvas)
    case .bars(let bars, let isLogarithmic):
      draw(bars, isLogarithmic, in: rest, into: &canvas)
    case .spans(let spans, let steps): draw(spans, steps, in: rest, into: &canvas)
    case .places(let x, let y, let run): draw(x, y, run, in: rest, into: &canvas)
    }
  }

  private func write(
    _ text: String, at column: Int, row: Int, _ color: Color, in area: Rect,
    into canvas: inout Canvas
  ) {
    guard row < area.height, column < area.width else { return }
    appearance.write(
      text, at: Point(x: area.x + column, y: area.y + row), limit: area.width - column,
      color: color, into: &canvas)
  }

  private func layout(footer: Int = 0) -> Plot.Layout {
    var layout = Plot.Layout(
      label: theme.muted, grid: theme.grid, glyphs: appearance.glyphs, footer: footer)
    layout.isBold = theme.isBold
    layout.patterns = theme.patterns
    return layout
  }

  // MARK: Curves

  private func draw(
    _ curves: [Proof.Curve], _ isLogarithmic: Bool, in area: Rect, into canvas: inout Canvas
  ) {
    let shown = curves.flatMap(\.values).filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    let steps = curves.flatMap(\.steps)
    guard let low = shown.min(), let high = shown.max(), let first = steps.min(),
      let last = steps.max()
    else { return }
    // Twelve decades tell it; what lies below is the floor.
    let floor = isLogarithmic ? max(low, high * 1e-12) : low
    let margin = (high - low) * 0.05
    let y =
      isLogarithmic
      ? Axis(floor / 1.3, high * 1.3, scale: .logarithmic) : Axis(low - margin, high + margin)
    let names = Legend(
      curves.enumerated().map {
        Legend.Entry(name: $0.element.name, color: theme.series($0.offset))
      })
    let room = Rect(x: area.x, y: area.y, width: area.width, height: area.height - 1)
    var plot = Plot(in: room, x: Axis(first, max(last, first + 1)), y: y, layout: layout())
    plot.drawAxes(into: &canvas)
    if Double(since) >= first, Double(since) <= last {
      let dot = plot.dotX(Double(since))
      for row in stride(from: 0, to: plot.raster.height, by: 2) {
        plot.raster.plot(dot, Double(row), color: theme.warning, priority: 3)
      }
    }
    for (index, curve) in curves.enumerated() {
      plot.curve(
        curve.steps, curve.values.map { isLogarithmic && !($0 > 0) ? .nan : $0 },
        color: theme.series(index), priority: UInt8(8 - min(index, 4)))
    }
    plot.raster.paint(into: &canvas)
    _ = names.cut(to: area.width, appearance.glyphs).draw(
      x: area.x, y: area.maxY - 1, within: area, glyphs: appearance.glyphs, text: theme.muted,
      into: &canvas)
  }

  private func draw(
    _ x: [Double], _ y: [Double], _ run: [(x: Double, y: Double)], in area: Rect,
    into canvas: inout Canvas
  ) {
    let heights = (y + run.map(\.y)).filter(\.isFinite)
    guard let low = heights.min(), let high = heights.max(), let left = x.first, let right = x.last
    else { return }
    let margin = max((high - low) * 0.08, 1e-12)
    var plot = Plot(
      in: area, x: Axis(left, right), y: Axis(low - margin, high + margin), layout: layout())
    plot.drawAxes(into: &canvas)
    plot.curve(x, y, color: theme.series(0), priority: 4)
    for (from, to) in zip(run, run.dropFirst()) {
      plot.line(from.x, from.y, to.x, to.y, color: theme.series(1), priority: 5)
    }
    plot.raster.paint(into: &canvas)
    let mark = appearance.glyphs.mark("●", ascii: "o")
    for place in run {
      // Where the function has no value, the place stands at the foot.
      let height = place.y.isFinite ? place.y : low
      guard let cell = plot.cell(place.x, height) else { continue }
      canvas.mark(
        place.y.isFinite ? mark : appearance.glyphs.mark("×", ascii: "x"), at: cell, within: area,
        foreground: theme.bad)
    }
  }

  // MARK: Bars

  private func draw(
    _ bars: [Proof.Bar], _ isLogarithmic: Bool, in area: Rect, into canvas: inout Canvas
  ) {
    let names = bars.reduce(0) { max($0, appearance.width($1.name)) } + 1
    let width = area.width - names - 9
    guard width >= 4, let most = bars.map({ abs($0.value) }).filter(\.isFinite).max(), most > 0
    else {
      for (row, bar) in bars.enumerated() {
        let text = "\(bar.name) \(NumberText.compact(bar.value, digits: 3))"
        write(text, at: 0, row: row, theme.text, in: area, into: &canvas)
      }
      return
    }
    let least = bars.map { abs($0.value) }.filter { $0 > 0 && $0.isFinite }.min() ?? most
    let decades = max(1, PlotMath.log10(most / least) + 1)
    for (row, bar) in bars.prefix(area.height).enumerated() {
      let share =
        isLogarithmic
        ? bar.value == 0 ? 0 : 1 - PlotMath.log10(most / abs(bar.value)) / decades
        : abs(bar.value) / most
      write(bar.name, at: 0, row: row, theme.muted, in: area, into: &canvas)
      Bars.row(
        share, x: area.x + names, y: area.y + row, width: width, within: area,
        color: bar.value < 0 ? theme.series(1) : theme.series(0), ground: theme.grid,
        glyphs: appearance.glyphs, into: &canvas)
      write(
        NumberText.compact(bar.value, digits: 3), at: names + width + 1, row: row, theme.text,
        in: area, into: &canvas)
    }
  }

  // MARK: Ranges

  /// Each unit twice: at the start and when it went wrong, about a common zero.
  private func draw(
    _ spans: [Proof.Span], _ steps: (before: Int, since: Int), in area: Rect,
    into canvas: inout Canvas
  ) {
    let names = spans.reduce(0) { max($0, appearance.width($1.name)) } + 1
    let half = (area.width - names - 2) / 2
    guard half >= 8 else { return }
    let most =
      spans.flatMap {
        [$0.before.lowerBound, $0.before.upperBound, $0.since.lowerBound, $0.since.upperBound]
      }.map { abs($0) }.max() ?? 1
    for (place, title) in [(0, steps.before), (1, steps.since)] {
      let text = "step \(NumberText.count(title))"
      write(text, at: names + place * (half + 2), row: 0, theme.text, in: area, into: &canvas)
    }
    let rows = min(spans.count, area.height - 2)
    for row in 0..<max(0, rows) {
      let span = spans[row]
      write(span.name, at: 0, row: row + 1, theme.muted, in: area, into: &canvas)
      for (place, range) in [(0, span.before), (1, span.since)] {
        draw(
          range, most, x: area.x + names + place * (half + 2), y: area.y + row + 1, width: half,
          in: area, into: &canvas)
      }
    }
    let end = appearance.glyphs == .ascii ? "silent < 0 < answers" : "silent ◂ 0 ▸ answers"
    let told = rows < spans.count ? "\(spans.count - rows) more units, " : ""
    write(told + end, at: names, row: rows + 1, theme.muted, in: area, into: &canvas)
  }

  private func draw(
    _ range: ClosedRange<Double>, _ most: Double, x: Int, y: Int, width: Int, in area: Rect,
    into canvas: inout Canvas
  ) {
    let middle = width / 2
    // Signed and compressed, so that a hundred and a tenth are both seen.
    func column(_ value: Double) -> Int {
      guard most > 0 else { return middle }
      let size = PlotMath.log10(1 + 99 * min(1, abs(value) / most)) / 2
      let cells = PlotMath.int((size * Double(middle)).rounded(), in: 0...middle)
      return value < 0 ? middle - cells : min(width - 1, middle + cells)
    }
    let (from, to) = (column(range.lowerBound), column(range.upperBound))
    for cell in 0..<width {
      let isIn = cell >= from && cell <= to
      let mark: Unicode.Scalar =
        cell == middle && !isIn
        ? appearance.glyphs.mark("│", ascii: "|")
        : isIn ? appearance.glyphs.mark("━", ascii: "=") : appearance.glyphs.mark("┄", ascii: ".")
      let color = !isIn ? theme.grid : cell < middle ? theme.series(0) : theme.series(1)
      canvas.mark(
        mark, at: Point(x: x + cell, y: y), within: area,
        foreground: cell == middle && !isIn ? theme.muted : color)
    }
  }
}
