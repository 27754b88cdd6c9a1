import Foundation
import Lanes
package import Training

extension PresetShelf {
  /// A preset as lists show it.
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

  /// The heading of the user's own presets, and of their files that have mistakes.
  package static let ownGroup = "Mine"

  /// Whether a built-in preset has this title.
  package static func isBuiltIn(title: String) -> Bool {
    builtInPresets.contains { preset in
      guard let line = preset.text.split(separator: "\n").first(where: { $0.hasPrefix("title:") }),
        let node = try? YAMLComposer.compose(String(line), file: preset.name),
        case .mapping(let entries) = node.content,
        case .scalar(let own, _)? = entries.first?.value.content
      else { return false }
      return own == title
    }
  }

  /// Every preset with its title and summary: the user's own first, each group together. A file of
  /// the user that has mistakes is there too, with the first of them as its summary.
  package func entries() -> [Entry] {
    let files = userFiles()
    return Array(own(files)) + builtIn(besides: files)
  }

  /// The user's own presets, each read when it is asked for; `files` is the folder, read once.
  package func own(
    _ files: [(name: String, path: String)]
  ) -> LazyMapSequence<[(name: String, path: String)], Entry> {
    files.lazy.map { file in
      self.entry(file.name, path: file.path) {
        try PresetFile.parse(
          Self.text(file.path), file: file.path, name: file.name,
          directory: FileLinks.folder(of: file.path), views: self.views, keys: self.keys,
          extent: .listing)
      }
    }
  }

  /// The built-in presets but those that the user's `files` hide, each group together.
  package func builtIn(besides files: [(name: String, path: String)]) -> [Entry] {
    let hidden = Set(files.map(\.name))
    var groups: [(name: String, entries: [Entry])] = []
    for preset in builtInPresets where !hidden.contains(preset.name) {
      let entry = entry(preset.name, path: nil) {
        try PresetFile.parse(
          preset.text, file: "\(preset.name).yaml", name: preset.name, views: views, keys: keys,
          extent: .listing)
      }
      if let index = groups.firstIndex(where: { $0.name == entry.group }) {
        groups[index].entries.append(entry)
      } else {
        groups.append((entry.group, [entry]))
      }
    }
    return groups.flatMap(\.entries)
  }

  private func entry(
    _ name: String, path: String?, _ read: () throws -> Preset
  ) -> Entry {
    do {
      let preset = try read()
      return Entry(
        name: name, summary: preset.summary, title: preset.title,
        group: path == nil ? preset.group : Self.ownGroup, path: path, preset: preset)
    } catch {
      let first = "\(error)".split(separator: "\n").first.map(String.init) ?? ""
      return Entry(
        name: name, summary: first, title: "has mistakes", group: Self.ownGroup, path: path,
        preset: nil)
    }
  }
}
