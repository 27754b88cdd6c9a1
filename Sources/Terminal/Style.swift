/// A colour: 24-bit RGB, or the terminal's default.
package struct Color: Equatable, Hashable, Sendable {
  /// `0xRRGGBB`, or `UInt32.max` for the terminal's default.
  package var rgb: UInt32
  /// A colour from `0xRRGGBB`.
  package init(_ rgb: UInt32) { self.rgb = rgb }
  /// The terminal's own foreground or background.
  package static let terminalDefault = Color(.max)
}

/// How a cell's character is set.
package struct Attributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Heavier or brighter.
  package static let bold = Attributes(rawValue: 1)
  /// Fainter.
  package static let dim = Attributes(rawValue: 2)
  /// Underlined.
  package static let underline = Attributes(rawValue: 4)
  /// Colours exchanged.
  package static let reverse = Attributes(rawValue: 8)
  /// Slanted.
  package static let italic = Attributes(rawValue: 16)
}

/// Colours and attributes of a cell.
package struct Style: Equatable, Hashable, Sendable {
  /// Of the character.
  package var foreground: Color
  /// Behind it.
  package var background: Color
  /// Weight and so on.
  package var attributes: Attributes
  /// A style.
  package init(
    foreground: Color = .terminalDefault, background: Color = .terminalDefault,
    attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
