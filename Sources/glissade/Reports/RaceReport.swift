import Foundation
import Presets
import Training

/// What a race came to, as text and as JSON: one row a value, the best first.
struct RaceReport {
  /// A value of the setting, over all its seeds.
  private struct Row {
    var name: String
    var rate: Double?
    /// Losses, ranked; those of runs that diverged are infinite.
    var losses: [Double]
    /// Accuracies of the runs that did not diverge.
    var accuracies: [Double]
    /// First steps at the goal, of the runs that got there.
    var arrivals: [Int]
    var diverged: Int

    /// The median loss: one of the runs.
    var median: Double { losses[RaceStanding.quartiles(losses.count).median] }
  }

  private let plan: RacePlan
  private let rows: [Row]

  /// A report of all runs of a race.
  init(_ plan: RacePlan, _ runs: [RacePlan.Item]) {
    self.plan = plan
    let rows = plan.over.values.enumerated().map { number, name in
      let own = runs[number * plan.seeds..<(number + 1) * plan.seeds]
      return Row(
        name: name, rate: own.first?.rate,
        losses: own.map { $0.loss ?? .infinity }.sorted(),
        accuracies: own.compactMap(\.accuracy), arrivals: own.compactMap(\.arrival).sorted(),
        diverged: own.count { $0.diverged })
    }
    self.rows = rows.enumerated().sorted {
      ($0.element.median, $0.offset) < ($1.element.median, $1.offset)
    }.map(\.element)
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The middle one of the first steps at the goal, where half of the runs got there.
  private func arrival(_ row: Row) -> Int? {
    let middle = RaceStanding.quartiles(plan.seeds).median
    return row.arrivals.count > middle ? row.arrivals[middle] : nil
  }

  /// One object with a row for each value, the best first.
  var json: JSONText {
    .object([
      ("preset", .text(plan.preset)), ("steps", .integer(plan.steps)),
      ("over", .text(plan.over.key)),
      ("fair", .flag(plan.isFair)), ("seeds", .integer(plan.seeds)), ("goal", .optional(plan.goal)),
      (
        "ranking",
        .list(
          rows.enumerated().map { place, row in
            let (low, median, high) = RaceStanding.quartiles(row.losses.count)
            return .object([
              ("place", .integer(place + 1)), ("value", .text(row.name)),
              ("learning_rate", .optional(row.rate)),
              ("median_loss", .optional(finite(row.losses[median]))),
              ("quartiles", .list([low, high].map { .optional(finite(row.losses[$0])) })),
              ("losses", .list(row.losses.map { .optional(finite($0)) })),
              ("accuracy", .optional(mean(row.accuracies))),
              ("to_goal", .optional(arrival(row).map(Double.init))),
              ("reached", .integer(row.arrivals.count)), ("diverged", .integer(row.diverged)),
            ])
          })
      ),
    ])
  }

  private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  /// A table, the best first.
  var lines: [String] {
    let hasClasses = rows.contains { !$0.accuracies.isEmpty }
    var head = ["place", plan.over.key, "rate", plan.seeds > 1 ? "median loss" : "loss"]
    if plan.seeds > 1 { head += ["quartiles", "diverged"] }
    if hasClasses { head.append("right") }
    if let goal = plan.goal { head.append("to \(ExactDecimal.shortest(goal))") }
    if plan.seeds > 1, plan.goal != nil { head.append("reached, 95 %") }
    var table = [head]
    for (place, row) in rows.enumerated() {
      let (low, _, high) = RaceStanding.quartiles(row.losses.count)
      var cells = [
        "\(place + 1)", row.name, row.rate.map(short) ?? "–",
        row.median.isFinite ? short(row.median) : "diverged",
      ]
      if plan.seeds > 1 {
        cells += ["\(short(row.losses[low])) … \(short(row.losses[high]))", "\(row.diverged)"]
      }
      if hasClasses {
        cells.append(mean(row.accuracies).map { "\(($0 * 1000).rounded() / 10) %" } ?? "–")
      }
      if plan.goal != nil { cells.append(arrival(row).map { "\($0)" } ?? "–") }
      if plan.seeds > 1, plan.goal != nil {
        cells.append(
          "\(row.arrivals.count) of \(plan.seeds): "
            + "\(Wilson(row.arrivals.count, of: plan.seeds).text)"
        )
      }
      table.append(cells)
    }
    let fair = plan.isFair ? ", each at its best rate" : ""
    let many = plan.seeds > 1 ? ", \(plan.seeds) seeds" : ""
    return [
      "\(plan.preset): \(plan.title), \(plan.steps) steps over \(plan.over.key)\(fair)\(many)"
    ]
      + TextColumns.aligned(table)
  }

  /// Four digits.
  private func short(_ value: Double) -> String {
    guard value.isFinite else { return "∞" }
    return value == 0 ? "0" : String(format: "%.4g", value)
  }
}
