import Models

/// Bounds on what a preset may ask for, so that no file can exhaust the machine.
package enum PresetLimits {
  /// Bytes of a preset file.
  package static let fileBytes = 8 << 20
  /// Lists and mappings inside one another.
  package static let depth = 32
  /// Values in one file, aliases counted where they are used.
  package static let nodes = 2_000_000
  /// Anchors and aliases in one file.
  package static let aliases = 16
  /// Diagnostics that are reported of one file.
  package static let diagnostics = 50
  /// Characters of a title, of a summary, and of notes.
  package static let title = 120
  package static let summary = 300
  package static let notes = 20_000
  /// Hidden layers, units of a layer, and parameters of a model.
  package static let layers = ModelLimits.layers
  package static let units = ModelLimits.units
  package static let parameters = ModelLimits.parameters
  /// Columns made of the inputs.
  package static let features = 4_096
  /// Steps of a headless run.
  package static let steps = 1_000_000_000_000_000
  /// Variants, and dated changes.
  package static let variants = 256
  package static let changes = 100_000
  /// Panes.
  package static let views = 32
  /// Steps of a lesson, characters of a step's text (and of a question and its explanation),
  /// choices of a question, keys, settings and facts of a step, characters of a condition.
  package static let lessonSteps = 40
  package static let lessonText = 1_200
  package static let lessonChoices = 9
  package static let lessonItems = 12
  package static let condition = 400
  /// Steps that a lesson takes at once.
  package static let lessonAdvance = 1_000_000
  /// Bytes, rows and columns of a CSV file.
  package static let csvBytes = 256 << 20
  package static let csvRows = ModelLimits.samples
  package static let csvColumns = 16_384

  /// A text, cut to the length of a title.
  package static func cutTitle(_ text: String) -> String {
    text.count <= title ? text : text.prefix(title - 1) + "…"
  }
}
