import Lanes
import Terminal
import Views

/// Finds any action, preset or setting by typing, and sets values.
struct Palette: Overlay {
  /// Lines about what is chosen.
  private static let footerLines = 2

  private var list = FilterList()
  private var index: FuzzyIndex<PaletteItem>
  private let tunables: [Tunable]
  /// What there is to say of a key that this run does not have.
  private let elsewhere: @Sendable (String) -> PaletteItem?
  /// Files and folders whose path begins with a text.
  private let paths: @Sendable (String) -> [String]
  /// What fits the typed text, best first; a name and a value (`beta1 0.8`, `seed=7`) is one item
  /// that sets it.
  private(set) var items: [PaletteItem]

  /// A palette of all that can be done now.
  init(_ explorer: Explorer) {
    tunables = Tunable.all(in: explorer)
    paths = explorer.vocabulary.paths
    elsewhere = { PaletteItem.elsewhere($0, explorer) }
    index = Palette.index(explorer)
    items = Palette.grouped(index.all, isRanked: false)
  }

  private static func index(_ explorer: Explorer) -> FuzzyIndex<PaletteItem> {
    let presets = explorer.presetIndex.lines
    return FuzzyIndex(
      PaletteItem.all(in: explorer).map { ($0, $0.targets) }
        + presets.map { ($0.item, $0.itemTargets) })
  }

  /// Takes in presets that were read meanwhile: they stand at the end.
  mutating func refresh(in explorer: Explorer) {
    index = Palette.index(explorer)
    search()
  }

  private mutating func search() {
    let query = list.field.text.trimmingSpaces()
    if let sent = PaletteItem.sent(query) {
      items = [sent]
      return
    }
    // What stands in the list means the same when it is typed.
    let isName = index.all.contains { $0.title.lowercased() == query.lowercased() }
    if !isName, let files = PaletteItem.files(list.field.text, paths) {
      items = files
      return
    }
    if !isName, let many = PaletteItem.many(query) {
      items = [many]
      return
    }
    if !isName, let numbers = PaletteItem.number(query, among: tunables) {
      items = numbers
      return
    }
    let word = query.prefix { $0 != " " && $0 != "=" }.lowercased()
    let isOwn = tunables.contains { $0.name.lowercased() == word || $0.place == .key(word) }
    let other = isName || isOwn ? nil : elsewhere(query)
    if let key = other, word.count < query.count {
      items = [key]
    } else if !isName, let setting = PaletteItem.setting(query, among: tunables) {
      items = [setting]
    } else {
      index.search(query)
      items = Palette.grouped(index.found, isRanked: !query.isEmpty)
      if let key = other { items.append(key) }
    }
  }

  /// Those of a heading together; ranked ones with the best heading first.
  private static func grouped(_ items: [PaletteItem], isRanked: Bool) -> [PaletteItem] {
    var order: [PaletteItem.Heading] = isRanked ? [] : PaletteItem.Heading.allCases
    for item in items where !order.contains(item.heading) { order.append(item.heading) }
    return order.flatMap { heading in items.filter { $0.heading == heading } }
  }

  func area(in explorer: Explorer) -> Rect {
    // A lesson's text often says what is to be typed: it stays in sight.
    let panel = explorer.shownLesson == nil ? nil : explorer.layout.panel
    var room = explorer.size
    if let panel, !panel.isEmpty {
      if panel.x >= 60 { room.width = panel.x }
      if panel.x == 0, panel.y >= 13 { room.height = panel.y + 1 }
    }
    return ListBox.area(in: room, breadth: 92, lines: 30)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.code == .tab, complete() { return .stay }
    let page = ListBox.listArea(in: area(in: explorer), footer: Self.footerLines).height
    switch list.handle(key, count: items.count, page: page) {
    case .ignored: return .ignored
    case .moved: return .stay
    case .typed:
      search()
      return .stay
    case .cancelled: return .close
    case .accepted: return choose()
    }
  }

  /// Writes out the path that is chosen; false where none is.
  private mutating func complete() -> Bool {
    guard items.indices.contains(list.selected) else { return false }
    switch items[list.selected].action {
    case .complete(let text): list.field = TextField(text, limit: FilterList.capacity)
    case .openTable(let path, _, _, _):
      list.field = TextField("open \(path)", limit: FilterList.capacity)
    default: return false
    }
    list.select(0)
    search()
    return true
  }

  private mutating func choose() -> OverlayReply {
    guard items.indices.contains(list.selected) else { return .stay }
    if case .complete = items[list.selected].action {
      _ = complete()
      return .stay
    }
    return .closeAnd(items[list.selected].action)
  }

  mutating func paste(_ text: String, in explorer: Explorer) {
    list.paste(text)
    search()
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let area = ListBox.listArea(in: area(in: explorer), footer: Self.footerLines)
    guard let item = list.item(atLine: place.y - area.y, rows: rows, height: area.height)
    else { return .stay }
    list.select(item)
    return choose()
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    list.move(by: up ? -3 : 3, count: items.count)
  }

  private var rows: [FilterList.Row] {
    var rows: [FilterList.Row] = []
    var heading: PaletteItem.Heading?
    for item in items {
      if item.heading != heading { rows.append(.heading(item.heading.rawValue)) }
      heading = item.heading
      rows.append(.item(text: item.title, note: item.summary, end: item.end))
    }
    return rows
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let chosen = items.indices.contains(list.selected) ? items[list.selected].summary : ""
    ListBox(
      title: "find", prompt: "an action, a preset, or a key and its value: hidden 8,8",
      rows: rows, footer: [chosen], footerLines: Self.footerLines
    ).draw(
      list, in: area(in: explorer), appearance: explorer.appearance, into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("enter", "do it"), ("up down", "choose"), ("esc", "back")]
  }
}
