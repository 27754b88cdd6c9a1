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
  private var selected = 0
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
    let panel = explorer.layout.panel
    let width = panel.isEmpty ? min(72, size.width) : panel.width
    let (text, rows) = lines(width: width - 6)
    let height = min(text.count + max(1, rows.count) + 2, max(5, size.height - 2))
    // Over the panel where there is one, so that the pictures stay in sight.
    let x = panel.isEmpty ? (size.width - width) / 2 : panel.x
    let y = panel.isEmpty ? (size.height - height) / 2 : panel.maxY - height
    return Rect(x: max(0, x), y: max(0, y), width: width, height: height)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.code == .escape { return .close }
    guard let choices else { return type(key) }
    if key.control { return .ignored }
    let count = choices.count + 1
    switch key.code {
    case .up, .backTab: selected = (selected + count - 1) % count
    case .down, .tab: selected = (selected + 1) % count
    case .home: selected = 0
    case .end: selected = count - 1
    case .enter: return take(selected)
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
    appearance.drawBox(area, title: tried == nil ? "before you look" : "once more", into: &canvas)
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
    let line = Rect(x: area.x + 3, y: y, width: min(24, room), height: 1)
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
      : [("enter", "answer"), ("up down", "choose"), ("?", "show me"), ("esc", "back")]
  }
}
