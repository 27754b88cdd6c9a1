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

  @OptionGroup var work: WorkOptions

  @OptionGroup var sharing: TileOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    try sharing.validate(output: report.output)
    if over.isEmpty { throw ValidationError("--over is needed, such as --over seed=1..20") }
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
