import Metrics
package import Terminal
import Views

extension Follow {
  /// The picture of this state.
  package func picture() -> Canvas {
    let theme = appearance.theme
    var canvas = Canvas(
      size: size,
      blank: Cell(" ", style: Style(foreground: theme.text, background: theme.background)))
    let layout = FollowLayout(self)
    guard !layout.isTooSmall else {
      appearance.write(
        "a little more room, please", at: Point(x: 0, y: size.height / 2), limit: size.width,
        color: theme.muted, into: &canvas)
      return canvas
    }
    for slot in layout.slots {
      canvas.fill(slot.frame, with: appearance.paneBlank)
      var readout: [String] = []
      if slot.name == Follow.list {
        let table = frame.table
        readout = [
          "\(table.runs.count - hiddenRuns.count) of \(table.runs.count) runs",
          "\(panes.reduce(0) { $0 + $1.series.count }) series",
        ]
        FollowList(self, slot.area).draw(into: &canvas)
      } else if let pane = panes.first(where: { $0.name == slot.name }) {
        let curves = FollowCurves(self, pane)
        readout = curves.readout
        let isMain = slot == layout.slots[0] || slot.name == focusedName
        curves.draw(in: slot.area, isLarge: isMain, into: &canvas)
      }
      PaneFrame(
        slot: slot, title: slot.name, readout: readout, isFocused: slot.name == focusedName,
        isNumbered: slot.number <= 9
      ).draw(appearance, into: &canvas)
    }
    if panes.isEmpty { drawWaiting(layout, into: &canvas) }
    drawStatus(into: &canvas)
    drawBar(into: &canvas)
    if showsHelp { drawHelp(into: &canvas) }
    return canvas
  }

  /// What is waited for, while there is nothing to be seen.
  private func drawWaiting(_ layout: FollowLayout, into canvas: inout Canvas) {
    let open = frame.sources.map { $0.path == "-" ? "the standard input" : $0.path }
    let text =
      frame.sources.contains { $0.state != .ended }
      ? "waiting for the first row of \(open.first ?? title)"
      : "there is no row of metrics in \(open.first ?? title)"
    let y = min(size.height - 3, (layout.slots.first?.frame.maxY ?? 4) - 2)
    appearance.write(
      text, at: Point(x: 3, y: y), limit: size.width - 6, color: appearance.theme.muted,
      into: &canvas)
  }

  private func drawStatus(into canvas: inout Canvas) {
    let theme = appearance.theme
    let (mark, word, color): (String, String, Color) =
      isHeld
      ? ("■", "held", theme.warning)
      : frame.progress != nil
        ? ("●", "reading", theme.warning)
        : frame.sources.allSatisfy({ $0.state == .ended })
          ? ("✓", "ended", theme.muted)
          : ("●", "following", theme.good)
    var x = 1
    x +=
      appearance.write(
        "\(mark) \(word)", at: Point(x: x, y: 0), limit: size.width, color: color,
        attributes: .bold, into: &canvas) + 2
    var parts: [String] = []
    if let progress = frame.progress { parts.append("\(Int(progress * 100)) % read") }
    parts.append("\(NumberText.count(frame.table.rows)) rows")
    if let age = frame.age, frame.sources.contains(where: { $0.state == .live }) {
      parts.append("last row \(NumberText.fixed(max(0, age), decimals: 1)) s ago")
    }
    parts.append("axis \(isByClock ? "clock, \(unit.name)" : "step")")
    parts.append("smoothing \(NumberText.short(Smoothing.levels[smoothing]))")
    func width() -> Int { appearance.width(parts.joined(separator: "   ")) }
    while parts.count > 1, width() > size.width - x - 12 { parts.removeLast() }
    appearance.write(
      title, at: Point(x: x, y: 0), limit: size.width - x - width() - 4, color: theme.text,
      attributes: .bold, into: &canvas)
    appearance.write(
      parts.joined(separator: "   "), at: Point(x: size.width - 1 - width(), y: 0),
      limit: size.width, color: theme.muted, into: &canvas)
  }

  private func drawBar(into canvas: inout Canvas) {
    let theme = appearance.theme
    let y = size.height - 1
    if let field {
      appearance.write(
        ":", at: Point(x: 1, y: y), limit: 1, color: theme.text, into: &canvas)
      appearance.drawField(
        field, prompt: "part of a name", in: Rect(x: 3, y: y, width: size.width - 4, height: 1),
        into: &canvas)
      return
    }
    var items = FollowKey.all.filter { $0.hint != nil }
    func width() -> Int {
      items.reduce(2) { $0 + appearance.width($1.spelling) + appearance.width($1.hint ?? "") + 4 }
    }
    // The last ones help most: help and quit stay.
    while items.count > 2, width() > size.width { items.remove(at: items.count - 3) }
    var x = 2
    for item in items {
      x +=
        appearance.write(
          item.spelling, at: Point(x: x, y: y), limit: size.width - x, color: theme.text,
          attributes: .bold, into: &canvas) + 1
      x +=
        appearance.write(
          item.hint ?? "", at: Point(x: x, y: y), limit: size.width - x, color: theme.muted,
          into: &canvas) + 3
    }
    if let message {
      let width = appearance.width(message.text) + 2
      canvas.fill(
        Rect(x: size.width - width - 1, y: y - 1, width: width, height: 1),
        with: Cell(" ", style: Style(foreground: theme.text, background: appearance.chosen)))
      appearance.write(
        message.text, at: Point(x: size.width - width, y: y - 1), limit: width,
        color: theme.text, into: &canvas)
    }
  }

  private func drawHelp(into canvas: inout Canvas) {
    let entries = FollowKey.all
    let wide = entries.map { appearance.width($0.spelling) }.max() ?? 0
    let width = min(
      size.width - 4, 6 + wide + (entries.map { appearance.width($0.summary) }.max() ?? 0))
    let height = min(size.height - 2, entries.count + 2)
    let area = Rect(
      x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height)
    appearance.drawBox(area, title: "keys", into: &canvas)
    for (index, entry) in entries.prefix(height - 2).enumerated() {
      let y = area.y + 1 + index
      appearance.write(
        entry.spelling, at: Point(x: area.x + 2, y: y), limit: wide,
        color: appearance.theme.text, attributes: .bold, into: &canvas)
      appearance.write(
        entry.summary, at: Point(x: area.x + 4 + wide, y: y), limit: width - wide - 6,
        color: appearance.theme.muted, into: &canvas)
    }
  }
}
