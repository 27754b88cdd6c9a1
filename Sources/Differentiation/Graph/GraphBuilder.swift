/// Records operations into a graph: constants are folded at once, and equal steps are shared.
///
/// A builder may know the variables' values (it traces a program that runs) or not (it spells out a
/// program for any values).
package final class GraphBuilder {
  /// A number on its way through a recorded program: a constant (`index` is -1) or a node.
  package struct Operand: Sendable, Equatable {
    /// The node's number, or -1 for a constant.
    package var index: Int32
    /// The value; NaN for a node of a builder that does not know values.
    package var value: Double

    /// Whether it depends on nothing.
    package var isConstant: Bool { index < 0 }

    /// A constant.
    package static func constant(_ value: Double) -> Operand { Operand(index: -1, value: value) }
  }

  /// The most nodes that are recorded; beyond, `isFull` is set and nothing more is kept.
  package static let capacity = 50_000

  private var nodes: [Graph.Node] = []
  /// The part of the formula that is being recorded, where there is a formula.
  package var origin = 0..<0
  /// Where each recorded node came from.
  package private(set) var origins: [Range<Int>] = []
  /// The numbers of nodes by the hash of what they do; -1 where free. (Open addressing: recording
  /// is the hot part of tracing, and the standard dictionary's hashing would cost more than the
  /// arithmetic.)
  private var table = [Int32](repeating: -1, count: 64)
  /// How people write a constant that came of a named one (`2π`), by its bits.
  package private(set) var constantNames: [UInt64: String] = [:]
  /// Whether more was asked for than can be kept.
  package private(set) var isFull = false
  /// The nodes recorded so far.
  package var count: Int { nodes.count }

  /// Whether operations on constants are done at once instead of being recorded.
  private let foldsConstants: Bool

  /// An empty graph.
  ///
  /// Without folding, operations on constants are recorded as well, so that it can be told what
  /// they did.
  package init(foldsConstants: Bool = true) { self.foldsConstants = foldsConstants }

  /// The variable with this number, with its value where that is known.
  package func variable(_ number: Int, value: Double = .nan) -> Operand {
    Operand(index: node(Graph.Node(.variable, Int32(number))), value: value)
  }

  /// A constant that people know by name.
  package func constant(_ value: Double, name: String) -> Operand {
    constantNames[value.bitPattern] = name
    return .constant(value)
  }

  /// Records an operation of one operand.
  package func apply(_ operation: Operation, _ u: Operand) -> Operand {
    let value = Double.apply(operation, u.value)
    if u.isConstant {
      if foldsConstants { return folded(value, operation, u, u) }
      return Operand(index: node(Graph.Node(operation, place(u))), value: value)
    }
    if operation == .negate, nodes[Int(u.index)].operation == .negate {
      return Operand(index: nodes[Int(u.index)].a, value: value)
    }
    return Operand(index: node(Graph.Node(operation, u.index)), value: value)
  }

  /// Records an operation of two operands.
  package func apply(_ operation: Operation, _ a: Operand, _ b: Operand) -> Operand {
    if a.isConstant, b.isConstant, foldsConstants {
      return folded(Double.apply(operation, a.value, b.value), operation, a, b)
    }
    if let same = simplified(operation, a, b) { return same }
    // With a number the tie is settled: the number is taken, on whichever side it stands.
    if operation == .max || operation == .min, a.isConstant || b.isConstant {
      let (number, other) = a.isConstant ? (a, b) : (b, a)
      if !number.value.isNaN {
        return apply(operation == .max ? .atLeast : .atMost, other, number)
      }
    }
    let value = Double.apply(operation, a.value, b.value)
    var first = place(a)
    var second = place(b)
    if operation.isCommutative, !a.isConstant, !b.isConstant, second < first {
      swap(&first, &second)
    }
    return Operand(index: node(Graph.Node(operation, first, second)), value: value)
  }

  /// Records a choice.
  package func select(_ condition: Operand, _ a: Operand, _ b: Operand) -> Operand {
    if condition.isConstant { return condition.value != 0 ? a : b }
    if a == b || (a.index >= 0 && a.index == b.index) { return a }
    let value = Double.select(condition.value, a.value, b.value)
    return Operand(
      index: node(Graph.Node(.select, condition.index, place(a), place(b))), value: value)
  }

  /// The graph of `outputs` alone: what they do not need is dropped, and the variables come first.
  package func graph(outputs: [Operand], variableCount: Int) -> Graph {
    let ends = outputs.map { place($0) }
    var needed = [Bool](repeating: false, count: nodes.count)
    for end in ends { needed[Int(end)] = true }
    for index in stride(from: nodes.count - 1, through: 0, by: -1) where needed[index] {
      for position in 0..<nodes[index].operation.arity {
        needed[nodes[index].operand(position)] = true
      }
    }
    var kept = (0..<variableCount).map { Graph.Node(.variable, Int32($0)) }
    var moved = [Int32](repeating: -1, count: nodes.count)
    for (index, node) in nodes.enumerated() where needed[index] {
      if node.operation == .variable {
        moved[index] = node.a
        continue
      }
      var copy = node
      let arity = node.operation.arity
      if arity > 0 { copy.a = moved[Int(node.a)] }
      if arity > 1 { copy.b = moved[Int(node.b)] }
      if arity > 2 { copy.c = moved[Int(node.c)] }
      moved[index] = Int32(kept.count)
      kept.append(copy)
    }
    lastMoves = moved
    return Graph(nodes: kept, outputs: ends.map { moved[Int($0)] }, variableCount: variableCount)
  }

  /// Where the last `graph(outputs:variableCount:)` put each recorded node; -1 for what was
  /// dropped.
  package private(set) var lastMoves: [Int32] = []

  // MARK: - Recording

  private func place(_ operand: Operand) -> Int32 {
    operand.isConstant ? node(Graph.Node(constant: operand.value)) : operand.index
  }

  private func node(_ node: Graph.Node) -> Int32 {
    var slot = node.mixed & (table.count - 1)
    while table[slot] >= 0 {
      if nodes[Int(table[slot])] == node { return table[slot] }
      slot = (slot + 1) & (table.count - 1)
    }
    guard nodes.count < GraphBuilder.capacity else {
      isFull = true
      return 0
    }
    let index = Int32(nodes.count)
    nodes.append(node)
    origins.append(origin)
    table[slot] = index
    if nodes.count * 2 > table.count { grow() }
    return index
  }

  private func grow() {
    let size = table.count * 4
    table = [Int32](repeating: -1, count: size)
    for (index, node) in nodes.enumerated() {
      var slot = node.mixed & (size - 1)
      while table[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      table[slot] = Int32(index)
    }
  }

  /// Identities that hold for every number, NaN and infinities included (the sign of a zero may
  /// differ).
  private func simplified(_ operation: Operation, _ a: Operand, _ b: Operand) -> Operand? {
    switch operation {
    case .add:
      if a.isConstant, a.value == 0 { return b }
      if b.isConstant, b.value == 0 { return a }
    case .subtract:
      if b.isConstant, b.value == 0 { return a }
      if a.isConstant, a.value == 0 { return apply(.negate, b) }
    case .multiply:
      if a.isConstant, a.value == 1 { return b }
      if b.isConstant, b.value == 1 { return a }
      if a.isConstant, a.value == -1 { return apply(.negate, b) }
      if b.isConstant, b.value == -1 { return apply(.negate, a) }
    case .divide:
      if b.isConstant, b.value == 1 { return a }
    case .power:
      if b.isConstant, b.value == 1 { return a }
      if b.isConstant, b.value == 0 { return .constant(1) }
    default: break
    }
    return nil
  }

  private func folded(_ value: Double, _ operation: Operation, _ a: Operand, _ b: Operand)
    -> Operand
  {
    if !constantNames.isEmpty, constantNames[value.bitPattern] == nil {
      let named =
        constantNames[a.value.bitPattern] != nil || constantNames[b.value.bitPattern] != nil
      if named, operation == .multiply, let text = productName(a.value, b.value) {
        constantNames[value.bitPattern] = text
      }
    }
    return .constant(value)
  }

  /// `2π` for 2 · π; nil where it would not read well.
  private func productName(_ a: Double, _ b: Double) -> String? {
    guard let name = constantNames[b.bitPattern], name.unicodeScalars.count <= 8,
      constantNames[a.bitPattern] == nil, a == a.rounded(), a.magnitude < 1000
    else { return nil }
    return "\(Int(a))\(name)"
  }
}

extension Graph.Node {
  /// A hash of what the node does.
  fileprivate var mixed: Int {
    var hash = UInt64(operation.rawValue) &+ bits
    hash = (hash ^ UInt64(UInt32(bitPattern: a))) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 29) ^ UInt64(UInt32(bitPattern: b))) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 32) ^ UInt64(UInt32(bitPattern: c))) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: (hash ^ (hash >> 31)) & 0x7FFF_FFFF)
  }
}
