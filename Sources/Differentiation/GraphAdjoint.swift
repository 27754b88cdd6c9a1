/// Reverse mode on paper: a graph that computes a gradient beside the value.
extension Graph {
  /// The graph with the derivatives of one of its outputs by every variable as further outputs.
  ///
  /// This is reverse mode carried out on symbols by the same rules: the new steps are the backward sweep. Applied again
  /// to the first new output of a function of one variable, it gives the second derivative.
  package func withGradient(ofOutput position: Int = 0) -> Graph {
    let builder = GraphBuilder()
    var copies: [Variable] = []
    copies.reserveCapacity(nodes.count)
    for node in nodes {
      let copy: Variable
      switch node.operation {
      case .constant: copy = .constant(node.constant)
      case .variable: copy = Variable(builder, Int(node.a), value: .nan)
      case .select: copy = .select(copies[Int(node.a)], copies[Int(node.b)], copies[Int(node.c)])
      default:
        copy =
          node.operation.arity == 1
          ? .apply(node.operation, copies[Int(node.a)])
          : .apply(node.operation, copies[Int(node.a)], copies[Int(node.b)])
      }
      copies.append(copy)
    }
    let gradient = adjoints(of: Int(outputs[position]), copies)
    let all = outputs.map { copies[Int($0)].operand } + gradient.map(\.operand)
    return builder.graph(outputs: all, variableCount: variableCount)
  }

  /// The variables' adjoints, spelled out with the nodes `copies` stands for.
  private func adjoints(of output: Int, _ copies: [Variable]) -> [Variable] {
    let active = activity
    let branches = BranchRegions(self, output: output)
    var adjoints = [Variable?](repeating: nil, count: nodes.count)
    adjoints[output] = .constant(1)
    for index in stride(from: output, through: 0, by: -1) {
      guard let adjoint = adjoints[index], active[index] else { continue }
      let node = nodes[index]
      let operation = node.operation
      if operation == .variable || operation.isFlat { continue }
      /// Adds a contribution; one that leaves branches of a choice counts only where they are taken.
      func pass(_ contribution: Variable, to position: Int, from region: Int) {
        let operand = node.operand(position)
        var masked = contribution
        for (question, isFirst) in branches.left(from: region, to: operand) {
          let condition = copies[question]
          masked =
            isFirst
            ? .select(condition, masked, .constant(0)) : .select(condition, .constant(0), masked)
        }
        adjoints[operand] = adjoints[operand].map { $0 + masked } ?? masked
      }
      let here = branches.region[index]
      let y = copies[index]
      if operation == .select {
        for position in 1...2 where active[node.operand(position)] {
          pass(adjoint, to: position, from: branches.branch(of: index, isFirst: position == 1))
        }
      } else if operation.arity == 1 {
        pass(adjoint * Rules.derivative(operation, copies[Int(node.a)], y), to: 0, from: here)
      } else {
        let (a, b) = (copies[Int(node.a)], copies[Int(node.b)])
        if active[Int(node.a)] {
          pass(adjoint * Rules.derivativeInFirst(operation, a, b, y), to: 0, from: here)
        }
        if active[Int(node.b)] {
          pass(adjoint * Rules.derivativeInSecond(operation, a, b, y), to: 1, from: here)
        }
      }
    }
    return (0..<variableCount).map { adjoints[$0] ?? .constant(0) }
  }
}

/// Which nodes serve one branch of a choice only.
///
/// Inside a branch adjoints are computed as if it were taken; where they leave it they are masked. So an infinite derivative in
/// a branch that is not taken never meets a zero.
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
    // The variables' adjoints are results: they belong to the whole graph even if one branch alone uses them.
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
        meet(Int(node.a), here)
        meet(Int(node.b), first)
        meet(Int(node.c), first + 1)
      } else {
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
