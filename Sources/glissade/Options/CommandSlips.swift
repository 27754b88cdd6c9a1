import ArgumentParser
import Foundation
import Lanes
import Presets

/// What a command line means whose first word is no command: `glissade rnu xor`.
///
/// The first word may be a preset's name, so that slips of commands would be reported as presets
/// that are not there, or as arguments that nobody expected.
enum CommandSlips {
  /// What to say; nil: the first word is a command, an option, or a preset.
  static func advice(_ arguments: [String], commands: [String], shelf: PresetShelf) -> String? {
    guard let first = arguments.first, !first.hasPrefix("-"), !commands.contains(first),
      !PresetName.isPath(first), !first.contains(":"), !shelf.names.contains(first),
      !FileManager.default.fileExists(atPath: first),
      let command = Spelling.nearest(to: first, in: commands)
    else { return nil }
    // A single word is a preset's name just as well.
    let preset = Spelling.nearest(to: first, in: shelf.names)
    let rest = arguments.dropFirst()
    let line = ([Glissade.configuration.commandName ?? "", command] + rest)
      .map(EscapedText.visible).joined(separator: " ")
    return "there is no command or preset \(EscapedText.quoted(first)); did you mean `\(line)`"
      + (rest.isEmpty ? preset.map { ", or the preset \($0)" } ?? "" : "") + "?"
  }
}
