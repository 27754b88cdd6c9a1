import ArgumentParser
import Explorer
import Foundation
import Presets
import Training

/// `glissade export`: an experiment or its parameters in a form in which people go on with it.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Write a run as a script for numpy or JAX, or its parameters as a table, JSON or npz.",
    discussion: """
      python is a script of its own that repeats the experiment with numpy from the same numbers \
      (data, start, batches and \
      rates are written in) and prints step, learning_rate, loss and parameters as the trace of \
      glissade run has them. It \
      holds functions by formula and networks of all kinds; what it cannot hold is said. jax is \
      the same with JAX, which finds \
      the gradients itself.

      json, csv and npz hold the parameters after N steps, by name and shape (csv: one a row).
      """)

  @OptionGroup var preset: PresetOptions

  @Option(
    parsing: .unconditional, help: "How many steps to take (default: what the preset says).",
    transform: WholeNumber.read)
  var steps: Int?

  @Option(
    parsing: .unconditional, help: "The script prints every K-th step.",
    transform: WholeNumber.read)
  var every: Int = 1

  @Option(help: "What to write: python, jax, json, csv or npz.")
  var format: ExportFormat

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to; - is the standard output.", valueName: "file"),
    completion: .file())
  var output: String

  func validate() throws {
    if let steps, !(0...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 0 to \(PresetLimits.steps)")
    }
    if every < 1 { throw ValidationError("--every must be at least 1") }
    let ending = URL(fileURLWithPath: output).pathExtension.lowercased()
    let named = ["json": ExportFormat.json, "csv": .csv, "npz": .npz][ending]
    if let named, named != format {
      throw ValidationError(
        "\(EscapedText.quoted(output)) is the name of a \(ending) file, and --format says "
          + "\(format.rawValue): choose one of them")
    }
  }

  func run() throws {
    do {
      let loaded = try preset.load(from: Wiring.shelf)
      try OutputFile.check(output)
      let count = steps ?? loaded.experiment.steps
      let bytes: [UInt8]
      if format.isScript {
        bytes = Array(
          try PythonScript(
            loaded, steps: count, every: every, dialect: format == .jax ? .jax : .numpy
          ).text.utf8)
      } else {
        var run = try Run(loaded.experiment)
        run.measuresSplits = false
        while run.step < count, run.advance(count - run.step) > 0, run.status == .running {}
        bytes = ParameterFile(run.snapshot(), of: loaded).bytes(format)
      }
      let file = try OutputFile(to: output)
      try file.write(raw: bytes)
      try file.close()
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}

/// An experiment that a form cannot hold.
struct ExportFailure: Error, CustomStringConvertible {
  /// What it is, and what can be done.
  let description: String
}
