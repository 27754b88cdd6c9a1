import ArgumentParser
import Foundation
import Presets

/// Options that take one value and are given twice: the library lets the last win without a word.
enum RepeatedOptions {
  /// What to say; nil: no option of one value has two that differ.
  static func advice(_ arguments: [String], commands: [any ParsableCommand.Type]) -> String? {
    let given = values(arguments)
    guard given.values.joined().count > 1 else { return nil }
    let named = commands.first { $0._commandName == arguments.first }
    let command = named ?? ExploreCommand.self
    // Options of one kind may be given by a short name and by a long one.
    for names in spellings(of: command) {
      let all = names.flatMap { given[$0] ?? [] }
      guard Set(all).count > 1, let name = names.first(where: { given[$0] != nil }) else {
        continue
      }
      return "\(name) is given \(all.count == 2 ? "twice" : "\(all.count) times") ("
        + all.map(EscapedText.quoted).joined(separator: ", ") + "); it has one value: give it once"
    }
    return nil
  }

  /// What follows each option, in the order of the line.
  private static func values(_ arguments: [String]) -> [String: [String]] {
    var values: [String: [String]] = [:]
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      guard argument.hasPrefix("-"), argument.count > 1 else { continue }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let next = index + 1 < arguments.count ? arguments[index + 1] : ""
      values[String(parts[0]), default: []].append(parts.count > 1 ? String(parts[1]) : next)
    }
    return values
  }

  /// The spellings of each option of a command that takes one value, from the command itself.
  private static func spellings(of command: any ParsableCommand.Type) -> [[String]] {
    let text = Data(command._dumpHelp().utf8)
    guard let tool = try? JSONDecoder().decode(Tool.self, from: text) else { return [] }
    return (tool.command.arguments ?? []).filter { $0.kind == "option" && !$0.isRepeating }
      .map { ($0.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } }
  }

  /// What is looked at of the library's description of a command.
  private struct Tool: Decodable {
    struct Command: Decodable { var arguments: [Argument]? }
    struct Argument: Decodable {
      var kind: String
      var isRepeating: Bool
      var names: [Name]?
    }
    struct Name: Decodable {
      var kind: String
      var name: String
    }
    var command: Command
  }
}
