/// A cell that was meant for a number, and is written as the reader does not take it.
struct NumberSlip {
  /// What to do, for people.
  let advice: String

  private static let currencies: Set<Character> = ["$", "€", "£", "¥"]
  /// Signs that people put between groups of three digits.
  private static let groupMarks: Set<Character> = [
    ".", ",", "'", "’", " ", "\u{A0}", "\u{2009}", "\u{202F}",
  ]

  /// The slip in a cell that is no number to the reader; nil: it is a word.
  init?(_ text: String, allowsDecimalComma: Bool) {
    if text.hasSuffix("%"), Self.isNumber(text.dropLast()) {
      advice = "write it without the percent sign"
    } else if let sign = [text.first, text.last].compactMap({ $0 }).first(
      where: Self.currencies.contains), Self.isNumber(text.filter { $0 != sign })
    {
      advice = "write it without \(sign)"
    } else if text.wholeMatch(of: /[+-]?0[xX][0-9a-fA-F]+/) != nil {
      advice = "write it with decimal digits"
    } else if text.wholeMatch(of: /[+-]?[0-9.]+[dD][+-]?[0-9]+/) != nil {
      advice = "write its exponent with e, as in 1e3"
    } else if text.wholeMatch(of: /[+-]?[0-9]+(_[0-9]+)+(\.[0-9]*)?/) != nil || Self.isGrouped(text)
    {
      advice = "write it without marks between thousands"
    } else if !allowsDecimalComma, Self.isNumber(text) {
      advice = "write the fraction with a point, or set the cells apart by semicolons"
    } else {
      return nil
    }
  }

  private static func isNumber(_ text: some StringProtocol) -> Bool {
    DecimalText.read(text.trimmingSpaces, comma: true) != .other
  }

  /// Whether a text is groups of three digits with marks between them, as `1.000,5` and `1 000
  /// 000`.
  private static func isGrouped(_ text: String) -> Bool {
    let unsigned = text.drop { "+-−".contains($0) }
    guard let mark = unsigned.first(where: { groupMarks.contains($0) }) else { return false }
    var groups = unsigned.split(separator: mark, omittingEmptySubsequences: false)
    // After the last group there may be a fraction, set off by another mark.
    if let last = groups.last, let end = last.firstIndex(where: { ".,".contains($0) }) {
      guard last[last.index(after: end)...].allSatisfy(\.isASCIIDigit) else { return false }
      groups[groups.count - 1] = last[..<end]
    }
    return groups.count > 1 && (1...3).contains(groups[0].count)
      && groups[0].allSatisfy(\.isASCIIDigit)
      && groups.dropFirst().allSatisfy { $0.count == 3 && $0.allSatisfy(\.isASCIIDigit) }
  }
}

extension Character {
  /// Whether it is one of 0 to 9.
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
