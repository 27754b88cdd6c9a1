/// With which characters lines and maps are drawn.
package enum GlyphSet: String, Sendable, CaseIterable {
  /// Lines in braille (2×4 dots), maps in quadrants or half blocks.
  case braille
  /// Lines in sextants (2×3), where the font has them.
  case sextant
  /// Lines and maps in block elements.
  case block
  /// ASCII alone.
  case ascii
}
