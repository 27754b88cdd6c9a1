import Lanes
import Presets
import Terminal
import Training
import Views

/// Chooses a preset: typed letters filter, headings group, the footer tells about the chosen one.
struct Picker: Overlay {
  /// Lines about what is chosen.
  private static let footerLines = 3

  private var list = FilterList()
  private var index: FuzzyIndex<PresetLine>
  /// The lines of the box: all presets, their variants and headings.
  private var height: Int

  /// Presets whose lessons were read to their ends, and the sign for it.
  private let done: Set<String>
  private let tick: String
  /// The preset whose lesson has an open question: what lists say of it would answer.
  private let asked: String?
  /// How far lessons were read that are not done, by preset.
  private let begun: [String: String]

  /// A picker of presets; `typed` stands in the field already, and the preset `chosen` is chosen.
  init(_ explorer: Explorer, typed: String = "", chosen: String? = nil) {
    done = explorer.doneLessons
    asked = explorer.askedPreset
    begun = Dictionary(
      explorer.tour.compactMap { preset in
        explorer.place(inLesson: preset).map { (preset.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
    tick = String(Character(explorer.appearance.glyphs.mark("✓", ascii: "+")))
    (index, height) = Picker.read(explorer.presetIndex)
    if !typed.isEmpty { paste(typed) }
    if let place = entries.firstIndex(where: { $0.preset.name == chosen && $0.variant == nil }) {
      list.select(place)
    }
  }

  private static func read(_ presets: PresetIndex) -> (FuzzyIndex<PresetLine>, Int) {
    let lines = presets.lines
    let headings = Set(
      lines.flatMap { [$0.preset.group, $0.preset.group + "/" + $0.preset.section] })
    return (FuzzyIndex(lines) { [$0.target] }, lines.count + headings.count)
  }

  /// Takes in presets that were read meanwhile; the chosen one stays chosen.
  mutating func refresh(in explorer: Explorer) {
    let chosen = list.selected == 0 ? nil : self.chosen
    (index, height) = Picker.read(explorer.presetIndex)
    search()
    guard let chosen else { return }
    let place = entries.firstIndex {
      $0.preset.name == chosen.preset.name && $0.variant == chosen.variant
    }
    list.select(place ?? 0)
  }

  private var chosen: PresetLine? {
    entries.indices.contains(list.selected) ? entries[list.selected] : nil
  }

  private mutating func paste(_ text: String) {
    list.paste(text)
    search()
  }

  /// What fits, variants below their preset. Variants of presets that do not fit themselves come
  /// last, unless one of them fits best.
  private var entries: [PresetLine] {
    guard sent == nil else { return [] }
    let found = index.found
    guard !list.field.isEmpty, let best = found.first else { return found }
    let variants = Dictionary(grouping: found.filter { $0.variant != nil }, by: \.preset.name)
    let presets = Set(found.lazy.filter { $0.variant == nil }.map(\.preset.name))
    let groups = found.filter { $0.variant == nil }.flatMap {
      [$0] + (variants[$0.preset.name] ?? [])
    }
    let rest = found.filter { !presets.contains($0.preset.name) }
    let isVariantBest = best.variant != nil && !presets.contains(best.preset.name)
    return isVariantBest ? rest + groups : groups + rest
  }

  private var rows: [FilterList.Row] {
    let isGrouped = list.field.text.trimmingSpaces().isEmpty
    var rows: [FilterList.Row] = []
    var group: String?
    var section = ""
    if sent != nil {
      return [.item(text: "open the experiment in this line", note: "", end: "enter")]
    }
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
          note: entry.variant == nil && entry.preset.name != asked ? note(entry) : "",
          end: end(entry, isGrouped: isGrouped)))
    }
    return rows
  }

  /// The preset's title, or its lesson's where that is what was typed.
  private func note(_ entry: PresetLine) -> String {
    guard let lesson = entry.lessonTitle else { return entry.preset.title }
    let query = FuzzyMatch.Query(list.field.text)
    func fits(_ text: String) -> Bool {
      FuzzyMatch.score(query, FuzzyMatch.Target("", keywords: text)) != nil
    }
    return !query.isEmpty && fits(lesson) && !fits(entry.preset.title)
      ? "lesson: \(lesson)" : entry.preset.title
  }

  /// What stands at the right end: whether there is a lesson, and the heading where none is above.
  private func end(_ entry: PresetLine, isGrouped: Bool) -> String {
    let hasLesson = entry.variant == nil && entry.preset.lesson != nil
    let isDone = done.contains(entry.preset.name)
    let place = begun[entry.preset.name].map { ": \($0)" } ?? ""
    let lesson = hasLesson ? isDone ? "\(tick) lesson" : "lesson\(place)" : ""
    if isGrouped { return lesson }
    return lesson.isEmpty ? entry.preset.group : "\(lesson)   \(entry.preset.group)"
  }

  func area(in explorer: Explorer) -> Rect {
    ListBox.area(in: explorer.size, breadth: 92, lines: height + 8)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    let page = ListBox.listArea(in: area(in: explorer), footer: Self.footerLines).height
    switch list.handle(key, count: entries.count, page: page) {
    case .ignored: return .ignored
    case .moved: return .stay
    case .typed:
      search()
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

  /// The string from elsewhere that stands in the field.
  private var sent: String? {
    let text = list.field.text.trimmingSpaces()
    return PresetShelf.isSent(text) ? text : nil
  }

  private mutating func search() { index.search(sent == nil ? list.field.text : "") }

  private func choose() -> OverlayReply {
    if let sent { return .closeAnd(.load(preset: sent, variant: nil)) }
    guard let entry = chosen else { return .stay }
    return .closeAnd(.load(preset: entry.preset.name, variant: entry.variant))
  }

  mutating func paste(_ text: String, in explorer: Explorer) { paste(text) }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let area = ListBox.listArea(in: area(in: explorer), footer: Self.footerLines)
    guard let item = list.item(atLine: place.y - area.y, rows: rows, height: area.height)
    else { return .stay }
    list.select(item)
    return choose()
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    list.move(by: up ? -3 : 3, count: entries.count)
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let footer = chosen.map { entry in
      guard entry.preset.name != asked else {
        let lesson = entry.preset.lesson?.title ?? ""
        return [lesson, Explorer.coveredWords]
      }
      let title = entry.preset.title + (entry.variant.map { ": " + $0 } ?? "")
      let lesson = entry.variant == nil ? entry.lessonTitle.map { " · lesson: \($0)" } ?? "" : ""
      return [title + lesson, entry.preset.summary]
    }
    ListBox(
      title: "presets", prompt: "type to filter", rows: rows, footer: footer ?? [],
      footerLines: Self.footerLines
    ).draw(
      list, in: area(in: explorer), appearance: explorer.appearance, into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("enter", "load"), ("up down", "choose"), ("esc", list.field.isEmpty ? "back" : "clear")]
  }
}
