import Lanes
import Terminal
import Views

/// The key table as a screen: grouped, scrolled, filtered by typing; Enter does the chosen row.
struct Help: Overlay {
  private var list = FilterList()

  /// The table in the order of its groups, each row with what finds it.
  private static let table = KeyBinding.Group.allCases.flatMap { group in
    keyBindings.entries.filter { $0.group == group }.map { binding in
      let keywords = "\(binding.summary) \(group.rawValue)"
      return (binding, FuzzyMatch.Target(binding.name, keywords: keywords))
    }
  }

  private func bindings() -> [KeyBinding] {
    let text = list.field.text.trimmingSpaces()
    let query = FuzzyMatch.Query(text)
    return Self.table.filter { binding, target in
      text.isEmpty || binding.keys.contains { $0.text == text }
        || FuzzyMatch.score(query, target) != nil
    }.map(\.0)
  }

  private func rows(_ bindings: [KeyBinding]) -> [FilterList.Row] {
    var rows: [FilterList.Row] = []
    var group: KeyBinding.Group?
    for binding in bindings {
      if binding.group != group {
        group = binding.group
        rows.append(.heading(binding.group.rawValue))
      }
      rows.append(.item(text: binding.keyText, note: binding.summary, end: ""))
    }
    return rows
  }

  func area(in explorer: Explorer) -> Rect {
    let lines = keyBindings.entries.count + KeyBinding.Group.allCases.count + 5
    return ListBox.area(in: explorer.size, breadth: 78, lines: lines)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key == .type("?"), list.field.isEmpty { return .close }
    let bindings = bindings()
    let page = ListBox.listArea(in: area(in: explorer), footer: 0).height
    switch list.handle(key, count: bindings.count, page: page) {
    case .ignored: return .ignored
    case .moved, .typed: return .stay
    case .cancelled:
      guard list.field.isEmpty else {
        list = FilterList()
        return .stay
      }
      return .close
    case .accepted: return choose(bindings)
    }
  }

  private func choose(_ bindings: [KeyBinding]) -> OverlayReply {
    guard bindings.indices.contains(list.selected) else { return .stay }
    let binding = bindings[list.selected]
    return binding.isInPalette ? .closeAnd(.key(binding.name)) : .close
  }

  mutating func paste(_ text: String, in explorer: Explorer) { list.paste(text) }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let bindings = bindings()
    let area = ListBox.listArea(in: area(in: explorer), footer: 0)
    guard
      let item = list.item(atLine: place.y - area.y, rows: rows(bindings), height: area.height)
    else { return .stay }
    list.select(item)
    return .stay
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    list.move(by: up ? -3 : 3, count: bindings().count)
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    ListBox(
      title: "keys", prompt: "type to filter", rows: rows(bindings()), footer: [],
      footerLines: 0, noteColumn: 14
    ).draw(list, in: area(in: explorer), appearance: explorer.appearance, into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("enter", "do it"), ("up down", "scroll"), ("esc", list.field.isEmpty ? "back" : "clear")]
  }
}
