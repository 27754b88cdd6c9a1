import Lanes
import Presets
import Views

/// What the commands share.
enum Wiring {
  /// Presets, checked against the views that exist.
  static var shelf: PresetShelf { PresetShelf(views: views.names) }
}
