import Training

extension SettingEditor {
  /// Reports what is wrong with the variants of `preset`, where the preset's tree `root` has them.
  static func checkVariants(
    of preset: Preset, in root: PresetNode, views: [String]?, problems: Problems
  ) {
    guard case .sequence(let nodes)? = root["variants"]?.content else { return }
    var plain = preset
    plain.variants = []
    plain.changes = []
    plain.lesson = nil
    let editor = SettingEditor(plain, views: views)
    for (variant, node) in zip(preset.variants, nodes) {
      do {
        _ = try editor.begin(variant.settings)
      } catch {
        for diagnostic in error.diagnostics {
          problems.add(
            place(of: diagnostic, in: node),
            "variant \(EscapedText.quoted(variant.name)): \(diagnostic.message)")
        }
      }
    }
  }

  /// Where a variant, or a step of a lesson, writes the setting that a diagnostic is about.
  static func place(of diagnostic: Diagnostic, in variant: PresetNode) -> Origin {
    guard case .setting(let label) = diagnostic.origin,
      case .mapping(let entries)? = variant["set"]?.content,
      let entry = entries.first(where: {
        "\($0.key)=\(SettingText.write($0.value))" == label
      })
    else { return variant.origin }
    return entry.value.origin
  }
}
