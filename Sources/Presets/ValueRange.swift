/// A range of values as people write it, in lists and in maps alike: `1..200`, `-5..5/1001` (so
/// many numbers, both ends included), `1e-4..1/log9` (evenly in the logarithm).
struct ValueRange {
  /// The whole text, for messages.
  let text: String
  /// Both ends as written.
  let from: String
  let to: String
  /// How many numbers there are, where that is said.
  let count: Int?
  /// Whether the numbers lie evenly in the logarithm.
  let isLogarithmic: Bool

  /// Reads a range; nil where the text holds no `..`.
  ///
  /// - Throws: `ValueList.Mistake` where what follows `/` is no count of at least 2.
  init?(_ text: String) throws(ValueList.Mistake) {
    guard let dots = text.firstRange(of: "..") else { return nil }
    self.text = text
    from = String(text[..<dots.lowerBound])
    let rest = text[dots.upperBound...].split(separator: "/", maxSplits: 1).map(String.init)
    guard let end = rest.first else { throw Self.wrong(text) }
    to = end
    guard rest.count == 2 else {
      (count, isLogarithmic) = (nil, false)
      return
    }
    isLogarithmic = rest[1].hasPrefix("log")
    let digits = isLogarithmic ? rest[1].dropFirst(3) : rest[1][...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      throw Self.wrong(text)
    }
    guard let count = Int(digits), count <= ValueList.limit else {
      throw ValueList.Mistake(description: "\(text) has more than \(ValueList.limit) values")
    }
    guard count >= 2 else {
      throw ValueList.Mistake(description: "\(text): a range has at least two numbers, its ends")
    }
    self.count = count
  }

  /// Both ends as finite numbers, above 0 where the range is logarithmic.
  ///
  /// - Throws: `ValueList.Mistake` where they are none.
  func ends() throws(ValueList.Mistake) -> (first: Double, last: Double) {
    guard let first = ExactDecimal.number(from), let last = ExactDecimal.number(to),
      first.isFinite, last.isFinite
    else { throw Self.wrong(text) }
    guard !isLogarithmic || (first > 0 && last > 0) else { throw Self.belowZero(text) }
    return (first, last)
  }

  /// The mistake of a logarithmic range that reaches 0.
  static func belowZero(_ text: String) -> ValueList.Mistake {
    ValueList.Mistake(description: "\(text): a logarithmic range lies above 0")
  }

  /// The mistake of a text that is no range.
  static func wrong(_ text: String) -> ValueList.Mistake {
    ValueList.Mistake(
      description: "\(EscapedText.quoted(text)) is no range: 1..200, -5..5/1000, 1e-3..1/log7")
  }
}
