/// A word of a formula.
struct Token: Equatable, Sendable {
  /// What it is.
  enum Kind: Equatable, Sendable {
    case number(Double)
    case name(String)
    /// A whole number written high: `²`, `⁻¹`.
    case superscript(Double)
    case plus, minus, times, divide, caret
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket
    case bar, comma, semicolon, assign, question, colon
    case comparison(Operation)
    case and, or, not
    case squareRoot, cubeRoot
    case elementOf
    case end
  }
  /// What it is.
  var kind: Kind
  /// Its Unicode scalars in the text.
  var range: Range<Int>

  /// How it is named in messages.
  var label: String {
    switch kind {
    case .number(let value): Formula.numeral(value)
    case .name(let name): name
    case .superscript(let value): "the superscript \(Formula.numeral(value))"
    case .plus: "\"+\""
    case .minus: "\"-\""
    case .times: "\"*\""
    case .divide: "\"/\""
    case .caret: "\"^\""
    case .leftParenthesis: "\"(\""
    case .rightParenthesis: "\")\""
    case .leftBracket: "\"[\""
    case .rightBracket: "\"]\""
    case .bar: "\"|\""
    case .comma: "\",\""
    case .semicolon: "\";\""
    case .assign: "\"=\""
    case .question: "\"?\""
    case .colon: "\":\""
    case .comparison(let operation): "\"\(Function.symbol(of: operation))\""
    case .and: "\"and\""
    case .or: "\"or\""
    case .not: "\"not\""
    case .squareRoot: "\"√\""
    case .cubeRoot: "\"∛\""
    case .elementOf: "\"in\""
    case .end: "the end"
    }
  }
}
