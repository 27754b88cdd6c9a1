import Yams

/// Prints trees as YAML text: one key a line, numbers in brackets.
enum YAMLPrinter {
  /// The text of a preset.
  static func print(_ node: PresetNode) throws(PresetError) -> String {
    do {
      return try serialize(
        node: convert(node, depth: 0), indent: 2, width: 100, allowUnicode: true, lineBreak: .ln)
    } catch {
      throw PresetError(.program, "cannot be written as YAML: \(error)")
    }
  }

  private static func convert(_ node: PresetNode, depth: Int) -> Node {
    switch node.content {
    case .scalar(let text, let quoted):
      let needsQuotes = quoted && PresetNode(.scalar(text, quoted: false)).isNothing
      let style: Node.Scalar.Style =
        text.contains("\n") && text.last == "\n" && isPrintable(text)
        ? .literal : needsQuotes ? .doubleQuoted : .any
      return Node(text, .implicit, style)
    case .sequence(let items):
      let flat = items.allSatisfy {
        switch $0.content {
        case .scalar: true
        case .sequence: depth > 1
        case .mapping: false
        }
      }
      return Node(
        items.map { convert($0, depth: depth + 1) }, .implicit, flat ? .flow : .block)
    case .mapping(let entries):
      let flat =
        depth > 1
        && entries.allSatisfy { if case .scalar = $0.value.content { true } else { false } }
      return Node(
        entries.map { (Node($0.key), convert($0.value, depth: depth + 1)) }, .implicit,
        flat ? .flow : .block)
    }
  }

  private static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
  }
}
