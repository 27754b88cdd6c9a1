import Lanes
import Presets
import Views

/// What the commands share.
enum Wiring {
  /// Presets, checked against the views that exist.
  static var shelf: PresetShelf { PresetShelf(views: views.names) }

  /// The chapter of the notes that a preset of the lecture stands under; nil for others, and for the user's own.
  static func section(of entry: PresetShelf.Entry) -> String? {
    guard entry.path == nil, entry.group == NotesTable.group else { return nil }
    return NotesSystem.section(ofPreset: entry.name)?.rawValue
  }
}
