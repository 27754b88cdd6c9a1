import Models
import Presets
import Training

/// A trace on its way to a file: one row a step.
final class TraceFile {
  /// How rows are written.
  enum Format {
    case csv, jsonLines

    /// The format that a file's name asks for.
    init?(path: String) {
      if path.hasSuffix(".csv") {
        self = .csv
      } else if path.hasSuffix(".jsonl") {
        self = .jsonLines
      } else {
        return nil
      }
    }
  }

  private let format: Format
  private let file: OutputFile
  private var wroteHeader = false

  /// Begins a trace at `path`; on the standard output it has the format that is asked for.
  init(path: String, standard: Format) throws {
    format = Format(path: path) ?? standard
    file = try OutputFile(to: path)
  }

  /// Adds the row of one step.
  func add(_ snapshot: Snapshot) throws(OutputFailure) {
    switch format {
    case .csv:
      if !wroteHeader { try file.add(rows: [header(snapshot)]) }
      try file.add(rows: [row(snapshot)])
    case .jsonLines: try file.add(object(snapshot))
    }
    wroteHeader = true
  }

  /// Writes what is left.
  func close() throws(OutputFailure) { try file.close() }

  private func columns(_ snapshot: Snapshot) -> [(String, Double?)] {
    var columns: [(String, Double?)] = [
      ("learning_rate", snapshot.learningRate), ("loss", snapshot.loss),
    ]
    if let value = snapshot.accuracy { columns.append(("accuracy", value)) }
    if let value = snapshot.testLoss { columns.append(("test_loss", value)) }
    if let value = snapshot.testAccuracy { columns.append(("test_accuracy", value)) }
    return columns
  }

  private func header(_ snapshot: Snapshot) -> [String] {
    ["step"] + columns(snapshot).map(\.0) + snapshot.objective.parameterNames
  }

  private func row(_ snapshot: Snapshot) -> [String] {
    ["\(snapshot.step)"]
      + columns(snapshot).map { $0.1.map(ExactDecimal.shortest) ?? "" }
      + snapshot.parameters.map(ExactDecimal.shortest)
  }

  private func object(_ snapshot: Snapshot) -> JSONText {
    .object(
      [("step", .integer(snapshot.step))] + columns(snapshot).map { ($0.0, .optional($0.1)) }
        + [
          (
            "parameters",
            .named(Array(zip(snapshot.objective.parameterNames, snapshot.parameters)))
          )
        ])
  }
}
