package import Models
package import Training

/// Samples without targets, for a network that has learned.
package enum PredictionInputs {
  /// The inputs in the table at `path`, as a network of `inputNames.count` or `count` inputs wants
  /// them.
  ///
  /// Where the table names the inputs of the data that were learned from, columns are found by
  /// their names, in any order and among others; other names are a mistake. A table without names
  /// has just the inputs, or the inputs and the targets (which are left out).
  ///
  /// - Throws: `PresetError` with places in the table.
  package static func read(
    _ path: String, like samples: Samples, format: CSVFormat = CSVFormat()
  ) throws(PresetError) -> FileTable {
    let origin = Origin.setting(path)
    let origins = CSVRequest.Origins(file: origin, columns: origin, target: origin)
    func request(_ columns: [String]) -> CSVRequest {
      CSVRequest(
        path: path, columns: columns, target: [], format: CSVFormat(header: format.header),
        classes: false, hasTargets: false)
    }
    let names = samples.inputNames
    if !names.isEmpty {
      do {
        return try request(names).read(origins)
      } catch {
        // Without columns of these names the table may still fit by its width.
        let lacksNames = error.diagnostics.allSatisfy { $0.origin == origin && !$0.isUnreadable }
        guard lacksNames else { throw error }
      }
    }
    let all = try request([]).read(origins)
    let width = all.samples.inputCount
    let isArchive = NumPyFile.endings.contains { path.lowercased().hasSuffix($0) }
    if !isArchive, !names.isEmpty, !all.samples.inputNames.isEmpty, width >= samples.inputCount {
      // By their places they would be taken for each other.
      throw PresetError(
        .file(name: path, line: 1, column: 1),
        "the columns are called \(EscapedText.visible(all.samples.inputNames.joined(separator: ", "))); "
          + "the network learned from \(EscapedText.visible(names.joined(separator: ", "))): "
          + "rename them, or leave the header out where the order is the same")
    }
    switch width {
    case samples.inputCount: return all
    case samples.inputCount + samples.targetCount:
      return try request((1...samples.inputCount).map(String.init)).read(origins)
    default:
      throw PresetError(
        .file(name: path, line: 1, column: 1),
        "the table has \(width) columns; the network has \(samples.inputCount) inputs"
          + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"))
    }
  }
}
