/// A computation without branches: nodes in the order in which they are computed.
///
/// Nodes `0 ..< variableCount` are the variables, in order. Every operand stands before its user.
package struct Graph: Equatable, Sendable {
  /// One step: an operation and the numbers of its operands.
  package struct Node: Hashable, Sendable {
    /// What is done.
    package var operation: Operation
    /// The operands' numbers; entries at and beyond the arity are 0.
    package var a: Int32 = 0
    /// The second operand.
    package var b: Int32 = 0
    /// The third operand.
    package var c: Int32 = 0
    /// A constant's bits; 0 for other nodes.
    package var bits: UInt64 = 0

    /// A constant's value.
    package var constant: Double { Double(bitPattern: bits) }

    /// Describes a step.
    package init(_ operation: Operation, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0) {
      self.operation = operation
      self.a = a
      self.b = b
      self.c = c
    }

    /// A constant; all zeros that compare equal but differ in sign stay apart.
    package init(constant: Double) {
      operation = .constant
      bits = constant.bitPattern
    }

    /// The operand at `position`.
    package func operand(_ position: Int) -> Int {
      Int(position == 0 ? a : position == 1 ? b : c)
    }
  }

  /// The steps.
  package var nodes: [Node]
  /// The nodes whose values are the results.
  package var outputs: [Int32]
  /// The number of variables.
  package var variableCount: Int

  /// Assembles a graph; operands must stand before their users.
  package init(nodes: [Node], outputs: [Int32], variableCount: Int) {
    self.nodes = nodes
    self.outputs = outputs
    self.variableCount = variableCount
  }

  /// Whether each node depends on a variable (its derivative may differ from zero).
  package var activity: [Bool] {
    var active = [Bool](repeating: false, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      if node.operation == .variable { active[index] = true }
      for position in 0..<node.operation.arity where active[node.operand(position)] {
        active[index] = true
      }
    }
    return active
  }
}
