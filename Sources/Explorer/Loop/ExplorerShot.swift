package import Terminal
package import Training
import Views

/// The explorer's frame of a run at one step, without a terminal: for `glissade shot`, the
/// documents and tests.
package enum ExplorerShot {
  /// The views that the explorer has for a run, in order.
  package static func views(of snapshot: Snapshot, preset: Preset, vocabulary: Vocabulary)
    -> [String]
  {
    Explorer(
      snapshot: snapshot, preset: preset, vocabulary: vocabulary, presets: [],
      appearance: Appearance(),
      size: Size(width: 160, height: 48)
    ).paneOrder.names
  }

  /// The frame that a window of `size` would show. Measured speed is left out, so that the same
  /// step gives the same frame.
  ///
  /// - Parameters:
  ///   - lesson: The step of the preset's lesson whose panel is open, from 0; nil: none is.
  ///   - isAnswered: Whether the step's question was answered.
  package static func frame(
    of snapshot: Snapshot, preset: Preset? = nil, vocabulary: Vocabulary,
    presets: [PresetEntry] = [],
    notes: [NotesEntry] = [],
    appearance: Appearance = Appearance(), size: Size, focus: String? = nil,
    isZoomed: Bool = false, lesson: Int? = nil, isAnswered: Bool = false
  ) -> Canvas {
    var snapshot = snapshot
    snapshot.stepsPerSecond = 0
    var explorer = Explorer(
      snapshot: snapshot, preset: preset, vocabulary: vocabulary, presets: presets, notes: notes,
      appearance: appearance, size: size)
    if let lesson { explorer.showLesson(at: lesson, isAnswered: isAnswered) }
    if focus == View.rates.name { _ = explorer.findRates() }
    if focus == View.map.name { _ = explorer.showMap() }
    if let focus { explorer.panes.focused = focus }
    explorer.panes.isZoomed = isZoomed
    return explorer.frame()
  }
}
