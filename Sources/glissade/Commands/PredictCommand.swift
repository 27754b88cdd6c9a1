import ArgumentParser
import Foundation
import Models
import Presets
import Training

/// `glissade predict`: trains a preset, and says what the network makes of new samples.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Train a preset, and print what the network makes of the rows of a table.",
    discussion: """
      The table has the columns that the network learned from, by name in any order, or as many \
      columns by their \
      places, where one of the two has no names; targets may be there and are left out. Which \
      column was taken for \
      which input is said. One row is written for each of its rows: the inputs, the class (by \
      the name that the data give it) where there are classes, and each output: probabilities of \
      classifiers, values of others.
      """)

  @OptionGroup var preset: PresetOptions

  @Option(
    parsing: .unconditional, help: "How many steps to take first (default: what the preset says).",
    transform: WholeNumber.read)
  var steps: Int?

  @Option(
    help: ArgumentHelp("The table of new samples.", valueName: "file"),
    completion: .file())
  var on: String

  @Option(
    help: ArgumentHelp(
      """
      What becomes of cells without a number: error, drop (their rows are left out) or mean (that \
      of \
      the samples that were learned from). Default: what the preset says (data.missing).
      """, valueName: "rule"))
  var missing: CSVFormat.Missing?

  @Option(
    name: [.customShort("o"), .long],
    help: "The CSV file to write (default: standard output).")
  var output: String?

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false

  func validate() throws {
    if let steps, !(0...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 0 to \(PresetLimits.steps)")
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
    let loaded = try preset.load(from: Wiring.shelf)
    let experiment = loaded.experiment
    guard let network = try Run(experiment).objective.kind.mapping else {
      throw ValidationError(
        "\(experiment.name) is no model of inputs and targets that could predict anything")
    }
    let path = PresetPaths.resolve(on, in: FileManager.default.currentDirectoryPath)
    // Before the training: a table that does not fit is told at once.
    func read(like network: DenseNetwork) throws -> (table: FileTable, matching: String) {
      try PredictionInputs.read(
        path, like: network.trainSamples, missing: missing ?? experiment.dataSource?.csv.missing)
    }
    var (table, matching) = try read(like: network)
    StandardError.write(lines: ["\(on): \(matching)"] + table.findings)
    let file = try OutputFile.begin(output)
    Interrupt.listen()
    var headless = try HeadlessRun(
      loaded, steps: steps ?? experiment.steps, every: .max, trace: nil,
      progress: StandardError.isTerminal ? ProgressBar() : nil)
    let result = try headless.finish()
    if result.stopped == .interrupted {
      throw ExitStatus.interrupted(by: Interrupt.signal ?? SIGINT)
    }
    if result.stopped == .diverged {
      StandardError.write(lines: ["glissade: the run diverged; its predictions mean nothing"])
    }
    // A change on the way may have made another net of it, or other data.
    var learned = network
    if !result.snapshot.changes.isEmpty, let last = result.snapshot.objective.kind.mapping {
      learned = last
      (table, matching) = try read(like: last)
    }
    let report = PredictionReport(learned, at: result.snapshot.parameters, on: table.samples)
    if json { try file.write(report.json) } else { try file.write(rows: report.rows) }
    try file.close()
  }
}

/// The words of the presets.
extension CSVFormat.Missing: ExpressibleByArgument {}
