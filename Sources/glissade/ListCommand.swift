import ArgumentParser
import Lanes
import Presets

/// `glissade list`: everything that can be chosen by name.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what can be chosen: presets, optimizers, schedules, activations and so on.",
    discussion: """
      With --json: one array of objects, with every setting, its default and its range. `list notes` is the table of the \
      lecture notes: each of its systems with the preset that shows it, what is odd about it, and how far the preset is \
      from the numbers of the notes' own programs.
      """)

  @Argument(help: "What to list: \(ListTopic.allCases.map(\.rawValue).joined(separator: ", ")).")
  var topic: ListTopic = .presets

  @Flag(help: "Print JSON instead of text.")
  var json = false

  func run() throws {
    let items = topic.items
    do {
      if json {
        try OutputFile.standardOutput.write(JSONText.list(items.map(\.json)).line + "\n")
      } else {
        try OutputFile.standardOutput.write(
          topic == .notes ? NotesTable.text : Self.text(items))
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }

  /// Names and summaries in two columns, settings below, under headings where there are some.
  private static func text(_ items: [ListItem]) -> String {
    func heading(_ item: ListItem) -> String {
      item.label.map { $0 + String(repeating: " ", count: max(1, 12 - $0.count)) + item.name }
        ?? item.name
    }
    let width = min(36, items.map { heading($0).count }.max() ?? 0)
    var result = ""
    var group = ""
    var section: String?
    for item in items {
      if let own = item.group, own != group {
        result += (group.isEmpty ? "" : "\n") + EscapedText.visible(own) + "\n"
        group = own
        section = nil
      }
      if let own = item.section, own != section {
        result += "  " + EscapedText.visible(Wiring.heading(ofSection: own)) + "\n"
        section = own
      }
      let indent = (item.group == nil ? "" : "  ") + (item.section == nil ? "" : "  ")
      let gap = String(repeating: " ", count: max(1, width - heading(item).count + 2))
      result += indent + EscapedText.visible(heading(item) + gap + item.summary) + "\n"
      if let note = item.note { result += EscapedText.visible("\(indent)    \(note)") + "\n" }
      for setting in item.settings {
        let range = setting.range
        let bounds =
          setting.scale == .flag
          ? "true or false"
          : "\(NumberText.shortest(range.lowerBound)) to \(NumberText.shortest(range.upperBound))"
        let value =
          setting.scale == .flag
          ? (setting.defaultValue == 0 ? "false" : "true")
          : NumberText.shortest(setting.defaultValue)
        result +=
          EscapedText.visible(
            "\(indent)    \(setting.name) (\(setting.symbol)): \(setting.summary); \(bounds), by default \(value)"
          ) + "\n"
      }
    }
    return result
  }
}
