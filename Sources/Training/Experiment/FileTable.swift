package import Models

/// Samples that were read from a file, and how it was read.
package struct FileTable: Equatable, Sendable {
  /// The file's absolute path.
  package var path: String
  /// Input columns as the user named them; empty: all that are not targets.
  package var columns: [String]
  /// Target columns as the user named them; empty: the last.
  package var target: [String]
  /// The numbers. Targets in words are class numbers; the names of classes and inputs go with them.
  package var samples: Samples
  /// The names of the target columns; empty where the file names none.
  package var targetNames: [String]
  /// The classes of a target that holds numbers, in order; empty: its numbers are quantities, or
  /// its classes have names.
  package var classNumbers: [Double] = []
  /// How the file was read, for people: one finding a line.
  package var findings: [String]
  /// Numbers that do not stand as the file has them (arrays of three and more dimensions), for
  /// people: said wherever the table is read.
  package var rearranged: [String] = []

  /// A table.
  package init(
    path: String, columns: [String] = [], target: [String] = [], samples: Samples,
    targetNames: [String] = [], findings: [String] = []
  ) {
    self.path = path
    self.columns = columns
    self.target = target
    self.samples = samples
    self.targetNames = targetNames
    self.findings = findings
  }

  /// What was understood, for people: rows, columns, target and classes, then how it was read.
  package var summary: [String] {
    let columns =
      samples.inputNames.isEmpty
      ? "\(samples.inputCount) columns" : samples.inputNames.joined(separator: ", ")
    let target = targetNames.isEmpty ? "the target" : targetNames.joined(separator: ", ")
    let all =
      samples.classLabels.isEmpty
      ? classNumbers.map { $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\($0)" }
      : samples.classLabels.map(\.name)
    let more = all.count > 12 ? ", …" : ""
    let classes =
      all.isEmpty
      ? "" : ", \(all.count) classes: " + all.prefix(12).joined(separator: ", ") + more
    return ["\(samples.count) rows of \(columns); \(target)\(classes)"] + findings
      + rearranged
  }
}

extension Experiment {
  /// Where its samples come from, if it has any.
  package var dataSource: DataSource? {
    switch problem {
    case .function: nil
    case .model(let model): model.data
    case .network(let network): network.data
    }
  }

  /// Tells of the table that a model's data were read from.
  package mutating func tell(_ finding: String) {
    guard case .model(var model) = problem, case .csv(var table) = model.data.origin else {
      return
    }
    table.findings.append(finding)
    model.data.origin = .csv(table)
    problem = .model(model)
  }

  /// The table that its data were read from, if any.
  package var table: FileTable? {
    guard case .csv(let table) = dataSource?.origin else { return nil }
    return table
  }
}
