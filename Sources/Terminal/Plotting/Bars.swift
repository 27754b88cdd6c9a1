/// Bars as fine as an eighth of a cell.
package enum Bars {
  private static let columns: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let rows: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

  /// A column growing up from the bottom of `area` to `share` (0...1) of its height; at least a
  /// hair where it is not 0.
  package static func column(
    _ share: Double, x: Int, area: Rect, color: Color, glyphs: GlyphSet, into canvas: inout Canvas
  ) {
    guard share > 0, area.height > 0 else { return }
    let eighths = max(1, PlotMath.int(share * Double(area.height * 8), in: 0...(area.height * 8)))
    for row in 0..<area.height {
      let part = min(8, eighths - row * 8)
      guard part > 0 else { break }
      let scalar = glyphs == .ascii ? (part >= 4 ? "#" : ".") : columns[part]
      canvas.mark(
        scalar, at: Point(x: x, y: area.maxY - 1 - row), within: area, foreground: color)
    }
  }

  /// A bar growing to the right over `width` cells to `share` (0...1) of them, over a track of
  /// `ground`.
  package static func row(
    _ share: Double, x: Int, y: Int, width: Int, within area: Rect, color: Color, ground: Color?,
    glyphs: GlyphSet, into canvas: inout Canvas
  ) {
    guard width > 0 else { return }
    let eighths = PlotMath.int(share * Double(width * 8), in: 0...(width * 8))
    for index in 0..<width {
      let cell = Point(x: x + index, y: y)
      guard area.intersection(canvas.bounds).contains(cell) else { continue }
      if glyphs == .ascii {
        canvas.mark(
          eighths >= index * 8 + 4 ? "#" : "-", at: cell, within: area, foreground: color)
        continue
      }
      if let ground { canvas[cell.x, cell.y].style.background = ground }
      let part = min(8, eighths - index * 8)
      canvas.mark(part > 0 ? rows[part] : " ", at: cell, within: area, foreground: color)
    }
  }

  /// A bar from the middle of `width` cells to the left (`share` −1) or right (+1).
  package static func signed(
    _ share: Double, x: Int, y: Int, width: Int, within area: Rect, negative: Color,
    positive: Color, track: Color, glyphs: GlyphSet, into canvas: inout Canvas
  ) {
    guard width >= 3, !share.isNaN else { return }
    let half = width / 2
    let filled = PlotMath.int(abs(share) * Double(half), in: 0...half)
    for index in 0..<(half * 2 + 1) {
      let offset = index - half
      let isFilled =
        share < 0 ? offset < 0 && -offset <= filled : offset > 0 && offset <= filled
      let mark: Unicode.Scalar =
        offset == 0
        ? glyphs.mark("│", ascii: "|")
        : isFilled ? glyphs.mark("━", ascii: "=") : glyphs.mark("─", ascii: "-")
      canvas.mark(
        mark, at: Point(x: x + index, y: y), within: area,
        foreground: isFilled ? (share < 0 ? negative : positive) : track)
    }
  }
}
