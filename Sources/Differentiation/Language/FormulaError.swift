/// What is wrong with a formula, and where.
package struct FormulaError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The Unicode scalars of the text that the message speaks of; empty at the end of the text.
  package var range: Range<Int>
  /// What is wrong, in one sentence without a full stop.
  package var message: String
  /// What could have stood there (`a number, a name or "("`), where that can be said.
  package var expected: String?
  /// A name that was probably meant.
  package var suggestion: String?

  /// Describes a mistake.
  package init(
    _ message: String, at range: Range<Int>, expected: String? = nil, suggestion: String? = nil
  ) {
    self.message = message
    self.range = range
    self.expected = expected
    self.suggestion = suggestion
  }

  /// The first offending Unicode scalar's number, counted from 0.
  package var position: Int { range.lowerBound }

  /// The message with what was expected and what was probably meant: `unknown name sni; did you
  /// mean sin?`
  package var explanation: String {
    var text = message
    if let expected { text += "; expected \(expected)" }
    if let suggestion { text += "; did you mean \(suggestion)?" }
    return text
  }

  /// The position, counted from 1, and the explanation.
  package var description: String { "character \(position + 1): \(explanation)" }

  /// The formula with carets under the offending part; the text's control characters are shown as
  /// spaces. Of a long formula only the part around the carets is shown, between dots.
  package func marked(in text: String) -> String {
    let width = 76
    var line = text.unicodeScalars.map { $0.value < 32 ? " " : $0 }
    var start = range.lowerBound
    var length = max(1, min(range.count, width))
    if line.count > width {
      let first = min(max(0, start + length / 2 - width / 2), line.count - width)
      let last = first + width
      line =
        (first > 0 ? ["…"] : []) + line[first..<last]
        + (last < text.unicodeScalars.count ? ["…"] : [])
      start = start - first + (first > 0 ? 1 : 0)
      length = max(1, min(length, line.count - start))
    }
    return String(String.UnicodeScalarView(line)) + "\n"
      + String(repeating: " ", count: start) + String(repeating: "^", count: length)
  }
}
