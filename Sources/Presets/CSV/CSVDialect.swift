/// How the cells of a table are set apart.
struct CSVDialect: Equatable {
  /// The byte between two cells; a blank stands for runs of blanks and tabulators.
  let delimiter: UInt8

  /// The dialects that are tried, those that say most first.
  static let all = [";", "\t", "|", ",", " "].map { CSVDialect($0) }

  /// Cells with that byte between them.
  init(byte: UInt8) { delimiter = byte }

  /// Cells with that delimiter between them.
  init(_ delimiter: String) { self.delimiter = delimiter.utf8.first ?? UInt8(ascii: ",") }

  /// Whether runs of blanks are one delimiter, and blanks at the ends none.
  var mergesBlanks: Bool { delimiter == UInt8(ascii: " ") }

  /// Whether a comma may stand in a number: it cannot where it ends the cell.
  var allowsDecimalComma: Bool { delimiter != UInt8(ascii: ",") }

  /// For people.
  var description: String {
    switch delimiter {
    case UInt8(ascii: "\t"): "tabulators"
    case UInt8(ascii: ";"): "semicolons"
    case UInt8(ascii: "|"): "bars"
    case UInt8(ascii: " "): "blanks"
    default: "commas"
    }
  }

  /// The dialect in which the first rows of a table have most cells in common, and most numbers.
  ///
  /// Each dialect is tried on the first rows: the number of rows as wide as most are, wider than
  /// one cell, weighed by the share of their cells that are numbers. `1,5;2,5` is two numbers with
  /// a semicolon between them, not three parts.
  static func guess(_ head: CSVHead) -> CSVDialect {
    if let dialect = head.dialect { return dialect }
    var best = (dialect: CSVDialect(","), score: 0.0)
    for dialect in all {
      let rows = head.rows(dialect)
      let widths = Dictionary(rows.map { ($0.cells.count, 1) }, uniquingKeysWith: +)
      let usual = widths.filter { $0.key > 1 }.max { ($0.value, $0.key) < ($1.value, $1.key) }
      guard let usual else { continue }
      // Empty cells speak neither for a dialect nor against it: two tabulators are no run of blanks
      // because the cell between them is empty in every row.
      let cells = rows.filter { $0.cells.count == usual.key }.flatMap(\.cells)
        .filter { !$0.isEmpty }
      let numbers = cells.count { dialect.isNumber($0) }
      // Rows that are all alike speak for a dialect more than numbers do.
      let evenness = usual.value == rows.count ? 1.25 : 1
      let score =
        Double(usual.value) * (0.5 + Double(numbers) / Double(max(1, cells.count))) * evenness
      if score > best.score { best = (dialect, score) }
    }
    return best.dialect
  }

  /// Whether cells that blanks set apart may be one number: `1 000`. Cells of their own do not
  /// begin with a nought.
  func looksGrouped(_ cells: [String]) -> Bool {
    guard mergesBlanks, let first = cells.first, cells.count > 1 else { return false }
    let isGroup = { (cell: String) in cell.utf8.allSatisfy { (48...57).contains($0) } }
    let rest = cells.dropFirst()
    return (1...3).contains(first.count) && isGroup(first) && first != "0"
      && rest.allSatisfy { $0.count == 3 && isGroup($0) } && rest.contains { $0.hasPrefix("0") }
  }

  /// Whether a cell holds what was meant for a number.
  func isNumber(_ cell: String) -> Bool {
    DecimalText.read(cell, comma: allowsDecimalComma) != .other
  }
}

/// The beginning of a table: enough to see how it is written.
struct CSVHead {
  /// The bytes; no byte order mark, and no line that only names the delimiter.
  let bytes: [UInt8]
  /// Whether that is all there is.
  let isAll: Bool
  /// The line on which they begin, from 1.
  let line: Int
  /// What the first line of the file says about the cells (`sep=;`, as Excel has it).
  let dialect: CSVDialect?

  /// A beginning, with its byte order mark if it has one.
  init(bytes: [UInt8], isAll: Bool) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let first = bytes.prefix(8).prefix { $0 != 10 && $0 != 13 }
    let rest = bytes.dropFirst(first.count)
    if first.count == 5, String(decoding: first, as: UTF8.self).lowercased().hasPrefix("sep="),
      let sign = first.last, CSVDialect.all.contains(CSVDialect(byte: sign)), let end = rest.first
    {
      dialect = CSVDialect(byte: sign)
      line = 2
      self.bytes = Array(rest.dropFirst(end == 13 && rest.dropFirst().first == 10 ? 2 : 1))
    } else {
      dialect = nil
      line = 1
      self.bytes = Array(bytes)
    }
    self.isAll = isAll
  }

  /// Rows that are looked at.
  private static let most = 100

  /// One row and the line it begins on.
  struct Row {
    var cells: [String]
    var line: Int
  }

  /// The first rows; those before the first that cannot be read.
  func rows(_ dialect: CSVDialect) -> [Row] {
    let scanner = CSVScanner(dialect, begin: bytes, line: line) { _ in 0 }
    var rows: [Row] = []
    while rows.count < Self.most, (try? scanner.next()) == true {
      // The last row of what was read may go on.
      if !isAll, scanner.isAtEnd { break }
      let cells = scanner.cells.indices.map { scanner.text($0) }
      if cells.contains(where: { !$0.isEmpty }) {
        rows.append(Row(cells: cells, line: scanner.line))
      }
    }
    return rows
  }
}
