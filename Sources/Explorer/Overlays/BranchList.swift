import Lanes
import Terminal
import Training
import Views

/// The branches of the session: where each left, what differs, how far it has come.
struct BranchList: Overlay {
  private var selected: Int

  /// The list, with the branch that is shown chosen.
  init(_ explorer: Explorer) {
    let session = explorer.snapshot.session
    selected = session.rows.firstIndex { $0.id == session.current } ?? 0
  }

  func area(in explorer: Explorer) -> Rect {
    ListBox.area(in: explorer.size, breadth: 116, lines: rows(explorer).count + 6)
  }

  private func rows(_ explorer: Explorer) -> [SessionSummary.Row] {
    explorer.snapshot.session.rows
  }

  /// The rows that are seen, the chosen one among them.
  private func seen(_ explorer: Explorer) -> Range<Int> {
    let count = rows(explorer).count
    let height = max(1, area(in: explorer).height - 5)
    let top = max(0, min(selected - height / 2, count - height))
    return top..<min(count, top + height)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    let rows = rows(explorer)
    guard !rows.isEmpty else { return .close }
    selected = max(0, min(selected, rows.count - 1))
    let row = rows[selected]
    switch key.code {
    case .escape, .character("E"): return .close
    case .up: selected = max(0, selected - 1)
    case .down: selected = min(rows.count - 1, selected + 1)
    case .home: selected = 0
    case .end: selected = rows.count - 1
    case .enter: return .closeAnd(.request(.branch(row.id)))
    case .character("m"): return .closeAnd(.nameBranch(row.id, row.name))
    case .character("x"):
      return row.id == explorer.snapshot.session.current
        ? .stay : .closeAnd(.forgetBranch(row.id, row.name))
    default: return .ignored
    }
    return .stay
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let line = place.y - area(in: explorer).y - 2
    let seen = seen(explorer)
    guard line >= 0, line < seen.count else { return .stay }
    let chosen = seen.lowerBound + line
    guard chosen == selected else {
      selected = chosen
      return .stay
    }
    return .closeAnd(.request(.branch(rows(explorer)[chosen].id)))
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    selected = max(0, min(selected + (up ? -1 : 1), rows(explorer).count - 1))
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    let area = area(in: explorer)
    appearance.drawBox(area, title: "branches", into: &canvas)
    let session = explorer.snapshot.session
    let inner = area.inset(left: 2, top: 1, right: 2, bottom: 1)
    let columns = Columns(inner.width)
    func write(_ texts: [String], y: Int, color: Color, isChosen: Bool = false) {
      let attributes: Attributes = isChosen && theme.isMonochrome ? .reverse : []
      if isChosen {
        let style = Style(
          foreground: theme.text, background: appearance.chosen, attributes: attributes)
        canvas.fill(
          Rect(x: inner.x - 1, y: y, width: inner.width + 2, height: 1),
          with: Cell(" ", style: style))
      }
      for (text, column) in zip(texts, columns.ranges) {
        appearance.write(
          text, at: Point(x: inner.x + column.lowerBound, y: y), limit: column.count - 1,
          color: color, attributes: attributes, into: &canvas)
      }
    }
    write(
      ["branch", "left at", "differs by", "steps", "loss", "best", "right"], y: inner.y,
      color: theme.muted)
    let rows = rows(explorer).map { live($0, explorer) }
    let best = rows.map(\.loss).filter(\.isFinite).min()
    let differences = explorer.differences.all(in: explorer)
    for (line, index) in seen(explorer).enumerated() {
      let row = rows[index]
      // Where room is short, names are worth more than whom they left.
      let isRoomy = inner.width >= 84
      let ghosts = explorer.hidesGhosts ? [] : explorer.snapshot.ghosts
      let isGhost = ghosts.contains { $0.branch == row.id && !$0.isFuture }
      let branch =
        row.parent.map { isRoomy ? " └ \(row.id) from \($0)" : " └ \(row.id)" } ?? "\(row.id)"
      write(
        [
          (row.id == session.current ? "▸ " : "  ") + branch + " " + row.name,
          row.parent == nil ? "–" : NumberText.count(row.forkStep),
          differences[row.id]?.text(within: columns.ranges[2].count - 1, appearance) ?? "",
          NumberText.count(row.steps), NumberText.compact(row.loss, digits: 3),
          NumberText.compact(row.best, digits: 3),
          row.accuracy.map { "\(Int(($0 * 100).rounded())) %" } ?? "–",
        ], y: inner.y + 1 + line, color: row.loss == best ? theme.good : theme.text,
        isChosen: index == selected)
      if isGhost {
        appearance.write(
          appearance.glyphs == .ascii ? "o" : "◌", at: Point(x: inner.x, y: inner.y + 1 + line),
          limit: 1, color: GhostEnd.color(row.id, of: ghosts, theme), into: &canvas)
        appearance.write(
          branch.trimmingSpaces(),
          at: Point(x: inner.x + 2 + (branch.hasPrefix(" ") ? 1 : 0), y: inner.y + 1 + line),
          limit: columns.ranges[0].count - 4, color: GhostEnd.color(row.id, of: ghosts, theme),
          into: &canvas)
      }
    }
    let undo = session.undo.map { "u takes back \($0.label)" } ?? "nothing to take back"
    let redo = session.redo.map { "; U does \($0.label) again" } ?? ""
    appearance.write(
      rows.count == 1 ? "a change made in the past begins a second branch" : undo + redo,
      at: Point(x: inner.x, y: inner.maxY - 1), limit: inner.width, color: theme.muted,
      into: &canvas)
  }

  /// A row with what the snapshot knows of the branch that is being trained.
  private func live(_ row: SessionSummary.Row, _ explorer: Explorer) -> SessionSummary.Row {
    let snapshot = explorer.snapshot
    guard row.id == snapshot.session.current, snapshot.newestStep == nil else { return row }
    var row = row
    row.steps = snapshot.step
    row.loss = snapshot.loss
    row.best = min(row.best.isNaN ? .infinity : row.best, snapshot.loss)
    row.accuracy = snapshot.accuracy
    return row
  }

  /// Where the table's columns stand.
  private struct Columns {
    let ranges: [Range<Int>]

    init(_ width: Int) {
      let numbers = [9, 9, 9, 6]
      let text = max(12, width + 1 - 8 - numbers.reduce(0, +))
      let widths = [text / 2, 8, text - text / 2] + numbers
      var x = 0
      ranges = widths.map { width in
        defer { x += width }
        return x..<x + width
      }
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("enter", "go on with it"), ("m", "name"), ("x", "forget"), ("esc", "back")]
  }
}
