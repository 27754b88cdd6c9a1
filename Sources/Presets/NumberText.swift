/// Numbers as text, both ways, without losing a bit.
package enum NumberText {
  /// The shortest decimal that reads back to the same bits; whole numbers without `.0`. NaN is
  /// `nan` whatever its sign.
  package static func shortest(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The number that `text` is the decimal form of (`3`, `-0.5`, `1e-3`), or nil: no hexadecimal,
  /// no infinities, no overflow, nothing around it.
  package static func number(_ text: some StringProtocol) -> Double? {
    guard isDecimal(text), let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The whole number that `text` is the decimal form of (`300`, `1e6`), or nil.
  package static func integer(_ text: some StringProtocol) -> Int? {
    if let value = Int(text) { return value }
    guard let value = number(text), value == value.rounded(), abs(value) <= 9_007_199_254_740_992
    else { return nil }
    return Int(value)
  }

  /// Whether `text` has the shape `[+-] digits [. digits] [e [+-] digits]`.
  static func isDecimal(_ text: some StringProtocol) -> Bool {
    var rest = text.utf8[...]
    func takeDigits() -> Int {
      let digits = rest.prefix { $0 >= 48 && $0 <= 57 }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    if let sign = rest.first, sign == 43 || sign == 45 { rest.removeFirst() }
    var digits = takeDigits()
    if rest.first == 46 {
      rest.removeFirst()
      digits += takeDigits()
    }
    guard digits > 0 else { return false }
    if let mark = rest.first, mark == 69 || mark == 101 {
      rest.removeFirst()
      if let sign = rest.first, sign == 43 || sign == 45 { rest.removeFirst() }
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
