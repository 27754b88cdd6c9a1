/// Values of `key=value`: one line of text that stands for a word, a list or a mapping.
enum SettingText {
  /// The node that `text` stands for: `[1, 2]` and `{a: 1}` as in YAML, everything else as it is.
  static func read(_ text: String, at origin: Origin) -> PresetNode {
    if text.hasPrefix("[") || text.hasPrefix("{"),
      let node = try? YAMLComposer.compose(text, file: "")
    {
      return node.placed(at: origin)
    }
    return PresetNode(.scalar(text, quoted: text.isEmpty), at: origin)
  }

  /// One line that `read` gives back as `node` (but for the place).
  static func write(_ node: PresetNode) -> String {
    if case .scalar(let text, _) = node.content { return text }
    return inner(node)
  }

  private static func inner(_ node: PresetNode) -> String {
    switch node.content {
    // One form for each text, whether it was quoted or not; only words for nothing mean another
    // thing in quotes.
    case .scalar(let text, let quoted):
      !quoted && node.isNothing || isPlain(text) && !(quoted && isNothing(text))
        ? text : quote(text)
    case .sequence(let items): "[" + items.map(inner).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{"
        + entries.map { "\(isPlain($0.key) ? $0.key : quote($0.key)): \(inner($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }

  private static func isNothing(_ text: String) -> Bool {
    PresetNode(.scalar(text, quoted: false)).isNothing
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-^()".contains($0)) }
  }

  /// `text` in double quotes, escaped as in YAML.
  private static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.properties.generalCategory == .control {
          let code = String(scalar.value, radix: 16)
          result += "\\x" + String(repeating: "0", count: max(0, 2 - code.count)) + code
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

extension PresetNode {
  /// The same tree, all of it from one place.
  func placed(at origin: Origin) -> PresetNode {
    switch content {
    case .scalar: PresetNode(content, at: origin)
    case .sequence(let items):
      PresetNode(.sequence(items.map { $0.placed(at: origin) }), at: origin)
    case .mapping(let entries):
      PresetNode(
        .mapping(entries.map { .init($0.key, $0.value.placed(at: origin), at: origin) }),
        at: origin)
    }
  }
}
