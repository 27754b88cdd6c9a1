/// A function that someone typed, ready to be computed and differentiated.
///
///     let f = try Formula("x sin(x² + 1)")
///     f.valueAndGradient(at: [2])
///
/// The language: numbers, names of one letter with digits (`x`, `x1`, `θ`), `π τ e`, `+ − · / ^`
/// with implicit products (`2πx`, `x2(x1 − 5)`; same strength as `*`, so `1/2x` is x/2),
/// superscripts (`x²`, `x⁻¹`), `|x|`, `√x`, functions of `Function.catalogue` (with parentheses, or
/// before a product: `sin 2πx`, `sin² x`), comparisons, `and or not`, `c ? a : b`, `sum(i, 0, 9,
/// x^i)`, `prod`, `loop(i = 0, s = 0; i < 10; s = s + x^i, i = i + 1; s)` (new values are set in
/// order), vectors (`x[0]`, `[1, 2]`, `dot`, `norm`, `mean`; `x in R^5;` says a length), and
/// definitions before the last expression: `a = 2; f(n) = n <= 1 ? 1 : n f(n-1); a f(x)`. A minus
/// sign binds less than a power: −x² = −(x²).
///
/// Values outside a function's domain are NaN or infinite, never an error. A point has one number
/// for each of `variables`.
package struct Formula: Sendable, Equatable {
  /// The text it was made from.
  package let text: String
  /// The variables, in order: as they were given, else by name (`x` before `x1` before `x2` before
  /// `y`; `v[0]`, `v[1]`).
  package let variables: [String]
  /// The definitions that are plain numbers (`a = 2`), with the values in force.
  package let parameters: [(name: String, value: Double)]
  /// The formula in ASCII; reading it again gives the same graph.
  package let canonicalText: String
  /// The graph that is right for all points; nil where loops or recursion depend on the variables'
  /// values.
  package let graph: Graph?

  let code: Code
  let constantNames: [UInt64: String]

  /// Reads a formula.
  ///
  /// `constants` gives numbers for names: they replace definitions of plain numbers (`a = 2`) and
  /// define other names. `variables` fixes the variables and their order; any name is allowed
  /// there, and `v[0]`, `v[1]` make a vector.
  package init(
    _ text: String, constants: [String: Double] = [:], variables: [String]? = nil
  ) throws(FormulaError) {
    let script = try Parser.script(of: text)
    self.text = text
    canonicalText = Printer.text(of: script)
    try Formula.check(script, variables: variables)
    // The canonical text has to keep to the limits as well.
    do {
      _ = try Parser.script(of: canonicalText)
    } catch {
      throw FormulaError(error.message, at: 0..<text.unicodeScalars.count)
    }
    let compiled = try Formula.compiled(script, constants: constants, variables: variables)
    code = compiled.code
    graph = compiled.graph
    constantNames = compiled.constantNames
    self.variables = code.variables
    parameters = script.definitions.compactMap { definition in
      guard case .value = definition.kind, let value = definition.body.flatMap(Formula.number)
      else { return nil }
      return (definition.name, constants[definition.name] ?? value)
    }
  }

  /// Whether the course of the computation depends on the variables' values, so that it is traced
  /// anew at each point.
  package var isTraced: Bool { graph == nil }

  /// Two formulas are equal when they say the same about the same variables and parameters.
  package static func == (a: Formula, b: Formula) -> Bool {
    a.canonicalText == b.canonicalText && a.code == b.code
  }

  // MARK: - Making

  private static func compiled(
    _ script: Script, constants: [String: Double], variables: [String]?
  ) throws(FormulaError) -> (code: Code, graph: Graph?, constantNames: [UInt64: String]) {
    var lengths: [String: Int] = [:]
    // A vector that is indexed by loops only is measured in a first trial.
    for _ in 0..<3 {
      let names =
        variables.map { VariableList(given: $0) }
        ?? VariableList(free: script, given: constants, lengths: lengths)
      let code = try Compiler.code(
        of: script, names: names, constants: constants, isClosed: variables != nil)
      let builder = GraphBuilder()
      var tracer = Tracer(code: code, point: nil, builder: builder)
      let outcome = Result { () throws(Tracer.Failure) in try tracer.run() }
      switch outcome {
      case .success(let output) where tracer.grown.isEmpty:
        let graph = builder.graph(outputs: [output], variableCount: names.flat.count)
        return (code, graph, builder.constantNames)
      case .success: break
      case .failure(.mistake(let error)), .failure(.misfit(let error)): throw error
      case .failure(.dependsOnValues):
        guard tracer.grown.isEmpty, code.vectors.allSatisfy(\.isFixed) else {
          let name = code.vectors.first { !$0.isFixed }?.name ?? "x"
          throw FormulaError(
            "how many entries \(name) has cannot be found", at: 0..<0,
            expected: "its length at the beginning, as in \(name) in R^3;")
        }
        try probe(code)
        return (code, nil, builder.constantNames)
      }
      for (number, length) in tracer.grown { lengths[code.vectors[number].name] = length }
    }
    throw FormulaError(
      "the length of a vector cannot be found", at: 0..<0,
      expected: "its length at the beginning, as in x in R^3;")
  }

  /// Finds mixtures of numbers and vectors by running once; what depends on the point is no mistake
  /// of the formula.
  private static func probe(_ code: Code) throws(FormulaError) {
    let point = [Double](repeating: 1, count: code.variables.count)
    var tracer = Tracer(code: code, point: point, builder: nil)
    let outcome = Result { () throws(Tracer.Failure) in try tracer.run() }
    if case .failure(.misfit(let error)) = outcome { throw error }
  }

  private static func check(_ script: Script, variables: [String]?) throws(FormulaError) {
    var seen: Set<String> = []
    for definition in script.definitions {
      let name = definition.name
      if Function.named(name) != nil || Function.constants.contains(where: { $0.name == name }) {
        throw FormulaError(
          "\(name) has a meaning already", at: definition.range, expected: "another name")
      }
      if !seen.insert(name).inserted {
        throw FormulaError("\(name) is defined twice", at: definition.range)
      }
      if variables?.contains(name) == true {
        throw FormulaError(
          "\(name) is a variable and cannot be defined", at: definition.range,
          expected: "another name")
      }
    }
  }

  private static func number(_ expression: Expression) -> Double? {
    switch expression.kind {
    case .number(let value): value
    case .negate: expression.children.first.flatMap(number).map { -$0 }
    default: nil
    }
  }

  // MARK: - Texts

  /// Whether a name is a variable without further ado: one letter with digits (`x`, `x12`, `w_1`),
  /// or a Greek letter's name.
  package static func isPlainName(_ name: String) -> Bool {
    let scalars = Array(name.unicodeScalars)
    guard let first = scalars.first, first.properties.isAlphabetic else { return false }
    let tail = scalars.dropFirst()
    return tail.allSatisfy { ("0"..."9").contains($0) } || tail.first == "_"
      || greekNames.contains(name)
  }

  private static let greekNames: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "rho", "sigma", "phi", "chi", "psi", "omega",
  ]

  /// The shortest text that reads back as `value`; whole numbers without a point, NaN without a
  /// sign.
  package static func numeral(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value == value.rounded(), value.magnitude < 1e15, !(value == 0 && value.sign == .minus) {
      return String(Int(value))
    }
    return "\(value)"
  }

  /// A number with at most six significant digits, for labels.
  package static func shortNumeral(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return numeral(value) }
    let size = value.magnitude
    guard size >= 1e-4, size < 1e6 else { return numeral(value) }
    var scale = 1.0
    while size * scale < 1e5 { scale *= 10 }
    return numeral((value * scale).rounded() / scale)
  }
}
