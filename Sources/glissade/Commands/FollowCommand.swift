import ArgumentParser
import Explorer
import Foundation
import Metrics
import NcursesScreen
import Presets
import Terminal

/// `glissade follow`: the metrics of any training, live.
struct FollowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: "Show metrics that any program writes, while it trains.",
    discussion: """
      Metrics are JSON objects, one a line, or tables with a line of names. `train.py | glissade \
      follow` shows what a \
      program prints, other lines are passed over; `glissade follow a.jsonl b.csv` and `glissade \
      follow 'runs/*.jsonl'` \
      follow files that grow, are truncated or rotated. After q a program that is followed through \
      a pipe goes on: \
      what it prints is read to its end. Without a terminal, or with --json, all is read and \
      summed up.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files, or patterns for files in quotes; - or none: the standard input.",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      """
      Puts the series whose names fit a pattern into one pane (--pane 'losses=*loss'); can be \
      given \
      more than once.
      """, valueName: "name=glob"))
  var pane: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column that counts steps (default: step, global_step, iteration, epoch, …).",
      valueName: "name"))
  var step: String?

  @Option(
    help: ArgumentHelp(
      "The column that tells the time (default: wall, timestamp, time, …).", valueName: "name"))
  var time: String?

  @Option(
    help: ArgumentHelp(
      "The weight of the past in smoothed curves: 0 (none), 0.5, 0.8, 0.9, 0.95, 0.98, 0.99.",
      valueName: "weight"))
  var smoothing: Double?

  @Flag(help: "Read all there is, and print one JSON object.")
  var json = false

  @OptionGroup var look: LookOptions

  func validate() throws {
    if let smoothing, !Smoothing.levels.contains(smoothing) {
      let levels = Smoothing.levels.map { NumberText.short($0) }
      throw ValidationError("--smoothing is one of \(levels.joined(separator: ", "))")
    }
    if files.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("the standard input can be followed once")
    }
    if let empty = pane.first(where: { $0.hasPrefix("=") || $0.hasSuffix("=") || $0.isEmpty }) {
      throw ValidationError(
        "--pane takes a name and a pattern, losses=*loss, not \(EscapedText.quoted(empty))")
    }
  }

  func run() throws {
    let code: Int32
    do {
      code = try follow()
    } catch {
      throw ExitStatus.report(error)
    }
    if code != 0 { throw ExitCode(code) }
  }

  private func follow() throws -> Int32 {
    let paths = files.isEmpty ? ["-"] : files
    let readsInput = paths.contains("-")
    if readsInput, isatty(STDIN_FILENO) == 1 {
      throw ValidationError(
        "there is nothing to follow: name files, or pipe a program's output in "
          + "(train.py | glissade follow)")
    }
    let environment = ProcessInfo.processInfo.environment
    if json || isatty(STDOUT_FILENO) != 1 || (environment["TERM"] ?? "dumb") == "dumb" {
      return try summarize(paths)
    }
    let follower = MetricsFollower(paths, step: step, clock: time)
    let screen = try NcursesScreen(environment: environment, readsInput: !readsInput)
    defer { screen.leave() }
    let waker = screen.waker
    follower.start { waker.wake() }
    let configuration = try LookOptions.configuration()
    var appearance = look.appearance(
      on: screen.capabilities, environment: environment, configuration: configuration)
    if appearance.followsTerminal, let color = screen.background(within: .milliseconds(60)) {
      appearance.follow(background: color)
    }
    let title =
      paths == ["-"] ? "standard input" : paths.count == 1 ? paths[0] : "\(paths.count) files"
    var state = Follow(
      frame: follower.latest, rules: pane.map { FollowPane.Rule($0) }, title: title,
      appearance: appearance, size: screen.size)
    if let smoothing { state.smooth(smoothing) }
    var loop = FollowLoop(
      state, screen: screen, source: follower, copy: { _ = ExplorerFiles().copy($0) })
    let code = loop.run()
    screen.leave()
    follower.stop()
    if readsInput, code == 0 || code == 130 { drain() }
    return code
  }

  /// Reads the standard input to its end and forgets it: who writes it must not be stopped by a
  /// pipe that nobody reads.
  private func drain() {
    var wanted = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    var isTold = false
    let begin = ContinuousClock.now
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let ready = poll(&wanted, 1, isTold ? -1 : 50)
      if !isTold, ContinuousClock.now - begin > .milliseconds(300) {
        isTold = true
        StandardError.write(lines: [
          "glissade: the program that is followed goes on; its output is read to its end"
        ])
      }
      if ready == 0 { continue }
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { return }
    }
  }

  /// Reads all, and says what it was.
  private func summarize(_ paths: [String]) throws -> Int32 {
    Interrupt.listen()
    let follower = MetricsFollower(paths, step: step, clock: time)
    follower.readAll { Interrupt.wasAsked }
    let report = FollowReport(follower.latest, smoothing: smoothing)
    if json {
      try OutputFile.standardOutput.write(report.json)
    } else {
      try OutputFile.standardOutput.write(lines: report.lines)
    }
    StandardError.write(lines: (report.problems + report.lacks).map { "glissade: \($0)" })
    if let signal = Interrupt.signal { throw ExitStatus.interrupted(by: signal) }
    if !report.problems.isEmpty { throw ExitStatus.inputOutput }
    for name in report.missing([step, time].compactMap { $0 }) {
      StandardError.write(lines: [
        "glissade: there is no column \(EscapedText.quoted(name)); rows are counted"
      ])
      if !report.isEmpty { throw ExitStatus.badData }
    }
    if report.isEmpty {
      StandardError.write(lines: [
        "glissade: there are no metrics: neither a line with a JSON object of numbers nor a table "
          + "with a line of names; an object that takes several lines is not read "
          + "(jq -c writes one a line)"
      ])
      throw ExitStatus.badData
    }
    return 0
  }
}
