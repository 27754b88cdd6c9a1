/// Something that people choose by name: an optimizer, an activation, a view.
package protocol Named: Sendable {
  /// The name used in presets and on the command line, in `snake_case`.
  var name: String { get }
  /// One sentence (no full stop needed) for lists, the palette and the help screen.
  var summary: String { get }
}

/// The only list of its kind: entries in teaching order, from simple to complex, with unique names.
package struct Catalogue<Entry: Named>: Sendable {
  /// What the entries are called in messages, in the singular (`optimizer`).
  package let kind: String
  /// The entries, in teaching order.
  package let entries: [Entry]

  /// Makes a catalogue; names must be unique.
  package init(kind: String, _ entries: [Entry]) {
    precondition(
      Set(entries.map(\.name)).count == entries.count, "\(kind): two entries share a name")
    self.kind = kind
    self.entries = entries
  }

  /// All names, in order.
  package var names: [String] { entries.map(\.name) }

  /// The entry called `name`, if there is one.
  package subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// The name nearest to `word`, for "did you mean"; nil when nothing is near.
  package func suggestion(for word: String) -> String? { Spelling.nearest(to: word, in: names) }
}
