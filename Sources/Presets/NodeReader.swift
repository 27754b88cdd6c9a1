import Lanes

/// Reads single values out of nodes, and says what is wrong with them.
struct NodeReader {
  /// Where problems go.
  let problems: Problems

  /// What a node holds, for messages.
  static func describe(_ node: PresetNode) -> String {
    switch node.content {
    case .scalar(let text, _): node.isNothing ? "nothing" : EscapedText.quoted(text)
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Notes that `node` is not `expected`.
  func expected(_ expected: String, _ node: PresetNode, for what: String) {
    problems.add(
      node.origin,
      "\(what) must be \(expected), not \(Self.describe(node))"
        + (expected.contains("number") ? Self.slip(node) : ""))
  }

  /// What to do with a text that was meant for a number.
  private static func slip(_ node: PresetNode) -> String {
    guard case .scalar(let text, _) = node.content else { return "" }
    if DecimalText.read(text, comma: false) == .other, DecimalText.read(text, comma: true) != .other
    {
      return "; write the fraction with a point"
    }
    let advice = NumberSlip(text, allowsDecimalComma: true)?.advice ?? Quantity(text)?.advice
    return advice.map { "; \($0)" } ?? ""
  }

  /// A text of at most `limit` characters.
  func text(_ node: PresetNode, _ what: String, limit: Int) -> String? {
    guard case .scalar(let text, _) = node.content, !node.isNothing else {
      expected("a text", node, for: what)
      return nil
    }
    guard text.count <= limit else {
      problems.add(
        node.origin, "\(what) has \(text.count) characters; at most \(limit) are allowed")
      return nil
    }
    return text
  }

  /// A number of `range`.
  func number(
    _ node: PresetNode, _ what: String, in range: ClosedRange<Double> = -1e308...1e308
  ) -> Double? {
    guard case .scalar(let text, _) = node.content, let value = ExactDecimal.number(text) else {
      let isHuge: Bool =
        if case .scalar(let text, _) = node.content {
          DecimalText.read(text, comma: false) == .tooLarge
        } else {
          false
        }
      expected(isHuge ? "a number that a double can hold" : "a number", node, for: what)
      return nil
    }
    guard value != 0 || !Self.isTooSmall(text) else {
      expected("0 or a number that a double can hold (from 5e-324 on)", node, for: what)
      return nil
    }
    guard range.contains(value) else {
      problems.add(
        node.origin,
        "\(what) must be \(Self.describe(range, against: value)), not \(EscapedText.quoted(text))")
      return nil
    }
    return value
  }

  /// Whether the text of a number that reads as 0 is that of another, smaller than all doubles.
  private static func isTooSmall(_ text: String) -> Bool {
    text.prefix { !"eE".contains($0) }.contains { ("1"..."9").contains($0) }
  }

  /// A whole number of `range`.
  func integer(_ node: PresetNode, _ what: String, in range: ClosedRange<Int>) -> Int? {
    guard case .scalar(let text, _) = node.content, let value = ExactDecimal.integer(text) else {
      expected("a whole number", node, for: what)
      return nil
    }
    guard range.contains(value) else {
      let bounds =
        range.upperBound == .max
        ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      problems.add(node.origin, "\(what) must be \(bounds), not \(EscapedText.quoted(text))")
      return nil
    }
    return value
  }

  /// `true` or `false`.
  func flag(_ node: PresetNode, _ what: String) -> Bool? {
    if case .scalar(let text, _) = node.content {
      switch text {
      case "true", "True", "yes", "on", "1": return true
      case "false", "False", "no", "off", "0": return false
      default: break
      }
    }
    expected("true or false", node, for: what)
    return nil
  }

  /// One of a few words.
  func word<Value>(_ node: PresetNode, _ what: String, _ choices: [(String, Value)]) -> Value? {
    let names = choices.map(\.0)
    guard case .scalar(let text, _) = node.content, !node.isNothing else {
      expected(Problems.alternatives(names), node, for: what)
      return nil
    }
    if let choice = choices.first(where: { $0.0 == text }) { return choice.1 }
    problems.add(
      node.origin,
      "\(what) must be \(Problems.alternatives(names)), not \(EscapedText.quoted(text))"
        + Problems.question(Spelling.nearest(to: text, in: names)))
    return nil
  }

  /// The items of a list; a single value is a list of one, and a setting may separate its values
  /// with commas.
  func items(_ node: PresetNode) -> [PresetNode] {
    switch node.content {
    case .sequence(let items): return items
    case .mapping: return [node]
    case .scalar(let text, let quoted):
      if node.isNothing { return [] }
      guard !quoted, text.contains(",") else { return [node] }
      var items: [PresetNode] = []
      var offset = 0
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        let leading = part.prefix { $0 == " " }.count
        items.append(
          PresetNode(
            .scalar(part.trimmingSpaces, quoted: false),
            at: node.origin.moved(columns: offset + leading)))
        offset += part.unicodeScalars.count + 1
      }
      return items
    }
  }

  /// A list of numbers.
  func numbers(
    _ node: PresetNode, _ what: String, in range: ClosedRange<Double> = -1e308...1e308
  ) -> [Double]? {
    if case .mapping = node.content {
      expected("a list of numbers", node, for: what)
      return nil
    }
    return all(items(node)) { number($0, what, in: range) }
  }

  /// Rows of numbers, of equal length; a row of one may be written without brackets.
  func rows(_ node: PresetNode, _ what: String) -> [[Double]]? {
    guard case .sequence(let items) = node.content else {
      expected("a list of rows", node, for: what)
      return nil
    }
    let rows = all(items) { numbers($0, what) }
    guard let rows else { return nil }
    let width = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != width {
      problems.add(
        items[index].origin,
        "\(what): row \(index + 1) has \(row.count) numbers, the first has \(width)")
      return nil
    }
    return rows
  }

  /// Every item read, or nil when one could not be.
  func all<Value>(_ items: [PresetNode], _ read: (PresetNode) -> Value?) -> [Value]? {
    var values: [Value] = []
    values.reserveCapacity(items.count)
    var complete = true
    for item in items {
      if let value = read(item) { values.append(value) } else { complete = false }
    }
    return complete ? values : nil
  }

  /// `0 to 1`, `at least 0`, `any number`.
  static func describe(_ range: ClosedRange<Double>, against value: Double) -> String {
    let low = range.lowerBound > -1e300 || value < range.lowerBound
    let high = range.upperBound < 1e300 || value > range.upperBound
    return switch (low, high) {
    case (true, true):
      "\(ExactDecimal.shortest(range.lowerBound)) to \(ExactDecimal.shortest(range.upperBound))"
    case (true, false): "at least \(ExactDecimal.shortest(range.lowerBound))"
    case (false, true): "at most \(ExactDecimal.shortest(range.upperBound))"
    case (false, false): "finite"
    }
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  var trimmingSpaces: String {
    let bytes = String(self).utf8
    let isText: (UInt8) -> Bool = { $0 != 0x20 && $0 != 0x09 }
    guard let first = bytes.firstIndex(where: isText), let last = bytes.lastIndex(where: isText)
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
