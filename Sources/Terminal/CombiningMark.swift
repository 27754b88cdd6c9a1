/// An accent that shares the cell of the letter before it (`m̂`): one of the combining diacritical marks, or none.
///
/// A byte, so that a cell stays as small as it was.
package struct CombiningMark: Equatable, Hashable, Sendable {
  /// 0 for none, else the place in the block from U+0300, counted from 1.
  private let number: UInt8

  private init(number: UInt8) { self.number = number }

  /// No accent.
  package static let none = CombiningMark(number: 0)

  /// The accent that a scalar is; nil when it is none.
  package init?(_ scalar: Unicode.Scalar) {
    guard (0x300...0x36F).contains(scalar.value) else { return nil }
    number = UInt8(scalar.value - 0x2FF)
  }

  /// The accent as a scalar; nil for none.
  package var scalar: Unicode.Scalar? {
    number == 0 ? nil : Unicode.Scalar(0x2FF + UInt32(number))
  }
}
