internal import CPresets

/// The presets that the program carries, by heading; the notes' in their order, the others by name.
/// Their texts are the files of `presets/`, taken in while building.
let builtInPresets: [(name: String, text: String)] = (0..<cpresets_count()).map {
  (String(cString: cpresets_name($0)), String(cString: cpresets_text($0)))
}
