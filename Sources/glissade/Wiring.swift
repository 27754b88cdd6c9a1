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
}
