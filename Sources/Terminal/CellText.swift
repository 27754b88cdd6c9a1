/// What one or two cells hold of a text: a scalar with the accent over it.
package struct CellText: Equatable, Sendable {
  /// The scalar, printable.
  package var scalar: Unicode.Scalar
  /// The accent over it.
  package var mark = CombiningMark.none
  /// Cells: 1 or 2.
  package var width: Int

  /// A scalar that takes so many cells.
  package init(scalar: Unicode.Scalar, mark: CombiningMark = .none, width: Int) {
    self.scalar = scalar
    self.mark = mark
    self.width = width
  }

  /// The text as what cells hold, left to right. A letter bears two accents, and further ones are
  /// left out, as are joiners that take no room; an accent without a letter, and whatever may not
  /// be drawn, takes a cell of its own as `·`. What terminals measure differently is brought to
  /// what all measure alike: of a sequence of joined emoji the first is kept, selectors of looks
  /// and skin tones are left out, the parts of a Korean syllable become the syllable, a flag its
  /// two letters.
  package static func cells(of text: String) -> [CellText] {
    var result: [CellText] = []
    result.reserveCapacity(text.utf8.count)
    var isJoined = false
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value >= 0x300, let last = result.last {
        if isJoined {
          isJoined = false
          continue
        }
        if let mark = CombiningMark(scalar), last.scalar.properties.isAlphabetic {
          result[result.count - 1].mark.add(mark)
          continue
        }
        if value >= 0x1160, let syllable = hangul(last.scalar, scalar) {
          result[result.count - 1].scalar = syllable
          continue
        }
        if isExtender(value), last.scalar.value >= 0x2000 {
          isJoined = value == 0x200D
          continue
        }
      }
      isJoined = false
      if isInvisible(value) { continue }
      if let letter = regionalLetter(scalar) {
        result.append(CellText(scalar: letter, width: 1))
        continue
      }
      let width = ScalarWidth.width(scalar)
      result.append(width > 0 ? CellText(scalar: scalar, width: width) : unknown)
    }
    return result
  }

  /// Whether a scalar is drawn where it stands alone.
  package static func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
    ScalarWidth.width(scalar) > 0 || regionalLetter(scalar) != nil
  }

  /// The columns that a text takes.
  package static func width(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return cells(of: text).reduce(0) { $0 + $1.width }
  }

  /// What stands for scalars that may not be drawn.
  private static let unknown = CellText(scalar: "·", width: 1)

  /// Joiners, selectors of looks, skin tones, tags and keycaps: they change the symbol before them.
  private static func isExtender(_ value: UInt32) -> Bool {
    switch value {
    case 0x200D, 0xFE00...0xFE0F, 0x1_F3FB...0x1_F3FF, 0xE_0020...0xE_007F: true
    default: false
    }
  }

  /// Joiners and their opposites between letters, and places where words may break: they take no
  /// room wherever they stand, and show nothing of their own.
  private static func isInvisible(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: true
    default: false
    }
  }

  /// The letter that is half of a flag; nil for all other scalars.
  private static func regionalLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    (0x1_F1E6...0x1_F1FF).contains(scalar.value)
      ? Unicode.Scalar(scalar.value - 0x1_F1E6 + 0x41) : nil
  }

  /// The syllable of a Korean consonant and vowel, or of a syllable and a final consonant; nil
  /// where they are none.
  private static func hangul(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    let (a, b) = (first.value, second.value)
    switch (a, b) {
    case (0x1100...0x1112, 0x1161...0x1175):
      return Unicode.Scalar(0xAC00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28)
    case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (a - 0xAC00) % 28 == 0:
      return Unicode.Scalar(a + b - 0x11A7)
    default: return nil
    }
  }
}
