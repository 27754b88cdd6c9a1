/// The tape as text and as a drawing for Graphviz.
extension Tape {
  /// A table: name, operation, value, tangent, adjoint; remarks stand between the rows.
  package func table() -> String {
    var lines: [[String]] = [["", "operation", "value", "tangent", "adjoint"]]
    for row in rows {
      let indent = String(repeating: "  ", count: min(row.depth, 8))
      switch row.kind {
      case .remark: lines.append(["", indent + "· " + row.text, "", "", ""])
      case .variable, .operation:
        lines.append(
          [row.name, indent + (row.kind == .variable ? "variable" : row.text)]
            + [row.value, row.tangent, row.adjoint].map(Tape.number))
      }
    }
    let widths = (0..<5).map { column in
      lines.map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    return lines.map { line in
      var text = ""
      for (column, cell) in line.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        text += column < 2 ? cell + space + "  " : space + cell + "  "
      }
      while text.hasSuffix(" ") { text.removeLast() }
      return text + "\n"
    }.joined()
  }

  /// The computational graph in the DOT language: one node an operation, with value, tangent and
  /// adjoint.
  package func dot() -> String {
    var text = "digraph formula {\n  rankdir=LR;\n  node [shape=box, fontname=\"monospace\"];\n"
    for (index, row) in rows.enumerated() where row.kind != .remark {
      let head = row.kind == .variable ? row.name : "\(row.name) = \(row.text)"
      let label =
        "\(Tape.escaped(head))\\nvalue \(Tape.number(row.value))"
        + "\\ntangent \(Tape.number(row.tangent))\\nadjoint \(Tape.number(row.adjoint))"
      let style =
        index == resultRow ? ", style=bold" : row.kind == .variable ? ", style=rounded" : ""
      text += "  n\(index) [label=\"\(label)\"\(style)];\n"
      for operand in row.operands { text += "  n\(operand) -> n\(index);\n" }
    }
    return text + "}\n"
  }

  private static func escaped(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }))
  }

  /// Nine significant digits.
  private static func number(_ value: Double) -> String {
    guard value.isFinite, value != 0, value.magnitude >= 1e-4, value.magnitude < 1e9 else {
      return Formula.numeral(value)
    }
    var scale = 1.0
    while value.magnitude * scale < 1e8, scale < 1e8 { scale *= 10 }
    return Formula.numeral((value * scale).rounded() / scale)
  }
}
