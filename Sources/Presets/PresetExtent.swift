/// How far a preset is tried when it is read.
package enum PresetExtent: Sendable {
  /// For lists: what stands in the preset is read; no other file, and no run begins.
  case listing
  /// For a run: its data are read, and it must be able to begin.
  case run
  /// Everything, its variants and the steps of its lesson, too.
  case whole
}
