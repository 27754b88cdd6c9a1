import ArgumentParser
import Foundation
import Presets

/// What `glissade sweep` is asked for.
struct SweepOptions: ParsableArguments {
  @OptionGroup var preset: PresetOptions

  @Option(
    name: .customLong("over"), parsing: .singleValue,
    help: ArgumentHelp("What is varied; may be given several times.", valueName: "key=values"),
    completion: Completions.axes)
  var over: [String]

  @Option(
    parsing: .unconditional,
    help: "How many steps each run takes (default: what the preset says).")
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: "Threads to run on (default: as many as there are processors).")
  var threads: Int?

  @OptionGroup var sharing: TileOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    try sharing.validate(output: report.output)
    if over.isEmpty { throw ValidationError("--over is needed, such as --over seed=1..20") }
    if let steps, !(1...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 1 to \(PresetLimits.steps)")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be 1 to 256")
    }
    var count = 1
    do {
      for axis in try SweepAxis.all(over) {
        let (product, overflow) = count.multipliedReportingOverflow(by: axis.values.count)
        count = overflow ? .max : product
      }
    } catch {
      throw ValidationError("\(error)")
    }
    if count > SweepAxis.limit {
      throw ValidationError("a sweep has at most \(SweepAxis.limit) runs")
    }
  }
}
