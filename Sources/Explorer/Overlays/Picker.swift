import Lanes
import Terminal
import Views

/// Chooses a preset: typed letters filter, headings group, the footer tells about the chosen one.
struct Picker: Overlay {
  private var list = FilterList()
  private var index: FuzzyIndex<Entry>

  /// One line: a preset or one of its variants.
  private struct Entry: Sendable {
    var preset: PresetEntry
    var variant: String?
  }

  /// A picker of presets.
  init(_ presets: [PresetEntry]) {
    let entries = presets.flatMap { preset in
      [Entry(preset: preset, variant: nil)]
        + preset.variants.map { Entry(preset: preset, variant: $0) }
    }
    index = FuzzyIndex(entries) { entry in
      let preset = entry.preset
      return [
        FuzzyMatch.Target(
          preset.name + (entry.variant.map { " " + $0 } ?? ""),
          keywords: "\(preset.title) \(preset.group) \(preset.section) \(preset.summary)")
      ]
    }
  }

  private var entries: [Entry] { index.found }

  private var rows: [FilterList.Row] {
    let isGrouped = list.field.text.trimmingSpaces().isEmpty
    var rows: [FilterList.Row] = []
    var group: String?
    var section = ""
    for entry in entries {
      if isGrouped, entry.preset.group != group {
        group = entry.preset.group
        section = ""
        rows.append(.heading(entry.preset.group))
      }
      if isGrouped, !entry.preset.section.isEmpty, entry.preset.section != section {
        section = entry.preset.section
        rows.append(.heading("  " + section))
      }
      rows.append(
        .item(
          text: entry.variant.map { "  \(entry.preset.name): \($0)" } ?? entry.preset.name,
          note: entry.variant == nil ? entry.preset.title : "",
          end: isGrouped ? "" : entry.preset.group))
    }
    return rows
  }

  func area(in explorer: Explorer) -> Rect {
    let groups = Set(explorer.presets.flatMap { [$0.group, $0.group + "/" + $0.section] }).count
    let lines = explorer.presets.reduce(0) { $0 + 1 + $1.variants.count } + groups
    return ListBox.area(in: explorer.size, breadth: 92, lines: lines + 8)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    let page = ListBox.listArea(in: area(in: explorer), footer: 2).height
    switch list.handle(key, count: entries.count, page: page) {
    case .ignored: return .ignored
    case .moved: return .stay
    case .typed:
      index.search(list.field.text)
      return .stay
    case .cancelled:
      guard list.field.isEmpty else {
        list = FilterList()
        index.search("")
        return .stay
      }
      return .close
    case .accepted: return choose()
    }
  }

  private func choose() -> OverlayReply {
    guard let entry = entries.indices.contains(list.selected) ? entries[list.selected] : nil else {
      return .stay
    }
    return .closeAnd(.load(preset: entry.preset.name, variant: entry.variant))
  }

  mutating func paste(_ text: String, in explorer: Explorer) {
    list.paste(text)
    index.search(list.field.text)
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let area = ListBox.listArea(in: area(in: explorer), footer: 2)
    guard let item = list.item(atLine: place.y - area.y, rows: rows, height: area.height)
    else { return .stay }
    list.select(item)
    return choose()
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    list.move(by: up ? -3 : 3, count: entries.count)
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let chosen = entries.indices.contains(list.selected) ? entries[list.selected] : nil
    let footer = chosen.map { entry in
      [entry.preset.title + (entry.variant.map { ": " + $0 } ?? ""), entry.preset.summary]
    }
    ListBox(
      title: "presets", prompt: "type to filter", rows: rows, footer: footer ?? ["", ""]
    ).draw(
      list, in: area(in: explorer), appearance: explorer.appearance, into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("enter", "load"), ("up down", "choose"), ("esc", list.field.isEmpty ? "back" : "clear")]
  }
}
