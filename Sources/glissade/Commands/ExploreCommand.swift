import ArgumentParser
import Explorer
import Foundation
import NcursesScreen
import Presets
import Terminal
import Training
import Views

/// `glissade [PRESET]`: the explorer.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Open the explorer on a preset (the default command).",
    discussion: """
      Inside: Space runs and pauses, ? shows all keys, p picks a preset, : finds everything else, \
      q quits.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      A preset's name, the path of a preset file, a shared string (glz1:…), or a Playground link; \
      default: xsin. With --resume the number of a kept session, the newest being 1.
      """),
    completion: Completions.presets)
  var preset: String?

  @Flag(help: "Go on where the last explorer ended, its branches included.")
  var resume = false

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Changes one key of the preset.", valueName: "key=value"),
    completion: Completions.settings)
  var settings: [String] = []

  @Flag(help: "Let a shared string read the data file that it names on this disk.")
  var allowFiles = false

  @OptionGroup var look: LookOptions

  func validate() throws {
    if resume, preset.map({ Int($0) == nil }) == true || !settings.isEmpty {
      throw ValidationError(
        "--resume goes on with the last session, --resume 2 with the one before; "
          + "it takes no preset and no --set")
    }
  }

  func run() throws {
    let code: Int32
    do {
      code = try explore()
    } catch {
      throw ExitStatus.report(error)
    }
    if code != 0 { throw ExitCode(code) }
  }

  private func explore() throws -> Int32 {
    let shelf = Wiring.shelf
    if resume {
      let store = try ExploreCommand.session(number: preset.flatMap { Int($0) } ?? 1)
      // Before it is read: whoever holds it may still write.
      let claim = SessionClaim(store.path)
      guard let preset = try store.read(views: shelf.views) else {
        throw ValidationError("\(store.path) is there no more")
      }
      return try ExploreCommand.open(
        preset, library: ExplorerPresets(shelf), look: look, opensLesson: false, keptIn: store,
        claim: claim)
    }
    let preset = preset ?? "xsin"
    let loaded = try PresetOptions.load(preset, settings, from: shelf, allowsFiles: allowFiles)
    let library = ExplorerPresets(shelf, opened: (preset, loaded))
    return try ExploreCommand.open(loaded, library: library, look: look, opensLesson: false)
  }

  /// The kept session of that number, the newest being 1.
  private static func session(number: Int) throws -> SessionStore {
    let sessions = KeptSessions()
    let entries = sessions.entries
    if number == 1, let newest = sessions.newest { return newest }
    guard entries.indices.contains(number - 1) else {
      guard !entries.isEmpty else {
        throw ValidationError("there is no session to go on with: none was kept yet")
      }
      let list = entries.enumerated().map {
        "\($0.offset + 1) of \($0.element.time) (\($0.element.name): \($0.element.about))"
      }
      throw ValidationError("no session \(number); kept are " + list.joined(separator: "; "))
    }
    return SessionStore(path: entries[number - 1].path)
  }

  /// Opens the explorer on a preset, and runs until somebody quits; `opensLesson` begins with the
  /// preset's lesson, `keptIn` is the file in which its session was kept and goes on being kept,
  /// where `claim` holds it.
  static func open(
    _ preset: Preset, library: ExplorerPresets, look: LookOptions, opensLesson: Bool,
    keptIn kept: SessionStore? = nil, claim: SessionClaim? = nil
  ) throws -> Int32 {
    let configuration = try LookOptions.configuration()
    let begin = ContinuousClock.now
    // What takes longer is done again behind the first picture.
    let reopened = preset.session.flatMap {
      try? Session($0) { ContinuousClock.now - begin > .milliseconds(200) }
    }
    let session = try reopened ?? Session(try Run(preset))
    let diary = LessonDiary()
    let (content, problem) = diary.read()
    let screen: NcursesScreen
    do {
      screen = try NcursesScreen(environment: ProcessInfo.processInfo.environment)
    } catch {
      StandardError.write(
        lines: ["glissade: \(error); `glissade run` and `glissade shot` need no terminal"])
      throw ExitStatus.failure
    }
    defer { screen.leave() }
    let waker = screen.waker
    var preset = preset
    preset.pace = configuration.pace(of: preset)
    let trainer = Trainer(session, isPaused: preset.session != nil, pace: preset.pace) {
      waker.wake()
    }
    defer { trainer.stop() }
    let marks = content.lessons.map { name, mark in
      (name, LessonMark(preset: name, step: mark.step, isDone: mark.done))
    }
    var appearance = look.appearance(
      on: screen.capabilities, environment: ProcessInfo.processInfo.environment,
      configuration: configuration)
    if appearance.followsTerminal, let color = screen.background(within: .milliseconds(60)) {
      appearance.follow(background: color)
    }
    var library = library
    library.configuration = configuration
    let index = PresetIndex(
      start: { work in Thread.detachNewThread { work() } }, changed: { waker.wake() },
      reading: library.read)
    var explorer = Explorer(
      snapshot: trainer.latest, preset: preset, vocabulary: .all, presetIndex: index,
      notes: ExplorerPresets.notes,
      appearance: appearance,
      size: screen.size,
      lessonMarks: Dictionary(uniqueKeysWithValues: marks))
    explorer.probes = ProbeCache(slow: SlowProbes { waker.wake() })
    explorer.workers = SideWorkers { waker.wake() }
    explorer.checkup = Checkup { waker.wake() }
    if FirstStart().note(), !opensLesson {
      explorer.greeting = Greeting(over: trainer.latest, firstLesson: PresetShelf.firstLesson)
    }
    let opensLate = reopened == nil && preset.session != nil
    if opensLesson, let problem { explorer.failed(toRemember: problem) }
    let sessions = KeptSessions()
    // While a session is still to be done again, nothing is written, least of all over its file.
    let autosave = Autosave(opensLate ? nil : kept, claim: claim, of: sessions) { waker.wake() }
    if autosave.isApart { explorer.sayKeptApart() }
    let placeholder = opensLate ? trainer.latest.run : nil
    func isPlaceholder(_ explorer: Explorer) -> Bool {
      explorer.snapshot.run == placeholder && explorer.snapshot.changes.isEmpty
    }
    var loop = ExplorerLoop(
      explorer: explorer, screen: screen, learner: trainer, library: library, save: library.save,
      remember: { diary.note($0.preset, .init(step: $0.step, done: $0.isDone)) },
      takeHome: ExplorerFiles(), keep: { if !isPlaceholder($0) { autosave.note($0) } },
      keepFailure: { autosave.failure },
      afterFirstFrame: { index.begin() })
    let code = loop.run(opensLesson: opensLesson, opensSession: opensLate)
    var last = loop.explorer
    // The terminal first: the trainer ends after its step, which may be a long one. It has taken in
    // all that was asked of it by then.
    screen.leave()
    trainer.stop()
    last.see(trainer.latest)
    if !isPlaceholder(last), let failure = autosave.finish(last) {
      StandardError.write(lines: ["glissade: the session was not kept: \(failure)"])
      if code == 0, last.hasUnsaved { return ExitStatus.inputOutput.rawValue }
    }
    return code
  }
}
