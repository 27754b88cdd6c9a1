import Lanes
package import Training

extension Experiment {
  /// The settings of the variant called `name`, or with that number (from 1).
  ///
  /// - Throws: `PresetError` naming the variants there are.
  package func settings(ofVariant name: String) throws(PresetError) -> [Setting] {
    if let variant = variants.first(where: { $0.name == name }) { return variant.settings }
    if let number = Int(name), variants.indices.contains(number - 1) {
      return variants[number - 1].settings
    }
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
