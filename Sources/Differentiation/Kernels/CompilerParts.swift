import Lanes

/// Names, chains, calls and loops.
extension Compiler {
  mutating func compile(name: String, at range: Range<Int>) throws(FormulaError) {
    if let local = scope.last(where: { $0.name == name }) {
      emit(.local(local.slot), range)
    } else if let number = globals[name] {
      emit(.global(number), range)
    } else if let number = scalarNumbers[name] {
      emit(.variable(number), range)
    } else if let number = vectorNumbers[name] {
      guard code.vectors[number].isFixed else {
        throw FormulaError(
          "how many entries \(name) has is not known here", at: range,
          expected: "\(name) in R^3; at the beginning, with the right number")
      }
      emit(.vector(number), range)
    } else if let value = given[name] {
      emit(.number(value), range)
    } else if let constant = Function.constants.first(where: { $0.name == name }) {
      let label = name == "pi" ? "π" : name == "tau" ? "τ" : name
      let number = constantNumbers[label] ?? code.constants.count
      if number == code.constants.count { code.constants.append((label, constant.value)) }
      constantNumbers[label] = number
      emit(.constant(number), range)
    } else {
      throw unknown(name, at: range)
    }
  }

  private func unknown(_ name: String, at range: Range<Int>) -> FormulaError {
    let names =
      scope.map(\.name) + Array(globals.keys).sorted() + code.variables
      + Array(routineNumbers.keys).sorted() + Array(given.keys).sorted() + Function.reservedNames
    let hint = ForeignNames.hint(name)
    let meant = hint == nil ? Spelling.nearest(to: name, in: names) : nil
    var expected: String?
    if let hint {
      expected = hint
    } else if let pieces = ForeignNames.pieces(name), meant == nil {
      return FormulaError(
        "unknown name \(name): letters that stand together are one name", at: range,
        expected: "\(pieces.joined(separator: " ")) for a product, or a definition, as in "
          + "\(name) = 2;")
    } else if isClosed, !code.variables.isEmpty {
      expected = "one of \(code.variables.prefix(12).joined(separator: ", "))"
    } else if meant == nil {
      expected = "one letter for a variable (x, x1, θ), or a definition, as in \(name) = 2;"
    }
    return FormulaError("unknown name \(name)", at: range, expected: expected, suggestion: meant)
  }

  mutating func chain(
    _ parts: [Expression], _ inverted: [Bool], plain: Operation, inverse: Operation,
    at range: Range<Int>
  ) throws(FormulaError) {
    try compile(parts[0])
    for (part, isInverse) in zip(parts, inverted).dropFirst() {
      try compile(part)
      emit(
        .binary(isInverse ? inverse : plain), parts[0].range.lowerBound..<part.range.upperBound)
    }
  }

  mutating func fold(_ parts: [Expression], _ operation: Operation, at range: Range<Int>)
    throws(FormulaError)
  {
    try compile(parts[0])
    for part in parts.dropFirst() {
      try compile(part)
      emit(.binary(operation), range)
    }
  }

  /// a < b < c is a < b and b < c, with b computed once.
  mutating func compare(_ parts: [Expression], _ operations: [Operation], at range: Range<Int>)
    throws(FormulaError)
  {
    try compile(parts[0])
    for (index, operation) in operations.enumerated() {
      let part = parts[index + 1]
      try compile(part)
      let isLast = index == operations.count - 1
      let slot = isLast ? nil : declare("")
      if let slot {
        emit(.store(slot), part.range)
        emit(.local(slot), part.range)
      }
      emit(.binary(operation), range)
      if index > 0 { emit(.binary(.and), range) }
      if let slot {
        emit(.local(slot), part.range)
        scope.removeLast()
      }
    }
  }

  mutating func compile(call name: String, _ parts: [Expression], at range: Range<Int>)
    throws(FormulaError)
  {
    for part in parts { try compile(part) }
    if let number = routineNumbers[name] {
      emit(.call(number), range)
      return
    }
    guard let function = Function.named(name) else {
      throw FormulaError("unknown function \(name)", at: range)
    }
    switch function.name {
    case "min", "max":
      let operation: Operation = function.name == "min" ? .min : .max
      if parts.count == 1 {
        emit(.reduce(operation == .min ? .least : .greatest), range)
      } else {
        for _ in parts.dropFirst() { emit(.binary(operation), range) }
      }
    case "sum": emit(.reduce(.sum), range)
    case "prod": emit(.reduce(.product), range)
    case "dot": emit(.reduce(.dot), range)
    case "norm": emit(.reduce(.norm), range)
    case "mean": emit(.reduce(.mean), range)
    case "length": emit(.reduce(.length), range)
    default:
      guard let operation = function.operation else {
        throw FormulaError("\(name) cannot be used so", at: range, expected: function.arguments)
      }
      emit(operation.arity == 1 ? .unary(operation) : .binary(operation), range)
    }
  }

  mutating func compile(component parts: [Expression], at range: Range<Int>)
    throws(FormulaError)
  {
    // `x[i]` of a vector variable needs only that component.
    if case .name(let name) = parts[0].kind, !scope.contains(where: { $0.name == name }),
      globals[name] == nil, let number = vectorNumbers[name]
    {
      try compile(parts[1])
      emit(.component(number), range)
    } else {
      try compile(parts[0])
      try compile(parts[1])
      emit(.pick, range)
    }
  }

  mutating func compile(
    repeated index: String, _ parts: [Expression], isProduct: Bool, at range: Range<Int>
  ) throws(FormulaError) {
    try compile(parts[0])
    try compile(parts[1])
    let last = declare("")
    let total = declare("")
    let counter = declare(index)
    emit(.range(first: counter, last: last), parts[0].range.lowerBound..<parts[1].range.upperBound)
    emit(.number(isProduct ? 1 : 0), range)
    emit(.store(total), range)
    let test = emit(.whileInRange(index: counter, last: last, exit: 0), range)
    emit(.round(labels([(index, counter)])), range)
    emit(.local(total), range)
    try compile(parts[2])
    emit(.binary(isProduct ? .multiply : .add), range)
    emit(.store(total), range)
    emit(.next(counter), range)
    emit(.jump(test), range)
    let exit = emit(.local(total), range)
    code.instructions[test] = .whileInRange(index: counter, last: last, exit: exit)
    scope.removeLast(3)
  }

  mutating func compile(
    loop variables: [String], _ updates: [String], _ parts: [Expression], at range: Range<Int>
  ) throws(FormulaError) {
    var slotOf: [String: Int] = [:]
    let outside = scope.count
    for (name, initial) in zip(variables, parts) {
      try compile(initial)
      slotOf[name] = declare(name)
      emit(.store(slotOf[name] ?? 0), initial.range)
    }
    let condition = parts[variables.count]
    let test = code.instructions.count
    try compile(condition)
    let leave = emit(.whileHolds(exit: 0), condition.range)
    emit(.round(labels(variables.map { ($0, slotOf[$0] ?? 0) })), range)
    for (name, value) in zip(updates, parts.dropFirst(variables.count + 1)) {
      try compile(value)
      emit(.store(slotOf[name] ?? 0), value.range)
    }
    emit(.jump(test), range)
    code.instructions[leave] = .whileHolds(exit: code.instructions.count)
    try compile(parts[parts.count - 1])
    scope.removeLast(scope.count - outside)
  }

  /// Notes the names to show for some locals.
  private mutating func labels(_ shown: [(String, Int)]) -> Int {
    var pairs: [Int] = []
    for (name, slot) in shown {
      code.texts.append(name)
      pairs += [code.texts.count - 1, slot]
    }
    code.rounds.append(pairs)
    return code.rounds.count - 1
  }

  mutating func count(_ entries: Int, _ range: Range<Int>) throws(FormulaError) {
    guard entries <= Compiler.longestVector else {
      throw FormulaError(
        "a vector cannot have more than \(Compiler.longestVector) entries", at: range)
    }
  }
}
