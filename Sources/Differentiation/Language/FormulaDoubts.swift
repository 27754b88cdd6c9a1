import Lanes

/// An operation that made a value or a derivative not finite, for people.
package struct FormulaDoubt: Equatable, Sendable {
  /// What happened, in a sentence without a full stop: `exp(x) overflows at x = 1000; softplus(x)
  /// does not`.
  package var words: String
  /// The operation as a formula: `exp(x)`; empty when the program could not run to its end.
  package var operation: String
  /// The Unicode scalars of the text that it came from.
  package var range: Range<Int>
}

extension Formula {
  /// The most doubts that are told of one point.
  package static let mostDoubts = 4

  /// Why the value or a derivative at a point is not a finite number: the operations that made it,
  /// in the order of the program, each once. Empty where all are finite.
  package func doubts(at point: [Double]) -> [FormulaDoubt] {
    told(at: point) { $0.doubts }
  }

  /// The operations that made a value 0 of numbers that are not: what is too small for a double, or
  /// divided by one that overflowed. No digit of such a value is right. Empty where the value is
  /// not 0, or rightly so.
  package func losses(at point: [Double]) -> [FormulaDoubt] {
    told(at: point) { $0.losses }
  }

  private func told(
    at point: [Double], _ tell: (DoubtSearch) -> [(node: Int, words: String)]
  ) -> [FormulaDoubt] {
    precondition(point.count == variables.count, "\(point.count) numbers for \(variables)")
    let builder = GraphBuilder(foldsConstants: false)
    var tracer = Tracer(code: code, point: point, builder: builder)
    let graph: Graph
    do {
      let output = try tracer.run()
      graph = builder.graph(outputs: [output], variableCount: variables.count)
    } catch {
      let error = Formula.error(error)
      return [FormulaDoubt(words: error.explanation, operation: "", range: error.range)]
    }
    var origins = [Range<Int>](repeating: 0..<0, count: graph.nodes.count)
    for (recorded, kept) in builder.lastMoves.enumerated() where kept >= 0 {
      origins[Int(kept)] = builder.origins[recorded]
    }
    let search = DoubtSearch(
      graph, output: graph.output, at: point,
      text: GraphText(graph, variables: variables, constants: builder.constantNames))
    return tell(search).prefix(Formula.mostDoubts).map { node, words in
      FormulaDoubt(
        words: words, operation: search.text.text(of: node), range: origins[node])
    }
  }

  /// Why a derivative of order 2 or more is not finite where value and gradient are: the operations
  /// of the first order that is not finite, as formulas of that derivative. Empty when nothing is
  /// found up to `order`, or when the derivative as a formula gets too long.
  package func doubts(at point: [Double], upTo order: Int) -> [FormulaDoubt] {
    let first = doubts(at: point)
    guard first.isEmpty, order > 1, var derived = try? graph(at: point) else { return first }
    for _ in 2...order where derived.nodes.count <= Formula.longestDerivative {
      // The newest derivative once more.
      let newest = max(0, derived.outputs.count - variables.count)
      derived = derived.withGradient(ofOutput: derived.outputs.count > 1 ? newest : 0)
      let written = GraphText(derived, variables: variables, constants: constantNames)
      for output in derived.outputs.suffix(variables.count) {
        let search = DoubtSearch(derived, output: Int(output), at: point, text: written)
        if search.doubts.isEmpty { continue }
        return search.doubts.prefix(Formula.mostDoubts).map { node, words in
          FormulaDoubt(
            words: "in a derivative: " + words, operation: written.text(of: node),
            range: 0..<text.unicodeScalars.count)
        }
      }
    }
    return []
  }

  /// The most operations of a derivative that is searched as a formula.
  private static let longestDerivative = 4000
}

/// Looks for the operations at which numbers stop being finite, forwards and backwards.
private struct DoubtSearch {
  let graph: Graph
  let output: Int
  let text: GraphText
  private let values: [Double]
  private let varies: [Bool]
  /// Operations and what is to be said of them, in the order of the program.
  private(set) var doubts: [(node: Int, words: String)] = []

  init(_ graph: Graph, output: Int, at point: [Double], text: GraphText) {
    self.graph = graph
    self.output = output
    self.text = text
    values = graph.values(at: point)
    varies = graph.activity
    var found: [Int: String] = [:]
    blame(output, &found)
    searchBackwards(&found)
    doubts = found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  // MARK: - Values

  /// Follows values that are not finite down to the operations that made them of finite ones.
  private func blame(_ node: Int, _ found: inout [Int: String]) {
    var waiting = [node]
    var seen: Set<Int> = []
    while let node = waiting.popLast() {
      guard !values[node].isFinite, seen.insert(node).inserted else { continue }
      let operation = graph.nodes[node].operation
      let operands = operands(of: node)
      let causes = operands.filter { !values[$0].isFinite }
      let isNew = values[node].isNaN && !causes.contains { values[$0].isNaN }
      if operation == .variable || operation == .constant {
        found[node] = "\(text.text(of: node)) is \(Formula.numeral(values[node])) to begin with"
      } else if causes.isEmpty || isNew {
        found[node] = words(ofValue: node, operands)
      }
      waiting += causes
    }
  }

  /// The operands that have a say: of a choice, those that are taken.
  private func operands(of node: Int) -> [Int] {
    let step = graph.nodes[node]
    if step.operation == .select {
      return [values[step.operand(0)] != 0 ? step.operand(1) : step.operand(2)]
    }
    return (0..<step.operation.arity).map { step.operand($0) }
  }

  private func words(ofValue node: Int, _ operands: [Int]) -> String {
    let operation = graph.nodes[node].operation
    let written = text.text(of: node)
    let first = operands.first.map { values[$0] } ?? .nan
    let second = operands.dropFirst().first.map { values[$0] } ?? .nan
    let place = operands.map { number($0) }.joined(separator: " and ")
    if values[node].isNaN {
      switch operation {
      case .add, .subtract, .multiply, .divide:
        let sign = operation == .multiply ? "·" : Function.symbol(of: operation)
        return
          "\(written) is \(number(operands[0])) \(sign) \(number(operands[1])), which has no value"
      case .power:
        return "\(written): \(number(operands[0])) has no real power \(number(operands[1]))"
          + root(operands[0], second)
      default:
        let domain = Function.domain(of: operation)
        return "\(written) has no value at \(place)" + (domain.map { ": it needs \($0)" } ?? "")
      }
    }
    switch operation {
    case .divide where second == 0:
      return "\(written) divides by 0" + underflow(operands[1])
    case .power where first == 0:
      return "\(written) is 0 to a negative power" + underflow(operands[0])
    case .log, .log2, .log10, .log1p, .atanh:
      return "\(written) is \(number(node)) at \(place)" + underflow(operands[0])
    default:
      return "\(written) overflows at \(place)" + instead(of: node)
    }
  }

  /// Says of a product, power or exponential that is 0 because it is too small for a double that
  /// this is so.
  private func underflow(_ node: Int) -> String {
    guard values[node] == 0 else { return "" }
    let operands = operands(of: node)
    let isSmall =
      switch graph.nodes[node].operation {
      case .exp, .sigmoid, .softplus: true
      case .power: values[operands[0]] != 0
      case .multiply: operands.allSatisfy { values[$0] != 0 }
      case .divide: values[operands[0]] != 0
      default: false
      }
    guard isSmall, operands.allSatisfy({ values[$0].isFinite }) else { return "" }
    let place = operands.map { number($0) }.joined(separator: " and ")
    return ": \(text.text(of: node)) at \(place) is too small for a double"
  }

  /// Operations that made the output 0 of numbers that are not, in the order of the program.
  var losses: [(node: Int, words: String)] {
    var found: [Int: String] = [:]
    var waiting = [output]
    var seen: Set<Int> = []
    while let node = waiting.popLast() {
      guard values[node] == 0, seen.insert(node).inserted else { continue }
      let operands = operands(of: node)
      let small = underflow(node)
      if let infinite = operands.first(where: overflowed),
        [.divide, .power, .exp, .sigmoid, .softplus].contains(graph.nodes[node].operation)
      {
        found[node] = "\(text.text(of: node)) is 0, since \(text.text(of: infinite)) overflows"
      } else if !small.isEmpty {
        found[node] = String(small.dropFirst(2)) + ": 0 stands for it"
      } else {
        waiting += operands
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether a number is infinite though it was made of finite ones, and not by a division by 0 or
  /// the logarithm of 0.
  private func overflowed(_ node: Int) -> Bool {
    let operands = operands(of: node)
    guard values[node].isInfinite, !operands.isEmpty,
      operands.allSatisfy({ values[$0].isFinite })
    else { return false }
    switch graph.nodes[node].operation {
    case .log, .log2, .log10, .log1p, .atanh: return false
    case .divide: return values[operands[1]] != 0
    case .power: return values[operands[0]] != 0
    default: return true
    }
  }

  /// What is written for a root of a negative number.
  private func root(_ base: Int, _ exponent: Double) -> String {
    let degree = 1 / exponent
    guard abs(degree - degree.rounded()) < 1e-9, degree.magnitude < 1000,
      Int(degree.rounded()) % 2 != 0
    else { return "" }
    let under = text.text(of: base)
    return degree.rounded() == 3
      ? "; cbrt(\(under)) is the real cube root"
      : "; sign(u) |u|^(1/\(Int(degree.rounded()))) with u = \(under) is the real root"
  }

  /// A function that does the same as what an exponential that overflowed is used for.
  private func instead(of node: Int) -> String {
    guard graph.nodes[node].operation == .exp else { return "" }
    let operand = graph.nodes[node].operand(0)
    let inner = text.text(of: operand)
    for user in users(of: node) {
      let step = graph.nodes[user]
      if step.operation == .log1p { return "; softplus(\(inner)) does not" }
      guard step.operation == .add, [step.operand(0), step.operand(1)].contains(where: isOne)
      else { continue }
      for outer in users(of: user) {
        let last = graph.nodes[outer]
        if last.operation == .log { return "; softplus(\(inner)) does not" }
        if last.operation == .divide, last.operand(1) == user {
          if last.operand(0) == node { return "; sigmoid(\(inner)) does not" }
          let isNegated = graph.nodes[operand].operation == .negate
          return isNegated
            ? "; sigmoid(\(text.text(of: graph.nodes[operand].operand(0)))) does not"
            : "; sigmoid(-(\(inner))) does not"
        }
      }
    }
    return ""
  }

  private func isOne(_ node: Int) -> Bool {
    graph.nodes[node].operation == .constant && graph.nodes[node].constant == 1
  }

  private func users(of node: Int) -> [Int] {
    graph.nodes.indices.filter { user in
      (0..<graph.nodes[user].operation.arity).contains { graph.nodes[user].operand($0) == node }
    }
  }

  // MARK: - Derivatives

  /// The backward sweep once more, looking for contributions that are not finite though all before
  /// them were.
  private func searchBackwards(_ found: inout [Int: String]) {
    let count = graph.nodes.count
    var adjoints = [Double](repeating: 0, count: count)
    var reached = [Bool](repeating: false, count: count)
    adjoints[output] = 1
    reached[output] = true
    for index in stride(from: output, through: 0, by: -1) where reached[index] {
      for (operand, factor) in factors(of: index) {
        let contribution = factor.map { adjoints[index] * $0 } ?? adjoints[index]
        let sum = reached[operand] ? adjoints[operand] + contribution : contribution
        if !sum.isFinite, adjoints[index].isFinite || sum.isNaN && !adjoints[index].isNaN,
          !adjoints[operand].isNaN
        {
          tell(index, operand, adjoints[index], factor ?? 1, contribution, &found)
        }
        adjoints[operand] = sum
        reached[operand] = true
      }
    }
  }

  /// The operands to which a node passes its adjoint, and by which factor.
  private func factors(of index: Int) -> [(operand: Int, factor: Double?)] {
    let node = graph.nodes[index]
    let operation = node.operation
    let (a, b) = (Int(node.a), Int(node.b))
    switch operation {
    case .constant, .variable: return []
    case .select: return [(values[a] != 0 ? b : Int(node.c), nil)].filter { varies[$0.0] }
    default: break
    }
    if operation.isFlat || !varies[index] { return [] }
    if operation.isChoice {
      switch Rules.taken(by: operation, values[a], values[b], isTrue: { $0 != 0 }) {
      case .first: return varies[a] ? [(a, nil)] : []
      case .second: return varies[b] ? [(b, nil)] : []
      case .both: return [(a, 0.5), (b, 0.5)].filter { varies[$0.0] }
      case .neither: return []
      }
    }
    let y = values[index]
    if operation.arity == 1 { return [(a, Rules.derivative(operation, values[a], y))] }
    var list: [(Int, Double?)] = []
    if varies[a] {
      list.append((a, Rules.derivativeInFirst(operation, values[a], values[b], y)))
    }
    if varies[b] {
      list.append((b, Rules.derivativeInSecond(operation, values[a], values[b], y)))
    }
    return list
  }

  private func tell(
    _ node: Int, _ operand: Int, _ adjoint: Double, _ factor: Double, _ contribution: Double,
    _ found: inout [Int: String]
  ) {
    // Where a value is not finite already, that is the cause.
    let before = found.count
    for part in [node] + operands(of: node) { blame(part, &found) }
    if found.count > before || found[node] != nil { return }
    let written = text.text(of: node)
    let place = operands(of: node).map { number($0) }.joined(separator: " and ")
    if contribution.isNaN, factor.isInfinite || adjoint.isInfinite {
      let who = factor.isInfinite ? "the derivative of \(written) is infinite at \(place)" : written
      found[node] =
        factor.isInfinite
        ? who + ", and what is made of it has derivative 0 there: 0·∞ has no value"
        : "\(who) has derivative 0 at \(place)\(underflow(node)), and what is made of it an "
          + "infinite one: 0·∞ has no value"
    } else if contribution.isNaN {
      found[node] = "\(written) has no derivative at \(place)"
    } else if contribution.isInfinite {
      found[node] =
        factor.isInfinite
        ? "the derivative of \(written) is infinite at \(place)"
          + (operands(of: node).map { underflow($0) }.first { !$0.isEmpty } ?? "")
        : "the derivative by \(text.text(of: operand)) overflows in \(written)"
    } else {
      found[node] = "infinite derivatives of both signs meet in \(text.text(of: operand)): ∞ − ∞"
    }
  }

  private func number(_ node: Int) -> String {
    let value = values[node]
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    let shown = Formula.shortNumeral(value == 0 ? 0 : value)
    // A variable is told by its name.
    if graph.nodes[node].operation == .variable { return "\(text.text(of: node)) = \(shown)" }
    return shown
  }
}

extension Function {
  /// Where the function of an operation has a value; nil where it has one everywhere.
  fileprivate static func domain(of operation: Operation) -> String? {
    let domain = catalogue.entries.first { $0.operation == operation }?.domain
    return domain == "ℝ" ? nil : domain
  }
}
