import Foundation
import Lanes
package import Training

/// Presets by name or path: built into the program, in the user's folder, or anywhere.
package struct PresetShelf: Sendable {
  /// A preset that can be chosen by name.
  package struct Entry: Named {
    package let name: String
    package let summary: String
    /// The title for people.
    package let title: String
    /// The heading it stands under.
    package let group: String
    /// The user's file; nil when it is built in.
    package let path: String?
    /// The preset; nil when it has mistakes.
    package let preset: Preset?
  }

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

  /// Names that can be loaded: the user's own, then the built-in ones.
  package var names: [String] {
    let own = userFiles().map(\.name)
    return own + Self.builtInNames.filter { !own.contains($0) }
  }

  /// The heading of the user's own presets, and of their files that have mistakes.
  package static let ownGroup = "Mine"

  /// Every preset with its title and summary: the user's own first, each group together. A file of the user that has
  /// mistakes is there too, with the first of them as its summary.
  package func entries() -> [Entry] {
    let own = Dictionary(userFiles().map { ($0.name, $0.path) }) { first, _ in first }
    var groups: [(name: String, entries: [Entry])] = []
    for name in names {
      let entry: Entry
      do {
        let preset = try load(name)
        entry = Entry(
          name: name, summary: preset.summary, title: preset.title,
          group: own[name] == nil ? preset.group : Self.ownGroup, path: own[name],
          preset: preset)
      } catch {
        let first = "\(error)".split(separator: "\n").first.map(String.init) ?? ""
        entry = Entry(
          name: name, summary: first, title: "has mistakes", group: Self.ownGroup, path: own[name],
          preset: nil)
      }
      if let index = groups.firstIndex(where: { $0.name == entry.group }) {
        groups[index].entries.append(entry)
      } else {
        groups.append((entry.group, [entry]))
      }
    }
    return groups.flatMap(\.entries)
  }

  /// The preset that `reference` names: a name, or a path to a file.
  ///
  /// - Throws: `PresetError` when it has mistakes, `NotFound` when there is none.
  package func load(_ reference: String) throws -> Preset {
    if let path = ownFile(reference) { return try loadFile(path, shownAs: path) }
    if !Self.looksLikePath(reference) {
      if let preset = builtInPresets.first(where: { $0.name == reference }) {
        // The tests try the variants and lessons of these: not at each start.
        return try PresetFile.parse(
          preset.text, file: "\(reference).yaml", name: reference, views: views, keys: keys,
          checksParts: false)
      }
      if !FileManager.default.fileExists(atPath: reference) || reference.isEmpty {
        let near = Spelling.nearest(to: reference, in: names)
        throw NotFound(
          isUnreadable: false,
          description: "there is no preset \(EscapedText.quoted(reference))"
            + (near.map { "; did you mean \($0)?" } ?? "; `glissade list presets` shows all"))
      }
    }
    return try loadFile(reference, shownAs: reference)
  }

  /// The text that `reference` names, and what messages call it.
  func source(of reference: String) throws -> (text: String, shown: String) {
    if let path = ownFile(reference) { return (try Self.text(path, shownAs: path), path) }
    if !Self.looksLikePath(reference),
      let preset = builtInPresets.first(where: { $0.name == reference })
    {
      return (preset.text, "\(reference).yaml")
    }
    return (try Self.text(reference, shownAs: reference), reference)
  }

  private static func looksLikePath(_ reference: String) -> Bool {
    reference.contains("/") || reference.hasSuffix(".yaml") || reference.hasSuffix(".yml")
  }

  /// The user's file of that name.
  private func ownFile(_ reference: String) -> String? {
    guard !Self.looksLikePath(reference) else { return nil }
    return userFiles().first { $0.name == reference }?.path
  }

  /// The preset in the file at `path`.
  package func loadFile(_ path: String, shownAs shown: String) throws -> Preset {
    let text = try Self.text(path, shownAs: shown)
    let url = URL(fileURLWithPath: path)
    return try PresetFile.parse(
      text, file: shown, name: Self.name(ofFile: url.lastPathComponent),
      directory: url.deletingLastPathComponent().path, views: views, keys: keys)
  }

  private static func text(_ path: String, shownAs shown: String) throws -> String {
    do {
      return try TextFile.read(path, limit: PresetLimits.fileBytes)
    } catch {
      if let place = error.place {
        throw PresetError(
          .file(name: shown, line: place.line, column: place.column), error.message)
      }
      throw NotFound(
        isUnreadable: true, description: "\(EscapedText.visible(shown)): \(error.message)")
    }
  }

  /// A preset's name from its file's: without the extension, in lower case, with hyphens.
  static func name(ofFile file: String) -> String {
    let stem = file.split(separator: ".").first.map(String.init) ?? "preset"
    let mapped = stem.lowercased().map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber || character == "-")
        ? character : "-"
    }
    return String(mapped.prefix(60))
  }

  /// The user's presets, by name.
  private func userFiles() -> [(name: String, path: String)] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.sorted().compactMap { file in
      guard file.hasSuffix(".yaml") || file.hasSuffix(".yml"), !file.hasPrefix(".") else {
        return nil
      }
      return (String(file.prefix { $0 != "." }), folder + "/" + file)
    }
  }
}
