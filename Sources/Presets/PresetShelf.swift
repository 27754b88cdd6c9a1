import Foundation
import Lanes
package import Training

/// Presets by name or path: built into the program, in the user's folder, or anywhere.
package struct PresetShelf: Sendable {
  /// A preset that could not be had: not there, or not readable.
  package struct NotFound: Error, CustomStringConvertible {
    /// Whether there is a file that could not be read.
    package let isUnreadable: Bool
    package let description: String
  }

  /// The views that presets may name; nil when they are not checked.
  package let views: [String]?
  /// The keys that lessons may name; nil when they are not checked.
  package let keys: [String]?
  /// The user's folder.
  package let folder: String
  /// Whether a shared string may make files of this disk be read.
  package var allowsFiles = false

  /// A library.
  package init(
    views: [String]? = nil, keys: [String]? = nil, folder: String = PresetPaths.user
  ) {
    self.views = views
    self.keys = keys
    self.folder = folder
  }

  /// Names of the built-in presets, in teaching order.
  package static var builtInNames: [String] { builtInPresets.map(\.name) }

  /// The preset with the first lesson of the tour.
  package static var firstLesson: String? { builtInPresets.first?.name }

  /// Names that can be loaded: the user's own, then the built-in ones.
  package var names: [String] {
    let own = userFiles().map(\.name)
    let hidden = Set(own)
    return own + Self.builtInNames.filter { !hidden.contains($0) }
  }

  /// The preset that `reference` names: a name, or a path to a file.
  ///
  /// Variants and the steps of lessons are tried when they are taken; here, too, when `extent` says
  /// so.
  ///
  /// A table (`points.csv`) stands for a preset that learns from it; `settings` of its data are
  /// heeded when it is read.
  ///
  /// - Throws: `PresetError` when it has mistakes, `NotFound` when there is none.
  package func load(
    _ reference: String, settings: [Setting] = [], extent: PresetExtent = .run
  ) throws -> Preset {
    if ShareString.isOne(reference) { return try loadShared(reference) }
    if PlaygroundLink.isOne(reference) { return try PlaygroundLink(reference).preset }
    switch try source(of: reference) {
    case .file(let path) where TablePreset.isTable(path):
      return try TablePreset.read(path, settings, views: views, keys: keys)
    case .file(let path): return try loadFile(path, extent: extent)
    case .builtIn(let name, let text):
      return try PresetFile.parse(
        text, file: "\(name).yaml", name: name, views: views, keys: keys, extent: extent)
    }
  }

  /// Whether `reference` names a table, not a preset.
  package func isTable(_ reference: String) -> Bool {
    if case .file(let path)? = try? source(of: reference) { return TablePreset.isTable(path) }
    return false
  }

  /// Where a preset stands.
  enum Source {
    case file(String)
    case builtIn(name: String, text: String)
  }

  /// Where the preset stands that `reference` names.
  func source(of reference: String) throws(NotFound) -> Source {
    if PresetName.isPath(reference) {
      // A file of the user's that is hidden by another of the same name is named with its ending.
      if !Self.isThere(reference), let own = userFiles().first(where: { $0.name == reference }) {
        return .file(own.path)
      }
      return .file(reference)
    }
    if let own = userFiles().first(where: { $0.name == reference }) { return .file(own.path) }
    if let preset = builtInPresets.first(where: { $0.name == reference }) {
      return .builtIn(name: reference, text: preset.text)
    }
    guard !reference.isEmpty, Self.isThere(reference) else {
      let near = Spelling.nearest(to: reference, in: names)
      throw NotFound(
        isUnreadable: false,
        description: "there is no preset \(EscapedText.quoted(reference))"
          + (near.map { "; did you mean \($0)?" } ?? "; `glissade list presets` shows all"))
    }
    return .file(reference)
  }

  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// The preset in a shared string.
  private func loadShared(_ string: String) throws -> Preset {
    let text = try ShareString.text(of: string)
    if !allowsFiles, let path = try Self.namedFile(in: text) { throw UnaskedFile(path: path) }
    return try PresetFile.parse(
      text, file: "shared", name: "shared", views: views, keys: keys)
  }

  /// A file that a preset's text wants read: the value of a key that names one, wherever it stands
  /// (in the preset, in changes of a session, in variants).
  private static func namedFile(in text: String) throws -> String? {
    let keys = PresetKeys.namingFiles
    return file(
      named: Set(keys.map(\.name) + keys.map(\.inner)),
      in: try YAMLComposer.compose(text, file: "shared"))
  }

  private static func file(named keys: Set<String>, in node: PresetNode) -> String? {
    switch node.content {
    case .scalar(let text, _):
      // `data.csv=points.csv`, as settings are written.
      guard let sign = text.firstIndex(of: "="), keys.contains(String(text[..<sign])) else {
        return nil
      }
      return String(text[text.index(after: sign)...])
    case .sequence(let items):
      return items.lazy.compactMap { file(named: keys, in: $0) }.first
    case .mapping(let entries):
      return entries.lazy.compactMap { entry in
        if keys.contains(entry.key), case .scalar(let path, _) = entry.value.content { return path }
        return file(named: keys, in: entry.value)
      }.first
    }
  }

  /// Whether a reference is an experiment itself, in a string or a link, and no name of one.
  package static func isSent(_ reference: String) -> Bool {
    ShareString.isOne(reference) || PlaygroundLink.isOne(reference)
  }

  /// A file that a string from elsewhere names, and that nobody has allowed it to read.
  package struct UnaskedFile: Error, CustomStringConvertible {
    /// The file, as the string names it.
    package let path: String
    package var description: String {
      "the string reads \(EscapedText.quoted(path)) on this disk; give --allow-files to let it"
    }
  }

  /// The preset in the file at `path`.
  package func loadFile(_ path: String, extent: PresetExtent = .run) throws -> Preset {
    try PresetFile.parse(
      Self.text(path), file: path, name: PresetName.ofFile(path),
      directory: FileLinks.folder(of: path), views: views, keys: keys, extent: extent)
  }

  /// The text of the file at `path`.
  static func text(_ path: String) throws -> String {
    do {
      return try TextFile.read(path, limit: PresetLimits.fileBytes)
    } catch {
      if let place = error.place {
        throw PresetError(.file(name: path, line: place.line, column: place.column), error.message)
      }
      throw NotFound(
        isUnreadable: true, description: "\(EscapedText.visible(path)): \(error.message)")
    }
  }

  /// The user's presets, by name: each name once.
  package func userFiles() -> [(name: String, path: String)] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var taken = Set<String>()
    return files.sorted().compactMap { file in
      guard let name = PresetName.ofListed(file) else { return nil }
      let path = folder + "/" + file
      // `a.yml` beside `a.yaml` is listed by its full name, which opens it.
      return (taken.insert(name).inserted ? name : file, path)
    }
  }
}
