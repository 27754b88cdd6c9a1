/// A part of a formula as it was written.
struct Expression: Equatable, Sendable {
  /// What it is; operands are in `children`.
  enum Kind: Equatable, Sendable {
    case number(Double)
    case name(String)
    /// A sum of the children; `true` marks those that are subtracted.
    case sum([Bool])
    /// A product of the children; `true` marks those that are divided by.
    case product([Bool])
    case negate
    case power
    /// a < b ≤ c: one operation between each two children.
    case comparison([Operation])
    case and, or, not
    /// Condition, value if true, value if false.
    case conditional
    /// A function's name; the children are the arguments.
    case call(String)
    /// First, last, term.
    case repeated(isProduct: Bool, index: String)
    /// Initial values of `variables`, the condition, new values of `updates`, the result.
    case loop(variables: [String], updates: [String])
    /// A vector and a position.
    case component
    /// The entries.
    case vector
  }
  /// What it is.
  var kind: Kind
  /// The operands.
  var children: [Expression]
  /// The Unicode scalars it was read from.
  var range: Range<Int>

  init(_ kind: Kind, _ children: [Expression] = [], at range: Range<Int>) {
    self.kind = kind
    self.children = children
    self.range = range
  }

  /// Two expressions are equal when they say the same, wherever they stand.
  static func == (a: Expression, b: Expression) -> Bool {
    a.kind == b.kind && a.children == b.children
  }
}

/// One statement before the formula's last expression.
struct Definition: Equatable, Sendable {
  /// What is defined.
  enum Kind: Equatable, Sendable {
    /// `a = 2`, `u = x^2 + 1`.
    case value
    /// `f(n, k) = …`.
    case function(parameters: [String])
    /// `x in R^5`.
    case vector(length: Int)
  }
  /// The name.
  var name: String
  /// What is defined.
  var kind: Kind
  /// The right-hand side; nil for a vector's declaration.
  var body: Expression?
  /// Where the name stands.
  var range: Range<Int>

  static func == (a: Definition, b: Definition) -> Bool {
    a.name == b.name && a.kind == b.kind && a.body == b.body
  }
}

/// A whole formula as it was written.
struct Script: Equatable, Sendable {
  /// The definitions, in order.
  var definitions: [Definition]
  /// The last expression, which is the formula's value.
  var body: Expression
}
