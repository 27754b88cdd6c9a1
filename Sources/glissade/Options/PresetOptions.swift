import ArgumentParser
import Foundation
import Presets
import Training

/// A preset on the command line, with settings over it.
struct PresetOptions: ParsableArguments {
  @Argument(
    help:
      "A preset's name, the path of a preset file, a shared string (glz1:…), or a Playground link.",
    completion: Completions.presets)
  var preset: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Changes one key of the preset, with the same keys as in preset files.",
      discussion: "learning_rate=0.05, optimizer=adam, beta1=0.8, data.noise=0.1, start.x=4, "
        + "hidden=8,8, variant=\"starts at 4\". May be given several times; later ones win, and "
        + "settings follow what they belong to (momentum=0.8 and optimizer=momentum in any order).",
      valueName: "key=value"), completion: Completions.settings)
  var settings: [String] = []

  @Flag(help: "Let a shared string read the data file that it names on this disk.")
  var allowFiles = false

  /// The preset with the settings applied.
  func load(from shelf: PresetShelf) throws -> Preset {
    try Self.load(preset, settings, from: shelf, allowsFiles: allowFiles)
  }

  /// The preset that `reference` names, with settings over it; what was understood of a table is
  /// said.
  static func load(
    _ reference: String, _ settings: [String], from shelf: PresetShelf, allowsFiles: Bool = false
  ) throws -> Preset {
    var shelf = shelf
    shelf.allowsFiles = allowsFiles
    let all = try settings.map { try PresetKeys.parse($0) }
    for (index, setting) in all.enumerated() {
      let later = all[(index + 1)...].last { $0.key == setting.key }
      guard let later, later.value != setting.value,
        !all[..<index].contains(where: { $0.key == setting.key })
      else { continue }
      StandardError.write(lines: [
        "\(setting.key) is set more than once; the last holds: \(setting.key)=\(later.value)"
      ])
    }
    let preset: Preset
    do {
      preset = try shelf.load(reference, settings: all)
    } catch let question as PresetShelf.UnaskedFile {
      guard allows(question) else { throw question }
      shelf.allowsFiles = true
      preset = try shelf.load(reference, settings: all)
    }
    if PlaygroundLink.isOne(reference), !preset.notes.isEmpty {
      StandardError.write(lines: preset.notes.split(separator: "\n").map(String.init))
    }
    let result = try apply(settings, to: preset, shelf: shelf)
    if shelf.isTable(reference), let table = preset.experiment.table {
      StandardError.write(lines: table.summary)
    } else if let table = result.experiment.table {
      StandardError.write(lines: table.rearranged)
    }
    return result
  }

  /// Asks the person at the terminal whether a string may read a file; nobody there: no.
  private static func allows(_ file: PresetShelf.UnaskedFile) -> Bool {
    guard isatty(STDIN_FILENO) == 1, StandardError.isTerminal else { return false }
    StandardError.write(
      lines: ["The string reads \(EscapedText.quoted(file.path)) on this disk. Let it? (y/n)"])
    return readLine().map { $0.lowercased().hasPrefix("y") } ?? false
  }

  /// `preset` with settings over it; `variant=NAME` stands for those of a variant, which come
  /// first.
  static func apply(
    _ settings: [String], to preset: Preset, shelf: PresetShelf
  ) throws -> Preset {
    let all = try settings.map { try PresetKeys.parse($0) }
    var result = preset
    for choice in all where choice.key == "variant" {
      result = try result.variant(choice.value, views: shelf.views)
    }
    return try PresetKeys.apply(
      all.filter { $0.key != "variant" }, to: result, views: shelf.views)
  }
}
