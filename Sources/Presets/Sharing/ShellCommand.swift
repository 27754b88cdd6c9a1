package import Training

/// The command line that begins a run as it stands: a preset and what was set over it.
package enum ShellCommand {
  /// `glissade xor --set hidden=8`, or the shared string where settings alone do not tell it.
  ///
  /// - Parameter base: The preset of the same name as it is found by name; nil: there is none.
  package static func text(of preset: Preset, from base: Preset?) throws(PresetError) -> String {
    var wanted = preset
    wanted.experiment.changes = []
    if let base, let settings = settings(from: base, to: wanted) {
      let words = settings.map { "--set " + quoted("\($0.key)=\($0.value)") }
      return (["glissade", quoted(base.name)] + words).joined(separator: " ")
    }
    return "glissade '\(try ShareString.string(of: wanted))'"
  }

  /// Settings that make the experiment of `wanted` of that of `base`; nil when there are none.
  private static func settings(from base: Preset, to wanted: Preset) -> [Setting]? {
    var target = wanted.experiment
    target.name = base.name
    guard target != base.experiment else { return [] }
    let differences = PresetKeys.rows(of: wanted).compactMap { row -> Setting? in
      guard row.parts.isEmpty, row.heading != .preset,
        let value = PresetKeys.text(of: row, in: wanted),
        value != PresetKeys.text(of: row, in: base)
      else { return nil }
      return Setting(key: row.typed, value: value)
    }
    guard differences.count <= 12, let made = try? PresetKeys.apply(differences, to: base),
      made.experiment == target
    else { return nil }
    return differences
  }

  /// A word as a shell reads it.
  package static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "_-+=.,:/%@".unicodeScalars.contains($0))
    }
    return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
