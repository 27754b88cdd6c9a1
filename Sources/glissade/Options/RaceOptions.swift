import ArgumentParser
import Foundation
import Presets
import Training

/// What `glissade race` is asked for.
struct RaceOptions: ParsableArguments {
  @OptionGroup var preset: PresetOptions

  @Option(
    name: .customLong("over"), parsing: .singleValue,
    help: ArgumentHelp("What differs.", valueName: "key=values"), completion: Completions.axes)
  var over: [String]

  @Flag(help: "Each value at its own best learning rate.")
  var fair = false

  @Option(
    parsing: .unconditional,
    help: "Run each value from this many seeds, from the preset's own on.",
    transform: WholeNumber.read)
  var seeds = 1

  @OptionGroup var work: WorkOptions

  @OptionGroup var sharing: TileOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    try sharing.validate(output: report.output)
    if report.table { throw ValidationError("--table belongs to a sweep; a race has its ranking") }
    guard over.count == 1 else {
      throw ValidationError("a race is over one setting: --over optimizer=adam,momentum")
    }
    guard (1...RacePlan.mostSeeds).contains(seeds) else {
      throw ValidationError("--seeds must be 1 to \(RacePlan.mostSeeds)")
    }
    do {
      let axis = try SweepAxis(over[0])
      guard axis.values.count <= Race.limit else {
        throw ValidationError("a race is over at most \(Race.limit) values")
      }
      if axis.key == "learning_rate", fair {
        throw ValidationError(
          "--fair looks for each run's own learning rate: nothing of --over learning_rate is left")
      }
      if axis.key == "seed", seeds > 1 {
        throw ValidationError("--seeds says again what --over seed does: take one of them")
      }
    } catch let error as ValidationError {
      throw error
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
