package import Terminal
package import Training

/// The explorer's frame of a run at one step, without a terminal: for `glissade shot`, the README and tests.
package enum ExplorerShot {
  /// The frame that a window of `size` would show. Measured speed is left out, so that the same step gives the same frame.
  package static func frame(
    of snapshot: Snapshot, vocabulary: Vocabulary, presets: [PresetEntry] = [],
    notes: [NotesEntry] = [],
    appearance: Appearance = Appearance(), size: Size, focus: String? = nil,
    isZoomed: Bool = false
  ) -> Canvas {
    var snapshot = snapshot
    snapshot.stepsPerSecond = 0
    var explorer = Explorer(
      snapshot: snapshot, vocabulary: vocabulary, presets: presets, notes: notes,
      appearance: appearance, size: size)
    explorer.panes.focused = focus
    explorer.panes.isZoomed = isZoomed
    return explorer.frame()
  }
}
