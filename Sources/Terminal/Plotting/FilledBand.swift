/// A filled band between two heights in each column of cells, with upper edges as fine as an eighth
/// of a row, lower ones as half a row.
package struct FilledBand: Sendable {
  /// The cells it may cover.
  package let area: Rect
  private var tops: [Double]
  private var bottoms: [Double]

  /// An empty band.
  package init(area: Rect) {
    self.area = area
    tops = [Double](repeating: .infinity, count: area.width)
    bottoms = [Double](repeating: -.infinity, count: area.width)
  }

  /// Makes the band reach from `top` to `bottom` (rows of the canvas, fractions allowed) in a
  /// column; NaN is left out.
  package mutating func add(column: Int, top: Double, bottom: Double) {
    let index = column - area.x
    guard index >= 0, index < tops.count, !top.isNaN, !bottom.isNaN else { return }
    tops[index] = min(tops[index], top, bottom)
    bottoms[index] = max(bottoms[index], top, bottom)
  }

  /// Marks the cells of which the band covers half or more with a character: where there are no
  /// colours.
  package func paint(
    shade: Unicode.Scalar, _ color: Color, over ground: Color, into canvas: inout Canvas
  ) {
    let shown = area.intersection(canvas.bounds)
    for x in shown.x..<max(shown.x, shown.maxX) {
      let top = max(tops[x - area.x], Double(area.y))
      let bottom = min(bottoms[x - area.x], Double(area.maxY))
      guard top <= bottom else { continue }
      let first = min(
        PlotMath.int((top + 0.5).rounded(.down), in: shown.y...shown.maxY), Int(bottom))
      let last = max(
        PlotMath.int((bottom + 0.5).rounded(.down), in: shown.y...shown.maxY), first + 1)
      for y in max(first, shown.y)..<min(last, shown.maxY) {
        canvas[x, y] = Cell(shade, style: Style(foreground: color, background: ground))
      }
    }
  }

  /// Fills the band over `ground`.
  package func paint(_ color: Color, over ground: Color, into canvas: inout Canvas) {
    let eighths: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let shown = area.intersection(canvas.bounds)
    for x in shown.x..<max(shown.x, shown.maxX) {
      let top = max(tops[x - area.x], Double(area.y))
      // Never thinner than a hair, so that a quiet stretch is still seen.
      let bottom = min(max(bottoms[x - area.x], top + 0.125), Double(area.maxY))
      guard top < bottom else { continue }
      let first = Int(top)
      let last = min(Int(bottom), shown.maxY - 1)
      for y in max(first, shown.y)..<max(first, last + 1, shown.y) {
        let above = PlotMath.int((max(0, top - Double(y)) * 8), in: 0...8)
        let below = PlotMath.int((max(0, Double(y + 1) - bottom) * 8), in: 0...8)
        if above + below >= 7 { continue }
        if above > 0 {
          canvas[x, y] = Cell(
            eighths[8 - above], style: Style(foreground: color, background: ground))
        } else if below > 2 {
          // In halves: of finer steps there are only those from below, and in fonts that draw them
          // a hair too small they would leave a line of the band's colour under it.
          canvas[x, y] = Cell(
            "▀", style: Style(foreground: color, background: ground))
        } else {
          canvas[x, y] = Cell(" ", style: Style(foreground: color, background: color))
        }
      }
    }
  }
}
