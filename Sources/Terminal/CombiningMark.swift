/// A mark that shares the cell of the letter before it (`m̂`, `ที่`, `か゛`): one of the combining
/// diacritical marks, of the marks of Cyrillic, Hebrew, Arabic, Devanagari, Thai and Kana, or
/// none.
///
/// A letter may bear a second one (`ế`, `ที่`). Two bytes, so that a cell stays as small as it was.
package struct CombiningMark: Equatable, Hashable, Sendable {
  /// 0 for none, else the place among the marks, counted from 1.
  private var number: UInt8
  /// The same of the second mark.
  private var second: UInt8 = 0

  private init(number: UInt8) { self.number = number }

  /// No accent.
  package static let none = CombiningMark(number: 0)

  /// The most marks of one letter: terminals keep so many at least.
  package static let most = 2

  /// Adds a mark behind those that are there; beyond the second it is left out.
  package mutating func add(_ mark: CombiningMark) {
    if number == 0 {
      self = mark
    } else if second == 0 {
      second = mark.number
    }
  }

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

  /// The marks as scalars, in their order; none, one or two.
  package var scalars: [Unicode.Scalar] {
    number == 0 ? [] : [number, second].compactMap(Self.scalar)
  }

  /// The marks' values as a terminal is sent them: the first in the lower 16 bits, the second in
  /// the upper; 0 for none.
  package var packed: UInt32 {
    number == 0
      ? 0 : (Self.scalar(number)?.value ?? 0) | (Self.scalar(second)?.value ?? 0) << 16
  }

  private static func scalar(_ number: UInt8) -> Unicode.Scalar? {
    guard number > 0 else { return nil }
    var rest = UInt32(number) - 1
    for block in CombiningMark.blocks {
      if rest < block.count { return Unicode.Scalar(block.lowerBound + rest) }
      rest -= UInt32(block.count)
    }
    return nil
  }
}
