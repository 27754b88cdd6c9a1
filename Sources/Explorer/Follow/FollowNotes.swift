package import Metrics
import Terminal

/// What is to be told of metrics beside their numbers, on the screen and without one.
package enum FollowNotes {
  /// A step: whole ones in digits, up to 2⁶²; others rounded.
  package static func step(_ step: Double) -> String {
    step.magnitude < 0x1p62 && step == step.rounded(.down)
      ? NumberText.count(Int(step)) : NumberText.compact(step, digits: 5)
  }

  /// What was left out of what was read, and what doubles do not tell apart.
  package static func lacks(of frame: MetricsFrame) -> [String] {
    let table = frame.table
    var lacks: [String] = []
    func tell(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { lacks.append("\(NumberText.count(count)) \(count == 1 ? one : many)") }
    }
    for source in frame.sources where source.passedOver > 0 {
      let name = source.path == "-" ? "standard input" : source.path
      let count = source.passedOver
      lacks.append(
        "\(name): \(NumberText.count(count)) \(count == 1 ? "line is no row" : "lines are no rows")"
      )
    }
    tell(
      table.rowsWithoutStep, "of these has a step that is no finite number",
      "of these have steps that are no finite numbers")
    tell(
      table.lostRuns + frame.lostFiles,
      "run is left out: at most \(MetricsTable.mostRuns) are followed",
      "runs are left out: at most \(MetricsTable.mostRuns) are followed")
    tell(
      table.lostNames,
      "series is left out: at most \(MetricsTable.mostNames) are followed",
      "series are left out: at most \(MetricsTable.mostNames) are followed")
    if table.hasHugeSteps {
      lacks.append("steps beyond 2⁵³ are rounded: not each is told from the next")
    }
    return lacks
  }
}
