import Foundation
import Lanes
import SwiftCSV
import Training

/// A CSV file to be read, and which of its columns are wanted.
struct CSVRequest {
  /// The samples that were read.
  struct Table {
    var inputs: [[Double]]
    var targets: [[Double]]
  }

  /// The file's absolute path.
  let path: String
  /// Names or numbers (from 1) of the input columns; empty: all that are not targets.
  let columns: [String]
  /// Names or numbers of the target columns; empty: the last.
  let target: [String]
  /// How the file is written.
  let format: CSVFormat
  /// Whether targets are classes, of which there must be two.
  let classes: Bool

  /// Reads the samples; `origin` is where the preset names the file.
  func read(
    origin: Origin, columnsOrigin: Origin, targetOrigin: Origin
  ) throws(PresetError) -> Table {
    let text: String
    do {
      text = try TextFile.read(path, limit: PresetLimits.csvBytes)
    } catch {
      guard let place = error.place else {
        throw PresetError([
          Diagnostic(
            origin, "cannot read \(EscapedText.quoted(path)): \(error.message)", isUnreadable: true)
        ])
      }
      throw PresetError(
        .file(name: path, line: place.line, column: place.column), error.message)
    }
    var rows = try cells(text)
    rows.removeAll { $0.cells.allSatisfy { $0.trimmingSpaces.isEmpty } }
    guard let first = rows.first else {
      throw PresetError(.file(name: path, line: 1, column: 1), "the CSV file is empty")
    }
    guard first.cells.count <= PresetLimits.csvColumns, rows.count <= PresetLimits.csvRows else {
      throw PresetError(
        .file(name: path, line: 1, column: 1),
        "\(rows.count) rows of \(first.cells.count) columns; at most \(PresetLimits.csvRows) and "
          + "\(PresetLimits.csvColumns) are allowed")
    }
    let hasHeader =
      format.header ?? first.cells.contains { NumberText.number($0.trimmingSpaces) == nil }
    let names = hasHeader ? first.cells.map(\.trimmingSpaces) : []
    if hasHeader { rows.removeFirst() }
    guard !rows.isEmpty else {
      throw PresetError(
        .file(name: path, line: first.line, column: 1), "the CSV file has a header but no rows")
    }
    let width = first.cells.count
    let targets =
      target.isEmpty
      ? [width - 1] : try indices(target, names: names, width: width, at: targetOrigin)
    let inputs =
      columns.isEmpty
      ? (0..<width).filter { !targets.contains($0) }
      : try indices(columns, names: names, width: width, at: columnsOrigin)
    guard !inputs.isEmpty else {
      throw PresetError(columnsOrigin, "no column is left for the inputs")
    }
    return try numbers(rows, width: width, names: names, inputs: inputs, targets: targets)
  }

  /// One row of text and the line it begins on.
  private struct Row {
    var cells: [String]
    var line: Int
  }

  private func cells(_ text: String) throws(PresetError) -> [Row] {
    // The parser drops a last empty cell that no line break follows.
    let text = text.isEmpty || text.last?.isNewline == true ? text : text + "\n"
    do {
      let delimiter =
        format.delimiter.flatMap(\.first).map { CSVDelimiter(unicodeScalarLiteral: $0) }
        ?? Self.guessedDelimiter(text)
      let csv = try EnumeratedCSV(
        string: text, delimiter: delimiter, loadColumns: false, rowLimit: 1)
      var rows: [Row] = []
      var line = 1
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { cells in
        rows.append(Row(cells: cells, line: line))
        line += 1 + cells.reduce(0) { $0 + $1.count { $0.isNewline } }
      }
      return rows
    } catch {
      let message =
        switch error as? CSVParseError {
        case .quotation(let message), .generic(let message): message
        case nil: "\(error)"
        }
      throw PresetError(
        .file(name: path, line: 1, column: 1), "not CSV: \(message)")
    }
  }

  /// The separator that the first line holds most of.
  private static func guessedDelimiter(_ text: String) -> CSVDelimiter {
    let first = text.prefix { !$0.isNewline }
    let candidates: [Character] = [",", ";", "\t", "|"]
    let counts = candidates.map { candidate in first.count { $0 == candidate } }
    let best = counts.indices.max {
      counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1)
    }
    guard let best, counts[best] > 0 else {
      return CSVDelimiter(unicodeScalarLiteral: first.contains(" ") ? " " : ",")
    }
    return CSVDelimiter(unicodeScalarLiteral: candidates[best])
  }

  private func indices(
    _ wanted: [String], names: [String], width: Int, at origin: Origin
  ) throws(PresetError) -> [Int] {
    var result: [Int] = []
    for name in wanted {
      if let index = names.firstIndex(of: name) {
        result.append(index)
      } else if let number = Int(name), (1...width).contains(number) {
        result.append(number - 1)
      } else {
        let near = Spelling.nearest(to: name, in: names)
        throw PresetError(
          origin,
          "\(EscapedText.quoted(path)) has no column \(EscapedText.quoted(name))"
            + (near.map { "; did you mean \($0)?" }
              ?? (names.isEmpty
                ? "; it has columns 1 to \(width)"
                : "; it has \(names.prefix(20).joined(separator: ", "))"))
        )
      }
    }
    return result
  }

  private func numbers(
    _ rows: [Row], width: Int, names: [String], inputs: [Int], targets: [Int]
  ) throws(PresetError) -> Table {
    var table = Table(inputs: [], targets: [])
    table.inputs.reserveCapacity(rows.count)
    table.targets.reserveCapacity(rows.count)
    let problems = Problems()
    for row in rows {
      guard row.cells.count == width else {
        problems.add(
          .file(name: path, line: row.line, column: 1),
          "this row has \(row.cells.count) cells, the first has \(width)")
        continue
      }
      func value(_ index: Int) -> Double {
        let cell = row.cells[index].trimmingSpaces
        if let number = NumberText.number(cell) { return number }
        let column = names.indices.contains(index) ? " (\(names[index]))" : ""
        let before = row.cells[..<index].reduce(0) { $0 + $1.unicodeScalars.count + 1 }
        problems.add(
          .file(name: path, line: row.line, column: before + 1),
          "column \(index + 1)\(column): "
            + (cell.isEmpty ? "the cell is empty" : "\(EscapedText.quoted(cell)) is not a number"))
        return 0
      }
      table.inputs.append(inputs.map(value))
      table.targets.append(targets.map(value))
    }
    if problems.diagnostics.isEmpty, classes, targets.count == 1 {
      let values = Set(table.targets.map { $0[0] })
      if values.count < 2 {
        let column = names.indices.contains(targets[0]) ? " (\(names[targets[0]]))" : ""
        problems.add(
          .file(name: path, line: rows[0].line, column: 1),
          "column \(targets[0] + 1)\(column): all targets are \(NumberText.shortest(values.first ?? 0)); "
            + "a classifier needs at least two classes")
      }
    }
    guard problems.diagnostics.isEmpty else { throw PresetError(problems.diagnostics) }
    return table
  }
}
