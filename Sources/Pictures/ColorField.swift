package import Terminal

/// A grid of colours as a picture, each a square of pixels.
package struct ColorField {
  /// Squares across.
  package let columns: Int
  /// Squares down.
  package let rows: Int
  /// Row by row, the upper one first.
  package let colors: [Color]

  /// A grid; there are `columns` times `rows` colours.
  package init(columns: Int, rows: Int, colors: [Color]) {
    precondition(colors.count == columns * rows, "\(colors.count) of \(columns)×\(rows) colours")
    self.columns = columns
    self.rows = rows
    self.colors = colors
  }

  /// The bytes of a PNG file whose squares have sides of `side` pixels.
  package func png(side: Int) throws(PictureError) -> [UInt8] {
    let (width, height) = (columns * side, rows * side)
    guard width > 0, height > 0, max(width, height) <= 32_767 else {
      throw .encoding(width: width, height: height)
    }
    var pixels = Pixels(width: width, height: height, color: Color(0))
    for (index, color) in colors.enumerated() {
      pixels.fill(
        x: index % columns * side, y: index / columns * side, width: side, height: side, color)
    }
    return try pixels.png()
  }
}
