import Foundation

/// A canvas as an SVG picture: text on an exact grid; blocks, braille and box drawing as shapes, so
/// that it looks the same whatever fonts there are.
package struct SVGRenderer: Sendable {
  /// A cell's width in user units.
  package var cellWidth = 8.0
  /// A cell's height in user units.
  package var cellHeight = 17.0
  /// What the terminal's default colours are.
  package var foreground = Color(0xE6EDF3)
  /// What the terminal's default colours are.
  package var background = Color(0x0D1117)
  /// The fonts to try.
  package var fontFamily = "'DejaVu Sans Mono', Menlo, Consolas, monospace"

  /// A renderer with the usual cell.
  package init() {}

  /// The picture.
  package func render(_ canvas: Canvas) -> String {
    let width = Double(canvas.size.width) * cellWidth
    let height = Double(canvas.size.height) * cellHeight
    var svg =
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(n(width))" height="\(n(height))" \
      viewBox="0 0 \(n(width)) \(n(height))" font-family="\(fontFamily)" \
      font-size="\(n(cellWidth / 0.602))" shape-rendering="geometricPrecision">
      <rect width="100%" height="100%" fill="\(hex(background))"/>

      """
    let canvas = canvas.presentable
    for y in 0..<canvas.size.height {
      let cells = (0..<canvas.size.width).map { resolve(canvas[$0, y]) }
      backgrounds(cells, y, &svg)
      contents(cells, y, &svg)
    }
    return svg + "</svg>\n"
  }

  /// A cell with its true colours.
  private struct Resolved {
    var scalar: Unicode.Scalar
    var mark: CombiningMark
    var front: Color
    var back: Color
    var attributes: Attributes
  }

  private func resolve(_ cell: Cell) -> Resolved {
    let style = cell.style
    var front = style.foreground == .terminalDefault ? foreground : style.foreground
    var back = style.background == .terminalDefault ? background : style.background
    if style.attributes.contains(.reverse) { swap(&front, &back) }
    return Resolved(
      scalar: cell.scalar, mark: cell.mark, front: front, back: back,
      attributes: style.attributes)
  }

  /// Rectangles behind a row, one for each stretch of a colour. Crisp edges, or seams would show
  /// between cells.
  private func backgrounds(_ cells: [Resolved], _ y: Int, _ svg: inout String) {
    var start = 0
    while start < cells.count {
      var end = start + 1
      while end < cells.count, cells[end].back == cells[start].back { end += 1 }
      if cells[start].back != background {
        svg +=
          "<rect x=\"\(n(Double(start) * cellWidth))\" y=\"\(n(Double(y) * cellHeight))\" "
          + "width=\"\(n(Double(end - start) * cellWidth))\" height=\"\(n(cellHeight))\" "
          + "fill=\"\(hex(cells[start].back))\" shape-rendering=\"crispEdges\"/>\n"
      }
      start = end
    }
  }

  /// Shapes, and texts in stretches of the same look.
  private func contents(_ cells: [Resolved], _ y: Int, _ svg: inout String) {
    let top = Double(y) * cellHeight
    var x = 0
    while x < cells.count {
      let cell = cells[x]
      if let glyph = Glyph(cell.scalar) {
        let left = Double(x) * cellWidth
        svg += SVGShape(
          x: left, y: top, width: cellWidth, height: cellHeight, color: hex(cell.front)
        ).element(glyph)
        x += 1
        continue
      }
      let start = x
      var text = String.UnicodeScalarView()
      while x < cells.count, Glyph(cells[x].scalar) == nil, cells[x].front == cell.front,
        cells[x].attributes == cell.attributes
      {
        if cells[x].scalar != Cell.rightHalf { text.append(cells[x].scalar) }
        text.append(contentsOf: cells[x].mark.scalars)
        x += 1
      }
      // Each stretch stands alone, so that a font of another width cannot shift what follows.
      // Blanks between words are cut off at the ends.
      while text.last == " ", !cell.attributes.contains(.underline) { text.removeLast() }
      var skipped = 0
      while text.first == " ", !cell.attributes.contains(.underline) {
        text.removeFirst()
        skipped += 1
      }
      if !text.isEmpty { self.text(text, cell, column: start + skipped, top: top, &svg) }
    }
  }

  private func text(
    _ text: String.UnicodeScalarView, _ cell: Resolved, column: Int, top: Double,
    _ svg: inout String
  ) {
    var style = ""
    if cell.attributes.contains(.bold) { style += " font-weight=\"bold\"" }
    if cell.attributes.contains(.italic) { style += " font-style=\"italic\"" }
    if cell.attributes.contains(.underline) { style += " text-decoration=\"underline\"" }
    if cell.attributes.contains(.dim) { style += " opacity=\"0.6\"" }
    svg +=
      "<text x=\"\(n(Double(column) * cellWidth))\" y=\"\(n(top + cellHeight * 0.765))\" "
      + "textLength=\"\(n(Double(CellText.width(String(text))) * cellWidth))\" "
      + "lengthAdjust=\"spacingAndGlyphs\" "
      + "xml:space=\"preserve\" fill=\"\(hex(cell.front))\"\(style)>\(escape(text))</text>\n"
  }

  /// Text that XML takes: the five specials as entities, controls left out.
  private func escape(_ text: String.UnicodeScalarView) -> String {
    var result = ""
    for scalar in text {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): result += "·"
      case "\u{FFFE}", "\u{FFFF}": result += "·"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private func hex(_ color: Color) -> String {
    let digits = String(color.rgb & 0xFF_FFFF, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  private func n(_ value: Double) -> String { SVGShape.number(value) }
}
