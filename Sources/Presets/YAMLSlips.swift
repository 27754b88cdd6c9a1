/// Lines that are no YAML although it is clear what was meant: formulas without quotes, tabs.
enum YAMLSlips {
  /// What is wrong with a line and how to write it, and the column of the fault from 1; nil when
  /// nothing is known of it.
  static func words(line: String) -> (words: String, column: Int)? {
    let indent = line.prefix { $0 == " " || $0 == "\t" }
    if let tab = indent.firstIndex(of: "\t") {
      return (
        "the line is indented with a tab, which YAML does not allow; use blanks",
        line.distance(from: line.startIndex, to: tab) + 1
      )
    }
    guard let (key, value) = parts(String(line.dropFirst(indent.count))) else { return nil }
    let column = line.count - value.count + 1
    let quoted = "\(key): \(EscapedText.quoted(value))"
    if let tab = value.firstIndex(of: "\t") {
      return (
        "a tab stands here, which YAML does not allow there; use blanks",
        column + value.distance(from: value.startIndex, to: tab)
      )
    }
    if let first = value.first, let use = uses[first], value.count > 1 {
      return (
        "a value that begins with \(first == "`" ? "a backtick" : "`\(first)`") (\(use) in YAML) "
          + "must be in quotes: \(quoted)", column
      )
    }
    if value.contains(": ") || value.hasSuffix(":") {
      return ("a value that contains a colon must be in quotes: \(quoted)", column)
    }
    if value.contains(" #") {
      return ("a value that contains ` #` (a comment in YAML) must be in quotes: \(quoted)", column)
    }
    return nil
  }

  /// What characters mean at the beginning of a value.
  private static let uses: [Character: String] = [
    "|": "a block of text", ">": "a block of text", "*": "an alias", "&": "an anchor", "!": "a tag",
    "%": "a directive", "@": "reserved", "`": "reserved", "?": "a key", "-": "an item of a list",
  ]

  /// `key: value` and `- key: value` in two; nil for other lines and for values that are quoted,
  /// lists or mappings.
  private static func parts(_ line: String) -> (key: String, value: String)? {
    var rest = line[...]
    while rest.hasPrefix("- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
    guard let colon = rest.firstIndex(of: ":") else { return nil }
    let key = rest[..<colon]
    guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) })
    else { return nil }
    let value = rest[rest.index(after: colon)...].trimmingSpaces
    guard let first = value.first, !"\"'[{#".contains(first) else { return nil }
    return (String(key), value)
  }
}
