/// Slips that are understood, but not read: what was probably meant, and how it is written.
extension Parser {
  /// What is wrong at a word that cannot stand where it does; nil when nothing is known of it.
  var slip: FormulaError? {
    let before = position > 0 ? tokens[position - 1] : nil
    let after = following()
    switch kind {
    case .not where before.map(Parser.endsFactor) == true:
      return FormulaError(
        "there is no factorial sign", at: token.range, expected: "prod(i, 1, n, i) for n!")
    case .comma:
      guard let before, case .number(let whole) = before.kind, case .number(let part) = after,
        before.range.upperBound == token.range.lowerBound,
        tokens[position + 1].range.lowerBound == token.range.upperBound
      else { return nil }
      return FormulaError(
        "the decimal sign is a point",
        at: before.range.lowerBound..<tokens[position + 1].range.upperBound,
        expected:
          "\(Formula.numeral(whole)).\(Formula.numeral(part)), not "
          + "\(Formula.numeral(whole)),\(Formula.numeral(part))"
      )
    case .bar, .end:
      // `||x| + 1|` is fine; a formula that does not work out with such a pair meant something
      // else.
      let pair = tokens.indices.dropLast().first {
        tokens[$0].kind == .bar && tokens[$0 + 1].kind == .bar
          && tokens[$0].range.upperBound == tokens[$0 + 1].range.lowerBound
      }
      guard let pair else { return nil }
      return FormulaError(
        "\"||\" has no meaning in a formula",
        at: tokens[pair].range.lowerBound..<tokens[pair + 1].range.upperBound, expected: "or")
    default: return nil
    }
  }

  /// Whether a word ends a factor, so that an operator is what should follow.
  private static func endsFactor(_ token: Token) -> Bool {
    switch token.kind {
    case .number, .name, .superscript, .rightParenthesis, .rightBracket, .bar: true
    default: false
    }
  }

  /// What is wrong with an unknown name before a parenthesis; nil when it may be a factor: `a(x +
  /// 1)`.
  func unknownCall(_ name: String, at range: Range<Int>) -> FormulaError? {
    let isLetter = Formula.isPlainName(name)
    if let hint = ForeignNames.hint(name) {
      return FormulaError("unknown function \(name)", at: range, expected: hint)
    }
    if !isLetter, let pieces = ForeignNames.pieces(name), let last = pieces.last,
      Function.named(last) != nil
    {
      return FormulaError(
        "unknown function \(name)", at: range, expected: pieces.joined(separator: " ") + "(x)")
    }
    guard holdsComma else { return nil }
    return FormulaError(
      "\(name) is not a function", at: range,
      expected: "a definition before it, as in \(name)(a, b) = a b;")
  }

  /// Whether the parenthesis that opens here has a comma of its own.
  private var holdsComma: Bool {
    var depth = 0
    for token in tokens[position...] {
      switch token.kind {
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket:
        depth -= 1
        if depth <= 0 { return false }
      case .comma: if depth == 1 { return true }
      default: break
      }
    }
    return false
  }

  /// What is missing after definitions alone.
  func onlyDefinitions(_ definitions: [Definition]) -> FormulaError {
    guard let last = definitions.last else {
      return FormulaError(
        "there is no formula", at: token.range, expected: "an expression, as in x^2")
    }
    let text = last.body.map(Printer.text)
    switch last.kind {
    case .function(let parameters):
      let call = "\(last.name)(\(parameters.joined(separator: ", ")))"
      return FormulaError(
        "\(call) = … only defines \(last.name), and nothing is computed", at: token.range,
        expected: "\"; \(call)\" at the end" + (text.map { ", or \($0) alone" } ?? ""))
    case .value:
      return FormulaError(
        "\(last.name) = … only defines \(last.name), and nothing is computed", at: token.range,
        expected: "\"; \(last.name)\" at the end" + (text.map { ", or \($0) alone" } ?? ""))
    case .vector:
      return FormulaError(
        "there are definitions but no formula", at: token.range,
        expected: "an expression, as in norm(\(last.name))")
    }
  }
}
