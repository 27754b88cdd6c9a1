import Differentiation
import Lanes

/// A condition's text made ready for the language of formulas, place by place, so that errors keep
/// their columns: words in quotes become numbers, and names that formulas use for functions
/// (`step`) are capitalised.
struct ConditionSpelling {
  /// What the formula's parser reads; as many scalars as the text.
  let formula: String
  /// The words of the text, in order.
  let words: [String]

  init(_ text: String) throws(FormulaError) {
    let scalars = Array(text.unicodeScalars)
    var result = scalars
    var words: [String] = []
    var last = ""
    var sinceLast: [Unicode.Scalar] = []
    var position = 0
    while position < scalars.count {
      let start = position
      if scalars[start] == "\"" || scalars[start] == "'" {
        position += 1
        while position < scalars.count, scalars[position] != scalars[start] { position += 1 }
        guard position < scalars.count else {
          throw FormulaError("a word in quotes does not end", at: start..<scalars.count)
        }
        position += 1
        let word = ConditionSpelling.text(scalars[(start + 1)..<(position - 1)])
        let number = try ConditionSpelling.number(
          word, comparedWith: last, by: sinceLast, at: start..<position)
        let digits = Array(number.unicodeScalars)
        for place in start..<position {
          let offset = place - start
          result[place] = offset < digits.count ? digits[offset] : " "
        }
        continue
      }
      guard ConditionSpelling.isLetter(scalars[start]) else {
        sinceLast.append(scalars[start])
        position += 1
        continue
      }
      while position < scalars.count,
        ConditionSpelling.isLetter(scalars[position]) || scalars[position].isDigit
      {
        position += 1
      }
      last = ConditionSpelling.text(scalars[start..<position])
      sinceLast = []
      let next = scalars[position...].first { $0 != " " }
      // `step(x)` is the function, `step` alone the number of steps.
      if next == "(", Function.named(last) != nil { continue }
      words.append(last)
      for (offset, scalar) in ConditionSpelling.inside(last).unicodeScalars.enumerated() {
        result[start + offset] = scalar
      }
    }
    formula = ConditionSpelling.text(result[...])
    self.words = words
  }

  /// A name as the formula's parser knows it; as long as the name.
  static func inside(_ name: String) -> String {
    guard ConditionName.catalogue[name] != nil, Function.named(name) != nil else { return name }
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  /// An error in the names that people write.
  static func outside(_ error: FormulaError) -> FormulaError {
    let changed = ConditionName.catalogue.names.filter { inside($0) != $0 }
    func plain(_ text: String) -> String {
      changed.reduce(text) { $0.replacing(inside($1), with: $1) }
    }
    var error = error
    error.message = plain(error.message)
    error.expected = error.expected.map(plain)
    error.suggestion = error.suggestion.map(plain)
    return error
  }

  /// The number for a word that is compared with a name.
  private static func number(
    _ word: String, comparedWith name: String, by signs: [Unicode.Scalar], at range: Range<Int>
  ) throws(FormulaError) -> String {
    let sign = text(signs.filter { $0 != " " }[...])
    guard let entry = ConditionName.catalogue[name], !entry.words.isEmpty,
      ["==", "!=", "≠"].contains(sign)
    else {
      let names = ConditionName.catalogue.entries.filter { !$0.words.isEmpty }.map(\.name)
      throw FormulaError(
        "a word in quotes is compared with a name", at: range,
        expected: names.map { "\($0) == \"…\"" }.joined(separator: " or "))
    }
    guard let index = entry.words.firstIndex(of: word) else {
      throw FormulaError(
        "there is no \(name) \"\(word.prefix(60))\"", at: range,
        expected: "one of \(entry.words.joined(separator: ", "))",
        suggestion: Spelling.nearest(to: word, in: entry.words))
    }
    return "\(index + 1)"
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
