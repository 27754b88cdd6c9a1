import Terminal
import Training
import Views

/// The panel of a lesson: beside the pictures in a wide window, below them in another.
struct LessonPanel {
  /// Windows of at least this many columns have it at their side.
  static let wideWindow = 120

  @Boxed private var explorer: Explorer
  private let state: LessonState

  /// The panel of a state; nil when no lesson is shown.
  init?(_ explorer: Explorer) {
    guard let state = explorer.shownLesson else { return nil }
    self.explorer = explorer
    self.state = state
  }

  private var isBeside: Bool { explorer.size.width >= LessonPanel.wideWindow }

  private var width: Int {
    isBeside ? max(40, min(52, explorer.size.width * 3 / 10)) : explorer.size.width
  }

  /// The columns of its text.
  private var columns: Int { width - (width >= 30 ? 4 : 2) }

  private var text: LessonText {
    LessonText(explorer, state, width: columns, isRoomy: isBeside)
  }

  /// The room it wants of a window.
  var wantedPanel: Layout.Panel {
    if isBeside { return .beside(width: width) }
    let body = explorer.size.height - 2
    // The pictures keep ten rows, or half of a small window.
    let most = max(min(5, body / 2), body - max(10, body / 2))
    let height = min(max(5, text.lines.count + 2), max(most, body - 10))
    // The box of a question that has no other room makes its own below the text.
    let box = explorer.overlays.lazy.compactMap { $0 as? AnswerBox }.first
    let own = box?.panelHeight(in: explorer, of: explorer.layout(panel: .below(height: height)))
    return .below(height: own ?? height)
  }

  /// The first row of a panel below what the step says: what stands there, the question, is said by
  /// the box of its answer, too.
  func toldEnd(in panel: Rect) -> Int {
    let height = textHeight(panel)
    let text = text
    let page = min(state.page, pages(text.lines.count, height: height) - 1)
    let told = max(0, min(text.toldCount - page * height, height))
    return textTop(panel, lines: text.lines.count) + told
  }

  /// The rows that its text takes, where all of it is seen at once.
  var textHeight: Int { text.lines.count + (isBeside ? 1 : 0) }

  /// The first line of each page in a panel of `height` lines of text.
  private func pages(_ count: Int, height: Int) -> Int {
    guard height > 0 else { return 1 }
    return max(1, (count + height - 1) / height)
  }

  /// Whether there is more text than is seen.
  func hasMore(in panel: Rect) -> Bool {
    state.page + 1 < pages(text.lines.count, height: textHeight(panel))
  }

  private func textHeight(_ panel: Rect) -> Int {
    // The row of dots stands at the foot of a panel beside the pictures.
    max(0, panel.height - 2 - (isBeside ? 3 : 0))
  }

  /// The row of its first line.
  private func textTop(_ panel: Rect, lines: Int) -> Int {
    panel.y + 1 + (isBeside && textHeight(panel) > lines ? 1 : 0)
  }

  /// Draws it.
  func draw(in panel: Rect, into canvas: inout Canvas) {
    guard panel.width >= 10, panel.height >= 3 else { return }
    let appearance = explorer.appearance
    let theme = appearance.theme
    appearance.drawFrame(
      panel, color: theme.border.mixed(with: theme.warning, 0.45), into: &canvas)
    drawTitle(panel, into: &canvas)
    let lines = text.lines
    let height = textHeight(panel)
    let page = min(state.page, pages(lines.count, height: height) - 1)
    let margin = panel.width >= 30 ? 2 : 1
    let top = textTop(panel, lines: lines.count)
    for row in 0..<height where page * height + row < lines.count {
      guard top + row < panel.maxY - 1 else { break }
      draw(
        lines[page * height + row], at: Point(x: panel.x + margin, y: top + row),
        limit: panel.width - 2 * margin, into: &canvas)
    }
    if isBeside { drawDots(panel, into: &canvas) }
    drawKeys(panel, into: &canvas)
  }

  private func draw(
    _ line: [LessonText.Piece], at place: Point, limit: Int, into canvas: inout Canvas
  ) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    var x = place.x
    for piece in line {
      let room = place.x + limit - x
      guard room > 0 else { return }
      var color = theme.text
      var attributes: Attributes = []
      switch piece.tone {
      case .text: break
      case .bold: attributes = .bold
      case .muted: color = theme.muted
      case .question:
        color = theme.warning
        attributes = .bold
      case .good:
        color = theme.good
        attributes = .bold
      case .warning: color = theme.warning
      case .key:
        attributes = theme.isMonochrome ? [.bold, .reverse] : .bold
        canvas.fill(
          Rect(x: x, y: place.y, width: min(room, appearance.width(piece.text)), height: 1),
          with: Cell(
            " ",
            style: Style(
              foreground: theme.text, background: appearance.chosen, attributes: attributes)))
      }
      x += appearance.write(
        piece.text, at: Point(x: x, y: place.y), limit: room, color: color,
        attributes: attributes, into: &canvas)
    }
  }

  /// What it is at the left of the border, where the student is at the right.
  private func drawTitle(_ panel: Rect, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let place = " \(state.index + 1) of \(state.lesson.steps.count) "
    let width = appearance.width(place)
    let title = isBeside ? "lesson" : "lesson: \(state.lesson.title)"
    appearance.write(
      " \(title) ", at: Point(x: panel.x + 2, y: panel.y),
      limit: max(0, panel.width - width - 5), color: appearance.theme.text, attributes: .bold,
      into: &canvas)
    guard panel.width > width + 14 else { return }
    appearance.write(
      place, at: Point(x: panel.maxX - 2 - width, y: panel.y), limit: width,
      color: appearance.theme.muted, into: &canvas)
  }

  /// A dot for each step: done, this one, to come.
  private func drawDots(_ panel: Rect, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    let count = state.lesson.steps.count
    guard count * 2 < panel.width - 4 else { return }
    for index in 0..<count {
      let isHere = index == state.index
      let mark = appearance.glyphs.mark(index <= state.index ? "●" : "○", ascii: isHere ? "#" : "o")
      appearance.write(
        String(Character(mark)),
        at: Point(x: panel.x + 2 + index * 2, y: panel.maxY - 3), limit: 1,
        color: isHere ? theme.warning : index < state.index ? theme.muted : theme.border,
        into: &canvas)
    }
  }

  /// The lesson's own keys in the lower border.
  private func drawKeys(_ panel: Rect, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    var offers = [("g", explorer.lessonOffer ?? "go on")]
    if state.index > 0 { offers.append(("G", "back")) }
    if explorer.canShowSolution { offers.append(("M", "show me")) }
    offers.append(("L", "hide"))
    // The box of the answer has the keys to itself.
    if let box = explorer.overlays.last as? AnswerBox {
      offers = box.hints(in: explorer).map { ($0.keys, $0.label) }
    }
    func width() -> Int {
      offers.reduce(1) { $0 + appearance.width($1.0) + appearance.width($1.1) + 3 }
    }
    while offers.count > 1, width() > panel.width - 4 { offers.removeLast() }
    guard width() <= panel.width - 4 else { return }
    var x = panel.maxX - 2 - width()
    let y = panel.maxY - 1
    func write(_ text: String, _ color: Color) {
      x += appearance.write(
        text, at: Point(x: x, y: y), limit: panel.maxX - 1 - x, color: color, into: &canvas)
    }
    write(" ", appearance.theme.muted)
    for (key, action) in offers {
      write(key, appearance.theme.text)
      write(" \(action)  ", appearance.theme.muted)
    }
  }
}

extension Explorer {
  /// Whether the lesson's text goes on on another page.
  var hasMorePages: Bool {
    let panel = layout.panel
    return LessonPanel(self)?.hasMore(in: panel) ?? false
  }

  /// Whether there is a way to the step's goal that can be shown now.
  var canShowSolution: Bool {
    guard let state = shownLesson, cover == nil else { return false }
    return state.step.goal?.solution != nil && state.reached[state.index] == nil
  }

  /// What going on in the lesson would do, in a word or two; nil when none is shown.
  var lessonOffer: String? {
    guard let state = shownLesson else { return nil }
    if hasMorePages { return "more" }
    if state.openQuestion != nil { return "answer" }
    if !state.isLast { return "go on" }
    return nextLesson == nil ? "end" : "next lesson"
  }
}
