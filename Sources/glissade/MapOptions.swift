import ArgumentParser
import Foundation
import Presets
import Training

/// What `glissade map` is asked for.
struct MapOptions: ParsableArguments {
  @OptionGroup var preset: PresetOptions

  @Option(
    name: .customLong("over"), parsing: .singleValue,
    help: ArgumentHelp("What is varied: twice, across and up.", valueName: "key=values"),
    completion: Completions.axes)
  var over: [String]

  @Option(
    help: ArgumentHelp(
      "What is shown of each run: "
        + MapMeasure.allCases.map(\.rawValue).joined(separator: ", ") + "."))
  var measure = MapMeasure.loss

  @Option(help: "How many steps each run takes (default: what the preset says).")
  var steps: Int?

  @Option(help: "Threads to run on (default: as many as there are processors).")
  var threads: Int?

  @Option(
    name: [.customShort("o"), .long],
    help:
      "The file to write, by its ending: .json, .csv or .png (default: JSON on standard output).")
  var output: String?

  @Option(
    help: ArgumentHelp("Keep finished tiles in this folder, and go on there.", valueName: "dir"))
  var tiles: String?

  @Option(
    help: ArgumentHelp(
      "Make this share of the tiles only: K/N, or slurm (the number in a Slurm array, or the rank of mpirun).",
      valueName: "K/N|slurm"))
  var shard: String?

  func validate() throws {
    guard over.count == 2 else {
      throw ValidationError("a map is over two settings: --over A=values --over B=values")
    }
    if let steps, !(1...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 1 to \(PresetLimits.steps)")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be 1 to 256")
    }
    if shard != nil, tiles == nil {
      throw ValidationError("--shard needs --tiles DIR, where all shares put their tiles")
    }
    if shard != nil, output != nil {
      throw ValidationError("a share writes no map: leave -o out, and `glissade merge DIR -o FILE`")
    }
    if let output, MapTable.format(of: output) == nil {
      throw ValidationError("-o takes a name that ends in .json, .csv or .png")
    }
    do {
      let axes = try over.map { try SweepAxis($0) }
      guard axes.reduce(1, { $0 * $1.values.count }) <= SweepAxis.limit else {
        throw ValidationError("a map has at most \(SweepAxis.limit) pixels")
      }
    } catch let error as ValidationError {
      throw error
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
