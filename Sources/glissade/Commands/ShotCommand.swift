import ArgumentParser
import Explorer
import Foundation
import Lanes
import Presets
import Terminal
import Training
import Views

/// `glissade shot`: the explorer's frame as a file, without a terminal.
struct ShotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shot",
    abstract: "Draw the explorer's frame after some steps, without a terminal.",
    discussion: "The same preset, steps and size always give the same file.")

  @OptionGroup var preset: PresetOptions

  @Option(
    parsing: .unconditional, help: "How many steps to take first (default: what the preset says).",
    transform: WholeNumber.read)
  var steps: Int?

  @Option(help: ArgumentHelp("The window, in columns and rows.", valueName: "WxH"))
  var size = "160x48"

  @Option(help: "txt, ansi, svg or png (default: what the output file's name ends in, else txt).")
  var format: PictureFormat?

  @Option(
    name: [.customShort("o"), .long], help: "The file to write (default: standard output).",
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("The view to show alone, in full size.", valueName: "view"),
    completion: Completions.views)
  var zoom: String?

  @Option(
    help: ArgumentHelp(
      "Show that step of the preset's lesson, as it opens; with --steps, its question is answered.",
      valueName: "step"),
    transform: WholeNumber.read)
  var lesson: Int?

  @OptionGroup var look: LookOptions

  func validate() throws {
    if let lesson, lesson < 1 { throw ValidationError("--lesson must be at least 1") }
    if let steps, !(0...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 0 to \(PresetLimits.steps)")
    }
    if format == nil, fileFormat == nil, let output, let ending = Self.ending(of: output) {
      let names = PictureFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "a shot cannot be written as \(ending): end the file's name in one of \(names), "
          + "or say which with --format")
    }
    guard window != nil else {
      throw ValidationError("--size must be like 160x48, each from 1 to 1000")
    }
  }

  /// What a file's name ends in, where it says what is in it; streams and devices say nothing.
  private static func ending(of path: String) -> String? {
    let ending = URL(fileURLWithPath: path).pathExtension
    return ending.isEmpty || path.hasPrefix("/dev/") ? nil : "." + ending
  }

  /// What the output file's name ends in.
  private var fileFormat: PictureFormat? {
    output.flatMap { PictureFormat(rawValue: URL(fileURLWithPath: $0).pathExtension.lowercased()) }
  }

  private var window: Size? {
    let parts = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1],
      (1...1000).contains(width), (1...1000).contains(height)
    else { return nil }
    return Size(width: width, height: height)
  }

  func run() throws {
    do {
      try draw()
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func draw() throws {
    var shown = try preset.load(from: Wiring.shelf)
    var usual = shown.steps
    if let lesson {
      guard let rehearsal = LessonRehearsal(shown), let taught = shown.lesson,
        taught.steps.indices.contains(lesson - 1)
      else {
        let count = shown.lesson?.steps.count ?? 0
        StandardError.write(
          lines: ["glissade: the lesson has \(count) steps, none numbered \(lesson)"])
        throw ExitStatus.usage
      }
      shown = try rehearsal.preset(at: lesson - 1)
      let begun = taught.beginning(of: lesson - 1).map { taught.steps[$0] }
      usual = taught.steps[lesson - 1].question == nil ? begun?.advance ?? 0 : 0
    }
    try OutputFile.check(output)
    let snapshot = try snapshot(of: shown, after: steps ?? usual)
    if let zoom {
      let views = ExplorerShot.views(of: snapshot, preset: shown, vocabulary: .all)
      guard views.contains(zoom) else {
        let near = Spelling.nearest(to: zoom, in: Views.views.names)
        throw ValidationError(
          Views.views.names.contains(zoom)
            ? "\(shown.name) has no \(zoom) view; it has \(views.joined(separator: ", "))"
            : "there is no view \(EscapedText.quoted(zoom))"
              + (near.map { "; did you mean \($0)?" }
                ?? "; \(shown.name) has \(views.joined(separator: ", "))"))
      }
    }
    let canvas = ExplorerShot.frame(
      of: snapshot, preset: shown, vocabulary: .all, notes: ExplorerPresets.notes,
      appearance: look.appearance(on: Capabilities(colors: .direct, unicode: true)),
      size: window ?? Size(width: 160, height: 48), focus: zoom, isZoomed: zoom != nil,
      lesson: lesson.map { $0 - 1 }, isAnswered: steps != nil)
    let bytes = try (format ?? fileFormat ?? .txt).bytes(of: canvas)
    let file = try OutputFile.begin(output)
    try file.write(raw: bytes)
    try file.close()
  }

  /// The run of a preset after some steps; of one that begins with a race, its first run, which
  /// leads it.
  private func snapshot(of preset: Preset, after steps: Int) throws -> Snapshot {
    guard !preset.race.isEmpty else {
      var run = try Run(preset)
      run.advance(steps)
      return run.snapshot()
    }
    let (key, values) = try Race.parts(preset.race)
    let race = try Race(preset, over: key, values: values)
    var course = try RaceCourse(race)
    course.advance(to: steps)
    var run = try Run(race.members[0].experiment)
    run.advance(steps)
    var snapshot = run.snapshot()
    snapshot.race = course.standing()
    return snapshot
  }
}

extension PictureFormat: ExpressibleByArgument {}
