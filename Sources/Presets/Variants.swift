import Lanes
package import Training

extension Preset {
  /// The preset with the settings of the variant called `name`, or with that number (from 1); its
  /// title says so.
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

  private static func plain(_ name: String) -> String {
    name.lowercased().replacing("−", with: "-").split { $0.isWhitespace }.joined(separator: " ")
  }

  private func variant(named name: String) throws(PresetError) -> Variant {
    if let variant = variants.first(where: { $0.name == name }) { return variant }
    // As it is shown, or nearly so: letters may be small, and a minus sign may be a hyphen.
    let alike = variants.filter { Self.plain($0.name) == Self.plain(name) }
    if alike.count == 1 { return alike[0] }
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
