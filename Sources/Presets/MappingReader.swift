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
        "\(what) must be a mapping (\(allowed.joined(separator: ", "))), not "
          + NodeReader.describe(node))
      return nil
    }
    var kept: [PresetNode.Entry] = []
    for entry in all {
      if !allowed.contains(entry.key) {
        let near = Spelling.nearest(to: entry.key, in: allowed)
        problems.add(
          entry.keyOrigin,
          "\(what) has no key \(EscapedText.quoted(entry.key))"
            + (near.map { "; did you mean \($0)?" }
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
