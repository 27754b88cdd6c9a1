import Lanes

/// Whether the first row of a table holds the names of its columns.
///
/// The rule, which is printed with its outcome: a column speaks for names where a word stands above
/// a number, and for data where a number stands in the first row. Columns that were not chosen do
/// not speak. Where columns speak for both, or none does, nothing is guessed: `header: true` or
/// `header: false` is asked for.
struct CSVHeader {
  /// Whether the first row holds names.
  let hasNames: Bool
  /// Why.
  let reason: String

  /// What a cell holds.
  private enum Kind { case number, word, nothing }

  /// What the preset says.
  init(given: Bool) {
    hasNames = given
    reason = given ? "row 1 holds names, as `header: true` says" : "`header: false`: row 1 is data"
  }

  /// The names by which columns were chosen must stand somewhere.
  init(namesAreUsed: Void) {
    hasNames = true
    reason = "row 1 holds names: columns are chosen by them"
  }

  /// Looks at the first rows; nil when they leave it open.
  init?(_ rows: [[String]], chosen: (Int) -> Bool, dialect: CSVDialect) {
    guard let first = rows.first else { return nil }
    func kind(_ cell: String) -> Kind {
      if CSVMissing.isMissing(cell) { return .nothing }
      return dialect.isNumber(cell) ? .number : .word
    }
    var names = 0
    var data = 0
    for column in first.indices where chosen(column) {
      switch kind(first[column]) {
      case .number: data += 1
      case .nothing: break
      case .word:
        let below = rows.dropFirst().lazy.filter { column < $0.count }.map { kind($0[column]) }
        if below.first(where: { $0 != .nothing }) == .number { names += 1 }
      }
    }
    if names > 0, data == 0 {
      hasNames = true
      reason = "row 1 holds names: its words stand above numbers"
    } else if data > 0, names == 0 {
      hasNames = false
      reason = "row 1 is data: it holds numbers"
    } else if rows.count == 1, data == 0 {
      hasNames = true
      reason = "row 1 holds names: it has no number"
    } else {
      return nil
    }
  }
}

/// Cells that stand for a number that is not known.
enum CSVMissing {
  private static let words: Set<String> = [
    "", "?", "na", "n/a", "nan", "null", "none",
  ]

  /// Whether a cell holds nothing, in one of the ways in which people write that.
  static func isMissing(_ cell: String) -> Bool {
    cell.utf8.count <= 4 && words.contains(cell.lowercased())
  }
}
