import Explorer
import Lanes
import Presets
import Terminal
import Views

/// What the commands share.
enum Wiring {
  /// Presets, checked against the views that exist.
  static var shelf: PresetShelf { PresetShelf(views: views.names, keys: keyNames) }

  /// The keys that lessons may name, as the key table spells them.
  static var keyNames: [String] { keyBindings.entries.flatMap { $0.keys.map(\.text) } }

  /// The heading of a chapter, with the presets beside those of the notes that show it.
  static func heading(ofSection name: String) -> String {
    let others = NotesSystem.Section(rawValue: name).map(NotesSystem.otherPresets) ?? []
    return others.isEmpty ? name : "\(name) (also \(others.joined(separator: ", ")))"
  }

  /// The chapter of the notes that a preset of the lecture stands under; nil for others, and for
  /// the user's own.
  static func section(of entry: PresetShelf.Entry) -> String? {
    guard entry.path == nil, entry.group == NotesTable.group else { return nil }
    return NotesSystem.section(ofPreset: entry.name)?.rawValue
  }
}
