/// A filled circle that looks equally round wherever it stands: its outline is snapped to the dots
/// it is made of.
package enum Disc {
  /// Draws a circle. The centre is in cells (fractions allowed) from the canvas's corner; `radius`
  /// is in cell widths, and a cell is two widths high. Below a radius of 1.4, and where there are
  /// no fine dots (blocks would make an octagon with seams), it is one round character. A curve of
  /// the same dots goes on behind it; grid lines, by their colour, are none. Cells outside `area`
  /// are left alone.
  package static func draw(
    into canvas: inout Canvas, area: Rect, centerX: Double, centerY: Double, radius: Double,
    color: Color, grid: Color? = nil, glyphs: GlyphSet
  ) {
    guard centerX.isFinite, centerY.isFinite, radius.isFinite, radius > 0, !area.isEmpty else {
      return
    }
    guard glyphs == .braille || glyphs == .sextant, radius >= 1.4 else {
      let cell = Point(
        x: PlotMath.int(centerX.rounded(.down), in: area.x - 1...area.maxX),
        y: PlotMath.int(centerY.rounded(.down), in: area.y - 1...area.maxY))
      canvas.mark(
        glyphs.mark("●", ascii: "@"), at: cell, within: area, foreground: color, attributes: .bold)
      return
    }
    let dots = DotGlyphs(glyphs)
    let across = Double(dots.columns)
    let down = Double(dots.rows)
    // The centre on a corner between dots gives the same outline everywhere.
    let middleX = ((centerX - Double(area.x)) * across).rounded()
    let middleY = ((centerY - Double(area.y)) * down).rounded()
    guard abs(middleX) < 1e5, abs(middleY) < 1e5 else { return }
    var raster = DotRaster(area: area, glyphs: dots)
    let left = Int(middleX - radius * across) - 1
    let top = Int(middleY - radius * down / 2) - 1
    for y in top...Int(middleY + radius * down / 2) + 1 {
      for x in left...Int(middleX + radius * across) + 1 {
        let dx = (Double(x) + 0.5 - middleX) / across
        let dy = (Double(y) + 0.5 - middleY) / down * 2
        if dx * dx + dy * dy <= radius * radius { raster.set(x: x, y: y, color: color) }
      }
    }
    raster.join(canvas, apartFrom: grid)
    raster.paint(into: &canvas)
  }
}
