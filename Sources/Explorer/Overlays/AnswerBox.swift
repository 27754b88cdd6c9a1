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

  private var choices: [String]? {
    if case .choice(let texts, _) = question.answer { texts } else { nil }
  }

  /// The lines of the box: the question, then a line for each choice or the line that is typed.
  private func lines(width: Int) -> (question: [String], rows: [String]) {
    var text = Reader.wrap(question.text, width: max(1, width))
    if let tried { text += Reader.wrap(LessonText.hint(tried, question), width: max(1, width)) }
    guard let choices else { return (text, []) }
    let numbered = choices.enumerated().map { "\($0.offset + 1)  \($0.element)" }
    return (text, numbered + ["?  show me the answer"])
  }

  func area(in explorer: Explorer) -> Rect {
    let size = explorer.size
    let layout = explorer.layout
    let panel = layout.panel
    func height(_ width: Int) -> Int {
      let (text, rows) = lines(width: width - 6)
      return min(text.count + max(1, rows.count) + 2, max(5, size.height - 2))
    }
    func box(_ x: Int, _ end: Int, _ width: Int) -> Rect {
      let height = height(width)
      return Rect(x: max(0, x), y: max(0, end - height), width: width, height: height)
    }
    guard !panel.isEmpty else {
      let width = min(72, size.width)
      return box((size.width - width) / 2, (size.height + height(width)) / 2, width)
    }
    // The lesson's text stays in sight: what is asked is often told there.
    let text = LessonPanel(explorer)?.textHeight ?? 0
    if panel.height - text - 2 >= height(panel.width) {
      return box(panel.x, panel.maxY, panel.width)
    }
    // What is covered anyway has room.
    let covered = layout.slots.first {
      explorer.cover?.hides($0.name) == true && $0.frame.width >= AnswerBox.leastWidth
        && $0.frame.height >= height($0.frame.width)
    }?.frame
    if let covered {
      let height = height(covered.width)
      return box(covered.x, (covered.y + covered.maxY + height) / 2, covered.width)
    }
    if panel.x > 0 {
      let width = min(72, panel.x)
      return box(panel.x - width, panel.maxY, width)
    }
    let isRoomAbove = panel.y > height(panel.width)
    return box(panel.x, isRoomAbove ? panel.y : panel.maxY, panel.width)
  }

  /// Columns that it needs to be read well.
  private static let leastWidth = 34

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
    return take(index)
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
    for (index, row) in rows.enumerated() where y < area.maxY - 1 {
      let isChosen = index == selected
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
        row, at: Point(x: area.x + 3, y: y), limit: room,
        color: index == rows.count - 1 && !isChosen ? theme.muted : theme.text,
        attributes: isChosen && theme.isMonochrome ? .reverse : [], into: &canvas)
      y += 1
    }
    guard choices == nil, y < area.maxY - 1 else { return }
    let line = Rect(x: area.x + 3, y: y, width: room < 60 ? 12 : 24, height: 1)
    appearance.drawField(field, prompt: "a number", in: line, into: &canvas)
    if isRefused {
      appearance.write(
        "a number, such as 0.45 or 1e-3", at: Point(x: line.maxX + 1, y: y),
        limit: area.maxX - 2 - line.maxX - 1, color: theme.bad, into: &canvas)
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
