import Differentiation
import Terminal
import Training
import Views

/// The line at the bottom in which a formula is typed: every change is read at once, and drawn when
/// it can be.
///
/// What cannot be read is said under the place where reading stopped; the picture keeps the last
/// formula that could.
struct FormulaLine: Overlay {
  /// The longest formula that is taken, in scalars.
  static let capacity = 2000
  /// Formulas that are remembered.
  static let historyLimit = 100

  private var field: TextField
  /// Formulas used before, the newest last.
  private let history: [String]
  /// The entry of `history` that stands in the line; its count: what was typed.
  private var place: Int
  /// What was typed before the history was called.
  private var draft = ""
  /// The text that was read last.
  private var readText: String?
  private(set) var preview: FormulaPreview?
  /// What is wrong with the text; nil when it is empty or right.
  private(set) var problem: FormulaError?

  /// A line with a formula to begin with, marked, so that the first character typed replaces it.
  init(showing text: String, history: [String]) {
    field = TextField(text, marked: true, limit: FormulaLine.capacity)
    self.history = history.filter { $0 != text }
    place = self.history.count
    readText = field.text
  }

  func area(in explorer: Explorer) -> Rect {
    Rect(x: 0, y: explorer.size.height - 2, width: explorer.size.width, height: 2)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    switch (key.code, key.control) {
    case (.escape, _): return .close
    case (.enter, _):
      // The text the line opened with was not read yet.
      if preview == nil, problem == nil { read(in: explorer, isForced: true) }
      guard problem == nil, let preview else { return .stay }
      return .closeAnd(.descend(preview.preset))
    case (.up, _), (.character("p"), true): recall(place - 1)
    case (.down, _), (.character("n"), true): recall(place + 1)
    default: guard field.handle(key) else { return .ignored }
    }
    read(in: explorer)
    return .stay
  }

  mutating func paste(_ text: String, in explorer: Explorer) {
    // A program of several lines is one formula.
    field.insert(text.replacing("\r\n", with: " ").replacing("\n", with: " "))
    read(in: explorer)
  }

  private mutating func recall(_ wanted: Int) {
    guard wanted >= 0, wanted <= history.count, wanted != place else { return }
    if place == history.count { draft = field.text }
    place = wanted
    field = TextField(
      wanted == history.count ? draft : history[wanted], limit: FormulaLine.capacity)
  }

  /// Reads what stands in the line, if it is new.
  private mutating func read(in explorer: Explorer, isForced: Bool = false) {
    let text = field.text
    guard isForced || text != readText else { return }
    readText = text
    problem = nil
    if text.trimmingSpaces().isEmpty {
      preview = nil
      return
    }
    do {
      preview = try FormulaPreview(text, in: explorer)
    } catch {
      problem = error
    }
  }

  // MARK: - Drawing

  /// In front of the text, as the picture names it.
  private var label: String {
    guard let preview, problem == nil, preview.variables.count <= 3 else { return "f = " }
    return "f(\(preview.variables.joined(separator: ", "))) = "
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    let bar = area(in: explorer)
    canvas.fill(
      bar, with: Cell(" ", style: Style(foreground: theme.text, background: appearance.chosen)))
    let used = appearance.write(
      label, at: Point(x: 2, y: bar.y), limit: bar.width / 2, color: theme.text,
      attributes: .bold, into: &canvas)
    let line = Rect(x: 2 + used, y: bar.y, width: max(0, bar.width - used - 4), height: 1)
    appearance.drawField(field, prompt: "x^4 - 3x^2 + x", in: line, into: &canvas)
    if let problem {
      draw(problem, under: line, appearance, into: &canvas)
    } else {
      appearance.write(
        "enter descends on it   up down history   esc back", at: Point(x: 2, y: bar.y + 1),
        limit: bar.width - 3, color: theme.muted, into: &canvas)
    }
  }

  /// Carets under the offending part, and beside them what is wrong, on the side with more room.
  private func draw(
    _ problem: FormulaError, under line: Rect, _ appearance: Appearance, into canvas: inout Canvas
  ) {
    guard line.width > 0 else { return }
    let first = field.firstShown(in: line.width)
    let before = field.width(from: first, to: field.place(ofScalar: problem.range.lowerBound))
    let start = min(before, line.width - 1)
    let end = max(
      start + 1,
      min(field.width(from: first, to: field.place(ofScalar: problem.range.upperBound)), line.width)
    )
    let y = line.y + 1
    let color = appearance.theme.bad
    appearance.write(
      String(repeating: "^", count: end - start), at: Point(x: line.x + start, y: y),
      limit: end - start, color: color, attributes: .bold, into: &canvas)
    let text = problem.explanation
    let width = appearance.width(text)
    let rightRoom = canvas.size.width - 1 - (line.x + end + 1)
    let leftRoom = line.x + start - 2
    if width <= rightRoom || rightRoom >= leftRoom {
      appearance.write(
        text, at: Point(x: line.x + end + 1, y: y), limit: rightRoom, color: color, into: &canvas)
    } else {
      let taken = min(width, leftRoom)
      appearance.write(
        text, at: Point(x: line.x + start - 1 - taken, y: y), limit: taken, color: color,
        into: &canvas)
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] { [] }
}
