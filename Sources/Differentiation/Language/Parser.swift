import Lanes

/// Reads a formula: words to expressions, by recursive descent with bounded depth.
///
/// From weak to strong: `c ? a : b`; `or`; `and`; `not`; comparisons (chains allowed); `+ −`; `* /`
/// and implicit products, left to right (`1/2x` is x/2); sign; `^` and superscripts, from right to
/// left; then calls, `[ ]`, `( )`, `| |`.
struct Parser {
  /// The deepest nesting.
  static let deepest = 100

  var tokens: [Token]
  var position = 0
  var depth = 0
  /// How many bars are open since the last parenthesis.
  var openBars = 0
  /// Functions that the formula defines, with their numbers of parameters.
  var functions: [String: Int] = [:]
  /// Names that mean a number here whatever functions there are.
  var locals: [String] = []

  /// Reads a whole formula.
  static func script(of text: String) throws(FormulaError) -> Script {
    var parser = Parser(tokens: try Lexer.tokens(of: text))
    parser.findFunctions()
    return try parser.script()
  }

  var token: Token { tokens[position] }
  var kind: Token.Kind { tokens[position].kind }
  func following(_ offset: Int = 1) -> Token.Kind {
    position + offset < tokens.count ? tokens[position + offset].kind : .end
  }

  @discardableResult
  mutating func advance() -> Token {
    let current = tokens[position]
    if position < tokens.count - 1 { position += 1 }
    return current
  }

  mutating func expect(_ kind: Token.Kind, _ label: String) throws(FormulaError) {
    guard self.kind == kind else { throw unexpected(expected: label) }
    advance()
  }

  func unexpected(expected: String) -> FormulaError {
    if let slip { return slip }
    if case .end = kind {
      return FormulaError("the formula ends too early", at: token.range, expected: expected)
    }
    return FormulaError("unexpected \(token.label)", at: token.range, expected: expected)
  }

  mutating func nested<R>(_ body: (inout Parser) throws(FormulaError) -> R) throws(FormulaError)
    -> R
  {
    depth += 1
    defer { depth -= 1 }
    if depth > Parser.deepest {
      throw FormulaError("nested more than \(Parser.deepest) deep", at: token.range)
    }
    return try body(&self)
  }

  // MARK: - Statements

  /// Functions are known everywhere, so that they may call themselves and one another.
  private mutating func findFunctions() {
    var start = true
    var open = 0
    for index in tokens.indices {
      if start, case .name(let name) = tokens[index].kind,
        let parameters = parameters(at: index + 1)
      {
        functions[name] = parameters.names.count
      }
      switch tokens[index].kind {
      case .leftParenthesis, .leftBracket: open += 1
      case .rightParenthesis, .rightBracket: open -= 1
      default: break
      }
      start = tokens[index].kind == .semicolon && open == 0
    }
  }

  /// `(n, k) =` from a token on: the names and the number of tokens; nil when it is something else.
  private func parameters(at first: Int) -> (names: [String], count: Int)? {
    guard first < tokens.count, tokens[first].kind == .leftParenthesis else { return nil }
    var names: [String] = []
    var index = first + 1
    while index + 1 < tokens.count, case .name(let name) = tokens[index].kind {
      names.append(name)
      index += 1
      if tokens[index].kind == .comma { index += 1 } else { break }
    }
    guard !names.isEmpty, index + 1 < tokens.count, tokens[index].kind == .rightParenthesis,
      tokens[index + 1].kind == .assign
    else { return nil }
    return (names, index + 2 - first)
  }

  private mutating func script() throws(FormulaError) -> Script {
    var definitions: [Definition] = []
    var last: Expression?
    while kind != .end {
      if kind == .semicolon {
        advance()
        continue
      }
      if let definition = try definition() {
        definitions.append(definition)
        last = nil
      } else {
        last = try expression()
        if kind == .semicolon, position < tokens.count - 1 {
          let semicolon = advance()
          while kind == .semicolon { advance() }
          if kind != .end {
            throw FormulaError(
              "only the last statement may be an expression without a name",
              at: semicolon.range, expected: "a definition, as in a = 2, before it")
          }
          break
        }
      }
      if kind == .assign {
        throw FormulaError(
          "\"=\" defines a name", at: token.range,
          expected: "a single name before it, or \"==\" to compare")
      }
      guard kind == .semicolon || kind == .end else {
        throw unexpected(expected: "an operator, \";\" or the end")
      }
    }
    guard let last else { throw onlyDefinitions(definitions) }
    return Script(definitions: definitions, body: last)
  }

  private mutating func definition() throws(FormulaError) -> Definition? {
    guard case .name(let name) = kind else { return nil }
    let range = token.range
    if following() == .assign {
      position += 2
      return Definition(name: name, kind: .value, body: try expression(), range: range)
    }
    if following() == .elementOf, case .name("R") = following(2) {
      position += 3
      return Definition(
        name: name, kind: .vector(length: try dimension()), body: nil, range: range)
    }
    if let (names, count) = parameters(at: position + 1) {
      position += 1 + count
      locals = names
      let body = try expression()
      locals = []
      return Definition(
        name: name, kind: .function(parameters: names), body: body, range: range)
    }
    return nil
  }

  /// `^5` or `⁵`.
  private mutating func dimension() throws(FormulaError) -> Int {
    if kind == .caret { advance() }
    let longest = Double(Compiler.longestVector)
    switch kind {
    case .number(let value), .superscript(let value):
      guard value >= 1, value <= longest, value == value.rounded() else {
        throw FormulaError(
          "a vector cannot have \(Formula.numeral(value)) entries", at: token.range,
          expected: "a whole number from 1 to \(Compiler.longestVector)")
      }
      advance()
      return Int(value)
    default: throw unexpected(expected: "the number of entries, as in x in R^5")
    }
  }
}
