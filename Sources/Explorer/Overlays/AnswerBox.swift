import Presets
import Terminal
import Training
import Views

/// The question of a lesson's step: choices to take, or a number to type. Escape leaves it open.
struct AnswerBox: Overlay {
  private let question: LessonQuestion
  private let step: Int
  /// A first answer that was wrong.
  private let tried: LessonAnswer?
  /// The row that arrows have chosen; nil: none yet, so that no key answers by itself.
  private var selected: Int?
  private var field = TextField(limit: 40)
  /// Enter was pressed on what is no number.
  private var isRefused = false

  /// Asks the question of a step.
  init(_ question: LessonQuestion, step: Int, tried: LessonAnswer? = nil) {
    self.tried = tried
    self.question = question
    self.step = step
  }

  /// How it takes an answer, in a few words.
  var way: String { choices == nil ? "type a number and press enter" : "press the number of one" }

  private var choices: [String]? {
    if case .choice(let texts, _) = question.answer { texts } else { nil }
  }

  /// A line of a choice.
  private struct Row {
    /// The choice; after the last one: to be shown the answer.
    var choice: Int
    var text: String
  }

  /// The lines of the box: the question, then the lines of the choices or that which is typed.
  private func lines(width: Int) -> (question: [String], rows: [Row]) {
    var text = Reader.wrap(question.text, width: max(1, width))
    if let tried { text += Reader.wrap(LessonText.hint(tried, question), width: max(1, width)) }
    guard let choices else { return (text, []) }
    let rows = choices.enumerated().flatMap { index, choice in
      Reader.wrap(choice, width: max(1, width - 3)).enumerated().map { line, part in
        Row(choice: index, text: (line == 0 ? "\(index + 1)  " : "   ") + part)
      }
    }
    return (text, rows + [Row(choice: choices.count, text: "?  show me the answer")])
  }

  /// The rows that it takes, border included, at a width.
  private func height(_ width: Int) -> Int {
    let (text, rows) = lines(width: width - 6)
    return text.count + max(1, rows.count) + 2
  }

  func area(in explorer: Explorer) -> Rect {
    let size = explorer.size
    let layout = explorer.layout
    if let free = free(in: layout, explorer) { return free }
    func box(_ x: Int, _ end: Int, _ width: Int) -> Rect {
      let height = min(self.height(width), max(5, size.height - 2))
      return Rect(x: max(0, x), y: max(0, end - height), width: width, height: height)
    }
    let panel = layout.panel
    guard !panel.isEmpty else {
      let width = min(72, size.width)
      return box((size.width - width) / 2, (size.height + height(width)) / 2, width)
    }
    if panel.x > 0 {
      let width = min(72, panel.x)
      return box(panel.x - width, panel.maxY, width)
    }
    return box(panel.x, panel.y > height(panel.width) ? panel.y : panel.maxY, panel.width)
  }

  /// A place where it stands whole and hides neither what the lesson says nor a pane that the
  /// question leaves in sight: what is asked is often told there. Nil: there is none.
  private func free(in layout: Layout, _ explorer: Explorer) -> Rect? {
    guard let lesson = LessonPanel(explorer), !layout.panel.isEmpty else { return nil }
    let panel = layout.panel
    func box(_ x: Int, _ end: Int, _ width: Int) -> Rect {
      Rect(x: x, y: end - height(width), width: width, height: height(width))
    }
    let shown = layout.slots.filter { explorer.cover?.hides($0.name) != true }.map(\.frame)
    let below = box(panel.x, panel.maxY, panel.width)
    var places = below.y >= panel.y + lesson.textHeight + 2 ? [below] : []
    // What is covered anyway has room.
    for frame in AnswerBox.coveredFrames(layout, explorer)
    where frame.width >= AnswerBox.leastWidth && frame.height >= height(frame.width) {
      places.append(
        box(frame.x, (frame.y + frame.maxY + height(frame.width)) / 2, frame.width))
    }
    if panel.x > 0 {
      let width = min(72, panel.x)
      places.append(box(panel.x - width, panel.maxY, width))
    } else {
      places.append(box(panel.x, panel.y, panel.width))
    }
    // The question itself may be covered: the box says it.
    if below.y >= lesson.toldEnd(in: panel) { places.append(below) }
    return places.first { place in
      place.x >= 0 && place.y >= 1 && shown.allSatisfy { place.intersection($0).isEmpty }
    }
  }

  /// Covered panes, then those above one another together.
  private static func coveredFrames(_ layout: Layout, _ explorer: Explorer) -> [Rect] {
    let covered = layout.slots.filter { explorer.cover?.hides($0.name) == true }.map(\.frame)
    let columns = covered.map { first in
      covered.sorted { $0.y < $1.y }.reduce(first) { all, next in
        guard next.x == all.x, next.width == all.width, next.y == all.maxY else { return all }
        return Rect(x: all.x, y: all.y, width: all.width, height: all.height + next.height)
      }
    }
    return covered + columns
  }

  /// The rows of a panel below the panes in which it has room under what the lesson says; nil: it
  /// has room already, or the panes would have too little.
  func panelHeight(in explorer: Explorer, of layout: Layout) -> Int? {
    let panel = layout.panel
    guard free(in: layout, explorer) == nil, let lesson = LessonPanel(explorer) else { return nil }
    let wanted = lesson.toldEnd(in: panel) - panel.y + height(panel.width)
    return wanted > panel.height && wanted <= panel.maxY - 1 - AnswerBox.leastPanes ? wanted : nil
  }

  /// Columns that it needs to be read well.
  private static let leastWidth = 34
  /// Rows that it leaves to the panes.
  private static let leastPanes = 6

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.code == .escape { return .close }
    guard let choices else { return type(key) }
    if key.control { return .ignored }
    let count = choices.count + 1
    switch key.code {
    case .up, .backTab: selected = ((selected ?? 0) + count - 1) % count
    case .down, .tab: selected = selected.map { ($0 + 1) % count } ?? 0
    case .home: selected = 0
    case .end: selected = count - 1
    case .enter:
      guard let selected else {
        isRefused = true
        return .stay
      }
      return take(selected)
    case .character("?"): return take(choices.count)
    case .character(let scalar) where scalar.value >= 49 && scalar.value < 49 + UInt32(count - 1):
      return take(Int(scalar.value) - 49)
    default: break
    }
    return .stay
  }

  private func take(_ index: Int) -> OverlayReply {
    let count = choices?.count ?? 0
    return .closeAnd(.answer(step: step, index < count ? .choice(index) : .skipped))
  }

  private mutating func type(_ key: Key) -> OverlayReply {
    if key.code == .character("?") { return .closeAnd(.answer(step: step, .skipped)) }
    guard key.code == .enter else {
      isRefused = false
      return field.handle(key) ? .stay : .ignored
    }
    let text = field.text.trimmingSpaces().replacing("−", with: "-").replacing(",", with: ".")
    guard let value = ExactDecimal.number(text) else {
      isRefused = true
      return .stay
    }
    return .closeAnd(.answer(step: step, .number(value)))
  }

  mutating func paste(_ text: String, in explorer: Explorer) {
    if choices == nil { field.insert(text) }
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    guard choices != nil else { return .stay }
    let area = area(in: explorer)
    let (text, rows) = lines(width: area.width - 6)
    let index = place.y - area.y - 1 - text.count
    guard rows.indices.contains(index) else { return .stay }
    return take(rows[index].choice)
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let area = area(in: explorer)
    let appearance = explorer.appearance
    let theme = appearance.theme
    let title = tried == nil ? "before you look" : "once more"
    appearance.drawBox(
      area, title: isRefused && choices != nil && selected == nil ? "choose one first" : title,
      into: &canvas)
    let (text, rows) = lines(width: area.width - 6)
    let room = area.width - 6
    var y = area.y + 1
    for line in text where y < area.maxY - 1 {
      appearance.write(
        line, at: Point(x: area.x + 3, y: y), limit: room, color: theme.text, attributes: .bold,
        into: &canvas)
      y += 1
    }
    for row in rows where y < area.maxY - 1 {
      let isChosen = row.choice == selected
      if isChosen {
        canvas.fill(
          Rect(x: area.x + 1, y: y, width: area.width - 2, height: 1),
          with: Cell(
            " ",
            style: Style(
              foreground: theme.text, background: appearance.chosen,
              attributes: theme.isMonochrome ? .reverse : [])))
      }
      appearance.write(
        row.text, at: Point(x: area.x + 3, y: y), limit: room,
        color: row.choice == choices?.count && !isChosen ? theme.muted : theme.text,
        attributes: isChosen && theme.isMonochrome ? .reverse : [], into: &canvas)
      y += 1
    }
    guard choices == nil, y < area.maxY - 1 else { return }
    let line = Rect(x: area.x + 3, y: y, width: room < 60 ? 12 : 24, height: 1)
    appearance.drawField(field, prompt: "a number", in: line, into: &canvas)
    if isRefused {
      let free = area.maxX - 2 - line.maxX - 1
      let texts = ["a number, such as 0.45 or 1e-3", "a number, such as 0.45", "a number: 0.45"]
      appearance.write(
        texts.first { appearance.width($0) <= free } ?? "",
        at: Point(x: line.maxX + 1, y: y), limit: free, color: theme.bad, into: &canvas)
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    choices == nil
      ? [("enter", "answer"), ("?", "show me the answer"), ("esc", "back")]
      : [
        ("1–\(choices?.count ?? 1)", "answer"), ("up down", "choose"), ("?", "show me"),
        ("esc", "back"),
      ]
  }
}
