/// Tables of text.
enum TextColumns {
  /// Rows as lines, each column as wide as its widest cell, right-aligned.
  static func aligned(_ rows: [[String]]) -> [String] {
    let columns: Int = rows.map(\.count).max() ?? 0
    let widths: [Int] = (0..<columns).map { (column: Int) -> Int in
      rows.map { (row: [String]) -> Int in column < row.count ? row[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        String(repeating: " ", count: widths[index] - cell.count) + cell
      }
      return "  " + cells.joined(separator: "  ")
    }
  }
}
