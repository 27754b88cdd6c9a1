/// What a formula did at one point, operation by operation, for people to watch.
///
/// Rows stand in the order of the forward sweep; the backward sweep goes through `backwardOrder`.
/// Between operations stand remarks: the branch that was taken (`n <= 1 ? no`), the round of a loop
/// (`i = 3`), a call (`fact(n = 2)`).
package struct Tape: Equatable, Sendable {
  /// One operation, or one remark.
  package struct Row: Equatable, Sendable {
    /// What kind of row it is.
    package enum Kind: Equatable, Sendable { case variable, operation, remark }
    /// What kind of row it is.
    package var kind: Kind
    /// The name: `x` for a variable, `v3` for a result, empty for a remark.
    package var name: String
    /// What was done: `v1 + v2`, `sin(v3)`; the remark's text.
    package var text: String
    /// The name of the operation (`+`, `sin`); empty for variables and remarks.
    package var operation: String
    /// The rows of the operands, without constants.
    package var operands: [Int]
    /// The value; NaN for a remark.
    package var value: Double
    /// The derivative of this row in the chosen direction (forward mode); NaN for a remark.
    package var tangent: Double
    /// The derivative of the result by this row (reverse mode); NaN for a remark.
    package var adjoint: Double
    /// The number of calls around it.
    package var depth: Int
  }

  /// The rows.
  package let rows: [Row]
  /// The rows of the backward sweep, from the result to the variables.
  package let backwardOrder: [Int]
  /// The row of the result; nil when the result is a plain number.
  package let resultRow: Int?
  /// The result.
  package let value: Double

  /// The most operations that are shown.
  package static let longest = 20_000

  /// The rows of the forward sweep: operations and variables, without remarks.
  package var forwardOrder: [Int] { rows.indices.filter { rows[$0].kind != .remark } }
}

extension Formula {
  /// The tape of the program at a point.
  ///
  /// `direction` is the direction of the tangents; without one it is the first variable's. Throws
  /// what stops the program there (recursion without end), and for programs of more than
  /// `Tape.longest` operations.
  package func tape(at point: [Double], along direction: [Double]? = nil) throws(FormulaError)
    -> Tape
  {
    precondition(point.count == variables.count, "\(point.count) numbers for \(variables)")
    let builder = GraphBuilder()
    var tracer = Tracer(code: code, point: point, builder: builder, notesWanted: true)
    let graph: Graph
    do {
      let output = try tracer.run()
      graph = builder.graph(outputs: [output], variableCount: variables.count)
    } catch {
      throw Formula.error(error)
    }
    guard graph.nodes.count <= Tape.longest else {
      throw FormulaError(
        "the tape would have \(graph.nodes.count) operations, more than \(Tape.longest)",
        at: 0..<text.unicodeScalars.count)
    }
    let first = variables.indices.map { $0 == 0 ? 1.0 : 0 }
    return Tape(
      graph, variables: variables, constants: builder.constantNames, moves: builder.lastMoves,
      notes: tracer.notes, point: point, direction: direction ?? first)
  }
}

extension Tape {
  init(
    _ graph: Graph, variables: [String], constants: [UInt64: String], moves: [Int32],
    notes: [Tracer.Note], point: [Double], direction: [Double]
  ) {
    let (values, adjoints) = graph.sweeps(at: point)
    let tangents = graph.duals(at: point, along: direction)
    // The remarks in front of each node: of each recorded node, the next one that was kept.
    var next = [Int](repeating: graph.nodes.count, count: moves.count + 1)
    for index in moves.indices.reversed() {
      next[index] = moves[index] >= graph.variableCount ? Int(moves[index]) : next[index + 1]
    }
    var remarks: [Int: [Tracer.Note]] = [:]
    for note in notes { remarks[next[note.position], default: []].append(note) }
    let writer = GraphText(graph, variables: variables, constants: constants)
    var rows: [Row] = []
    var rowOf: [Int: Int] = [:]
    var number = 0
    var depth = 0
    func name(_ node: Int) -> String {
      rowOf[node].map { rows[$0].name } ?? writer.text(constant: graph.nodes[node].constant)
    }
    func remark(_ note: Tracer.Note) -> Row {
      Row(
        kind: .remark, name: "", text: note.text, operation: "", operands: [], value: .nan,
        tangent: .nan, adjoint: .nan, depth: note.depth)
    }
    for (index, node) in graph.nodes.enumerated() {
      for note in remarks[index] ?? [] {
        rows.append(remark(note))
        depth = note.depth
      }
      if node.operation == .constant { continue }
      var row = Row(
        kind: .variable, name: "", text: "", operation: "", operands: [], value: values[index],
        tangent: tangents[index].tangent, adjoint: adjoints[index], depth: depth)
      if node.operation == .variable {
        row.name = variables[Int(node.a)]
        row.text = row.name
      } else {
        number += 1
        row.kind = .operation
        row.name = "v\(number)"
        row.operation = Function.symbol(of: node.operation)
        row.text = writer.operation(of: index, name: name)
        row.operands = (0..<node.operation.arity).compactMap { rowOf[node.operand($0)] }
      }
      rowOf[index] = rows.count
      rows.append(row)
    }
    for note in remarks[graph.nodes.count] ?? [] { rows.append(remark(note)) }
    self.rows = rows
    resultRow = rowOf[graph.output]
    value = values[graph.output]
    backwardOrder = rows.indices.reversed().filter { rows[$0].kind != .remark }
  }
}
