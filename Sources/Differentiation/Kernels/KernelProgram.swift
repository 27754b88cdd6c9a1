/// A graph compiled for rows: each step works on a block of points before the next step begins.
///
/// Rows are numbered: first the variables' columns, then the outputs' columns, then registers. A
/// register is used again as soon as its number is not needed any more, so that all rows of a block
/// stay in the first-level cache.
struct KernelProgram: Sendable {
  /// What one step does with its rows.
  enum Action: Sendable {
    case fill(Double)
    case copy
    case unary(Operation)
    case binary(Operation)
    /// The operand on the right, or on the left, is a number.
    case withRight(Operation, Double)
    case withLeft(Operation, Double)
    /// A whole power by repeated multiplication.
    case wholePower(Int)
    /// Sine into the target, cosine into row `b`.
    case sineAndCosine
    case select
  }
  /// One step: rows in, row out.
  struct Step: Sendable {
    var action: Action
    var target: Int32
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
  }

  let variableCount: Int
  let outputCount: Int
  private(set) var steps: [Step] = []
  private(set) var registerCount = 0

  /// All rows.
  var rowCount: Int { variableCount + outputCount + registerCount }

  init(_ graph: Graph) {
    variableCount = graph.variableCount
    outputCount = graph.outputs.count
    var allocator = Allocator(graph)
    for index in graph.variableCount..<graph.nodes.count { allocator.emit(index) }
    for (position, output) in graph.outputs.enumerated() {
      allocator.finish(output: Int(output), position: position)
    }
    steps = allocator.steps
    registerCount = allocator.registerCount
  }
}

/// Gives rows to nodes.
private struct Allocator {
  let graph: Graph
  var steps: [KernelProgram.Step] = []
  var registerCount = 0
  private var row: [Int32]
  private var uses: [Int32]
  private var free: [Int32] = []
  private var partner: [Int: Int] = [:]
  private var outputOf: [Int: Int] = [:]

  init(_ graph: Graph) {
    self.graph = graph
    row = [Int32](repeating: -1, count: graph.nodes.count)
    uses = [Int32](repeating: 0, count: graph.nodes.count)
    var sines: [Int: Int] = [:]
    var cosines: [Int: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for position in 0..<node.operation.arity { uses[node.operand(position)] += 1 }
      if node.operation == .variable { row[index] = node.a }
      if node.operation == .sin { sines[Int(node.a)] = index }
      if node.operation == .cos { cosines[Int(node.a)] = index }
    }
    for (angle, sine) in sines {
      guard let cosine = cosines[angle] else { continue }
      partner[sine] = cosine
      partner[cosine] = sine
    }
    for (position, output) in graph.outputs.enumerated() {
      let operation = graph.nodes[Int(output)].operation
      if operation != .variable, operation != .constant, outputOf[Int(output)] == nil {
        outputOf[Int(output)] = position
      }
    }
  }

  private func constant(_ node: Int) -> Double? {
    graph.nodes[node].operation == .constant ? graph.nodes[node].constant : nil
  }

  /// A row to write a node into: its output column, or a register.
  private mutating func claim(_ node: Int) -> Int32 {
    if let position = outputOf[node] {
      row[node] = Int32(graph.variableCount + position)
    } else if let register = free.popLast() {
      row[node] = register
    } else {
      row[node] = Int32(graph.variableCount + graph.outputs.count + registerCount)
      registerCount += 1
    }
    return row[node]
  }

  private mutating func release(_ node: Int) {
    uses[node] -= 1
    let firstRegister = Int32(graph.variableCount + graph.outputs.count)
    if uses[node] == 0, row[node] >= firstRegister {
      free.append(row[node])
      row[node] = -1
    }
  }

  /// The row of an operand; a constant is written into a register first.
  private mutating func read(_ node: Int) -> Int32 {
    if row[node] < 0, let value = constant(node) {
      let target = claim(node)
      steps.append(KernelProgram.Step(action: .fill(value), target: target))
    }
    return row[node]
  }

  mutating func emit(_ index: Int) {
    let node = graph.nodes[index]
    let operation = node.operation
    guard operation.arity > 0, row[index] < 0 else { return }
    let (a, b, c) = (Int(node.a), Int(node.b), Int(node.c))
    var step = KernelProgram.Step(action: .copy, target: 0)
    switch operation.arity {
    case 1:
      if let other = partner[index], row[other] < 0 {
        let sine = operation == .sin ? index : other
        step.action = .sineAndCosine
        step.a = read(a)
        step.target = claim(sine)
        step.b = claim(sine == index ? other : index)
        steps.append(step)
        release(a)
        release(a)
        return
      }
      step.action = .unary(operation)
      step.a = read(a)
      release(a)
    case 2:
      if operation == .power, let whole = constant(b).flatMap(Double.multipliedExponent) {
        step.action = .wholePower(whole)
        step.a = read(a)
      } else if KernelProgram.takesNumbers(operation) || operation == .atLeast
        || operation == .atMost, let right = constant(b)
      {
        step.action = .withRight(operation, right)
        step.a = read(a)
      } else if KernelProgram.takesNumbers(operation), let left = constant(a) {
        step.action = .withLeft(operation, left)
        step.a = read(b)
      } else {
        step.action = .binary(operation)
        step.a = read(a)
        step.b = read(b)
      }
      release(a)
      release(b)
    default:
      step.action = .select
      step.a = read(a)
      step.b = read(b)
      step.c = read(c)
      release(a)
      release(b)
      release(c)
    }
    step.target = claim(index)
    steps.append(step)
  }

  mutating func finish(output: Int, position: Int) {
    let target = Int32(graph.variableCount + position)
    if let value = constant(output) {
      steps.append(KernelProgram.Step(action: .fill(value), target: target))
    } else if row[output] != target {
      steps.append(KernelProgram.Step(action: .copy, target: target, a: row[output]))
    }
  }
}

extension KernelProgram {
  /// Operations that have a form with a number for one operand.
  static func takesNumbers(_ operation: Operation) -> Bool {
    switch operation {
    case .add, .subtract, .multiply, .divide, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .equal, .notEqual:
      true
    default: false
    }
  }
}
