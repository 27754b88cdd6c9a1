/// A mark that shares the cell of the letter before it (`m̂`, `ที่`, `か゛`): one of the combining
/// diacritical marks, of the marks of Cyrillic, Hebrew, Arabic, Devanagari, Thai and Kana, or
/// none.
///
/// A byte, so that a cell stays as small as it was.
package struct CombiningMark: Equatable, Hashable, Sendable {
  /// 0 for none, else the place in the block from U+0300, counted from 1.
  private let number: UInt8

  private init(number: UInt8) { self.number = number }

  /// No accent.
  package static let none = CombiningMark(number: 0)

  /// The scalars that are marks, in order: at most 255 of them.
  private static let blocks: [ClosedRange<UInt32>] = [
    0x300...0x36F, 0x483...0x487, 0x591...0x5BD, 0x5BF...0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5,
    0x5C7...0x5C7, 0x64B...0x65F, 0x670...0x670, 0x900...0x902, 0x93C...0x93C, 0x941...0x948,
    0x94D...0x94D,
    0xE31...0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0x3099...0x309A,
  ]

  /// The mark that a scalar is; nil when it is none.
  package init?(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    guard value >= 0x300 else { return nil }
    var before: UInt32 = 1
    for block in CombiningMark.blocks {
      if value < block.lowerBound { return nil }
      if value <= block.upperBound {
        number = UInt8(before + value - block.lowerBound)
        return
      }
      before += UInt32(block.count)
    }
    return nil
  }

  /// The mark as a scalar; nil for none.
  package var scalar: Unicode.Scalar? {
    guard number > 0 else { return nil }
    var rest = UInt32(number) - 1
    for block in CombiningMark.blocks {
      if rest < block.count { return Unicode.Scalar(block.lowerBound + rest) }
      rest -= UInt32(block.count)
    }
    return nil
  }
}
