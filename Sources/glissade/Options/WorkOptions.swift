import ArgumentParser
import Foundation
import Presets

/// How long each of many runs is, and on how many threads they are taken.
struct WorkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "How many steps each run takes (default: what the preset says).",
    transform: WholeNumber.read)
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: "Threads to run on (default: as many as there are processors).",
    transform: WholeNumber.read)
  var threads: Int?

  /// The threads to run on.
  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let steps, !(1...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 1 to \(PresetLimits.steps)")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be 1 to 256")
    }
  }
}
