import ArgumentParser
import Lanes
import Presets

/// `glissade list`: everything that can be chosen by name.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what can be chosen: presets, optimizers, schedules, activations and so on.",
    discussion: """
      With --json: one array of objects, with every setting, its default and its range. `list \
      notes` is the table of the \
      lecture notes: each of its systems with the preset that shows it, what is odd about it, and \
      how far the preset is \
      from the numbers of the notes' own programs.
      """)

  @Argument(help: "What to list: \(ListTopic.allCases.map(\.rawValue).joined(separator: ", ")).")
  var topic: ListTopic = .presets

  @Flag(help: "Print JSON instead of text.")
  var json = false

  func run() throws {
    do {
      let output = OutputFile.standardOutput
      if json {
        try output.write(JSONText.list(topic.items.map(\.json)))
      } else if topic == .notes {
        try output.write(lines: NotesTable.lines)
      } else {
        var layout = Layout(width: min(36, topic.width))
        try topic.forEach { try output.write(lines: layout.lines(of: $0)) }
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }

  /// Names and summaries in two columns, settings below, under headings where there are some.
  private struct Layout {
    /// Columns of the names.
    let width: Int
    private var group = ""
    private var section: String?

    init(width: Int) { self.width = width }

    /// The lines of the next item, with the headings that begin with it.
    mutating func lines(of item: ListItem) -> [String] {
      var lines: [String] = []
      if let own = item.group, own != group {
        lines += group.isEmpty ? [own] : ["", own]
        group = own
        section = nil
      }
      if let own = item.section, own != section {
        lines.append("  " + Wiring.heading(ofSection: own))
        section = own
      }
      let indent = (item.group == nil ? "" : "  ") + (item.section == nil ? "" : "  ")
      let gap = String(repeating: " ", count: max(1, width - item.heading.count + 2))
      lines.append(indent + item.heading + gap + item.summary)
      if let note = item.note { lines.append("\(indent)    \(note)") }
      return lines + item.settings.map { "\(indent)    \(Self.text($0))" }
    }

    private static func text(_ setting: Hyperparameter) -> String {
      let range = setting.range
      let bounds =
        setting.scale == .flag
        ? "true or false"
        : "\(ExactDecimal.shortest(range.lowerBound)) to \(ExactDecimal.shortest(range.upperBound))"
      let value =
        setting.scale == .flag
        ? (setting.defaultValue == 0 ? "false" : "true")
        : ExactDecimal.shortest(setting.defaultValue)
      return "\(setting.name) (\(setting.symbol)): \(setting.summary); \(bounds), "
        + "by default \(value)"
    }
  }
}
