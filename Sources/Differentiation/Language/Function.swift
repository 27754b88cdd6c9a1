package import Lanes

/// A row of the table of functions: what may be called by name in a formula.
package struct Function: Named {
  /// The name used in formulas.
  package let name: String
  /// What it computes, in one sentence.
  package let summary: String
  /// How arguments are written: `(x)`, `(y, x)`, `(i, first, last, term)`.
  package let arguments: String
  /// The real numbers where it has a value; elsewhere it is NaN or infinite.
  package let domain: String
  /// What the derivative is at kinks and jumps, where there are any.
  package let kinks: String
  /// Other names that are understood.
  package let aliases: [String]
  /// What a node of the graph does; nil for what is spelled out in other operations.
  package let operation: Operation?

  init(
    _ name: String, _ operation: Operation?, _ summary: String, arguments: String = "(x)",
    domain: String = "ℝ", kinks: String = "", aliases: [String] = []
  ) {
    self.name = name
    self.operation = operation
    self.summary = summary
    self.arguments = arguments
    self.domain = domain
    self.kinks = kinks
    self.aliases = aliases
  }

  /// The derivative as a formula in x (in y and x, or in a and b, for two arguments), written from
  /// the rule itself.
  package var derivative: String {
    guard let operation else { return "" }
    let names = operation == .atan2 ? ["y", "x"] : operation.arity == 1 ? ["x"] : ["a", "b"]
    let builder = GraphBuilder()
    let operands = names.indices.map { Variable(builder, $0, value: .nan) }
    var derivatives: [Variable] = []
    if operation.arity == 1 {
      let value = Variable.apply(operation, operands[0])
      derivatives = [Rules.derivative(operation, operands[0], value)]
    } else if operation.arity == 2 {
      let value = Variable.apply(operation, operands[0], operands[1])
      derivatives = [
        Rules.derivativeInFirst(operation, operands[0], operands[1], value),
        Rules.derivativeInSecond(operation, operands[0], operands[1], value),
      ]
    }
    let texts = derivatives.map { derivative in
      let graph = builder.graph(outputs: [derivative.operand], variableCount: names.count)
      return GraphText(graph, variables: names, constants: [:]).text(of: graph.output)
    }
    return texts.joined(separator: "; ")
  }

  /// Every function, in teaching order.
  package static let catalogue = Catalogue(
    kind: "function",
    [
      Function("sqrt", .sqrt, "Square root", domain: "x ≥ 0", kinks: "∞ at 0"),
      Function("cbrt", .cbrt, "Cube root, of negative numbers too", kinks: "∞ at 0"),
      Function("exp", .exp, "Exponential"),
      Function("expm1", .expm1, "exp(x) − 1, exact for small x"),
      Function("log", .log, "Natural logarithm", domain: "x > 0", aliases: ["ln"]),
      Function("log2", .log2, "Logarithm to base 2", domain: "x > 0"),
      Function("log10", .log10, "Logarithm to base 10", domain: "x > 0", aliases: ["lg"]),
      Function("log1p", .log1p, "log(1 + x), exact for small x", domain: "x > −1"),
      Function("sin", .sin, "Sine"),
      Function("cos", .cos, "Cosine"),
      Function("tan", .tan, "Tangent"),
      Function("asin", .asin, "Inverse sine", domain: "−1 ≤ x ≤ 1", aliases: ["arcsin"]),
      Function("acos", .acos, "Inverse cosine", domain: "−1 ≤ x ≤ 1", aliases: ["arccos"]),
      Function("atan", .atan, "Inverse tangent", aliases: ["arctan"]),
      Function(
        "atan2", .atan2, "Angle of the point (x, y)", arguments: "(y, x)", aliases: ["arctan2"]),
      Function("sinh", .sinh, "Hyperbolic sine"),
      Function("cosh", .cosh, "Hyperbolic cosine"),
      Function("tanh", .tanh, "Hyperbolic tangent"),
      Function("asinh", .asinh, "Inverse hyperbolic sine", aliases: ["arsinh", "arcsinh"]),
      Function(
        "acosh", .acosh, "Inverse hyperbolic cosine", domain: "x ≥ 1",
        aliases: ["arcosh", "arccosh"]),
      Function(
        "atanh", .atanh, "Inverse hyperbolic tangent", domain: "−1 < x < 1",
        aliases: ["artanh", "arctanh"]),
      Function("abs", .abs, "Absolute value, also |x|", kinks: "0 at 0"),
      Function("sign", .sign, "−1, 0 or 1", kinks: "0 everywhere", aliases: ["sgn"]),
      Function("floor", .floor, "Largest whole number not above x", kinks: "0 everywhere"),
      Function(
        "ceil", .ceil, "Smallest whole number not below x", kinks: "0 everywhere",
        aliases: ["ceiling"]),
      Function(
        "min", .min, "Smallest of the arguments, or of a vector", arguments: "(a, b, …)",
        kinks: "½ each at ties, 0 at ties with a number"),
      Function(
        "max", .max, "Largest of the arguments, or of a vector", arguments: "(a, b, …)",
        kinks: "½ each at ties, 0 at ties with a number"),
      Function("sigmoid", .sigmoid, "1/(1 + exp(−x))", aliases: ["logistic"]),
      Function("softplus", .softplus, "log(1 + exp(x))"),
      Function("relu", .relu, "max(x, 0)", kinks: "0 at 0"),
      Function(
        "step", .step, "0 for x < 0, else 1", kinks: "0 everywhere", aliases: ["heaviside"]),
      Function("erf", .erf, "Error function"),
      Function("if", nil, "a where c holds, else b; also c ? a : b", arguments: "(c, a, b)"),
      Function(
        "sum", nil, "Sum of term for i = first, first + 1, …, last, or of a vector's entries",
        arguments: "(i, first, last, term)"),
      Function(
        "prod", nil, "Product of term for i = first, …, last, or of a vector's entries",
        arguments: "(i, first, last, term)", aliases: ["product"]),
      Function(
        "loop", nil, "While the condition holds, set the variables in order; then the result",
        arguments: "(i = 0, s = 0; i < 10; s = s + x^i, i = i + 1; s)", aliases: ["while"]),
      Function("dot", nil, "Scalar product of two vectors", arguments: "(v, w)"),
      Function(
        "norm", nil, "Length of a vector, sqrt(dot(v, v))", arguments: "(v)",
        kinks: "∞·0 = NaN at 0"),
      Function("mean", nil, "Mean of a vector's entries", arguments: "(v)"),
      Function("length", nil, "Number of a vector's entries", arguments: "(v)", aliases: ["len"]),
    ])

  /// The names of constants, and their values.
  package static let constants: [(name: String, value: Double)] = [
    ("π", Double.pi), ("pi", Double.pi), ("τ", 2 * Double.pi), ("tau", 2 * Double.pi),
    ("e", 2.718281828459045), ("inf", Double.infinity), ("nan", Double.nan),
  ]

  /// The function that is called by a name, in any of its spellings.
  package static func named(_ name: String) -> Function? { byName[name] }

  private static let byName: [String: Function] = {
    var table: [String: Function] = [:]
    for function in catalogue.entries {
      for name in [function.name] + function.aliases { table[name] = function }
    }
    return table
  }()

  /// Every word that has a meaning of its own.
  package static let reservedNames: [String] =
    catalogue.entries.flatMap { [$0.name] + $0.aliases } + constants.map(\.name)
    + ["and", "or", "not", "in"]

  /// The sign of an operator.
  package static func symbol(of operation: Operation) -> String {
    switch operation {
    case .add: "+"
    case .subtract, .negate: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power: "^"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .equal: "=="
    case .notEqual: "!="
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .select: "if"
    case .atLeast: "max"
    case .atMost: "min"
    case .constant, .variable: ""
    default: catalogue.entries.first { $0.operation == operation }?.name ?? ""
    }
  }
}
