import Lanes

extension PresetKey {
  /// A row whose value is a mapping of other rows (`model: {kind: mlp, hidden: [4]}`), or a short
  /// form of one of them.
  ///
  /// - Parameters:
  ///   - what: What messages call the mapping.
  ///   - exclusive: Parts that say the same thing in different ways.
  ///   - short: Reads a value that is no mapping; nil: there is no short form.
  ///   - begin: What else holds once the key is given.
  ///   - abridge: A shorter form of the mapping that is written.
  static func section(
    _ name: String, _ summary: String, _ form: Form, heading: Heading, owner: Owner = .any,
    effect: Effect, standard: String = "none", chooses: Bool = false, what: String? = nil,
    parts: [PresetKey], exclusive: [[String]] = [],
    begin: @escaping @Sendable (inout PresetDraft) -> Void = { _ in },
    short: (@Sendable (PresetReader, PresetNode, inout PresetDraft) -> Void)? = nil,
    abridge: @escaping @Sendable ([PresetNode.Entry]) -> PresetNode? = { _ in nil },
    clear: @escaping @Sendable (inout PresetDraft) -> Void
  ) -> PresetKey {
    let inOrder = parts.filter(\.chooses) + parts.filter { !$0.chooses }
    return PresetKey(
      name, summary, form, heading: heading, owner: owner, effect: effect, standard: standard,
      chooses: chooses, parts: parts,
      read: { reader, node, draft in
        clear(&draft)
        begin(&draft)
        if let short, !node.isMapping { return short(reader, node, &draft) }
        guard
          let map = MappingReader(
            node, what ?? name, allowed: parts.map(\.inner), problems: reader.problems)
        else { return }
        for group in exclusive { map.atMostOne(of: group, what ?? name) }
        for part in inOrder { reader.take(part, from: map, as: part.inner, into: &draft) }
      },
      write: { draft in
        let entries = parts.compactMap { part in
          part.write(draft).map { PresetNode.Entry(part.inner, $0) }
        }
        return entries.isEmpty ? nil : abridge(entries) ?? .map(entries)
      },
      clear: clear)
  }
}

extension PresetReader {
  /// Reads the value of `key`, if `map` has it, and keeps where it was written.
  func take(
    _ key: PresetKey, from map: MappingReader, as name: String, into draft: inout PresetDraft
  ) {
    guard let node = map[name] else { return }
    draft.places[key.name] = (map.keyOrigin(name) ?? node.origin, node.origin)
    key.read(self, node, &draft)
  }
}

extension PresetNode {
  /// Whether it holds keys with values.
  var isMapping: Bool { if case .mapping = content { true } else { false } }
  /// Whether it is no single value.
  var isCompound: Bool { if case .scalar = content { false } else { true } }
  /// Numbers in a list.
  static func numbers(_ values: some Sequence<Double>) -> PresetNode {
    .list(values.map { .number($0) })
  }
  /// Lists of numbers in a list.
  static func rows(_ rows: [[Double]]) -> PresetNode { .list(rows.map { numbers($0) }) }
  /// Texts in a list.
  static func texts(_ texts: [String]) -> PresetNode { .list(texts.map { .text($0) }) }
  /// `true` or `false`.
  static func flag(_ value: Bool) -> PresetNode { .word(value ? "true" : "false") }
}
