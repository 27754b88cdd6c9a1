import ArgumentParser
import Foundation
import Presets
import Training

/// `glissade run`: a run without a screen.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a preset without a screen, and print where it ends.",
    discussion: """
      A trace has one row for step 0, for every K-th step and for the last: step, learning_rate \
      (of the step that \
      follows), loss (over all training samples, at the parameters of the row), accuracy where \
      there are classes, \
      test_loss and test_accuracy where there are test samples, and the parameters.

      A run that diverges ends there, says so (stopped: diverged) and exits with 0. In JSON, \
      infinities and NaN are null, and not_finite says which is \
      where: {"loss":"inf","parameters.x":"nan"}.

      --verify replays a session that was saved by W in the explorer: a line a branch, and status \
      1 where one does not come to the \
      parameters that the file names. In JSON: {"same", "branches": [{"branch", "steps", "same"}]}.
      """)

  @OptionGroup var preset: PresetOptions

  @Option(
    parsing: .unconditional, help: "How many steps to take (default: what the preset says).",
    transform: WholeNumber.read)
  var steps: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Trace every K-th step.", valueName: "K"),
    transform: WholeNumber.read)
  var every: Int = 1

  @Option(
    help: ArgumentHelp(
      "Write a trace: .csv with a header, or .jsonl with one object a row.",
      discussion:
        "- is the standard output: CSV, with --json objects; the result then goes to the standard "
        + "error.",
      valueName: "file"), completion: .file(extensions: ["csv", "jsonl"]))
  var trace: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Say at which step the training loss first was below this level.", valueName: "loss"),
    transform: DecimalNumber.read)
  var below: Double?

  @Option(
    help: ArgumentHelp(
      "Say how far the last N steps were from the minimum, root mean square.",
      discussion: "The minimum is the one that Newton's method finds from the same start.",
      valueName: "N"),
    transform: WholeNumber.read)
  var tail: Int?

  @Flag(
    help: "Do every branch of a saved session again, and say whether it comes to the same bits.")
  var verify = false

  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func validate() throws {
    if let steps, !(0...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 0 to \(PresetLimits.steps)")
    }
    if let tail, tail < 1 { throw ValidationError("--tail must be at least 1") }
    if let below, !below.isFinite { throw ValidationError("--below must be a finite number") }
    let isChanged = !preset.settings.isEmpty || steps != nil || every != 1
    if verify, isChanged || trace != nil || below != nil || tail != nil {
      throw ValidationError(
        "--verify replays a session as it was saved: --set, --steps, --every, --trace, --below and"
          + " --tail have no say in it; leave them out")
    }
    if every < 1 { throw ValidationError("--every must be at least 1") }
    // Devices and pipes are called as they are.
    let kind = trace.flatMap { FileKind.atPath($0) }
    let isDevice = kind.map { $0.otherThanRegular != nil && !$0.isFolder } ?? false
    if let trace, !tracesToOutput, !isDevice, TraceFile.Format(path: trace) == nil {
      throw ValidationError(
        "--trace needs a file that ends in .csv or .jsonl, or - for the standard output")
    }
  }

  /// Whether the trace is the standard output.
  private var tracesToOutput: Bool { trace.map(OutputFile.isStandardOutput) ?? false }

  func run() throws {
    do {
      try work()
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func work() throws {
    let loaded = try preset.load(from: Wiring.shelf)
    if verify { return try SessionCheck(loaded).report(json: json) }
    let file = try trace.map { try TraceFile(path: $0, standard: json ? .jsonLines : .csv) }
    Interrupt.listen()
    let observer =
      below == nil && tail == nil
      ? nil : try RunObserver(loaded.experiment, level: below, tail: tail ?? 0)
    var headless = try HeadlessRun(
      loaded, steps: steps ?? loaded.steps, every: every, trace: file,
      progress: StandardError.isTerminal ? ProgressBar() : nil, observer: observer)
    let result = try headless.finish()
    let output = tracesToOutput ? OutputFile.standardError : .standardOutput
    try output.write(lines: json ? [result.json.line] : result.lines)
    if result.stopped == .interrupted {
      throw ExitStatus.interrupted(by: Interrupt.signal ?? SIGINT)
    }
  }
}
