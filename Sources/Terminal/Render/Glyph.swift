/// Shapes of the scalars that must look the same everywhere: blocks, quadrants, sextants, shades,
/// braille, box drawing.
package enum Glyph: Equatable, Sendable {
  /// A part of the cell, in fractions of it.
  package struct Box: Equatable, Sendable {
    /// Left edge.
    package var x: Double
    /// Top edge.
    package var y: Double
    /// Width.
    package var width: Double
    /// Height.
    package var height: Double
  }
  /// How a line of box drawing leaves the cell's centre.
  package enum Arm: UInt8, Sendable { case none, light, heavy, double }
  /// The four arms of a box drawing scalar.
  package struct Arms: Equatable, Sendable {
    /// Upwards.
    package var up: Arm
    /// To the right.
    package var right: Arm
    /// Downwards.
    package var down: Arm
    /// To the left.
    package var left: Arm
    /// Whether the corner is an arc.
    package var rounded: Bool
  }

  /// Filled boxes.
  case boxes([Box])
  /// The whole cell, this opaque.
  case shade(Double)
  /// Braille dots: bit `column + 2·row`, in a grid of 2 columns and 4 rows.
  case dots(UInt8)
  /// Lines through the centre.
  case lines(Arms)
  /// One horizontal (true) or vertical line in this many dashes.
  case dashes(count: Int, horizontal: Bool, heavy: Bool)

  /// The shape of a scalar; nil when the font draws it.
  package init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x2500...0x257F:
      guard let glyph = BoxDrawing.glyph(scalar) else { return nil }
      self = glyph
    case 0x2591: self = .shade(0.25)
    case 0x2592: self = .shade(0.5)
    case 0x2593: self = .shade(0.75)
    case 0x2580...0x259F: self = .boxes(Glyph.block(scalar.value))
    case 0x2800...0x28FF: self = .dots(Glyph.brailleDots(UInt8(scalar.value & 0xFF)))
    case 0x1FB00...0x1FB3B: self = .boxes(Glyph.sextant(scalar.value))
    default: return nil
    }
  }

  /// Unicode's dot order (columns of three, then the bottom row) as bits in reading order.
  private static func brailleDots(_ bits: UInt8) -> UInt8 {
    let order: [UInt8] = [0, 2, 4, 1, 3, 5, 6, 7]
    var result: UInt8 = 0
    for (bit, place) in order.enumerated() where bits & (1 << UInt8(bit)) != 0 {
      result |= 1 << place
    }
    return result
  }

  /// Boxes of U+2580...U+259F without the shades.
  private static func block(_ value: UInt32) -> [Box] {
    func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Box {
      Box(x: x, y: y, width: width, height: height)
    }
    switch value {
    case 0x2580: return [box(0, 0, 1, 0.5)]
    case 0x2581...0x2588:
      let height = Double(value - 0x2580) / 8
      return [box(0, 1 - height, 1, height)]
    case 0x2589...0x258F: return [box(0, 0, Double(0x2590 - value) / 8, 1)]
    case 0x2590: return [box(0.5, 0, 0.5, 1)]
    case 0x2594: return [box(0, 0, 1, 0.125)]
    case 0x2595: return [box(0.875, 0, 0.125, 1)]
    default:
      // Quadrants as bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
      let bits: [UInt8] = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]
      let quadrants = value >= 0x2596 ? Int(bits[Int(value - 0x2596)]) : 0
      return (0..<4).filter { (place: Int) -> Bool in quadrants >> place & 1 == 1 }.map {
        (place: Int) -> Box in box(Double(place % 2) / 2, Double(place / 2) / 2, 0.5, 0.5)
      }
    }
  }

  /// Boxes of a sextant; the block leaves out blank, left half, right half and full.
  private static func sextant(_ value: UInt32) -> [Box] {
    var bits = value - 0x1FB00 + 1
    if bits >= 0x15 { bits += 1 }
    if bits >= 0x2A { bits += 1 }
    return (0..<6).filter { (place: Int) -> Bool in bits >> UInt32(place) & 1 == 1 }.map {
      (place: Int) -> Box in
      Box(x: Double(place % 2) / 2, y: Double(place / 2) / 3, width: 0.5, height: 1.0 / 3)
    }
  }

  /// Whether a scalar is a block, whose two colours are both picture.
  package static func isBlock(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2580...0x259F, 0x1FB00...0x1FB3B: true
    default: false
    }
  }

  /// Which part of its cell a block covers; nil for all other scalars.
  package static func cover(_ scalar: Unicode.Scalar) -> Double? {
    guard isBlock(scalar) else { return nil }
    switch Glyph(scalar) {
    case .boxes(let boxes): return boxes.reduce(0) { $0 + $1.width * $1.height }
    case .shade(let value): return value
    default: return nil
    }
  }
}
