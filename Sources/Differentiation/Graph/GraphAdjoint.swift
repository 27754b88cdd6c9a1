/// Reverse mode on paper: a graph that computes a gradient beside the value.
extension Graph {
  /// The graph with the derivatives of one of its outputs by every variable as further outputs.
  ///
  /// This is reverse mode carried out on symbols by the same rules: the new steps are the backward
  /// sweep. Applied again to the first new output of a function of one variable, it gives the
  /// second derivative.
  package func withGradient(ofOutput position: Int = 0) -> Graph {
    let spelled = withChoicesSpelledOut
    let builder = GraphBuilder()
    let copies = spelled.copied(into: builder) { operation, a, b in .apply(operation, a, b) }
    let gradient = spelled.adjoints(of: Int(spelled.outputs[position]), copies)
    let all = spelled.outputs.map { copies[Int($0)].operand } + gradient.map(\.operand)
    return builder.graph(outputs: all, variableCount: variableCount)
  }

  /// The same with `select` for `min`, `max` and their kin, so that what is not taken can be
  /// masked.
  private var withChoicesSpelledOut: Graph {
    guard nodes.contains(where: { $0.operation.isChoice }) else { return self }
    let builder = GraphBuilder()
    let half = Variable.constant(0.5)
    let copies = copied(into: builder) { operation, a, b in
      switch operation {
      case .relu:
        return .select(.apply(.lessOrEqual, a, .constant(0)), .constant(0), a)
      case .atLeast: return .select(.apply(.lessOrEqual, a, b), b, a)
      case .atMost: return .select(.apply(.greaterOrEqual, a, b), b, a)
      case .min, .max:
        let loses = Variable.apply(operation == .min ? .greater : .less, a, b)
        let isNumber = Variable.apply(.equal, a, a)
        let isOther = Variable.apply(
          .and, isNumber, .apply(.or, loses, .apply(.notEqual, b, b)))
        return .select(.apply(.equal, a, b), half * a + half * b, .select(isOther, b, a))
      default: return .apply(operation, a, b)
      }
    }
    return builder.graph(
      outputs: outputs.map { copies[Int($0)].operand }, variableCount: variableCount)
  }

  /// Every node recorded by `builder`; operations of one operand get it twice.
  private func copied(
    into builder: GraphBuilder, _ apply: (Operation, Variable, Variable) -> Variable
  ) -> [Variable] {
    var copies: [Variable] = []
    copies.reserveCapacity(nodes.count)
    for node in nodes {
      switch node.operation {
      case .constant: copies.append(.constant(node.constant))
      case .variable: copies.append(Variable(builder, Int(node.a), value: .nan))
      case .select:
        copies.append(.select(copies[Int(node.a)], copies[Int(node.b)], copies[Int(node.c)]))
      default:
        let a = copies[Int(node.a)]
        let isChoice = node.operation.isChoice
        copies.append(
          node.operation.arity == 1 && !isChoice
            ? .apply(node.operation, a)
            : apply(node.operation, a, node.operation.arity == 1 ? a : copies[Int(node.b)]))
      }
    }
    return copies
  }

  /// The variables' adjoints, spelled out with the nodes `copies` stands for.
  private func adjoints(of output: Int, _ copies: [Variable]) -> [Variable] {
    let active = activity
    let branches = BranchRegions(self, output: output)
    var adjoints = [Variable?](repeating: nil, count: nodes.count)
    /// Where a node is reached by branches that are taken; nil where it always is, or not yet.
    var masks = [Variable?](repeating: nil, count: nodes.count)
    var isAlwaysReached = [Bool](repeating: false, count: nodes.count)
    adjoints[output] = .constant(1)
    isAlwaysReached[output] = true
    for index in stride(from: output, through: 0, by: -1) {
      guard let adjoint = adjoints[index], active[index] else { continue }
      let node = nodes[index]
      let operation = node.operation
      if operation == .variable || operation.isFlat { continue }
      let mask = isAlwaysReached[index] ? nil : masks[index]
      /// Adds a contribution; one that leaves branches of a choice counts only where they are
      /// taken.
      func pass(_ contribution: Variable, to position: Int, from region: Int) {
        let operand = node.operand(position)
        var masked = contribution
        var reach = mask
        for (question, isFirst) in branches.left(from: region, to: operand) {
          let condition = copies[question]
          masked =
            isFirst
            ? .select(condition, masked, .constant(0)) : .select(condition, .constant(0), masked)
          let taken = isFirst ? condition : Variable.apply(.not, condition)
          reach = reach.map { .apply(.and, $0, taken) } ?? taken
        }
        adjoints[operand] = adjoints[operand].map { $0 + masked } ?? masked
        if let reach {
          masks[operand] = masks[operand].map { .apply(.or, $0, reach) } ?? reach
        } else {
          isAlwaysReached[operand] = true
        }
      }
      /// The adjoint times a rule's factor: 0 where the node is not reached, however steep the rule
      /// is there.
      func times(_ factor: Variable) -> Variable {
        mask.map { .select($0, adjoint * factor, .constant(0)) } ?? adjoint * factor
      }
      let here = branches.region[index]
      let y = copies[index]
      if operation == .select {
        for position in 1...2 where active[node.operand(position)] {
          pass(adjoint, to: position, from: branches.branch(of: index, isFirst: position == 1))
        }
      } else if operation.arity == 1 {
        pass(times(Rules.derivative(operation, copies[Int(node.a)], y)), to: 0, from: here)
      } else {
        let (a, b) = (copies[Int(node.a)], copies[Int(node.b)])
        if active[Int(node.a)] {
          pass(times(Rules.derivativeInFirst(operation, a, b, y)), to: 0, from: here)
        }
        if active[Int(node.b)] {
          pass(times(Rules.derivativeInSecond(operation, a, b, y)), to: 1, from: here)
        }
      }
    }
    return (0..<variableCount).map { adjoints[$0] ?? .constant(0) }
  }
}

/// Which nodes serve one branch of a choice only.
///
/// Only what adjoints flow through counts: a condition has no say, so what it looks at may still
/// belong to one branch. Inside a branch adjoints are computed as if it were taken; where they
/// leave it they are masked. So an infinite derivative in a branch that is not taken never meets a
/// zero.
private struct BranchRegions {
  /// The innermost region of each node: 0 for the whole graph, else a branch of a choice.
  private(set) var region: [Int]
  private var parent = [0]
  private var depth = [0]
  /// The condition's node of each branch, and which of the two branches it is.
  private var choice: [(condition: Int, isFirst: Bool)] = [(-1, true)]
  private var branches: [Int: Int] = [:]
  private var known: [Key: Int] = [:]

  private struct Key: Hashable {
    var region: Int
    var condition: Int32
  }

  init(_ graph: Graph, output: Int) {
    region = [Int](repeating: -1, count: graph.nodes.count)
    region[output] = 0
    // The variables' adjoints are results: they belong to the whole graph even if one branch alone
    // uses them.
    for variable in 0..<graph.variableCount { region[variable] = 0 }
    for index in stride(from: output, through: 0, by: -1) where region[index] >= 0 {
      let node = graph.nodes[index]
      let here = region[index]
      if node.operation == .select {
        // Choices by one condition within one region share their branches.
        let key = Key(region: here, condition: node.a)
        let first = known[key] ?? parent.count
        if known[key] == nil {
          known[key] = first
          for isFirst in [true, false] {
            parent.append(here)
            depth.append(depth[here] + 1)
            choice.append((Int(node.a), isFirst))
          }
        }
        branches[index] = first
        meet(Int(node.b), first)
        meet(Int(node.c), first + 1)
      } else if !node.operation.isFlat {
        for position in 0..<node.operation.arity { meet(node.operand(position), here) }
      }
    }
  }

  func branch(of select: Int, isFirst: Bool) -> Int {
    (branches[select] ?? 0) + (isFirst ? 0 : 1)
  }

  /// The branches left on the way from a region to a node, innermost first.
  func left(from start: Int, to node: Int) -> [(condition: Int, isFirst: Bool)] {
    var steps: [(Int, Bool)] = []
    var here = start
    while here != region[node], here != 0 {
      steps.append(choice[here])
      here = parent[here]
    }
    return steps
  }

  /// A node used from two regions belongs to the smallest one around both.
  private mutating func meet(_ node: Int, _ user: Int) {
    guard region[node] >= 0 else {
      region[node] = user
      return
    }
    var (a, b) = (region[node], user)
    while a != b {
      if depth[a] >= depth[b] { a = parent[a] } else { b = parent[b] }
    }
    region[node] = a
  }
}
