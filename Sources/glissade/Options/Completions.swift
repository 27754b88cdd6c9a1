import ArgumentParser
import Foundation
import Lanes
import Presets
import Training
import Views

/// What shells offer while a command is typed: `glissade --generate-completion-script
/// bash|zsh|fish`.
enum Completions {
  /// Names of presets, and files of presets and tables.
  static let presets = CompletionKind.custom { _, _, prefix in
    Wiring.shelf.names + files(prefix, endings: ["yaml", "yml", "csv", "tsv", "npy", "npz"])
  }

  /// Keys of `--set`, and after the equals sign the values that a key may have.
  static let settings = CompletionKind.custom { words, index, prefix in
    guard let sign = prefix.firstIndex(of: "=") else {
      return keys(words, index, isFull: prefix.contains("."))
    }
    let key = String(prefix[..<sign])
    return values(of: key, words, index).map { "\(key)=\($0)" }
  }

  /// Keys of `--over`, and after the equals sign and each comma the values that a key may have.
  static let axes = CompletionKind.custom { words, index, prefix in
    guard let sign = prefix.firstIndex(of: "=") else {
      return keys(words, index, isFull: prefix.contains("."))
    }
    let last = prefix.lastIndex { ",;=".contains($0) } ?? sign
    let before = prefix[...last]
    let taken = prefix[sign...last].split { ",;=".contains($0) }.map(String.init)
    return values(of: String(prefix[..<sign]), words, index)
      .filter { !taken.contains($0) }.map { before + $0 }
  }

  /// Names of the colour themes.
  static let themes = CompletionKind.list(Theme.all.map(\.name))

  /// Names of views.
  static let views = CompletionKind.list(Views.views.names)

  /// The preset that stands before the word: the last one that can be read.
  private static func preset(_ words: [String], _ index: Int) -> Preset? {
    let shelf = Wiring.shelf
    return words.prefix(index).reversed().lazy.compactMap { word -> Preset? in
      shelf.names.contains(word) || word.hasSuffix(".yaml") ? try? shelf.load(word) : nil
    }.first
  }

  /// The keys of the preset that was named, or all there are, each with its equals sign; `isFull`:
  /// with the names of what they are parts of (`data.noise`).
  private static func keys(_ words: [String], _ index: Int, isFull: Bool) -> [String] {
    let preset = preset(words, index)
    if isFull {
      let rows = preset.map { PresetKeys.rows(of: $0) } ?? PresetKeys.all
      return rows.map { $0.name + "=" }
    }
    let names = preset.map { PresetKeys.names(of: $0) } ?? PresetKeys.all.map(\.typed)
    return (names + ["variant"]).map { $0 + "=" }
  }

  private static func values(of key: String, _ words: [String], _ index: Int) -> [String] {
    if key == "variant" { return preset(words, index)?.variants.map(\.name) ?? [] }
    guard let row = PresetKeys.all.first(where: { $0.typed == key || $0.name == key }) else {
      return []
    }
    switch row.form {
    case .word(let words): return words
    case .choice(let kind): return kind.names
    case .number(let number): return [ExactDecimal.shortest(number.defaultValue)]
    case .written: return []
    }
  }

  /// Files and folders that begin with `prefix`; of files, those with one of the endings.
  private static func files(_ prefix: String, endings: [String]) -> [String] {
    let slash = prefix.lastIndex(of: "/").map { prefix.index(after: $0) } ?? prefix.startIndex
    let folder = String(prefix[..<slash])
    let entries = try? FileManager.default.contentsOfDirectory(
      atPath: folder.isEmpty ? "." : folder)
    return (entries ?? []).sorted().compactMap { entry in
      guard !entry.hasPrefix(".") || prefix[slash...].hasPrefix(".") else { return nil }
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(
        atPath: folder + entry, isDirectory: &isFolder)
      if isThere, isFolder.boolValue { return folder + entry + "/" }
      return endings.contains { entry.hasSuffix("." + $0) } ? folder + entry : nil
    }
  }
}
