import Explorer
import Lanes
import Presets
import Training
import Views

/// `glissade list notes`: the lecture notes' systems, the presets that show them, and how they were
/// checked.
enum NotesTable {
  /// The heading of the notes' presets in lists.
  static let group = "Lecture notes"

  /// One object a system.
  static var items: [ListItem] {
    NotesSystem.all.entries.map { system in
      var details: [(String, JSONText)] = [
        ("number", .integer(system.number)), ("title", .text(system.title)),
        ("lines", .list([.integer(system.lines.lowerBound), .integer(system.lines.upperBound)])),
        ("preset", .text(system.preset)),
        ("presets", .list(system.presets.map { .text($0) })),
        ("views", .list(views(of: system.preset).map { .text($0) })),
      ]
      details.append(("quirk", system.quirk.map { .text($0.text) } ?? .null))
      details.append(("twin", system.quirk?.twin.map { .text($0) } ?? .null))
      details.append(("check", check(of: system)))
      return ListItem(system, group: system.section.rawValue, details: details)
    }
  }

  /// The views that the explorer opens for a built-in preset; those of the preset's panes.
  static func views(of preset: String) -> [String] {
    // A preset of the user's under the same name is not the notes'.
    let shelf = PresetShelf(views: Wiring.shelf.views, folder: "/dev/null")
    guard let preset = try? shelf.load(preset), let run = try? Run(preset) else {
      return []
    }
    return PaneOrder(run.snapshot(), listed: preset.views, of: Views.views).shown
  }

  private static func check(of system: NotesSystem) -> JSONText {
    let measured = system.measurement
    return .object([
      ("figure", .text(system.check.figure)),
      ("reference", .list(system.check.reference.map { .text($0) })),
      ("compared", .integer(measured?.compared ?? 0)),
      ("tolerance", .number(system.check.tolerance)),
      ("deviation", .optional(measured?.deviation)), ("passed", .flag(system.hasPassed)),
      ("steps", .integer(measured?.steps ?? 0)), ("loss", .optional(measured?.loss)),
    ])
  }

  /// The table for people: one line a system, then what it shows and what is odd about it.
  static var lines: [String] {
    let systems = NotesSystem.all.entries
    func width(_ texts: [String]) -> Int { texts.map(\.count).max() ?? 0 }
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let titles = width(systems.map(\.title))
    let presets = width(systems.map(\.preset))
    let views = systems.map { Self.views(of: $0.preset).joined(separator: ", ") }
    let viewWidth = width(views)
    var result: [String] = []
    var section: NotesSystem.Section?
    for (system, views) in zip(systems, views) {
      if system.section != section {
        result += section == nil ? [system.section.rawValue] : ["", system.section.rawValue]
        section = system.section
      }
      let number = String(repeating: " ", count: system.number < 10 ? 1 : 0) + "\(system.number)"
      let lines = "\(system.lines.lowerBound)–\(system.lines.upperBound)"
      let verdict = system.measurement.map { measured in
        "\(system.hasPassed ? "passed" : "FAILED")  \(deviation(measured.deviation)) of "
          + "\(ExactDecimal.shortest(system.check.tolerance)) in \(measured.compared)"
      }
      result += [
        "  \(number)  \(padded(system.title, titles))  \(padded(lines, 9))  "
          + "\(padded(system.preset, presets))  \(padded(views, viewWidth))  "
          + (verdict ?? "not measured"),
        "      \(system.name): \(system.summary)",
        "      checked: \(system.check.figure)",
      ]
      if system.presets.count > 1 {
        result.append("      see also: \(system.presets.dropFirst().joined(separator: ", "))")
      }
      if let quirk = system.quirk {
        let twin = quirk.twin.map { " Compare \($0)." } ?? ""
        result.append("      in the notes: \(quirk.text)\(twin)")
      }
    }
    return result + [
      "",
      "Each line: number, title, lines of the notes, preset, views, and the greatest deviation "
        + "from "
        + "the numbers of the",
      "notes' own programs, |ours − theirs| / max(1, |theirs|), with the tolerance and how many "
        + "numbers were compared.",
    ]
  }

  /// A deviation in two digits.
  private static func deviation(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return ExactDecimal.shortest(value) }
    var exponent = 0
    var mantissa = value
    while mantissa < 1, exponent > -400 {
      mantissa *= 10
      exponent -= 1
    }
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    return "\(Double(Int(mantissa * 10)) / 10)e\(exponent)"
  }
}
