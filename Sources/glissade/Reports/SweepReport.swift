import Foundation
import Presets
import Training

/// What a sweep found, as text and as JSON.
struct SweepReport {
  private let runs: SweepResult
  private let summaries: [SweepSummary]
  private let hasClasses: Bool

  private var plan: SweepPlan { runs.plan }

  /// A report of the runs of a plan.
  init(_ runs: SweepResult) {
    self.runs = runs
    summaries = SweepSummary.all(runs)
    hasClasses = runs.endings.contains { $0?.accuracy != nil }
  }

  /// Whether a signal left runs out.
  private var isInterrupted: Bool { runs.endings.contains { $0 == nil } }

  /// One object: a summary for each combination of all values but the innermost, then every run.
  var json: JSONText {
    let outer = plan.over.dropLast().map(\.key)
    return .object([
      ("preset", .text(plan.preset)), ("steps", .integer(plan.steps)),
      ("over", .list(plan.over.map { .text($0.key) })),
      ("interrupted", .flag(isInterrupted)),
      (
        "summaries",
        .list(
          summaries.map { summary in
            .object([
              ("values", .object(zip(outer, summary.shared).map { ($0, .text($1)) })),
              ("runs", .integer(summary.count)), ("success", .number(summary.success)),
              ("settled", .number(summary.settled)), ("diverged", .number(summary.diverged)),
              ("least_loss", .optional(summary.losses.first)),
              ("median_loss", .optional(summary.losses.count == 3 ? summary.losses[1] : nil)),
              ("greatest_loss", .optional(summary.losses.last)),
              (
                "places",
                .list(
                  summary.places.map {
                    .object([("place", .number($0.place)), ("runs", .integer($0.count))])
                  })
              ),
            ])
          })
      ),
      ("runs", .list(runs.endings.indices.compactMap(run))),
    ])
  }

  private func run(_ number: Int) -> JSONText? {
    guard let ending = runs.endings[number] else { return nil }
    return .object([
      (
        "values",
        .object(zip(plan.over, runs.values(number)).map { ($0.key, .text($1)) })
      ),
      ("step", .integer(ending.step)), ("loss", .number(ending.loss)),
      ("accuracy", .optional(ending.accuracy)), ("success", .flag(ending.isSuccess)),
      ("settled", .flag(ending.isSettled)), ("diverged", .flag(ending.isDiverged)),
      ("parameters", .numbers(ending.parameters)),
    ])
  }

  /// A line for each combination of all values but the innermost, places of rest, and with `table`
  /// every run.
  func lines(table: Bool) -> [String] {
    var lines: [[String]] = []
    let outer = plan.over.dropLast().map(\.key)
    lines.append(
      outer + [
        "runs", hasClasses ? "all right" : "at rest", "diverged", "loss least", "median",
        "greatest",
      ])
    for summary in summaries {
      let share = hasClasses ? summary.success : summary.settled
      let losses = summary.losses.map(Self.short)
      lines.append(
        summary.shared
          + ["\(summary.count)", Self.percent(share), Self.percent(summary.diverged)]
          + (losses.isEmpty ? ["–", "–", "–"] : losses))
    }
    // Where their number is varied, runs have no length in common.
    let length = plan.over.contains { $0.key == "steps" } ? "" : "\(plan.steps) steps "
    var text = [
      "\(plan.preset): \(plan.title), \(length)over "
        + plan.over.map(\.key).joined(separator: " and ")
    ]
    if isInterrupted {
      let done = runs.endings.count { $0 != nil }
      text.append("interrupted: \(done) of \(runs.endings.count) runs came to their end")
    }
    text += TextColumns.aligned(lines)
    if summaries.contains(where: { !$0.places.isEmpty }) {
      var places = [outer + ["came to rest at", "runs", "share"]]
      for summary in summaries {
        for place in summary.places {
          places.append(
            summary.shared
              + [
                ExactDecimal.shortest(place.place), "\(place.count)",
                Self.percent(Double(place.count) / Double(max(1, summary.count))),
              ])
        }
      }
      text += [""] + TextColumns.aligned(places)
    }
    if table {
      var rows = [plan.over.map(\.key) + ["ended at", "loss", "accuracy", "end"]]
      for (number, ending) in runs.endings.enumerated() {
        guard let ending else { continue }
        let end = ending.isDiverged ? "diverged" : ending.isSettled ? "at rest" : "moving"
        rows.append(
          runs.values(number) + ["\(ending.step)", Self.short(ending.loss)]
            + [ending.accuracy.map { ExactDecimal.shortest($0) } ?? "–", end])
      }
      text += [""] + TextColumns.aligned(rows)
    }
    return text
  }

  private static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded() / 10
    return "\(tenths) %"
  }

  /// Four digits.
  private static func short(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return ExactDecimal.shortest(value) }
    return String(format: "%.4g", value)
  }
}
