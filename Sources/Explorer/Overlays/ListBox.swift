import Terminal
import Views

/// How a `FilterList` stands in the window: a box with the typed line, the list, and lines about
/// the chosen item.
struct ListBox {
  /// In the border.
  var title: String
  /// In the empty field.
  var prompt: String
  /// The list.
  var rows: [FilterList.Row]
  /// What is said below the list, each from a new line and in as many as it needs.
  var footer: [String]
  /// Lines below the list.
  var footerLines = 1
  /// The column of the notes at least.
  var noteColumn = 26

  /// Its place: centred, as high as the list needs. The height does not follow the filter, so that
  /// the box stands still.
  static func area(in size: Size, breadth: Int, lines: Int) -> Rect {
    let width = max(0, min(breadth, size.width - 4))
    let height = max(0, min(max(lines, 8), size.height - 4))
    return Rect(
      x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height)
  }

  /// The list's place in the box's.
  static func listArea(in area: Rect, footer: Int) -> Rect {
    let below = area.height >= footer + 8 ? footer + 1 : 0
    return area.inset(left: 2, top: 3, right: 2, bottom: 1 + below)
  }

  /// Draws box, field, list and footer.
  func draw(
    _ list: FilterList, in area: Rect, appearance: Appearance, into canvas: inout Canvas
  ) {
    appearance.drawBox(area, title: title, into: &canvas)
    let inner = area.inset(left: 2, top: 1, right: 2, bottom: 1)
    appearance.drawField(
      list.field, prompt: prompt, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 1),
      into: &canvas)
    let listArea = ListBox.listArea(in: area, footer: footerLines)
    let top = list.top(rows: rows, height: listArea.height)
    let chosen = list.selectedLine(in: rows)
    let column = column(in: listArea.width, appearance)
    for line in 0..<listArea.height where top + line < rows.count {
      let row = Rect(x: listArea.x, y: listArea.y + line, width: listArea.width, height: 1)
      draw(
        rows[top + line], isChosen: top + line == chosen, column: column, in: row, appearance,
        into: &canvas)
    }
    if rows.isEmpty, listArea.height > 0 {
      appearance.write(
        "nothing fits", at: Point(x: listArea.x, y: listArea.y), limit: listArea.width,
        color: appearance.theme.muted, into: &canvas)
    }
    drawScrollMark(listArea, top: top, in: area, appearance, into: &canvas)
    guard listArea.maxY < inner.maxY else { return }
    var y = inner.maxY - footerLines
    for (index, text) in footer.enumerated() where !text.isEmpty {
      // What comes after has a line at least.
      let after = footer.dropFirst(index + 1).count { !$0.isEmpty }
      let room = max(1, inner.maxY - y - after)
      var lines = Reader.wrap(appearance.glyphs.spell(text), width: inner.width)
      if lines.count > room {
        lines = lines.prefix(room - 1) + [lines.dropFirst(room - 1).joined(separator: " ")]
      }
      for line in lines where y < inner.maxY {
        appearance.write(
          line, at: Point(x: inner.x, y: y), limit: inner.width,
          color: index == 0 ? appearance.theme.text : appearance.theme.muted, into: &canvas)
        y += 1
      }
    }
  }

  /// Where all notes begin: right of every text that has one, but not far beyond the middle.
  private func column(in width: Int, _ appearance: Appearance) -> Int {
    var widest = 0
    for case .item(let text, let note, _) in rows where !note.isEmpty {
      widest = max(widest, appearance.width(text))
    }
    return min(max(widest + 3, min(noteColumn, width / 3)), width * 11 / 20)
  }

  private func draw(
    _ row: FilterList.Row, isChosen: Bool, column: Int, in place: Rect, _ appearance: Appearance,
    into canvas: inout Canvas
  ) {
    let theme = appearance.theme
    switch row {
    case .heading(let text):
      appearance.write(
        text, at: Point(x: place.x, y: place.y), limit: place.width, color: theme.muted,
        attributes: .bold, into: &canvas)
    case .item(let text, let note, let end):
      let attributes: Attributes = isChosen && appearance.theme.isMonochrome ? .reverse : []
      let background = isChosen ? appearance.chosen : theme.pane
      let blank = Cell(
        " ", style: Style(foreground: theme.text, background: background, attributes: attributes))
      if isChosen {
        canvas.fill(place.inset(left: -1, right: -1), with: blank)
      }
      let endScalars = appearance.width(end)
      let endWidth = end.isEmpty || endScalars * 2 > place.width ? 0 : endScalars
      let room = place.width - (endWidth > 0 ? endWidth + 2 : 0)
      let hasNote = !note.isEmpty && room - column >= 8
      appearance.write(
        text, at: Point(x: place.x + 1, y: place.y), limit: hasNote ? column - 3 : room - 1,
        color: theme.text, attributes: attributes, into: &canvas)
      if hasNote {
        appearance.write(
          note, at: Point(x: place.x + column, y: place.y), limit: room - column,
          color: theme.muted, attributes: attributes, into: &canvas)
      }
      if endWidth > 0 {
        appearance.write(
          end, at: Point(x: place.maxX - endWidth, y: place.y), limit: endWidth,
          color: theme.muted, attributes: attributes, into: &canvas)
      }
    }
  }

  /// A thicker piece of the right border shows which part of the list is seen.
  private func drawScrollMark(
    _ list: Rect, top: Int, in area: Rect, _ appearance: Appearance, into canvas: inout Canvas
  ) {
    guard rows.count > list.height, list.height > 1 else { return }
    let length = max(1, list.height * list.height / rows.count)
    let start = (list.height - length) * top / max(1, rows.count - list.height)
    for line in start..<(start + length) {
      appearance.write(
        appearance.glyphs == .ascii ? "#" : "┃", at: Point(x: area.maxX - 1, y: list.y + line),
        limit: 1, color: appearance.theme.muted, into: &canvas)
    }
  }
}
