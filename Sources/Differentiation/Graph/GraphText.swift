/// Writes nodes of a graph as formulas.
struct GraphText {
  private let graph: Graph
  private let variables: [String]
  private let constants: [UInt64: String]
  /// The longest text of one node.
  private static let longest = 160

  /// Names for the variables, and for constants by their bits.
  init(_ graph: Graph, variables: [String], constants: [UInt64: String]) {
    self.graph = graph
    self.variables = variables
    self.constants = constants
  }

  /// A constant as people write it.
  func text(constant: Double) -> String {
    constants[constant.bitPattern] ?? Formula.shortNumeral(constant)
  }

  /// The node as one formula in the variables; `…` where it would be too long.
  func text(of node: Int) -> String {
    var texts: [(text: String, strength: Int)] = []
    for index in 0...node {
      var written = one(graph.nodes[index]) { texts[$0] }
      if written.text.unicodeScalars.count > GraphText.longest { written = ("…", 9) }
      texts.append(written)
    }
    return texts[node].text
  }

  /// The node's operation with its operands as `name` calls them.
  func operation(of node: Int, name: (Int) -> String) -> String {
    one(graph.nodes[node]) { (name($0), 9) }.text
  }

  private func one(_ node: Graph.Node, _ operand: (Int) -> (text: String, strength: Int))
    -> (text: String, strength: Int)
  {
    func part(_ position: Int, _ least: Int) -> String {
      let part = operand(node.operand(position))
      return part.strength < least ? "(\(part.text))" : part.text
    }
    switch node.operation {
    case .constant:
      let text = text(constant: node.constant)
      return (text, text.hasPrefix("-") ? 3 : 9)
    case .variable: return (variables[Int(node.a)], 9)
    case .add: return (part(0, 4) + " + " + part(1, 4), 4)
    case .subtract: return (part(0, 4) + " - " + part(1, 5), 4)
    case .multiply: return (part(0, 5) + "*" + part(1, 6), 5)
    case .divide: return (part(0, 5) + "/" + part(1, 6), 5)
    case .negate: return ("-" + part(0, 6), 5)
    case .power: return (part(0, 8) + "^" + part(1, 8), 7)
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or:
      return (part(0, 4) + " \(Function.symbol(of: node.operation)) " + part(1, 4), 2)
    case .not: return ("not " + part(0, 4), 2)
    case .select: return ("if(\(part(0, 0)), \(part(1, 0)), \(part(2, 0)))", 9)
    default:
      let arguments = (0..<node.operation.arity).map { part($0, 0) }
      return ("\(Function.symbol(of: node.operation))(\(arguments.joined(separator: ", ")))", 9)
    }
  }
}
