import Lanes

/// Turns a formula that was read into instructions, and finds its variables.
struct Compiler {
  /// The longest vector.
  static let longestVector = 1024

  var code = Code()
  var scalarNumbers: [String: Int] = [:]
  var vectorNumbers: [String: Int] = [:]
  var routineNumbers: [String: Int] = [:]
  var globals: [String: Int] = [:]
  var constantNumbers: [String: Int] = [:]
  /// Locals of the routine at hand: names and slots, innermost last.
  var scope: [(name: String, slot: Int)] = []
  var slots = 0
  /// Names that came from outside with a number.
  var given: [String: Double] = [:]
  /// Whether the list of variables was given, so that no other name is one.
  var isClosed = false

  /// Compiles `script` with the variables of `names`; see `VariableList`.
  static func code(
    of script: Script, names: VariableList, constants: [String: Double], isClosed: Bool
  ) throws(FormulaError) -> Code {
    var compiler = Compiler()
    compiler.given = constants
    compiler.isClosed = isClosed
    compiler.code.variables = names.flat
    for (number, name) in names.flat.enumerated() { compiler.scalarNumbers[name] = number }
    for vector in names.vectors {
      compiler.vectorNumbers[vector.name] = compiler.code.vectors.count
      compiler.code.vectors.append(vector)
    }
    try compiler.compile(script)
    return compiler.code
  }

  private mutating func compile(_ script: Script) throws(FormulaError) {
    for definition in script.definitions {
      if case .function(let parameters) = definition.kind {
        routineNumbers[definition.name] = code.routines.count
        code.routines.append(
          Code.Routine(name: definition.name, parameters: parameters, entry: 0, localCount: 0))
      }
    }
    var bodies: [(number: Int, body: Expression, known: [String: Int])] = []
    for definition in script.definitions {
      guard let body = definition.body else { continue }
      switch definition.kind {
      case .value:
        if let value = given[definition.name] {
          emit(.number(value), body.range)
        } else {
          try compile(body)
        }
        emit(.define(code.globalNames.count), definition.range)
        globals[definition.name] = code.globalNames.count
        code.globalNames.append(definition.name)
      case .function:
        bodies.append((routineNumbers[definition.name] ?? 0, body, globals))
      case .vector: break
      }
    }
    try compile(script.body)
    emit(.end, script.body.range)
    code.localCount = slots
    for (number, body, known) in bodies {
      globals = known
      slots = 0
      scope = []
      for parameter in code.routines[number].parameters { declare(parameter) }
      code.routines[number].entry = code.instructions.count
      try compile(body)
      emit(.back, body.range)
      code.routines[number].localCount = slots
    }
  }

  @discardableResult
  mutating func emit(_ instruction: Code.Instruction, _ range: Range<Int>) -> Int {
    code.instructions.append(instruction)
    code.ranges.append(range)
    return code.instructions.count - 1
  }

  @discardableResult
  mutating func declare(_ name: String) -> Int {
    scope.append((name, slots))
    slots += 1
    return slots - 1
  }

  // MARK: - Expressions

  mutating func compile(_ expression: Expression) throws(FormulaError) {
    let parts = expression.children
    let range = expression.range
    switch expression.kind {
    case .number(let value): emit(.number(value), range)
    case .name(let name): try compile(name: name, at: range)
    case .sum(let subtracted):
      try chain(parts, subtracted, plain: .add, inverse: .subtract, at: range)
    case .product(let divided):
      try chain(parts, divided, plain: .multiply, inverse: .divide, at: range)
    case .negate:
      try compile(parts[0])
      emit(.unary(.negate), range)
    case .power:
      try compile(parts[0])
      try compile(parts[1])
      emit(.binary(.power), range)
    case .comparison(let operations): try compare(parts, operations, at: range)
    case .and: try fold(parts, .and, at: range)
    case .or: try fold(parts, .or, at: range)
    case .not:
      try compile(parts[0])
      emit(.unary(.not), range)
    case .conditional:
      try compile(parts[0])
      let text = code.texts.count
      code.texts.append(Printer.text(of: parts[0]))
      let branch = emit(.branch(otherwise: 0, text: text), parts[0].range)
      try compile(parts[1])
      let end = emit(.endFirst(0), parts[1].range)
      code.instructions[branch] = .branch(otherwise: end + 1, text: text)
      try compile(parts[2])
      code.instructions[end] = .endFirst(emit(.endSecond, range) + 1)
    case .call(let name): try compile(call: name, parts, at: range)
    case .repeated(let isProduct, let index):
      try compile(repeated: index, parts, isProduct: isProduct, at: range)
    case .loop(let variables, let updates):
      try compile(loop: variables, updates, parts, at: range)
    case .component: try compile(component: parts, at: range)
    case .vector:
      try count(parts.count, range)
      for part in parts { try compile(part) }
      emit(.gather(parts.count), range)
    }
  }
}
