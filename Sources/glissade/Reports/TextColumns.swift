/// Tables of text.
enum TextColumns {
  /// Rows as lines, each column as wide as its widest cell, right-aligned.
  static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (0..<(rows.map(\.count).max() ?? 0)).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        String(repeating: " ", count: widths[index] - cell.count) + cell
      }
      return "  " + cells.joined(separator: "  ")
    }
  }
}
