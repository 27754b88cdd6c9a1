import Foundation

/// Values of a setting as people list them: `1,2,4`, `2; 4; 8,8` (parted by semicolons where values
/// hold commas), `1..200`, `-5..5/1001`, `1e-4..1/log9`.
package struct ValueList: Sendable {
  /// What cannot be read.
  package struct Mistake: Error, Equatable, CustomStringConvertible {
    /// What is wrong, for people.
    package let description: String
  }

  /// The most values of one list.
  package static let limit = 1_000_000

  /// The values, as text for `--set`.
  package let values: [String]

  /// Reads a list.
  package init(_ text: String) throws(Mistake) {
    var values: [String] = []
    var pieces = Self.pieces(text)
    if pieces.last?.isEmpty == true { pieces.removeLast() }
    guard !pieces.contains("") else {
      throw Mistake(description: "\(EscapedText.quoted(text)): a value is empty between two others")
    }
    if let mistake = Self.decimalComma(pieces, in: text) { throw mistake }
    for piece in pieces { values += try Self.values(piece) }
    self.values = values
  }

  /// The mistake where a comma before a range of numbers may be a decimal sign: `0,5..1/3`.
  private static func decimalComma(_ pieces: [String], in text: String) -> Mistake? {
    guard !text.contains(";") else { return nil }
    for place in pieces.indices.dropFirst() {
      let (before, range) = (pieces[place - 1], pieces[place])
      guard range.contains(".."), range.contains("/"), isWhole(before) else { continue }
      guard let dots = range.range(of: ".."), isWhole(String(range[..<dots.lowerBound])),
        range.first != "-"
      else { continue }
      let one = pieces[..<(place - 1)] + ["\(before).\(range)"] + pieces[(place + 1)...]
      return Mistake(
        description: "\(EscapedText.quoted(text)): write \(one.joined(separator: "; ")) if the "
          + "comma is a decimal sign, or \(pieces.joined(separator: "; ")) if it parts two values")
    }
    return nil
  }

  /// Pieces between semicolons, or between commas where there are none, that stand in no brackets.
  private static func pieces(_ text: String) -> [String] {
    let parts = pieces(text, between: ";")
    return parts.count > 1 ? parts : pieces(text, between: ",")
  }

  private static func pieces(_ text: String, between separator: Character) -> [String] {
    var pieces = [""]
    var depth = 0
    for character in text {
      switch character {
      case "[", "{", "(": depth += 1
      case "]", "}", ")": depth -= 1
      default: break
      }
      if character == separator, depth == 0 {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// A plain value, `a..b` (whole numbers), `a..b/n` (n numbers, both ends included) or
  /// `a..b/logn`.
  private static func values(_ piece: String) throws(Mistake) -> [String] {
    guard let range = try ValueRange(piece) else { return [piece] }
    guard let count = range.count else {
      return try wholeNumbers(range.from, range.to, in: piece)
    }
    return numbers(try range.ends(), count: count, isLogarithmic: range.isLogarithmic)
  }

  private static func wholeNumbers(
    _ from: String, _ to: String, in piece: String
  ) throws(Mistake) -> [String] {
    // Seeds go beyond the greatest signed number, starts below 0.
    if let first = UInt64(from), let last = UInt64(to), last > UInt64(Int.max) {
      guard first <= last else { throw descending(piece) }
      guard last - first < UInt64(limit) else { throw tooMany(piece) }
      return (first...last).map(String.init)
    }
    guard let first = Int(from), let last = Int(to) else {
      if [from, to].allSatisfy(isWhole) { throw tooMany(piece) }
      guard ExactDecimal.number(from) != nil, ExactDecimal.number(to) != nil else {
        throw ValueRange.wrong(piece)
      }
      throw Mistake(
        description: "\(piece) goes over whole numbers; say how many numbers there are between its"
          + " ends: \(piece)/11")
    }
    guard first <= last else { throw descending(piece) }
    let (distance, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, distance < limit else { throw tooMany(piece) }
    return (first...last).map(String.init)
  }

  private static func numbers(
    _ ends: (first: Double, last: Double), count: Int, isLogarithmic: Bool
  ) -> [String] {
    let (first, last) = ends
    return (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      // The ends exactly; between them, by weights of both, so that -5..5 has its middle at 0.
      let value =
        isLogarithmic
        ? first * pow(last / first, share) : first * (1 - share) + last * share
      return ExactDecimal.shortest(index == 0 ? first : index == count - 1 ? last : value)
    }
  }

  /// Whether a text is digits, with a minus before them or not.
  private static func isWhole(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
  }

  private static func tooMany(_ piece: String) -> Mistake {
    Mistake(description: "\(piece) has more than \(limit) values")
  }

  private static func descending(_ piece: String) -> Mistake {
    Mistake(description: "\(piece) falls: a range of whole numbers begins with the smaller one")
  }
}
