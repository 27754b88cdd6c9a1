/// Arithmetic on numbers and vectors.
extension Tracer {
  func apply(_ operation: Operation, _ u: GraphBuilder.Operand) -> GraphBuilder.Operand {
    builder?.apply(operation, u) ?? .constant(Double.apply(operation, u.value))
  }

  func apply(_ operation: Operation, _ a: GraphBuilder.Operand, _ b: GraphBuilder.Operand)
    -> GraphBuilder.Operand
  {
    builder?.apply(operation, a, b) ?? .constant(Double.apply(operation, a.value, b.value))
  }

  mutating func unary(_ operation: Operation) {
    switch pop() {
    case .scalar(let u): push(apply(operation, u))
    case .vector(let entries):
      left -= entries.count
      stack.append(.vector(entries.map { apply(operation, $0) }))
    }
  }

  mutating func binary(_ operation: Operation) throws(Failure) {
    let second = pop()
    let first = pop()
    switch (first, second) {
    case (.scalar(let a), .scalar(let b)): push(apply(operation, a, b))
    case (.vector(let a), .scalar(let b)):
      left -= a.count
      stack.append(.vector(a.map { apply(operation, $0, b) }))
    case (.scalar(let a), .vector(let b)):
      left -= b.count
      stack.append(.vector(b.map { apply(operation, a, $0) }))
    case (.vector(let a), .vector(let b)):
      guard a.count == b.count else {
        throw misfit("vectors of \(a.count) and \(b.count) entries do not match")
      }
      left -= a.count
      stack.append(.vector(zip(a, b).map { apply(operation, $0, $1) }))
    }
  }

  mutating func reduce(_ reduction: Code.Reduction) throws(Failure) {
    let entries = try popVector()
    func fold(_ operation: Operation, _ entries: [GraphBuilder.Operand]) -> GraphBuilder.Operand {
      entries.dropFirst().reduce(entries[0]) { apply(operation, $0, $1) }
    }
    let number = GraphBuilder.Operand.constant(Double(entries.count))
    switch reduction {
    case .sum: push(fold(.add, entries))
    case .product: push(fold(.multiply, entries))
    case .least: push(fold(.min, entries))
    case .greatest: push(fold(.max, entries))
    case .length: push(number)
    case .mean: push(apply(.divide, fold(.add, entries), number))
    case .norm:
      let squares = entries.map { apply(.multiply, $0, $0) }
      push(apply(.sqrt, fold(.add, squares)))
    case .dot:
      let first = try popVector()
      guard first.count == entries.count else {
        throw misfit("vectors of \(first.count) and \(entries.count) entries do not match")
      }
      push(fold(.add, zip(first, entries).map { apply(.multiply, $0, $1) }))
    }
  }

  /// The whole number that an index is.
  func index(_ operand: GraphBuilder.Operand) throws(Failure) -> Int {
    guard let value = known(operand) else { throw Failure.dependsOnValues }
    guard value == value.rounded(), value >= 0, value < Double(Compiler.longestVector) else {
      throw mistake(
        "\(Formula.numeral(value)) is not an index", expected: "a whole number from 0 on")
    }
    return Int(value)
  }

  mutating func component(_ number: Int) throws(Failure) {
    let vector = code.vectors[number]
    // Popped first: calling a method copies the tracer, and a shared stack would be copied by the
    // pop.
    let operand = try popNumber()
    let index = try index(operand)
    if index < vector.components.count {
      push(variable(vector.components[index]))
    } else if vector.isFixed {
      throw mistake(
        "\(vector.name)[\(index)] is beyond the \(vector.components.count) entries of "
          + "\(vector.name)",
        expected: "an index from 0 to \(vector.components.count - 1)")
    } else {
      // Only to find how long the vector is: any number will do for the entry.
      grown[number] = max(grown[number] ?? 0, index + 1)
      push(builder?.variable(code.variables.count + index) ?? .constant(.nan))
    }
  }

  func variable(_ number: Int) -> GraphBuilder.Operand {
    let value = point?[number] ?? .nan
    return builder?.variable(number, value: value) ?? .constant(value)
  }

  /// Joins the two ends of a choice whose condition is not known.
  func joined(_ condition: GraphBuilder.Operand, _ a: Value, _ b: Value) throws(Failure) -> Value {
    func select(_ a: GraphBuilder.Operand, _ b: GraphBuilder.Operand) -> GraphBuilder.Operand {
      builder?.select(condition, a, b) ?? .constant(.nan)
    }
    switch (a, b) {
    case (.scalar(let a), .scalar(let b)): return .scalar(select(a, b))
    case (.vector(let a), .vector(let b)) where a.count == b.count:
      return .vector(zip(a, b).map { select($0, $1) })
    default: throw misfit("the two branches are not alike: numbers, or vectors of one length")
    }
  }
}
