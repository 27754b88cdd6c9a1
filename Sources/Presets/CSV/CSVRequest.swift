import Lanes
import Models
import Training

/// A CSV file, or a file of NumPy's arrays, to be read, and which of its columns are wanted.
///
/// The file is read in a stream, once; limits are looked at as it goes, and of the rows only the
/// numbers are kept. (SwiftCSV holds the whole text and every cell of it as a `String`: 1 to 2
/// MB/s, and 13 times the numbers in memory.)
struct CSVRequest {
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
  /// Whether there are targets at all.
  var hasTargets = true
  /// What fills the gaps of each input column; nil: the means of what is known of them.
  var means: [Double]?

  /// Where the preset names the file and its columns.
  struct Origins {
    var file: Origin
    var columns: Origin
    var target: Origin
  }

  /// Bytes that are looked at to see how the file is written.
  private static let headBytes = 1 << 16

  /// Reads the samples.
  func read(_ origins: Origins) throws(PresetError) -> FileTable {
    if NumPyFile.isOne(path) { return try readArrays(origins) }
    let result: Result<FileTable, PresetError>
    do throws(FileFailure) {
      let file = try RegularFile(path, limit: PresetLimits.csvBytes)
      result = try read(file, head(file), origins)
    } catch {
      throw unreadable(error, origins)
    }
    return try result.get()
  }

  /// Cells of the first row.
  func width(_ origins: Origins) throws(PresetError) -> Int {
    let scanner: CSVScanner
    do throws(FileFailure) {
      let file = try RegularFile(path, limit: PresetLimits.csvBytes)
      let head = try head(file)
      let dialect = format.delimiter.map { CSVDialect($0) } ?? CSVDialect.guess(head)
      scanner = CSVScanner(dialect, begin: head.bytes, line: head.line, refill: file.read)
    } catch {
      throw unreadable(error, origins)
    }
    guard try next(scanner, origins) else { throw mistake("the CSV file is empty") }
    return scanner.cells.count
  }

  /// The first bytes of the file at an absolute path.
  static func head(of path: String) throws(PresetError) -> CSVHead {
    let request = CSVRequest(
      path: path, columns: [], target: [], format: CSVFormat(), classes: false)
    let origin = Origin.file(name: path, line: 1, column: 1)
    do throws(FileFailure) {
      return try request.head(try RegularFile(path, limit: PresetLimits.csvBytes))
    } catch {
      throw request.unreadable(
        error, Origins(file: origin, columns: origin, target: origin))
    }
  }

  /// The mistake of a file that cannot be had.
  func unreadable(_ failure: FileFailure, _ origins: Origins) -> PresetError {
    PresetError([
      Diagnostic(
        origins.file, "cannot read \"\(EscapedText.visible(path))\": \(failure.message)",
        isUnreadable: !failure.isContent)
    ])
  }

  /// The first bytes of the file.
  private func head(_ file: RegularFile) throws(FileFailure) -> CSVHead {
    var bytes = [UInt8](repeating: 0, count: Self.headBytes)
    var count = 0
    var isAll = false
    while count < bytes.count, !isAll {
      let held = count
      let read = try Self.fill(&bytes, from: held, file)
      isAll = read == 0
      count += read
    }
    bytes.removeSubrange(count...)
    return CSVHead(bytes: bytes, isAll: isAll)
  }

  private static func fill(
    _ bytes: inout [UInt8], from start: Int, _ file: RegularFile
  ) throws(FileFailure) -> Int {
    var failure: FileFailure?
    let count = bytes.withUnsafeMutableBytes { buffer in
      do throws(FileFailure) {
        return try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }

  private func read(
    _ file: RegularFile, _ head: CSVHead, _ origins: Origins
  ) -> Result<FileTable, PresetError> {
    Result { () throws(PresetError) in
      if head.bytes.starts(with: [0xFF, 0xFE]) || head.bytes.starts(with: [0xFE, 0xFF]) {
        throw mistake("the file is in UTF-16; save it as UTF-8")
      }
      let dialect = format.delimiter.map { CSVDialect($0) } ?? CSVDialect.guess(head)
      let rows = head.rows(dialect)
      if format.delimiter == nil, let row = rows.first(where: { dialect.looksGrouped($0.cells) }) {
        throw mistake(
          "\(EscapedText.quoted(row.cells.joined(separator: " "))) may be one number with a blank "
            + "between thousands, or several cells: write it without blanks, or say "
            + "`delimiter: space`", line: row.line)
      }
      if let words = oddFirst(rows) { throw mistake(words, line: rows[0].line) }
      if let words = emptyEdge(rows) { throw mistake(words, line: rows[0].line) }
      let scanner = CSVScanner(dialect, begin: head.bytes, line: head.line, refill: file.read)
      guard try next(scanner, origins) else { throw mistake("the CSV file is empty") }
      let header = try header(rows, width: scanner.cells.count, dialect, origins)
      let layout = try layout(scanner, header, origins)
      var reading = CSVReading(
        layout, dialect: dialect, classes: classes, format: format, means: means)
      reading.reserve(
        bytes: file.size, headBytes: head.bytes.count, headRows: head.bytes.count { $0 == 10 })
      if header.hasNames {
        guard try next(scanner, origins) else {
          throw mistake("the CSV file has a header but no rows", line: scanner.line)
        }
      }
      repeat {
        guard reading.rows < PresetLimits.csvRows,
          reading.rows * layout.kept < ModelLimits.numbers
        else {
          throw mistake(
            "more than \(reading.rows) rows of \(layout.kept) columns; at most "
              + "\(PresetLimits.csvRows) rows and \(ModelLimits.numbers) numbers are read",
            line: scanner.line)
        }
        reading.take(scanner)
      } while try next(scanner, origins)
      return try reading.table(
        path: path, columns: columns, target: target,
        findings: ["cells are set apart by \(dialect.description)", header.reason]
          + (scanner.comments > 0
            ? ["\(scanner.comments) lines that begin with # are left out"] : [])
      ).get()
    }
  }

  /// What is wrong where every row begins or ends with a delimiter, and nobody chose columns.
  private func emptyEdge(_ rows: [CSVHead.Row]) -> String? {
    guard columns.isEmpty, format.missing == nil, rows.count > 1, rows[0].cells.count > 2 else {
      return nil
    }
    for (word, isEmpty) in [
      ("first", { (row: CSVHead.Row) in row.cells.first?.isEmpty ?? false }),
      ("last", { (row: CSVHead.Row) in row.cells.last?.isEmpty ?? false }),
    ] where rows.allSatisfy(isEmpty) {
      return "the \(word) cell of every row is empty: take out the delimiter there, or choose "
        + "`columns:` and `target:`"
    }
    return nil
  }

  /// What is wrong where the first row alone has another width: a title above the table, a remark,
  /// or a header that lacks a name.
  private func oddFirst(_ rows: [CSVHead.Row]) -> String? {
    guard rows.count > 2, let first = rows.first?.cells.count, let usual = rows.last?.cells.count,
      first != usual, rows.dropFirst().allSatisfy({ $0.cells.count == usual })
    else { return nil }
    func cells(_ count: Int) -> String { count == 1 ? "one cell" : "\(count) cells" }
    return "this line has \(cells(first)), and those below have \(cells(usual)): take it out, or "
      + "begin it with # if it is a remark; if it names the columns, "
      + (first < usual ? "names are missing" : "it has too many names")
  }

  /// The next row in which a cell holds something.
  private func next(_ scanner: CSVScanner, _ origins: Origins) throws(PresetError) -> Bool {
    do throws(CSVScanner.Fault) {
      while try scanner.next() {
        if scanner.cells.contains(where: { $0.end > $0.start }) { return true }
      }
      return false
    } catch {
      guard let place = error.place else {
        throw unreadable(FileFailure(error.message), origins)
      }
      throw PresetError(.file(name: path, line: place.line, column: place.column), error.message)
    }
  }

  /// A mistake at the beginning of a line.
  func mistake(_ message: String, line: Int = 1) -> PresetError {
    PresetError(.file(name: path, line: line, column: 1), message)
  }

  private func header(
    _ rows: [CSVHead.Row], width: Int, _ dialect: CSVDialect, _ origins: Origins
  ) throws(PresetError) -> CSVHeader {
    if let given = format.header { return CSVHeader(given: given) }
    let wanted = columns + target
    let numbers = wanted.compactMap { Int($0) }
    if numbers.count < wanted.count { return CSVHeader(namesAreUsed: ()) }
    let chosen = { (column: Int) in
      columns.isEmpty || numbers.contains(column + 1)
        || hasTargets && target.isEmpty && column == width - 1
    }
    if let header = CSVHeader(rows.map(\.cells), chosen: chosen, dialect: dialect) { return header }
    let first = rows.first?.cells.prefix(8).map(EscapedText.quoted).joined(separator: ", ") ?? ""
    throw mistake(
      "does this row hold names or data? (\(first)) Add `header: true` or `header: false` to the "
        + "data",
      line: rows.first?.line ?? 1)
  }

  private func layout(
    _ scanner: CSVScanner, _ header: CSVHeader, _ origins: Origins
  ) throws(PresetError) -> CSVLayout {
    let width = scanner.cells.count
    let names = header.hasNames ? scanner.cells.indices.map { scanner.text($0) } : []
    for name in Set(columns + target) where names.count(where: { $0 == name }) > 1 {
      throw PresetError(
        columns.contains(name) ? origins.columns : origins.target,
        "\(EscapedText.quoted(path)) has more than one column \(EscapedText.quoted(name)); "
          + "choose it by its number, from 1 to \(width)")
    }
    let targets =
      !hasTargets
      ? []
      : target.isEmpty
        ? [width - 1] : try indices(target, names: names, width: width, at: origins.target)
    let inputs =
      columns.isEmpty
      ? (0..<width).filter { !targets.contains($0) }
      : try indices(columns, names: names, width: width, at: origins.columns)
    try distinct(inputs, besides: targets, origins) { column in
      names.indices.contains(column) ? EscapedText.quoted(names[column]) : "column \(column + 1)"
    }
    guard !inputs.isEmpty else {
      throw PresetError(
        origins.columns,
        width == 1
          ? "\(EscapedText.quoted(path)) has one column only, and inputs and a target are needed; "
            + "if its cells are set apart by another sign, say `delimiter:`"
          : "no column is left for the inputs")
    }
    return CSVLayout(width: width, names: names, inputs: inputs, targets: targets)
  }

  /// Checks that no column is chosen twice: what is to be told is no input of the model that tells
  /// it.
  func distinct(
    _ inputs: [Int], besides targets: [Int], _ origins: Origins, name: (Int) -> String
  ) throws(PresetError) {
    if let both = inputs.first(where: targets.contains) {
      throw PresetError(
        origins.columns,
        "\(name(both)) is the target, and stands among the inputs; take it out of `columns:`, or "
          + "name another `target:`")
    }
    if let twice = inputs.indices.first(where: { inputs[..<$0].contains(inputs[$0]) }) {
      throw PresetError(
        origins.columns, "\(name(inputs[twice])) stands twice in `columns:`; take one out")
    }
  }

  /// The columns of these names or numbers.
  func indices(
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
}

/// Which columns of a table are kept.
struct CSVLayout {
  /// Cells of a row.
  let width: Int
  /// The names of all columns; empty: none.
  let names: [String]
  /// The columns of the inputs and of the targets, from 0.
  let inputs: [Int]
  let targets: [Int]

  /// Numbers that are kept of a row.
  var kept: Int { inputs.count + targets.count }

  /// `column 2 (petal)`.
  func title(_ column: Int) -> String {
    "column \(column + 1)" + (names.isEmpty ? "" : " (\(names[column]))")
  }
}
