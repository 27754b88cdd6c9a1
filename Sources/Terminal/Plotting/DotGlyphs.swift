/// How dots within a cell become one character.
package enum DotGlyphs: Sendable {
  /// Braille patterns: 2×4.
  case braille
  /// Sextants: 2×3.
  case sextant
  /// Quadrants: 2×2.
  case quadrant
  /// Three heights of ASCII marks: 1×3.
  case ascii

  /// The dots that lines are drawn with in a glyph set.
  package init(_ glyphs: GlyphSet) {
    switch glyphs {
    case .braille: self = .braille
    case .sextant: self = .sextant
    case .block: self = .quadrant
    case .ascii: self = .ascii
    }
  }

  /// Dots across a cell.
  package var columns: Int { self == .ascii ? 1 : 2 }

  /// Dots down a cell.
  package var rows: Int {
    switch self {
    case .braille: 4
    case .sextant, .ascii: 3
    case .quadrant: 2
    }
  }

  /// The character for each mask; bit `row · columns + column` is a dot.
  package var table: [Unicode.Scalar] {
    switch self {
    case .braille: DotGlyphs.brailleTable
    case .sextant: DotGlyphs.sextantTable
    case .quadrant: DotGlyphs.quadrantTable
    case .ascii: DotGlyphs.asciiTable
    }
  }

  /// The dots of a character that these glyphs draw curves with; nil for any other, and for a
  /// blank.
  func mask(of scalar: Unicode.Scalar) -> UInt8? {
    guard scalar != " ", !scalar.isASCII, let mask = table.firstIndex(of: scalar) else {
      return nil
    }
    return UInt8(mask)
  }

  /// Braille numbers its dots down the left column, then down the right one, with the last row
  /// added later.
  private static let brailleTable: [Unicode.Scalar] = (0..<256).map { mask in
    let order = [0, 3, 1, 4, 2, 5, 6, 7]
    let bits = (0..<8).reduce(0) { mask >> $1 & 1 == 1 ? $0 | 1 << order[$1] : $0 }
    return Unicode.Scalar(UInt32(0x2800 + bits)) ?? " "
  }

  /// The block of sextants leaves out the masks that older characters already draw.
  private static let sextantTable: [Unicode.Scalar] = (0..<64).map { mask in
    switch mask {
    case 0: return " "
    case 0b010101: return "▌"
    case 0b101010: return "▐"
    case 0b111111: return "█"
    default:
      let skipped = 1 + (mask > 0b010101 ? 1 : 0) + (mask > 0b101010 ? 1 : 0)
      return Unicode.Scalar(UInt32(0x1FB00 + mask - skipped)) ?? "█"
    }
  }

  /// Bits: upper left, upper right, lower left, lower right.
  package static let quadrantTable: [Unicode.Scalar] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]

  /// The quadrants that a character of quadrants leaves out; nil for any other character.
  static func inverseQuadrant(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard scalar.value >= 0x2580, scalar.value <= 0x259F else { return nil }
    return inverseQuadrants[Int(scalar.value - 0x2580)]
  }

  /// By the character's distance from U+2580; blanks and full blocks are left out.
  private static let inverseQuadrants: [Unicode.Scalar?] = (0..<32).map { index in
    guard let scalar = Unicode.Scalar(UInt32(0x2580 + index)),
      let mask = quadrantTable.firstIndex(of: scalar), mask != 0, mask != 15
    else { return nil }
    return quadrantTable[15 - mask]
  }

  private static let asciiTable: [Unicode.Scalar] = [" ", "'", "-", "'", ".", ":", ".", "|"]
}
