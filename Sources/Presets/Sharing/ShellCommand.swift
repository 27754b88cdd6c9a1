package import Training

/// The command line that begins a run as it stands: a preset and what was set over it.
package enum ShellCommand {
  /// `glissade xor --set hidden=8`, or the shared string where settings alone do not tell it: with
  /// changes at steps that are not the preset's own.
  ///
  /// - Parameter base: The preset of the same name as it is found by name; nil: there is none.
  package static func text(of preset: Preset, from base: Preset?) throws(PresetError) -> String {
    let isPlanned = preset.changes == base?.changes ?? []
    if let base, isPlanned, let settings = settings(from: base, to: preset) {
      let words = settings.map { "--set " + quoted("\($0.key)=\($0.value)") }
      return (["glissade", quoted(base.name)] + words).joined(separator: " ")
    }
    return "glissade '\(try ShareString.string(of: preset))'"
  }

  /// Settings that make the experiment of `wanted` of that of `base`; nil when there are none.
  private static func settings(from base: Preset, to wanted: Preset) -> [Setting]? {
    var (wanted, base) = (wanted, base)
    wanted.experiment.changes = []
    base.experiment.changes = []
    var target = wanted.experiment
    target.name = base.name
    guard target != base.experiment else { return [] }
    let differences = PresetKeys.differing(wanted, from: base).compactMap { row -> Setting? in
      PresetKeys.text(of: row, in: wanted).map { Setting(key: row.typed, value: $0) }
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
