import CFreeType
import Foundation
package import Terminal

/// Draws canvases as PNG pictures that look like a good terminal. The same canvas, font and scale
/// give the same bytes.
package final class PictureRenderer {
  /// Pixels a side of what is one pixel in a common terminal; 1 gives cells of 8×17.
  package let scale: Int
  /// What the terminal's default foreground is.
  package var foreground = Color(0xE6EDF3)
  /// What the terminal's default background is.
  package var background = Color(0x0D1117)
  private let font: Font

  /// The widest and highest picture, in pixels.
  private static let largestSide = 32_767

  /// A renderer with a font: `fontPath`, else `GLISSADE_FONT`, else DejaVu Sans Mono from the usual
  /// places.
  package init(
    scale: Int = 1, fontPath: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(PictureError) {
    precondition((1...8).contains(scale), "a scale of \(scale) is not in 1...8")
    self.scale = scale
    // 10 points at 96 dots an inch; DejaVu's advance is then 8 pixels.
    font = try Font(
      path: fontPath, environment: environment, size: 40.0 / 3 * Double(scale))
  }

  /// A cell's extent in pixels.
  package var cellWidth: Int { 8 * scale }
  /// A cell's extent in pixels.
  package var cellHeight: Int { 17 * scale }

  /// The picture as the bytes of a PNG file.
  package func png(_ canvas: Canvas) throws(PictureError) -> [UInt8] {
    let width = canvas.size.width * cellWidth
    let height = canvas.size.height * cellHeight
    guard width > 0, height > 0, max(width, height) <= PictureRenderer.largestSide else {
      throw .encoding(width: width, height: height)
    }
    return try draw(canvas).png()
  }

  /// The pixels.
  func draw(_ canvas: Canvas) -> Pixels {
    var pixels = Pixels(
      width: canvas.size.width * cellWidth, height: canvas.size.height * cellHeight,
      color: background)
    // All backgrounds first: a glyph may reach into the next cell.
    let canvas = canvas.presentable
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width {
        pixels.fill(
          x: x * cellWidth, y: y * cellHeight, width: cellWidth, height: cellHeight,
          colors(canvas[x, y]).back)
      }
    }
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width { draw(canvas[x, y], x * cellWidth, y * cellHeight, &pixels) }
    }
    return pixels
  }

  /// A cell's true colours.
  private func colors(_ cell: Cell) -> (front: Color, back: Color) {
    let style = cell.style
    var front = style.foreground == .terminalDefault ? foreground : style.foreground
    var back = style.background == .terminalDefault ? background : style.background
    if style.attributes.contains(.reverse) { swap(&front, &back) }
    if style.attributes.contains(.dim) {
      front = Oklab(back).mixed(with: Oklab(front), at: 0.6).color
    }
    return (front, back)
  }

  /// A cell's character at a place in pixels.
  private func draw(_ cell: Cell, _ x: Int, _ y: Int, _ pixels: inout Pixels) {
    let color = colors(cell).front
    let attributes = cell.style.attributes
    let baseline = y + 13 * scale
    if let glyph = Glyph(cell.scalar) {
      GlyphPainter(
        x: x, y: y, width: cellWidth, height: cellHeight, thickness: scale, color: color
      ).paint(glyph, on: &pixels)
    } else if cell.scalar != " ", !cell.isRightHalf {
      let cut: Font.Cut =
        attributes.contains(.bold) ? .bold : attributes.contains(.italic) ? .italic : .regular
      // An accent's glyph is drawn over its letter's, as terminals do.
      for scalar in [cell.scalar] + cell.mark.scalars {
        guard let glyph = font.glyph(scalar, cut) else { continue }
        // A bold cut that the font lacks is the regular one drawn twice.
        let passes = cut == .bold && !font.has(.bold) ? 2 : 1
        for pass in 0..<passes {
          blend(glyph, x: x + glyph.left + pass, y: baseline - glyph.top, color, &pixels)
        }
      }
    }
    if attributes.contains(.underline) {
      pixels.fill(x: x, y: baseline + scale, width: cellWidth, height: scale, color)
    }
  }

  private func blend(_ glyph: Font.Glyph, x: Int, y: Int, _ color: Color, _ pixels: inout Pixels) {
    for row in 0..<glyph.rows {
      for column in 0..<glyph.width {
        pixels.blend(
          x: x + column, y: y + row, color, alpha: Int(glyph.pixels[row * glyph.width + column]))
      }
    }
  }
}
