import Terminal

/// A list under a line of typed text: what the picker, the palette and the help screen have in
/// common.
struct FilterList: Sendable {
  /// One line of the list.
  enum Row: Equatable, Sendable {
    /// A heading; not chosen.
    case heading(String)
    /// Something to choose: the text, a note at its right, and what is shown at the right end.
    case item(text: String, note: String, end: String)

    var isItem: Bool {
      if case .item = self { return true }
      return false
    }
  }

  /// What is typed.
  var field = TextField(limit: FilterList.capacity)
  /// The longest text: a shared experiment may be pasted.
  static let capacity = 2_000
  /// The chosen item, counted without headings.
  private(set) var selected = 0

  /// What a key did.
  enum Reply { case ignored, moved, typed, accepted, cancelled }

  /// Takes in a key; `count` items are listed, `page` of them are seen.
  mutating func handle(_ key: Key, count: Int, page: Int) -> Reply {
    switch (key.code, key.control) {
    case (.escape, _): return .cancelled
    case (.enter, _): return .accepted
    case (.up, _), (.backTab, _), (.character("p"), true): move(by: -1, count: count, wraps: true)
    case (.down, _), (.tab, _), (.character("n"), true): move(by: 1, count: count, wraps: true)
    case (.pageUp, _): move(by: -max(1, page - 1), count: count)
    case (.pageDown, _): move(by: max(1, page - 1), count: count)
    case (.home, _) where field.isEmpty: selected = 0
    case (.end, _) where field.isEmpty: selected = max(0, count - 1)
    default:
      let before = field
      guard field.handle(key) else { return .ignored }
      if before.text != field.text { selected = 0 }
      return .typed
    }
    return .moved
  }

  /// The choice up or down; at the ends it goes round or stays.
  mutating func move(by places: Int, count: Int, wraps: Bool = false) {
    guard count > 0 else {
      selected = 0
      return
    }
    let next = selected + places
    selected = wraps ? ((next % count) + count) % count : max(0, min(next, count - 1))
  }

  /// Chooses an item.
  mutating func select(_ index: Int) { selected = max(0, index) }

  /// Puts pasted text into the field.
  mutating func paste(_ text: String) {
    field.insert(text)
    selected = 0
  }

  /// The line of `rows` that holds the chosen item.
  func selectedLine(in rows: [Row]) -> Int? {
    let items = rows.indices.filter { rows[$0].isItem }
    guard !items.isEmpty else { return nil }
    return items[min(selected, items.count - 1)]
  }

  /// The first line seen when `height` lines are, so that the chosen one stands in the middle where
  /// it can.
  func top(rows: [Row], height: Int) -> Int {
    let line = selectedLine(in: rows) ?? 0
    return max(0, min(line - height / 2, rows.count - height))
  }

  /// The item drawn in a line of the list.
  func item(atLine line: Int, rows: [Row], height: Int) -> Int? {
    let index = top(rows: rows, height: height) + line
    guard line >= 0, line < height, rows.indices.contains(index), rows[index].isItem else {
      return nil
    }
    return rows[..<index].count { $0.isItem }
  }
}
