import Lanes

/// Expressions, from the weakest operator to the strongest.
extension Parser {
  mutating func expression() throws(FormulaError) -> Expression {
    try nested { parser throws(FormulaError) in
      let condition = try parser.logic(0)
      guard parser.kind == .question else { return condition }
      parser.advance()
      let bars = parser.openBars
      let first = try parser.expression()
      guard parser.kind == .colon else {
        throw parser.unexpected(expected: "\":\" and the value if the condition is false")
      }
      parser.advance()
      parser.openBars = bars
      let second = try parser.expression()
      return Expression(
        .conditional, [condition, first, second],
        at: condition.range.lowerBound..<second.range.upperBound)
    }
  }

  /// `or` (level 0), `and` (level 1), `not` and comparisons.
  private mutating func logic(_ level: Int) throws(FormulaError) -> Expression {
    if level == 2 { return try comparison() }
    let first = try logic(level + 1)
    let word: Token.Kind = level == 0 ? .or : .and
    guard kind == word else { return first }
    var operands = [first]
    while kind == word {
      advance()
      operands.append(try logic(level + 1))
    }
    let range = first.range.lowerBound..<operands[operands.count - 1].range.upperBound
    return Expression(level == 0 ? .or : .and, operands, at: range)
  }

  private mutating func comparison() throws(FormulaError) -> Expression {
    if kind == .not {
      let start = advance().range.lowerBound
      let operand = try nested { parser throws(FormulaError) in try parser.comparison() }
      return Expression(.not, [operand], at: start..<operand.range.upperBound)
    }
    let first = try sum()
    var operands = [first]
    var operations: [Operation] = []
    while case .comparison(let operation) = kind {
      advance()
      operations.append(operation)
      operands.append(try sum())
    }
    guard !operations.isEmpty else { return first }
    let range = first.range.lowerBound..<operands[operands.count - 1].range.upperBound
    return Expression(.comparison(operations), operands, at: range)
  }

  private mutating func sum() throws(FormulaError) -> Expression {
    let first = try product()
    guard kind == .plus || kind == .minus else { return first }
    var terms = [first]
    var subtracted = [false]
    while kind == .plus || kind == .minus {
      subtracted.append(advance().kind == .minus)
      terms.append(try product())
    }
    let range = first.range.lowerBound..<terms[terms.count - 1].range.upperBound
    return Expression(.sum(subtracted), terms, at: range)
  }

  private mutating func product() throws(FormulaError) -> Expression {
    let first = try signed()
    var factors = [first]
    var divided = [false]
    while true {
      if kind == .times || kind == .divide {
        divided.append(advance().kind == .divide)
        factors.append(try signed())
      } else if startsFactor {
        divided.append(false)
        factors.append(try power())
      } else {
        break
      }
    }
    guard factors.count > 1 else { return first }
    let range = first.range.lowerBound..<factors[factors.count - 1].range.upperBound
    return Expression(.product(divided), factors, at: range)
  }

  /// Whether the next word begins a factor of an implicit product.
  var startsFactor: Bool {
    switch kind {
    case .name, .leftParenthesis, .squareRoot, .cubeRoot: true
    case .number:
      // `x 2` is a product; `2 3` is a slip.
      if position > 0, case .number = tokens[position - 1].kind { false } else { true }
    case .bar: openBars == 0
    default: false
    }
  }

  private mutating func signed() throws(FormulaError) -> Expression {
    guard kind == .minus || kind == .plus else { return try power() }
    let sign = advance()
    let operand = try nested { parser throws(FormulaError) in try parser.signed() }
    if sign.kind == .plus { return operand }
    return Expression(.negate, [operand], at: sign.range.lowerBound..<operand.range.upperBound)
  }

  mutating func power() throws(FormulaError) -> Expression {
    let base = try superscripted(try postfix())
    guard kind == .caret else { return base }
    advance()
    let exponent = try nested { parser throws(FormulaError) in try parser.signedPower() }
    return Expression(
      .power, [base, exponent], at: base.range.lowerBound..<exponent.range.upperBound)
  }

  /// An exponent: `2^-3^x` is 2^(-(3^x)).
  private mutating func signedPower() throws(FormulaError) -> Expression {
    guard kind == .minus || kind == .plus else { return try power() }
    let sign = advance()
    let operand = try nested { parser throws(FormulaError) in try parser.signedPower() }
    if sign.kind == .plus { return operand }
    return Expression(.negate, [operand], at: sign.range.lowerBound..<operand.range.upperBound)
  }

  private mutating func superscripted(_ base: Expression) throws(FormulaError) -> Expression {
    guard case .superscript(let value) = kind else { return base }
    let range = advance().range
    let number = Expression(.number(value.magnitude), at: range)
    let exponent = value < 0 ? Expression(.negate, [number], at: range) : number
    return Expression(.power, [base, exponent], at: base.range.lowerBound..<range.upperBound)
  }

  private mutating func postfix() throws(FormulaError) -> Expression {
    let base = try primary()
    guard kind == .leftBracket else { return base }
    advance()
    let index = try enclosed { parser throws(FormulaError) in try parser.expression() }
    let end = token.range.upperBound
    try expect(.rightBracket, "\"]\"")
    if kind == .leftBracket {
      throw FormulaError("a vector has one index only", at: token.range)
    }
    return Expression(.component, [base, index], at: base.range.lowerBound..<end)
  }

  /// Bars that were opened outside do not close inside.
  mutating func enclosed<R>(_ body: (inout Parser) throws(FormulaError) -> R)
    throws(FormulaError) -> R
  {
    let bars = openBars
    openBars = 0
    defer { openBars = bars }
    return try body(&self)
  }

  private mutating func primary() throws(FormulaError) -> Expression {
    let start = token.range
    switch kind {
    case .number(let value):
      advance()
      if case .number = kind {
        throw unexpected(expected: "an operator between two numbers")
      }
      return Expression(.number(value), at: start)
    case .leftParenthesis:
      advance()
      var inner = try enclosed { parser throws(FormulaError) in try parser.expression() }
      let end = token.range.upperBound
      try expect(.rightParenthesis, "an operator or \")\"")
      inner.range = start.lowerBound..<end
      return inner
    case .bar:
      advance()
      openBars += 1
      let inner = try expression()
      let end = token.range.upperBound
      try expect(.bar, "an operator or \"|\"")
      openBars -= 1
      return Expression(.call("abs"), [inner], at: start.lowerBound..<end)
    case .leftBracket:
      advance()
      let entries = try enclosed { parser throws(FormulaError) in
        var entries = [try parser.expression()]
        while parser.kind == .comma {
          parser.advance()
          entries.append(try parser.expression())
        }
        return entries
      }
      let end = token.range.upperBound
      try expect(.rightBracket, "\",\" or \"]\"")
      return Expression(.vector, entries, at: start.lowerBound..<end)
    case .squareRoot, .cubeRoot: return try root()
    case .name(let name): return try named(name)
    default: throw unexpected(expected: "a number, a name or \"(\"")
    }
  }

  /// `√(x+1)` like a call; otherwise the root reaches over one factor with its exponent: `√2x` is
  /// (√2)·x.
  private mutating func root() throws(FormulaError) -> Expression {
    let sign = advance()
    let function = sign.kind == .squareRoot ? "sqrt" : "cbrt"
    let operand = try nested { parser throws(FormulaError) in
      parser.kind == .leftParenthesis ? try parser.postfix() : try parser.power()
    }
    return Expression(
      .call(function), [operand], at: sign.range.lowerBound..<operand.range.upperBound)
  }
}
