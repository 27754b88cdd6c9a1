/// Decimal numbers as bytes, read without making texts of them.
package enum DecimalText {
  /// The sign before the fraction.
  package enum Mark: Equatable { case none, point, comma }

  /// What the bytes are.
  package enum Reading: Equatable {
    /// A number, and how its fraction was set off.
    case number(Double, Mark)
    /// A number that no double can hold.
    case tooLarge
    /// Something else.
    case other
  }

  /// Powers of ten that a double holds exactly.
  private static let powers: [Double] = {
    var powers = [1.0]
    for _ in 0..<22 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// Reads `[+-] digits [. digits] [e [+-] digits]`, correctly rounded; the point may be a comma
  /// where `comma` says so, and the minus before the number may be U+2212.
  ///
  /// Up to 2⁵³ a whole number is a double, and so is a power of ten up to 10²²: one division or
  /// multiplication of both is rounded once (Clinger 1990). With up to 19 digits and places, which
  /// is how programs print doubles, the quotient of two whole numbers is rounded once. Everything
  /// else goes the standard library's way.
  package static func read(_ bytes: UnsafeBufferPointer<UInt8>, comma: Bool) -> Reading {
    let count = bytes.count
    var at = 0
    var isNegative = false
    if at < count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      isNegative = bytes[at] == UInt8(ascii: "-")
      at += 1
    } else if count > 3, bytes[0] == 0xE2, bytes[1] == 0x88, bytes[2] == 0x92 {
      // U+2212, the minus sign of typeset tables.
      isNegative = true
      at = 3
    }
    var mantissa: UInt64 = 0
    var kept = 0
    var digits = 0
    var exponent = 0
    var mark = Mark.none
    func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    while at < count {
      let byte = bytes[at]
      if isDigit(byte) {
        digits += 1
        if kept < 19 {
          mantissa = mantissa &* 10 &+ UInt64(byte &- 48)
          if mantissa > 0 { kept += 1 }
          if mark != .none { exponent -= 1 }
        } else {
          kept += 1
        }
      } else if mark == .none, byte == UInt8(ascii: ".") {
        mark = .point
      } else if mark == .none, comma, byte == UInt8(ascii: ",") {
        mark = .comma
      } else {
        break
      }
      at += 1
    }
    guard digits > 0 else { return .other }
    if at < count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      var isSmall = false
      if at < count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
        isSmall = bytes[at] == UInt8(ascii: "-")
        at += 1
      }
      let start = at
      var power = 0
      while at < count, isDigit(bytes[at]) {
        power = min(power * 10 + Int(bytes[at] &- 48), 100_000)
        at += 1
      }
      guard at > start else { return .other }
      exponent += isSmall ? -power : power
    }
    guard at == count else { return .other }
    if kept <= 19, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      let whole = Double(mantissa)
      let value = exponent < 0 ? whole / powers[-exponent] : whole * powers[exponent]
      return .number(isNegative ? -value : value, mark)
    }
    if kept <= 19, mantissa > 0, exponent < 0, exponent >= -19 {
      let value = quotient(mantissa, UInt64(powers[-exponent]))
      return .number(isNegative ? -value : value, mark)
    }
    var plain = bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
    if plain[0] == 0xE2 { plain.replaceSubrange(0..<3, with: [UInt8(ascii: "-")]) }
    guard let value = Double(String(decoding: plain, as: UTF8.self)) else { return .other }
    return value.isFinite ? .number(value, mark) : .tooLarge
  }

  /// The double nearest to a quotient: 63 bits of it or more, and whether there is a rest, are
  /// rounded to 53 once.
  private static func quotient(_ a: UInt64, _ b: UInt64) -> Double {
    let (above, below) = (a.leadingZeroBitCount, b.leadingZeroBitCount)
    let (high, divisor) = (a << UInt64(above), b << UInt64(below))
    let (whole, rest) = divisor.dividingFullWidth((high >> 1, high << 63))
    return Double(
      sign: .plus, exponent: below - above - 63, significand: Double(rest == 0 ? whole : whole | 1))
  }

  /// The same of a text.
  package static func read(_ text: String, comma: Bool) -> Reading {
    var text = text
    return text.withUTF8 { read($0, comma: comma) }
  }
}
