/// Splits a formula into words.
struct Lexer {
  /// The longest text that is read, in Unicode scalars.
  static let longestText = 4096

  private let scalars: [Unicode.Scalar]
  private var position = 0

  private init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// The words of `text`, ended by `.end`.
  static func tokens(of text: String) throws(FormulaError) -> [Token] {
    let scalars = Array(text.unicodeScalars.prefix(longestText + 1))
    if scalars.count > longestText {
      throw FormulaError(
        "the formula is longer than \(longestText) characters", at: longestText..<longestText + 1)
    }
    var lexer = Lexer(scalars)
    var tokens: [Token] = []
    while let token = try lexer.next() { tokens.append(token) }
    tokens.append(Token(kind: .end, range: scalars.count..<scalars.count))
    return tokens
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  private mutating func next() throws(FormulaError) -> Token? {
    while let scalar = peek(), scalar.properties.isWhitespace { position += 1 }
    guard let scalar = peek() else { return nil }
    let start = position
    if Lexer.digit(scalar) != nil || (scalar == "." && peek(1).flatMap(Lexer.digit) != nil) {
      return try number()
    }
    if Lexer.superscript(scalar) != nil || scalar == "⁻" || scalar == "⁺" {
      return try superscript()
    }
    if scalar == "_" || (scalar.isASCII && scalar.properties.isAlphabetic) { return word() }
    if let (kind, length) = symbol(scalar) {
      position += length
      return Token(kind: kind, range: start..<position)
    }
    if scalar.properties.isAlphabetic, ForeignNames.plain(scalar) == nil { return letter() }
    throw FormulaError(
      "\(Lexer.quoted(scalar)) has no meaning in a formula", at: start..<start + 1,
      expected: scalar == "." && peek(1)?.properties.isAlphabetic == true
        ? "names without what stands before the point, as in sin(x)"
        : ForeignNames.digit(scalar) ?? ForeignNames.hint(scalar) ?? ForeignNames.plain(scalar))
  }

  private func symbol(_ scalar: Unicode.Scalar) -> (Token.Kind, Int)? {
    let after = peek(1)
    switch scalar {
    case "+": return (.plus, 1)
    case "-", "−", "–", "‐", "‑": return (.minus, 1)
    case "*": return after == "*" ? (.caret, 2) : (.times, 1)
    case "·", "×", "⋅", "∙", "∗": return (.times, 1)
    case "/", "÷", "∕", "⁄": return (.divide, 1)
    case "^": return (.caret, 1)
    case "(": return (.leftParenthesis, 1)
    case ")": return (.rightParenthesis, 1)
    case "[": return (.leftBracket, 1)
    case "]": return (.rightBracket, 1)
    case "|": return (.bar, 1)
    case ",": return (.comma, 1)
    case ";": return (.semicolon, 1)
    case "?": return (.question, 1)
    case ":": return after == "=" ? (.assign, 2) : (.colon, 1)
    case "=": return after == "=" ? (.comparison(.equal), 2) : (.assign, 1)
    case "<": return after == "=" ? (.comparison(.lessOrEqual), 2) : (.comparison(.less), 1)
    case ">": return after == "=" ? (.comparison(.greaterOrEqual), 2) : (.comparison(.greater), 1)
    case "≤", "⩽": return (.comparison(.lessOrEqual), 1)
    case "≥", "⩾": return (.comparison(.greaterOrEqual), 1)
    case "≠": return (.comparison(.notEqual), 1)
    case "!": return after == "=" ? (.comparison(.notEqual), 2) : (.not, 1)
    case "¬": return (.not, 1)
    case "∧": return (.and, 1)
    case "∨": return (.or, 1)
    case "&": return after == "&" ? (.and, 2) : nil
    case "√": return (.squareRoot, 1)
    case "∛": return (.cubeRoot, 1)
    case "∈": return (.elementOf, 1)
    case "π", "𝜋": return (.name("π"), 1)
    case "τ": return (.name("τ"), 1)
    case "ℝ": return (.name("R"), 1)
    case "Σ", "∑": return (.name("sum"), 1)
    case "Π", "∏": return (.name("prod"), 1)
    default: return nil
    }
  }

  private mutating func number() throws(FormulaError) -> Token {
    let start = position
    var text = ""
    func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.flatMap(Lexer.digit) != nil }
    while isDigit(peek()) { text.unicodeScalars.append(take()) }
    if peek() == "." {
      text.unicodeScalars.append(take())
      while isDigit(peek()) { text.unicodeScalars.append(take()) }
    }
    // `2e` is 2·e; only an exponent with digits belongs to the number.
    if peek() == "e" || peek() == "E" {
      let signed = peek(1) == "+" || peek(1) == "-" || peek(1) == "−"
      if isDigit(peek(signed ? 2 : 1)) {
        text += "e"
        position += 1
        if signed { text += take() == "+" ? "+" : "-" }
        while isDigit(peek()) { text.unicodeScalars.append(take()) }
      }
    }
    try checkMarks(from: start)
    if text.hasSuffix(".") { text.removeLast() }
    text = text.replacingDotBeforeExponent()
    guard let value = Double(text), value.isFinite else {
      throw FormulaError("the number is too large", at: start..<position)
    }
    // Digits that are not 0 stand before the exponent.
    if value == 0, text.prefix(while: { $0 != "e" }).contains(where: { ("1"..."9").contains($0) }) {
      throw FormulaError(
        "the number is too small for a double", at: start..<position,
        expected: "0 if that is meant")
    }
    return Token(kind: .number(value), range: start..<position)
  }

  /// Refuses what people set between the digits of a number, and a second point in it.
  private func checkMarks(from start: Int) throws(FormulaError) {
    guard let mark = peek(), let after = peek(1), Lexer.digit(after) != nil else { return }
    if ["'", "’", "′", "_"].contains(mark) {
      throw FormulaError(
        "digits are not grouped", at: start..<position + 2, expected: "1000, not 1\(mark)000")
    }
    if mark == "." {
      throw FormulaError(
        "a number has one point at most", at: start..<position + 2, expected: "as in 1.52")
    }
  }

  private mutating func superscript() throws(FormulaError) -> Token {
    let start = position
    var sign = 1.0
    if peek() == "⁻" || peek() == "⁺" { sign = take() == "⁻" ? -1 : 1 }
    var value: Double?
    while let digit = peek().flatMap(Lexer.superscript) {
      value = (value ?? 0) * 10 + Double(digit)
      position += 1
    }
    guard let value, value < 1e15 else {
      throw FormulaError(
        value == nil ? "a superscript sign without digits" : "the superscript is too large",
        at: start..<position, expected: "superscript digits, as in x⁻¹")
    }
    return Token(kind: .superscript(sign * value), range: start..<position)
  }

  private mutating func word() -> Token {
    let start = position
    var text = ""
    while let scalar = peek() {
      if let digit = Lexer.digit(scalar) ?? Lexer.subscripted(scalar) {
        text += String(digit)
      } else if scalar == "_" || (scalar.isASCII && scalar.properties.isAlphabetic) {
        text.unicodeScalars.append(scalar)
      } else {
        break
      }
      position += 1
    }
    let kind: Token.Kind =
      switch text {
      case "and": .and
      case "or": .or
      case "not": .not
      case "in": .elementOf
      default: .name(text)
      }
    return Token(kind: kind, range: start..<position)
  }

  /// A letter beyond ASCII is a name by itself, with digits after it if there are any: `θ₁x` is
  /// θ1·x.
  private mutating func letter() -> Token {
    let start = position
    var text = String(Character(take()))
    while let digit = peek().flatMap({ Lexer.digit($0) ?? Lexer.subscripted($0) }) {
      text += String(digit)
      position += 1
    }
    return Token(kind: .name(text), range: start..<position)
  }

  private mutating func take() -> Unicode.Scalar {
    position += 1
    return scalars[position - 1]
  }

  // MARK: - Characters

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    (48...57).contains(scalar.value) ? Int(scalar.value) - 48 : nil
  }

  private static func superscript(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x00B9: 1
    case 0x00B2: 2
    case 0x00B3: 3
    case 0x2070, 0x2074...0x2079: Int(scalar.value) - 0x2070
    default: nil
    }
  }

  private static func subscripted(_ scalar: Unicode.Scalar) -> Int? {
    (0x2080...0x2089).contains(scalar.value) ? Int(scalar.value) - 0x2080 : nil
  }

  /// The character in quotes, or its number when it cannot be shown.
  private static func quoted(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      "U+" + String(scalar.value, radix: 16, uppercase: true)
    default: "\"\(scalar)\""
    }
  }
}

extension String {
  /// `5.e3` as `5e3`, which `Double` reads.
  fileprivate func replacingDotBeforeExponent() -> String {
    guard let dot = firstIndex(of: "."), index(after: dot) < endIndex,
      self[index(after: dot)] == "e"
    else { return self }
    var copy = self
    copy.remove(at: dot)
    return copy
  }
}
