/// Cells without colours: attributes, and shades for the colours of blocks.
package enum MonoMapping {
  /// Shades from dark to bright.
  private static let shades: [Unicode.Scalar] = [" ", "░", "▒", "▓", "█"]
  /// The same in ASCII.
  private static let asciiShades: [Unicode.Scalar] = [" ", ".", ":", "*", "#"]

  /// What a cell becomes: blocks of two colours turn into a shade of their mean lightness, dark
  /// text on a light background is reversed, weak text is dim.
  package static func map(_ cell: Cell, unicode: Bool) -> Cell {
    let style = cell.style
    var attributes = style.attributes
    // Shades on the terminal's own background were chosen for a terminal without colours.
    if style.background == .terminalDefault, let level = shades.firstIndex(of: cell.scalar),
      level > 0
    {
      return Cell(
        unicode ? cell.scalar : asciiShades[level],
        style: Style(attributes: attributes.intersection([.bold, .reverse])))
    }
    let cover = Glyph.cover(cell.scalar)
    if let cover {
      let front = lightness(style.foreground, 1)
      let back = lightness(style.background, 0)
      let mean = cover * front + (1 - cover) * back
      let level = min(4, max(0, Int((mean * 5.5 - 0.6).rounded(.down))))
      return Cell(
        unicode ? shades[level] : asciiShades[level],
        style: Style(attributes: attributes.intersection(.bold)))
    }
    let front = lightness(style.foreground, 0.9)
    let back = lightness(style.background, 0)
    if back > front + 0.1 {
      attributes.formSymmetricDifference(.reverse)
    } else if front < 0.62, style.foreground != .terminalDefault {
      attributes.insert(.dim)
    }
    return Cell(cell.scalar, style: Style(attributes: attributes))
  }

  /// Oklab lightness, or a value for the terminal's default.
  private static func lightness(_ color: Color, _ fallback: Double) -> Double {
    color == .terminalDefault ? fallback : Oklab(color).lightness
  }
}
