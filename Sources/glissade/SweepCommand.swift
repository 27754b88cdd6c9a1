import ArgumentParser
import Foundation
import Presets
import Training

/// `glissade sweep`: a preset run once for each value of a setting.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a preset for many values of its settings, and count how the runs end.",
    discussion: """
      --over KEY=VALUES varies a key of --set: seed=1..200 (whole numbers), start=-5..5/1000 (1000 numbers, ends \
      included), learning_rate=1e-3..1/log7 (evenly in the logarithm), hidden=1,2,3,4 (a list; values that hold commas are parted by semicolons: hidden=2;4;8,8). Given twice, every value \
      of the first is combined with every value of the second, and each value of the first has a line of its own:

        glissade sweep xor --over hidden=1,2,3,4 --over seed=1..200
        glissade sweep notes-gd-xsin --over start=-5..5/1000 --steps 5000

      A run succeeds when it classifies all training samples rightly; where there are no classes, when it has come to rest: \
      its last step moved no parameter by more than a millionth.
      """)

  @OptionGroup var preset: PresetOptions

  @Option(
    name: .customLong("over"), parsing: .singleValue,
    help: ArgumentHelp("What is varied; may be given several times.", valueName: "key=values"),
    completion: Completions.axes)
  var over: [String]

  @Option(help: "How many steps each run takes (default: what the preset says).")
  var steps: Int?

  @Option(help: "Threads to run on (default: as many as there are processors).")
  var threads: Int?

  @Flag(help: "Print one line for every run, too.")
  var table = false

  @Flag(help: "Print one JSON object instead of text, with every run.")
  var json = false

  func validate() throws {
    if over.isEmpty { throw ValidationError("--over is needed, such as --over seed=1..20") }
    if let steps, !(1...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 1 to \(PresetLimits.steps)")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be 1 to 256")
    }
    var count = 1
    for text in over {
      do {
        let (product, overflow) = count.multipliedReportingOverflow(
          by: try SweepAxis(text).values.count)
        count = overflow ? .max : product
      } catch {
        throw ValidationError("\(error)")
      }
    }
    if count > SweepAxis.limit {
      throw ValidationError("a sweep has at most \(SweepAxis.limit) runs")
    }
  }

  func run() throws {
    do {
      try work()
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func work() throws {
    let shelf = Wiring.shelf
    let loaded = try preset.load(from: shelf)
    let axes = try over.map { try SweepAxis($0) }
    Interrupt.listen()
    let study = Study(
      loaded, over: axes.map { Study.Axis(key: $0.key, values: $0.values) }, views: shelf.views)
    let runs = SweepResult(
      study: study,
      endings: try study.endings(
        steps: steps, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
        isCancelled: { Interrupt.wasAsked }))
    let report = SweepReport(loaded, runs, steps: steps)
    try OutputFile.standardOutput.write(
      lines: json ? [report.json.line] : report.lines(table: table))
    if runs.endings.contains(where: { $0 == nil }) {
      throw ExitStatus.interrupted(by: Interrupt.signal ?? SIGINT)
    }
  }
}
