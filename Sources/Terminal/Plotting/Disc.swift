/// A filled circle with soft edges, made of block elements: in each cell the character whose shape fits the circle best,
/// in two colours that say how much of each part it covers.
package enum Disc {
  /// Draws a circle. The centre is in cells (fractions allowed) from the canvas's corner; `radius` is in cell widths, and
  /// a cell is two widths high. Cells outside `area` are left alone.
  package static func draw(
    into canvas: inout Canvas, area: Rect, centerX: Double, centerY: Double, radius: Double,
    color: Color, glyphs: GlyphSet
  ) {
    guard centerX.isFinite, centerY.isFinite, radius.isFinite, radius > 0 else { return }
    let cellX = Numerics.int(centerX.rounded(.down), in: -4...canvas.size.width + 4)
    let cellY = Numerics.int(centerY.rounded(.down), in: -4...canvas.size.height + 4)
    guard glyphs != .ascii, radius >= 0.9 else {
      if area.contains(Point(x: cellX, y: cellY)), canvas.bounds.contains(Point(x: cellX, y: cellY)) {
        canvas[cellX, cellY].overlay(
          glyphs.mark("●", ascii: "@"), foreground: color, attributes: .bold)
      }
      return
    }
    let left = Numerics.int((centerX - radius).rounded(.down), in: area.x...max(area.x, area.maxX))
    let right = Numerics.int((centerX + radius).rounded(.up), in: area.x...max(area.x, area.maxX))
    let top = Numerics.int(
      (centerY - radius / 2).rounded(.down), in: area.y...max(area.y, area.maxY))
    let bottom = Numerics.int(
      (centerY + radius / 2).rounded(.up), in: area.y...max(area.y, area.maxY))
    for y in top..<max(top, bottom) {
      for x in left..<max(left, right) {
        let cover = coverage(
          cellX: Double(x) - centerX, cellY: (Double(y) - centerY) * 2, radius: radius)
        fit(cover, into: &canvas[x, y], color: color)
      }
    }
  }

  /// The share of each of a cell's 4×8 parts that the circle covers, row by row; 0 or 1 at sub-samples' centres.
  private static func coverage(cellX: Double, cellY: Double, radius: Double) -> [Double] {
    (0..<32).map { part in
      let x = cellX + (Double(part & 3) + 0.5) / 4
      let y = cellY + (Double(part >> 2) + 0.5) / 4
      let distance = (x * x + y * y).squareRoot()
      return min(1, max(0, (radius - distance) * 4 + 0.5))
    }
  }

  /// Chooses character and colours for one cell.
  private static func fit(_ cover: [Double], into cell: inout Cell, color: Color) {
    let total = cover.reduce(0, +) / 32
    // Less than an eighth would only wipe out what is behind.
    guard total > 0.12 else { return }
    let behind =
      cell.scalar.isBlock
      ? cell.style.background.mixed(with: cell.style.foreground, 0.5) : cell.style.background
    if total > 0.97 {
      cell = Cell(" ", style: Style(foreground: color, background: color))
      return
    }
    var best = (error: Double.infinity, scalar: Unicode.Scalar(" "), inside: 0.0, outside: 0.0)
    for shape in shapes {
      var sumIn = 0.0
      var sumOut = 0.0
      var squares = 0.0
      var count = 0.0
      for part in 0..<32 {
        squares += cover[part] * cover[part]
        if shape.mask >> UInt32(part) & 1 == 1 {
          sumIn += cover[part]
          count += 1
        } else {
          sumOut += cover[part]
        }
      }
      let error = squares - sumIn * sumIn / count - sumOut * sumOut / (32 - count)
      if error < best.error - 1e-9 {
        best = (error, shape.scalar, sumIn / count, sumOut / (32 - count))
      }
    }
    cell = Cell(
      best.scalar,
      style: Style(
        foreground: behind.mixed(with: color, best.inside),
        background: behind.mixed(with: color, best.outside)))
  }

  /// Quadrants, lower eighths and left quarters as masks over 4×8 parts.
  private static let shapes: [(scalar: Unicode.Scalar, mask: UInt32)] = {
    func mask(_ covers: (Int, Int) -> Bool) -> UInt32 {
      (0..<32).reduce(0) { covers($1 & 3, $1 >> 2) ? $0 | 1 << UInt32($1) : $0 }
    }
    var shapes: [(scalar: Unicode.Scalar, mask: UInt32)] = (1..<15).map { bits in
      (
        DotGlyphs.quadrantTable[bits],
        mask { x, y in bits >> ((y >= 4 ? 2 : 0) + (x >= 2 ? 1 : 0)) & 1 == 1 }
      )
    }
    let lower: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"]
    for (index, scalar) in lower.enumerated() { shapes.append((scalar, mask { _, y in y >= 7 - index })) }
    shapes.append(("▎", mask { x, _ in x < 1 }))
    shapes.append(("▊", mask { x, _ in x < 3 }))
    return shapes
  }()
}
