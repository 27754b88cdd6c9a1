package import Models
package import Training

/// Samples without targets, for a network that has learned.
package enum PredictionInputs {
  /// The inputs in the table at `path`, as a network that learned from `samples` wants them, and
  /// which of its columns those are, for people.
  ///
  /// Where the table names the inputs of the data that were learned from, columns are found by
  /// their names, in any order and among others; other names are a mistake. Where one of the two
  /// has no names, columns are taken by their places: just the inputs, or the inputs and the
  /// targets (which are left out).
  ///
  /// - Parameter missing: What becomes of cells without a number; means are those of `samples`.
  /// - Throws: `PresetError` with places in the table.
  package static func read(
    _ path: String, like samples: Samples, missing: CSVFormat.Missing? = nil
  ) throws(PresetError) -> (table: FileTable, matching: String) {
    let origin = Origin.setting(path)
    let origins = CSVRequest.Origins(file: origin, columns: origin, target: origin)
    func request(_ columns: [String]) -> CSVRequest {
      CSVRequest(
        path: path, columns: columns, target: [], format: CSVFormat(missing: missing),
        classes: false, hasTargets: false, means: missing == .mean ? samples.inputMeans : nil)
    }
    func told(_ table: FileTable, _ words: String) -> (FileTable, String) {
      let count = table.samples.count
      return (table, "\(count) \(count == 1 ? "row" : "rows"); \(words)")
    }
    let names = samples.inputNames
    if !names.isEmpty {
      do {
        return told(try request(names).read(origins), "inputs by their names: \(list(names))")
      } catch {
        // Without columns of these names the table may still fit by its width.
        let lacksNames = error.diagnostics.allSatisfy { $0.origin == origin && !$0.isUnreadable }
        guard lacksNames else { throw error }
      }
    }
    let isArchive = NumPyFile.isOne(path)
    let width =
      try isArchive ? request([]).read(origins).samples.inputCount : request([]).width(origins)
    guard width == samples.inputCount || width == samples.inputCount + samples.targetCount else {
      throw PresetError(
        .file(name: path, line: 1, column: 1),
        "the table has \(width) \(width == 1 ? "column" : "columns"); the network has "
          + "\(samples.inputCount) \(samples.inputCount == 1 ? "input" : "inputs")"
          + (names.isEmpty ? "" : " (\(list(names)))"))
    }
    let table = try request((1...samples.inputCount).map(String.init)).read(origins)
    let own = table.samples.inputNames
    if !isArchive, !names.isEmpty, !own.isEmpty {
      // By their places they would be taken for each other.
      throw PresetError(
        .file(name: path, line: 1, column: 1),
        "the columns are called \(list(own)); the network learned from \(list(names)): "
          + "rename them, or leave the header out where the order is the same")
    }
    let taken = own.isEmpty ? "columns 1 to \(samples.inputCount)" : list(own)
    let reason =
      names.isEmpty ? "what the network learned from has no names" : "the table has no names"
    let rest = width - samples.inputCount
    let left =
      rest == 0 ? "" : "; the last \(rest == 1 ? "column is" : "\(rest) columns are") left out"
    return told(table, "inputs by their places (\(reason)): \(taken)\(left)")
  }

  private static func list(_ names: [String]) -> String {
    EscapedText.visible(names.prefix(20).joined(separator: ", "))
      + (names.count > 20 ? " and \(names.count - 20) more" : "")
  }
}

extension Samples {
  /// The mean of each input.
  fileprivate var inputMeans: [Double] {
    (0..<inputCount).map { column in
      let share = 1 / Double(max(count, 1))
      return (0..<count).reduce(0) { $0 + inputs[$1 * inputCount + column] * share }
    }
  }
}
