import ArgumentParser
import Foundation
import Presets
import Training

/// `glissade describe`: a run in plain sentences.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Say in plain sentences what a preset learns and where it gets to.",
    discussion: """
      For screen readers and notes: what is learned and how, how far it got, what the loss did on \
      the way, where the \
      boundary lies, what changed. Every number is a rounding of one in --json, which is the \
      object of \
      `glissade run --json` with one key more, description: the numbers that are spoken of beside \
      it, and the sentences.
      """)

  @OptionGroup var preset: PresetOptions

  @Option(
    parsing: .unconditional, help: "How many steps to take (default: what the preset says).",
    transform: WholeNumber.read)
  var steps: Int?

  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func validate() throws {
    if let steps, !(0...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 0 to \(PresetLimits.steps)")
    }
  }

  func run() throws {
    do {
      let loaded = try preset.load(from: Wiring.shelf)
      Interrupt.listen()
      let described = try DescribedRun(loaded, steps: steps ?? loaded.experiment.steps)
      if json {
        try OutputFile.standardOutput.write(described.json)
      } else {
        try OutputFile.standardOutput.write(lines: described.description.text.lines)
      }
      if described.result.stopped == .interrupted {
        throw ExitStatus.interrupted(by: Interrupt.signal ?? SIGINT)
      }
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
