/// A preset as a tree of text, with the place where each part was written: what YAML, `--set` and
/// `PresetWriter` share.
package struct PresetNode: Equatable, Sendable {
  /// What a node holds.
  package indirect enum Content: Equatable, Sendable {
    /// A word, number or text; `quoted` when it stood in quotes or in a block, so that it cannot
    /// mean "nothing".
    case scalar(String, quoted: Bool)
    /// A list.
    case sequence([PresetNode])
    /// Keys with values, in the order written.
    case mapping([Entry])
  }

  /// One key with its value.
  package struct Entry: Equatable, Sendable {
    /// The key.
    package var key: String
    /// Where the key was written.
    package var keyOrigin: Origin
    /// The value.
    package var value: PresetNode

    /// A key with its value.
    package init(_ key: String, _ value: PresetNode, at keyOrigin: Origin = .program) {
      self.key = key
      self.keyOrigin = keyOrigin
      self.value = value
    }
  }

  /// What it holds.
  package var content: Content
  /// Where it was written.
  package var origin: Origin

  /// A node.
  package init(_ content: Content, at origin: Origin = .program) {
    self.content = content
    self.origin = origin
  }

  /// A word or text.
  package static func text(_ value: String) -> PresetNode { .init(.scalar(value, quoted: true)) }
  /// A word that is never empty: a name of a catalogue, `full`, `true`.
  package static func word(_ value: String) -> PresetNode { .init(.scalar(value, quoted: false)) }
  /// A number, as the shortest decimal that reads back to the same bits.
  package static func number(_ value: Double) -> PresetNode { .word(ExactDecimal.shortest(value)) }
  /// A whole number.
  package static func number(_ value: some BinaryInteger) -> PresetNode { .word("\(value)") }
  /// A list.
  package static func list(_ items: [PresetNode]) -> PresetNode { .init(.sequence(items)) }
  /// Keys with values.
  package static func map(_ entries: [Entry]) -> PresetNode { .init(.mapping(entries)) }

  /// The value of `key`, if this is a mapping that has it.
  package subscript(key: String) -> PresetNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// Whether nothing was written: an empty value, `~` or `null`.
  package var isNothing: Bool {
    guard case .scalar(let text, quoted: false) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
