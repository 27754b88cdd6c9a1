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

  @OptionGroup var work: WorkOptions

  @Option(
    name: [.customShort("o"), .long],
    help:
      "The file to write, by its ending: .json, .csv or .png (default: JSON on standard output).")
  var output: String?

  @OptionGroup var sharing: TileOptions

  func validate() throws {
    guard over.count == 2 else {
      throw ValidationError("a map is over two settings: --over A=values --over B=values")
    }
    try sharing.validate(output: output)
    if let output, MapTable.format(of: output) == nil {
      throw ValidationError("-o takes a name that ends in .json, .csv or .png")
    }
    do {
      let axes = try SweepAxis.all(over)
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
