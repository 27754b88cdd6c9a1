import Lanes
package import Training

extension Preset {
  /// The preset with the settings of the variant called `name`, or with that number (from 1); its title says so.
  ///
  /// - Throws: `PresetError` naming the variants there are.
  package func variant(
    _ name: String, views: [String]? = nil
  ) throws(PresetError) -> Preset {
    let variant = try variant(named: name)
    var changed = try PresetKeys.apply(variant.settings, to: self, views: views)
    changed.title = "\(title): \(variant.name)"
    return changed
  }

  private func variant(named name: String) throws(PresetError) -> Variant {
    if let variant = variants.first(where: { $0.name == name }) { return variant }
    if let number = Int(name), variants.indices.contains(number - 1) { return variants[number - 1] }
    let names = variants.map(\.name)
    let near = Spelling.nearest(to: name, in: names)
    throw PresetError(
      .setting("variant=\(name)"),
      names.isEmpty
        ? "this preset has no variants"
        : "there is no such variant"
          + (near.map { "; did you mean \(EscapedText.quoted($0))?" }
            ?? "; there are \(names.map(EscapedText.quoted).joined(separator: ", "))"))
  }
}
