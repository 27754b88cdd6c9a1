import Lanes
import Terminal
import Views

/// Finds any action, preset or setting by typing, and sets values.
struct Palette: Overlay {
  private var list = FilterList()

  private func items(in explorer: Explorer) -> [PaletteItem] {
    PaletteItem.matching(list.field.text, in: explorer)
  }

  func area(in explorer: Explorer) -> Rect {
    ListBox.area(in: explorer.size, breadth: 92, lines: 30)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    let items = items(in: explorer)
    let page = ListBox.listArea(in: area(in: explorer), footer: 1).height
    switch list.handle(key, count: items.count, page: page) {
    case .ignored: return .ignored
    case .moved, .typed: return .stay
    case .cancelled: return .close
    case .accepted: return choose(items)
    }
  }

  private func choose(_ items: [PaletteItem]) -> OverlayReply {
    guard items.indices.contains(list.selected) else { return .stay }
    return .closeAnd(items[list.selected].deed)
  }

  mutating func paste(_ text: String, in explorer: Explorer) { list.paste(text) }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let items = items(in: explorer)
    let area = ListBox.listArea(in: area(in: explorer), footer: 1)
    guard let item = list.item(atLine: place.y - area.y, rows: rows(items), height: area.height)
    else { return .stay }
    list.select(item)
    return choose(items)
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    list.move(by: up ? -3 : 3, count: items(in: explorer).count)
  }

  private func rows(_ items: [PaletteItem]) -> [FilterList.Row] {
    items.map { .item(text: $0.title, note: $0.summary, end: $0.end) }
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let items = items(in: explorer)
    let chosen = items.indices.contains(list.selected) ? items[list.selected].summary : ""
    ListBox(
      title: "find", prompt: "an action, a preset, or a setting and its value: learning_rate 0.05",
      rows: rows(items), footer: [chosen]
    ).draw(
      list, in: area(in: explorer), appearance: explorer.appearance, into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("enter", "do it"), ("up down", "choose"), ("esc", "back")]
  }
}
