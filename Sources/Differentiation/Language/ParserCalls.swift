import Lanes

/// Names and calls.
extension Parser {
  mutating func named(_ name: String) throws(FormulaError) -> Expression {
    let start = advance().range
    let isLocal = locals.contains(name)
    let takesArguments = !isLocal && (functions[name] != nil || Function.named(name) != nil)
    guard takesArguments else {
      if kind == .leftParenthesis, !isLocal, let error = unknownCall(name, at: start) {
        throw error
      }
      if kind == .leftParenthesis, !isLocal, name.unicodeScalars.count > 1,
        ForeignNames.hint(name) == nil,
        let meant = Spelling.nearest(
          to: name, in: Array(functions.keys).sorted() + Function.reservedNames),
        functions[meant] != nil || Function.named(meant) != nil, !Formula.isPlainName(name)
      {
        throw FormulaError("unknown function \(name)", at: start, suggestion: meant)
      }
      return Expression(.name(name), at: start)
    }
    if kind == .leftParenthesis { return try call(name, from: start) }
    if functions[name] != nil {
      throw FormulaError(
        "\(name) is a function", at: start, expected: "its arguments, as in \(name)(x)")
    }
    return try applied(name, from: start)
  }

  /// A function without parentheses: `sin 2πx`, `sin² x`, `log x`.
  private mutating func applied(_ name: String, from start: Range<Int>) throws(FormulaError)
    -> Expression
  {
    guard let function = Function.named(name), function.operation?.arity == 1 else {
      throw FormulaError(
        "\(name) is a function", at: start,
        expected: "its arguments, as in \(name)\(Function.named(name)?.arguments ?? "(x)")")
    }
    return try nested { parser throws(FormulaError) in
      var exponent: Expression?
      if case .superscript(let value) = parser.kind {
        exponent = Expression(.number(value), at: parser.advance().range)
      } else if parser.kind == .caret {
        parser.advance()
        let sign: Double = parser.kind == .minus ? -1 : 1
        if sign < 0, case .number = parser.following() { parser.advance() }
        guard case .number(let value) = parser.kind else {
          throw parser.unexpected(expected: "a number, as in \(name)^2 x")
        }
        exponent = Expression(.number(sign * value), at: parser.advance().range)
      }
      if let exponent, case .number(let value) = exponent.kind, value < 0 {
        throw FormulaError(
          "\(name)⁻¹ can be read in two ways", at: start.lowerBound..<exponent.range.upperBound,
          expected: "1/\(name)(x) or the inverse function by its name")
      }
      let argument =
        exponent != nil && parser.kind == .leftParenthesis
        ? try parser.parenthesized() : try parser.juxtaposed(name, at: start)
      let call = Expression(
        .call(function.name), [argument], at: start.lowerBound..<argument.range.upperBound)
      guard let exponent else { return call }
      return Expression(.power, [call, exponent], at: call.range)
    }
  }

  private mutating func parenthesized() throws(FormulaError) -> Expression {
    let start = advance().range.lowerBound
    var inner = try enclosed { parser throws(FormulaError) in try parser.expression() }
    inner.range = start..<token.range.upperBound
    try expect(.rightParenthesis, "an operator or \")\"")
    return inner
  }

  /// The factors up to the next operator or function name.
  private mutating func juxtaposed(_ name: String, at start: Range<Int>) throws(FormulaError)
    -> Expression
  {
    var negative: Token?
    if kind == .minus { negative = advance() }
    guard startsFactor || isNumber else {
      throw FormulaError(
        "\(name) needs an argument", at: start, expected: "\(name)(x)")
    }
    var factors: [Expression] = []
    while isNumber && factors.isEmpty || startsFactor {
      if !factors.isEmpty, case .name(let next) = kind, !locals.contains(next),
        functions[next] != nil || Function.named(next) != nil
      {
        break
      }
      factors.append(try power())
    }
    var argument = factors[0]
    if factors.count > 1 {
      argument = Expression(
        .product([Bool](repeating: false, count: factors.count)), factors,
        at: argument.range.lowerBound..<factors[factors.count - 1].range.upperBound)
    }
    guard let negative else { return argument }
    return Expression(
      .negate, [argument], at: negative.range.lowerBound..<argument.range.upperBound)
  }

  private var isNumber: Bool { if case .number = kind { true } else { false } }

  private mutating func call(_ name: String, from start: Range<Int>) throws(FormulaError)
    -> Expression
  {
    advance()
    let bars = openBars
    openBars = 0
    defer { openBars = bars }
    let own = functions[name] != nil
    let function = own ? nil : Function.named(name)
    if function?.name == "loop" { return try loop(from: start) }
    if function?.name == "sum" || function?.name == "prod",
      case .name(let index) = kind, following() == .comma
    {
      return try repeated(function?.name == "prod", index, from: start)
    }
    var arguments: [Expression] = []
    if kind != .rightParenthesis {
      arguments.append(try expression())
      while kind == .comma {
        advance()
        arguments.append(try expression())
      }
    }
    let end = token.range.upperBound
    if kind == .assign, function?.name == "sum" || function?.name == "prod" {
      throw FormulaError(
        "the bounds of a \(name) stand between commas", at: token.range,
        expected: "\(name)(i, 1, n, …)")
    }
    try expect(.rightParenthesis, "an operator, \",\" or \")\"")
    let range = start.lowerBound..<end
    if let wanted = arity(name, own: own, given: arguments.count) {
      let given = arguments.count
      throw FormulaError(
        "\(name) takes \(wanted == 1 ? "one argument" : "\(wanted) arguments"), not \(given)",
        at: range,
        expected: function?.name == "log" && given == 2
          ? "log(x)/log(b) for the logarithm to the base b"
          : function.map { "\($0.name)\($0.arguments)" })
    }
    if function?.name == "if" { return Expression(.conditional, arguments, at: range) }
    return Expression(.call(function?.name ?? name), arguments, at: range)
  }

  /// The number of arguments that should have been given; nil when it is right.
  private func arity(_ name: String, own: Bool, given: Int) -> Int? {
    if own { return functions[name] == given ? nil : functions[name] }
    guard let function = Function.named(name) else { return nil }
    let wanted: ClosedRange<Int>
    switch function.name {
    case "if": wanted = 3...3
    case "dot": wanted = 2...2
    case "min", "max": wanted = 1...Compiler.longestVector
    case "sum", "prod": wanted = given == 1 ? 1...1 : 4...4
    default: wanted = function.operation.map { $0.arity...$0.arity } ?? 1...1
    }
    return wanted.contains(given) ? nil : wanted.lowerBound
  }

  private mutating func repeated(_ isProduct: Bool, _ index: String, from start: Range<Int>)
    throws(FormulaError) -> Expression
  {
    position += 2
    let first = try expression()
    try expect(.comma, "\",\" and the last value of \(index)")
    let last = try expression()
    try expect(.comma, "\",\" and the term")
    locals.append(index)
    let term = try expression()
    locals.removeLast()
    let end = token.range.upperBound
    try expect(.rightParenthesis, "an operator or \")\"")
    return Expression(
      .repeated(isProduct: isProduct, index: index), [first, last, term],
      at: start.lowerBound..<end)
  }

  /// `loop(i = 0, s = 0; i < 10; s = s + x^i, i = i + 1; s)`.
  private mutating func loop(from start: Range<Int>) throws(FormulaError) -> Expression {
    let (variables, initials) = try assignments(known: nil)
    try expect(.semicolon, "\";\" and the condition")
    let outside = locals
    locals += variables
    let condition = try expression()
    try expect(.semicolon, "\";\" and the new values, as in i = i + 1")
    let (updates, values) = try assignments(known: variables)
    try expect(.semicolon, "\";\" and the result")
    let result = try expression()
    locals = outside
    let end = token.range.upperBound
    try expect(.rightParenthesis, "an operator or \")\"")
    return Expression(
      .loop(variables: variables, updates: updates), initials + [condition] + values + [result],
      at: start.lowerBound..<end)
  }

  private mutating func assignments(known: [String]?) throws(FormulaError)
    -> (names: [String], values: [Expression])
  {
    var names: [String] = []
    var values: [Expression] = []
    repeat {
      if !names.isEmpty { advance() }
      guard case .name(let name) = kind, following() == .assign else {
        throw unexpected(expected: "a name and its value, as in i = 0")
      }
      if let known, !known.contains(name) {
        throw FormulaError(
          "\(name) is not a variable of this loop", at: token.range,
          suggestion: Spelling.nearest(to: name, in: known))
      }
      if known == nil, names.contains(name) {
        throw FormulaError("\(name) is given twice", at: token.range)
      }
      position += 2
      names.append(name)
      values.append(try expression())
    } while kind == .comma
    return (names, values)
  }
}
