import Lanes
import Presets
import Terminal
import Training
import Views

/// A line of the form that takes the cursor.
package enum TableFormLine: Int, Sendable {
  /// What each column is used as.
  case columns
  /// Whether row 1 holds the names.
  case names
  /// What becomes of cells without a number.
  case missing
}

/// A table that is to be opened: its first rows, what each column is used as, and what will learn
/// from it.
struct TableForm: Overlay {
  /// What a column is used as.
  enum Use: String, CaseIterable, Sendable {
    case input, target
    case out = "left out"
  }

  private let preview: TablePreview
  /// What each column is used as.
  private(set) var uses: [Use]
  private var column = 0
  /// Where the cursor is.
  private var line: TableFormLine
  /// What becomes of cells without a number.
  private let missing: CSVFormat.Missing

  /// A form over what was read; `settings` are those with which it was.
  init(
    _ preview: TablePreview, settings: [Setting], column: Int = 0, line: TableFormLine = .columns
  ) {
    self.preview = preview
    self.column = max(0, min(column, preview.names.count - 1))
    self.line = line
    let wanted = settings.last { $0.key == "data.missing" }?.value
    missing = wanted.flatMap { CSVFormat.Missing(rawValue: $0) } ?? .error
    let targets = TableForm.numbers(settings, "data.target")
    let columns = TableForm.numbers(settings, "data.columns")
    uses = preview.names.indices.map { index in
      let isTarget =
        targets.isEmpty ? index == preview.names.count - 1 : targets.contains(index + 1)
      return isTarget
        ? .target : columns.isEmpty || columns.contains(index + 1) ? .input : .out
    }
  }

  /// What becomes of cells without a number, in words.
  private static func words(_ missing: CSVFormat.Missing) -> String {
    switch missing {
    case .error: "error: are told, nothing is trained"
    case .drop: "drop: their rows are left out"
    case .mean: "mean: take the mean of their column"
    }
  }

  private static func numbers(_ settings: [Setting], _ key: String) -> [Int] {
    settings.last { $0.key == key }.map { $0.value.split(separator: ",").compactMap { Int($0) } }
      ?? []
  }

  /// The settings of the data that say what the form says.
  private func settings(hasHeader: Bool, missing: CSVFormat.Missing) -> [Setting] {
    func list(_ use: Use) -> String {
      uses.indices.filter { uses[$0] == use }.map { "\($0 + 1)" }.joined(separator: ",")
    }
    let settings = [
      Setting(key: "data.header", value: hasHeader ? "true" : "false"),
      Setting(key: "data.columns", value: list(.input)),
      Setting(key: "data.target", value: list(.target)),
    ]
    return missing == .error
      ? settings : settings + [Setting(key: "data.missing", value: missing.rawValue)]
  }

  func area(in explorer: Explorer) -> Rect {
    let size = explorer.size
    let width = min(100, size.width - 2)
    let height = min(
      lines(explorer, width: width - 6).count + preview.rows.count + 10, size.height - 2)
    return Rect(
      x: (size.width - width) / 2, y: max(0, (size.height - height) / 2), width: width,
      height: height)
  }

  /// What was understood, or what is wrong; then what Enter does.
  private func lines(_ explorer: Explorer, width: Int) -> [(text: String, color: Color)] {
    let theme = explorer.appearance.theme
    func wrapped(_ text: String, _ color: Color) -> [(text: String, color: Color)] {
      Reader.wrap(text, width: max(10, width)).map { ($0, color) }
    }
    switch preview.preset {
    case .success(let preset):
      let net = NetworkText.of(preset.experiment)
      return preview.understood.flatMap { wrapped($0, theme.text) } + wrapped(net, theme.good)
        + wrapped(
          "enter begins a new run at step 0; what runs now stays: u goes back to it", theme.muted)
    case .failure(let error):
      let told = error.diagnostics.prefix(4).map(\.message)
      return told.flatMap { wrapped("! " + $0, theme.warning) }
    }
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.control { return .ignored }
    switch key.code {
    case .escape: return .close
    case .enter:
      guard case .success(let preset) = preview.preset else { return .stay }
      return .closeAnd(.train(preset))
    case .down, .tab: line = TableFormLine(rawValue: line.rawValue + 1) ?? line
    case .up, .backTab: line = TableFormLine(rawValue: line.rawValue - 1) ?? line
    case .left where line == .columns: column = max(0, column - 1)
    case .right where line == .columns: column = min(preview.names.count - 1, column + 1)
    case .left where line == .missing: return turnMissing(by: -1)
    case .right where line == .missing, .character(" ") where line == .missing,
      .character("m"):
      return turnMissing(by: 1)
    case .home: column = 0
    case .end: column = max(0, preview.names.count - 1)
    case .left, .right, .character("h"): return again(hasHeader: !preview.hasHeader)
    case .character(" ") where line == .names: return again(hasHeader: !preview.hasHeader)
    case .character(" "): return turn(column)
    case .character("t"): return use(column, as: .target)
    case .character("i"): return use(column, as: .input)
    case .character("x"): return use(column, as: .out)
    default: break
    }
    return .stay
  }

  /// Input, target, left out, and round again.
  private mutating func turn(_ column: Int) -> OverlayReply {
    guard uses.indices.contains(column) else { return .stay }
    let next: Use =
      switch uses[column] {
      case .input: .target
      case .target: .out
      case .out: .input
      }
    return use(column, as: next)
  }

  private mutating func use(_ column: Int, as use: Use) -> OverlayReply {
    guard uses.indices.contains(column), uses[column] != use else { return .stay }
    let before = uses
    // One target at a time: what was it becomes an input.
    if use == .target { uses = uses.map { $0 == .target ? .input : $0 } }
    uses[column] = use
    guard uses.contains(.target), uses.contains(.input) else {
      uses = before
      return .stay
    }
    return again(hasHeader: preview.hasHeader)
  }

  /// Another way with cells without a number.
  private func turnMissing(by places: Int) -> OverlayReply {
    let all = CSVFormat.Missing.allCases
    let place = (all.firstIndex(of: missing) ?? 0) + places + all.count
    return again(hasHeader: preview.hasHeader, missing: all[place % all.count])
  }

  /// Has the table read again as the form says.
  private func again(hasHeader: Bool, missing: CSVFormat.Missing? = nil) -> OverlayReply {
    .closeAnd(
      .openTable(
        path: preview.path, settings(hasHeader: hasHeader, missing: missing ?? self.missing),
        column: column, line: line))
  }

  // MARK: Drawing

  /// The first column that is seen, and how many are.
  private func seen(_ width: Int) -> (first: Int, count: Int, each: Int) {
    let each = 13
    let count = max(1, (width - 11) / each)
    return (max(0, min(column - count / 2, preview.names.count - count)), count, each)
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let area = area(in: explorer)
    let (first, count, each) = seen(area.width - 6)
    let row = place.y - area.y - 2
    if row == preview.rows.count + 5 { return again(hasHeader: !preview.hasHeader) }
    if row == preview.rows.count + 6 { return turnMissing(by: 1) }
    let index = (place.x - area.x - 3 - 11) / each
    guard place.x >= area.x + 14, index < count, preview.names.indices.contains(first + index)
    else { return .stay }
    column = first + index
    line = .columns
    return row == 1 ? turn(column) : .stay
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    column = max(0, min(column + (up ? -1 : 1), preview.names.count - 1))
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let area = area(in: explorer)
    let appearance = explorer.appearance
    let theme = appearance.theme
    let name = preview.path.split(separator: "/").last.map(String.init) ?? preview.path
    appearance.drawBox(area, title: "open \(name)", into: &canvas)
    let width = area.width - 6
    func write(
      _ text: String, _ x: Int, _ y: Int, _ color: Color, limit: Int, right: Bool = false,
      bold: Bool = false
    ) {
      guard y < area.height - 1 else { return }
      let shift = right ? max(0, limit - appearance.width(text)) : 0
      appearance.write(
        text, at: Point(x: area.x + 3 + x + shift, y: area.y + y), limit: limit - shift,
        color: color, attributes: bold ? .bold : [], into: &canvas)
    }
    let (first, count, each) = seen(width)
    write("column", 0, 2, theme.muted, limit: 10)
    write("use as", 0, 3, theme.muted, limit: 10)
    for index in first..<min(preview.names.count, first + count) {
      let x = 11 + (index - first) * each
      let isChosen = index == column && line == .columns
      if isChosen {
        canvas.fill(
          Rect(x: area.x + 2 + x, y: area.y + 2, width: each, height: preview.rows.count + 3),
          with: Cell(" ", style: Style(foreground: theme.text, background: appearance.chosen)))
      }
      write(preview.names[index], x, 2, theme.text, limit: each - 2, right: true, bold: true)
      let color: Color =
        switch uses[index] {
        case .input: theme.good
        case .target: theme.series(1)
        case .out: theme.muted
        }
      let mark = isChosen ? "‹ \(uses[index].rawValue) ›" : uses[index].rawValue
      write(mark, x, 3, color, limit: each - 2, right: true)
      for (number, row) in preview.rows.enumerated() where row.cells.indices.contains(index) {
        write(
          row.cells[index], x, 5 + number, uses[index] == .out ? theme.muted : theme.text,
          limit: each - 2, right: true)
      }
    }
    for (number, row) in preview.rows.enumerated() {
      write("line \(row.line)", 0, 5 + number, theme.muted, limit: 10)
    }
    if preview.names.count > count {
      write(
        "‹ \(first + 1)–\(min(first + count, preview.names.count)) of \(preview.names.count) ›",
        11, 4, theme.muted, limit: width - 11)
    }
    let names = preview.rows.count + 6
    func choice(_ label: String, _ value: String, _ y: Int, isHere: Bool) {
      write(label, 0, y, isHere ? theme.text : theme.muted, limit: 16, bold: isHere)
      write(isHere ? "‹ \(value) ›" : value, 16, y, theme.text, limit: width - 16)
    }
    choice("names in row 1", preview.hasHeader ? "yes" : "no", names, isHere: line == .names)
    choice("missing cells", TableForm.words(missing), names + 1, isHere: line == .missing)
    for (number, line) in lines(explorer, width: width).enumerated() {
      write(line.text, 0, names + 3 + number, line.color, limit: width)
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    var hints: [(keys: String, label: String)] = []
    if case .success = preview.preset { hints.append(("enter", "train")) }
    return hints + [
      ("left right", "column"), ("space", "input, target, left out"), ("down", "names, missing"),
      ("esc", "back"),
    ]
  }
}

/// What will learn, in a line.
private enum NetworkText {
  static func of(_ experiment: Experiment) -> String {
    guard case .model(let model) = experiment.problem else { return "" }
    let hidden = model.hidden.map { "\($0.units) \($0.activation.name)" }
    let net = hidden.isEmpty ? "no hidden layer" : "hidden " + hidden.joined(separator: ", ")
    let test = Int((model.data.testFraction * 100).rounded())
    return "net: \(net); \(model.loss.name), \(experiment.optimizer.name); \(test) % for test"
  }
}
