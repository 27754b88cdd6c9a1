import Lanes

/// The keys of one mapping, checked against those that are allowed.
struct MappingReader {
  /// The mapping's own node.
  let node: PresetNode
  private let entries: [PresetNode.Entry]
  private let problems: Problems

  /// Opens a mapping, and reports keys that are not `allowed`, come twice, or have no value; nil
  /// when it is no mapping.
  init?(_ node: PresetNode, _ what: String, allowed: [String], problems: Problems) {
    guard case .mapping(let all) = node.content else {
      problems.add(
        node.origin,
        "\(what) must be \(Self.shape(allowed)), not \(NodeReader.describe(node))"
          + Self.slip(node))
      return nil
    }
    var kept: [PresetNode.Entry] = []
    for entry in all {
      if !allowed.contains(entry.key) {
        let longer = allowed.filter { $0.hasPrefix(entry.key + "_") }
        let near =
          longer.count == 1 ? longer[0] : Spelling.nearest(to: entry.key, in: allowed)
        problems.add(
          entry.keyOrigin,
          "\(what) has no key \(EscapedText.quoted(entry.key))"
            + ((longer.isEmpty ? Self.home(of: entry.key, in: allowed) : nil) ?? near.map {
              "; did you mean \($0)?"
            }
              ?? "; allowed are \(allowed.joined(separator: ", "))"))
      } else if kept.contains(where: { $0.key == entry.key }) {
        problems.add(entry.keyOrigin, "\(EscapedText.quoted(entry.key)) is given more than once")
      } else if entry.value.isNothing {
        problems.add(entry.keyOrigin, "\(entry.key) has no value")
      } else {
        kept.append(entry)
      }
    }
    self.node = node
    self.problems = problems
    entries = kept
  }

  /// What a mapping looks like.
  private static func shape(_ allowed: [String]) -> String {
    allowed.count > 12
      ? "lines of keys and values (`title: My run`, `data: xor`, …)"
      : "a mapping (\(allowed.joined(separator: ", ")))"
  }

  /// What keeps a text from being lines of keys and values.
  private static func slip(_ node: PresetNode) -> String {
    guard case .scalar(let text, quoted: false) = node.content else { return "" }
    if text.contains("\u{FF1A}") {
      return "; its colon is a wide one (U+FF1A): write : and a blank"
    }
    if text.contains(":\u{A0}") {
      return "; after its colon stands a no-break space (U+00A0): write a plain blank"
    }
    if text.contains(/^\w+:\S/) { return "; a blank follows the colon" }
    return text.contains(/^\w+\s*=/) ? "; write `key: value`, not `key = value`" : ""
  }

  /// Where a key belongs that stands at another place; nil: nowhere.
  private static func home(of key: String, in allowed: [String]) -> String? {
    if PresetKeys.top.contains(where: { $0.name == key }), !allowed.contains("title") {
      return "; it stands at the top of a preset"
    }
    let owners = PresetKeys.all.filter { $0.inner == key && $0.name != key }.map {
      String($0.name.dropLast(key.count + 1))
    }
    guard let owner = owners.first, allowed.contains(owner) else { return nil }
    let fitting = owners.filter(allowed.contains)
    return "; it stands below \(fitting.joined(separator: " or ")) (\(owner): {\(key): …})"
  }

  /// The value of `key`, when it was given.
  subscript(key: String) -> PresetNode? { entries.first { $0.key == key }?.value }

  /// Where `key` was written.
  func keyOrigin(_ key: String) -> Origin? { entries.first { $0.key == key }?.keyOrigin }

  /// The keys that were given, of those named.
  func given(_ keys: [String]) -> [String] { keys.filter { self[$0] != nil } }

  /// Reports it when more than one of `keys` was given: they say the same thing in different ways.
  func atMostOne(of keys: [String], _ what: String) {
    let given = given(keys)
    guard given.count > 1, let origin = keyOrigin(given[1]) else { return }
    problems.add(origin, "\(what): give either \(Problems.alternatives(given)), not both")
  }
}
