import Explorer
import Metrics
import Presets
import Terminal

/// What was read of metrics, in numbers.
struct FollowReport {
  private let frame: MetricsFrame
  private let level: Int

  /// A report; `smoothing` is the weight of the past, nil the usual one.
  init(_ frame: MetricsFrame, smoothing: Double?) {
    self.frame = frame
    level = smoothing.flatMap { Smoothing.levels.firstIndex(of: $0) } ?? Smoothing.usual
  }

  /// Whether no row came.
  var isEmpty: Bool { frame.table.rows == 0 }

  /// Those of some columns that no row has.
  func missing(_ names: [String]) -> [String] {
    names.filter { !frame.table.names.contains($0) }
  }

  /// Sources that could not be read.
  var problems: [String] {
    frame.sources.compactMap { source in
      switch source.state {
      case .missing: "\(EscapedText.visible(source.path)): there is no such file"
      case .failed(let why): "\(EscapedText.visible(source.path)): \(why)"
      default: nil
      }
    }
  }

  /// What was left out.
  var lacks: [String] { FollowNotes.lacks(of: frame) }

  private func series(of run: MetricsRun) -> [(name: String, series: MetricSeries)] {
    run.series.enumerated().compactMap { number, series in
      series.map { (frame.table.names[number], $0) }
    }
  }

  /// One object: runs with their series, each with count, last, smoothed, least, greatest, mean.
  var json: JSONText {
    .object([
      ("rows", .integer(frame.table.rows)),
      ("smoothing", .number(Smoothing.levels[level])),
      (
        "runs",
        .list(
          frame.table.runs.map { run in
            .object([
              ("run", .text(run.name == "-" ? "standard input" : run.name)),
              ("file", .text(frame.sources[run.source].path)),
              ("rows", .integer(run.rows)),
              ("step", .text(run.stepName.map { frame.table.names[$0] } ?? "row")),
              ("series", .list(series(of: run).map { json($0.name, $0.series) })),
            ])
          })
      ),
      (
        "passed_over",
        .integer(frame.sources.reduce(0) { $0 + $1.passedOver })
      ),
      ("rows_without_step", .integer(frame.table.rowsWithoutStep)),
      ("runs_left_out", .integer(frame.table.lostRuns + frame.lostFiles)),
      ("series_left_out", .integer(frame.table.lostNames)),
    ])
  }

  private func json(_ name: String, _ series: MetricSeries) -> JSONText {
    let last = series.last
    return .object([
      ("name", .text(name)),
      ("count", .integer(series.total)),
      ("not_finite", .integer(series.notFinite)),
      ("came_late", .integer(series.late)),
      ("first_step", .optional(series.points.first?.first)),
      ("last_step", .optional(last?.last)),
      ("last", .optional(last?.value)),
      ("smoothed", .optional(last.map { $0.value(smoothedAt: level) })),
      ("least", .optional(series.count > 0 ? series.least.value : nil)),
      ("least_step", .optional(series.count > 0 ? series.least.step : nil)),
      ("greatest", .optional(series.count > 0 ? series.greatest.value : nil)),
      ("greatest_step", .optional(series.count > 0 ? series.greatest.step : nil)),
      ("mean", .optional(series.mean)),
    ])
  }

  /// A table a run.
  var lines: [String] {
    var lines: [String] = []
    for run in frame.table.runs {
      if !lines.isEmpty { lines.append("") }
      let name = run.name == "-" ? "standard input" : run.name
      lines.append("\(name): \(NumberText.count(run.rows)) \(run.rows == 1 ? "row" : "rows")")
      guard run.seriesCount > 0 else {
        lines.append("no series: there is nothing beside the step")
        continue
      }
      var rows = [["series", "count", "last", "smoothed", "least", "at", "greatest", "at"]]
      for (name, series) in series(of: run) {
        func text(_ value: Double?) -> String {
          value.map { NumberText.compact($0) } ?? "—"
        }
        let hasValue = series.count > 0
        rows.append([
          name, NumberText.count(series.total), text(series.last?.value),
          text(series.last?.value(smoothedAt: level)),
          text(hasValue ? series.least.value : nil),
          hasValue ? FollowNotes.step(series.least.step) : "—",
          text(hasValue ? series.greatest.value : nil),
          hasValue ? FollowNotes.step(series.greatest.step) : "—",
        ])
      }
      let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
      lines += rows.map { row in
        zip(row, widths).enumerated().map { place, cell in
          let padding = String(repeating: " ", count: cell.1 - cell.0.count)
          return place == 0 ? cell.0 + padding : padding + cell.0
        }.joined(separator: "  ")
      }
    }
    return lines
  }
}
