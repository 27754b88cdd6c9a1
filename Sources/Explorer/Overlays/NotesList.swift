import Terminal
import Views

/// The lecture notes, chapter by chapter: a number, a line of the notes or words find a section,
/// Enter opens its preset.
struct NotesList: Overlay {
  /// Lines about what is chosen.
  private static let footerLines = 3

  private var list = FilterList()
  private let index: FuzzyIndex<NotesEntry>
  /// What fits the typed text, best first.
  private(set) var found: [NotesEntry]

  /// A list of the notes' systems.
  init(_ notes: [NotesEntry]) {
    index = FuzzyIndex(notes) { entry in
      [
        FuzzyMatch.Target(
          entry.title, keywords: "\(entry.preset) \(entry.section) \(entry.summary)")
      ]
    }
    found = notes
  }

  private mutating func search() {
    let query = list.field.text.trimmingSpaces()
    if let number = Int(query), number >= 0 {
      found = numbered(number, as: query)
    } else {
      var index = index
      index.search(query)
      found = index.found
    }
  }

  /// The system of that number, those whose numbers begin so, then those that hold that line of the
  /// notes.
  private func numbered(_ number: Int, as digits: String) -> [NotesEntry] {
    let own = index.all.filter { $0.number == number }
    let beginning = index.all.filter {
      $0.number != number && String($0.number).hasPrefix(digits)
    }
    let holding = index.all.filter {
      $0.lines.contains(number) && $0.number != number && !beginning.contains($0)
    }
    return own + beginning + holding
  }

  private var rows: [FilterList.Row] {
    let isGrouped = list.field.text.trimmingSpaces().isEmpty
    var rows: [FilterList.Row] = []
    var section: String?
    for entry in found {
      if isGrouped, entry.section != section {
        section = entry.section
        rows.append(.heading(entry.section))
      }
      let number = (entry.number < 10 ? " " : "") + "\(entry.number)"
      rows.append(
        .item(
          text: "\(number)  \(entry.title)", note: entry.preset,
          end: "lines \(entry.lines.lowerBound)–\(entry.lines.upperBound)"))
    }
    return rows
  }

  func area(in explorer: Explorer) -> Rect {
    let sections = Set(explorer.notes.map(\.section)).count
    return ListBox.area(
      in: explorer.size, breadth: 92, lines: explorer.notes.count + sections + 8)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    let page = ListBox.listArea(in: area(in: explorer), footer: Self.footerLines).height
    switch list.handle(key, count: found.count, page: page) {
    case .ignored: return .ignored
    case .moved: return .stay
    case .typed:
      search()
      return .stay
    case .cancelled:
      guard list.field.isEmpty else {
        list = FilterList()
        search()
        return .stay
      }
      return .close
    case .accepted: return choose()
    }
  }

  private func choose() -> OverlayReply {
    guard found.indices.contains(list.selected) else { return .stay }
    return .closeAnd(.load(preset: found[list.selected].preset, variant: nil))
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
    list.move(by: up ? -3 : 3, count: found.count)
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let chosen = found.indices.contains(list.selected) ? found[list.selected] : nil
    let remark = chosen.map { $0.remark.isEmpty ? "" : "in the notes: \($0.remark)" }
    let isAsked = chosen.map { $0.preset == explorer.askedPreset } ?? false
    ListBox(
      title: "lecture notes and the presets that show them",
      prompt: "a section's number, a line of the notes, or words", rows: rows,
      footer: isAsked
        ? [Explorer.coveredWords] : [chosen?.summary ?? "", remark ?? ""],
      footerLines: Self.footerLines, noteColumn: 48
    ).draw(list, in: area(in: explorer), appearance: explorer.appearance, into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [
      ("1–\(index.all.count)", "section"), ("enter", "open"), ("up down", "choose"),
      ("esc", list.field.isEmpty ? "back" : "clear"),
    ]
  }
}
