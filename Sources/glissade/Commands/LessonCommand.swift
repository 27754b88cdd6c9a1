import ArgumentParser
import Explorer
import Lanes
import Presets
import Training

/// `glissade lesson`: the lecture as a tour, or one lesson.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Follow the lecture step by step in the explorer, or one preset's lesson.",
    discussion: """
      Without a name it is a tour through all lessons in the order of the notes, and goes on where \
      you were. \
      Inside: g goes on and answers, G goes back, M shows a way to reach a goal, L hides the \
      panel; all other keys work \
      as always. Your place is kept in $XDG_STATE_HOME/glissade/lessons.json (by default \
      ~/.local/state/…).
      """)

  @Argument(
    help: "A preset that has a lesson, or the path of a preset file.",
    completion: Completions.presets)
  var preset: String?

  @Flag(help: "List the lessons in the order of the tour, with how far you are.")
  var list = false

  @Flag(help: "With --list: print one JSON array.")
  var json = false

  @Flag(help: "Begin at the first step; without a name, the whole tour.")
  var restart = false

  @OptionGroup var look: LookOptions

  func validate() throws {
    if json, !list { throw ValidationError("--json belongs to --list") }
    if list, preset != nil { throw ValidationError("--list lists all lessons; it takes no name") }
    if list, restart { throw ValidationError("--list and --restart do not go together") }
  }

  func run() throws {
    let code: Int32
    do {
      code = try work()
    } catch {
      throw ExitStatus.report(error)
    }
    if code != 0 { throw ExitCode(code) }
  }

  private func work() throws -> Int32 {
    let shelf = Wiring.shelf
    let diary = LessonDiary()
    var library = ExplorerPresets(shelf)
    let tour = library.entries.tour
    if list {
      let content = diary.read().content
      try OutputFile.standardOutput.write(
        lines: json ? [Self.json(tour, content).line] : Self.lines(tour, content))
      return 0
    }
    let reference = try preset ?? next(tour, diary.read().content)
    let taught = try shelf.load(reference)
    guard taught.lesson != nil else {
      throw NoLesson(
        description: "the preset \(EscapedText.quoted(reference)) has no lesson"
          + (Spelling.nearest(to: reference, in: tour.map(\.name)).map { "; did you mean \($0)?" }
            ?? "; `glissade lesson --list` shows those that have"))
    }
    if restart, let problem = diary.forget(preset == nil ? nil : taught.name) {
      StandardError.write(lines: ["glissade: \(problem)"])
    }
    if preset != nil { library = ExplorerPresets(shelf, opened: (reference, taught)) }
    return try ExploreCommand.open(taught, library: library, look: look, opensLesson: true)
  }

  /// The lesson at which the tour goes on: the one that was open last or, when that is done, the
  /// next that is not.
  private func next(_ tour: [PresetEntry], _ diary: LessonDiary.Content) throws -> String {
    guard let first = tour.first else { throw NoLesson(description: "there are no lessons") }
    guard !restart, let last = tour.firstIndex(where: { $0.name == diary.last }) else {
      return first.name
    }
    let ahead = tour[last...] + tour[..<last]
    return ahead.first { !(diary.lessons[$0.name]?.done ?? false) }?.name ?? first.name
  }

  /// There is nothing to teach.
  private struct NoLesson: Error, CustomStringConvertible {
    let description: String
  }

  private static func lines(
    _ tour: [PresetEntry], _ diary: LessonDiary.Content
  ) -> [String] {
    let width = tour.map(\.name.count).max() ?? 0
    var result: [String] = []
    var section = ""
    for entry in tour {
      guard let lesson = entry.lesson else { continue }
      if lesson.section != section {
        section = lesson.section
        result += result.isEmpty ? [section] : ["", section]
      }
      let mark = diary.lessons[entry.name]
      let count = lesson.steps.count
      let place =
        mark.map { $0.done ? "done" : "step \(min($0.step + 1, count)) of \(count)" }
        ?? "\(count) steps"
      let gap = String(repeating: " ", count: width - entry.name.count + 2)
      result.append("  \(entry.name)\(gap)\(lesson.title) (\(place))")
    }
    return result
  }

  private static func json(
    _ tour: [PresetEntry], _ diary: LessonDiary.Content
  ) -> JSONText {
    let items = tour.compactMap { entry -> JSONText? in
      guard let lesson = entry.lesson else { return nil }
      let mark = diary.lessons[entry.name]
      return .object([
        ("preset", .text(entry.name)), ("title", .text(lesson.title)),
        ("section", .text(lesson.section)), ("steps", .integer(lesson.steps.count)),
        ("step", mark.map { .integer(min($0.step + 1, lesson.steps.count)) } ?? .null),
        ("done", .flag(mark?.done ?? false)),
      ])
    }
    return .list(items)
  }
}
