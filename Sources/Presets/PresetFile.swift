import Foundation
package import Training

/// A preset on its way to a file and back.
package enum PresetFile {
  /// Why a file could not be written.
  package struct WriteError: Error, CustomStringConvertible {
    /// Whether a file of that name is there already.
    package let exists: Bool
    /// What went wrong.
    package let description: String
  }

  /// The text of `preset` for `directory` (nil: for anywhere).
  package static func text(
    of preset: Preset, for directory: String? = nil
  ) throws(PresetError) -> String {
    try YAMLPrinter.print(PresetWriter(directory: directory).write(preset))
  }

  /// The preset that `text` describes.
  ///
  /// - Parameters:
  ///   - file: What messages call the text.
  ///   - name: The preset's name.
  ///   - directory: Where relative paths start from.
  ///   - views: The views that exist; nil when they are not to be checked.
  ///   - keys: The explorer's keys, as lessons name them; nil when they are not to be checked.
  ///   - extent: How far it is tried.
  package static func parse(
    _ text: String, file: String, name: String, directory: String = ".", views: [String]? = nil,
    keys: [String]? = nil, extent: PresetExtent = .whole
  ) throws(PresetError) -> Preset {
    guard text.utf8.count <= PresetLimits.fileBytes else {
      throw PresetError(
        .file(name: file, line: 1, column: 1),
        "the preset is larger than \(PresetLimits.fileBytes) bytes")
    }
    let root = try YAMLComposer.compose(text, file: file)
    var reader = PresetReader(name: name, directory: directory, views: views, keys: keys)
    reader.extent = extent
    return try reader.read(root)
  }

  /// Writes `preset` to `path` as a whole or not at all.
  ///
  /// A file that is there already is kept unless `replacing` is true.
  ///
  /// - Throws: `WriteError`, or `PresetError` when it cannot be written as YAML.
  package static func save(
    _ preset: Preset, to path: String, replacing: Bool = false
  ) throws {
    let text = try text(of: preset, for: FileLinks.folder(of: path))
    do {
      try AtomicFile.write(Array(text.utf8), to: path, replacing: replacing)
    } catch let error as FileFailure {
      throw WriteError(
        exists: false, description: "\(EscapedText.visible(path)): \(error.message)")
    } catch is AtomicFile.Exists {
      throw WriteError(
        exists: true, description: "\(EscapedText.visible(path)) is there already")
    }
  }
}
