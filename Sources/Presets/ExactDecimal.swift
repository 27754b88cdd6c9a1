/// Numbers as text, both ways, without losing a bit.
package enum ExactDecimal {
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
    guard case .number(let value, _) = DecimalText.read(String(text), comma: false) else {
      return nil
    }
    return value
  }

  /// The whole number that `text` is the decimal form of (`300`, `1e6`), or nil.
  package static func integer(_ text: some StringProtocol) -> Int? {
    if let value = Int(text) { return value }
    guard let value = number(text), value == value.rounded(), abs(value) <= 9_007_199_254_740_992
    else { return nil }
    return Int(value)
  }
}
