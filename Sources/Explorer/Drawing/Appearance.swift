package import Terminal
package import Views

/// Colours and characters, and how text, boxes and fields are drawn with them.
package struct Appearance: Sendable {
  /// Colours.
  package var theme: Theme
  /// Characters.
  package var glyphs: GlyphSet
  /// Whether nobody chose the theme: it follows the terminal's background.
  package var followsTerminal = false

  /// An appearance.
  package init(theme: Theme = .dark, glyphs: GlyphSet = .braille) {
    self.theme = theme
    self.glyphs = glyphs
  }

  /// Takes the theme that suits a background, if nobody chose another.
  package mutating func follow(background: Color) {
    guard followsTerminal, !theme.isMonochrome else { return }
    theme = Oklab(background).lightness > 0.6 ? .light : .dark
  }

  /// Behind the chosen row of a list.
  var chosen: Color { theme.pane.mixed(with: theme.focusedBorder, 0.28) }

  /// Border characters: corners from the top left clockwise, then horizontal and vertical.
  var border: [Unicode.Scalar] {
    glyphs == .ascii ? ["+", "+", "+", "+", "-", "|"] : ["╭", "╮", "╯", "╰", "─", "│"]
  }

  /// Columns that a text takes.
  func width(_ text: String) -> Int { glyphs.width(text) }

  /// Writes text spelt for these glyphs; what is behind stays. Returns the columns used.
  @discardableResult
  func write(
    _ text: String, at place: Point, limit: Int, color: Color, attributes: Attributes = [],
    into canvas: inout Canvas
  ) -> Int {
    guard limit > 0 else { return 0 }
    let spelt = glyphs.spell(text)
    let width = glyphs.width(spelt)
    let used = canvas.write(
      spelt, x: place.x, y: place.y, foreground: color, attributes: attributes, limit: limit)
    if glyphs == .ascii, width > limit, used > 0 {
      // The canvas cuts with an ellipsis, which is no ASCII.
      canvas[place.x + used - 1, place.y].scalar = "~"
    }
    return used
  }

  /// An empty cell of a pane.
  var paneBlank: Cell { Cell(" ", style: Style(foreground: theme.text, background: theme.pane)) }

  /// A rounded border around a filled rectangle.
  func drawFrame(_ frame: Rect, color: Color, into canvas: inout Canvas) {
    canvas.fill(frame, with: paneBlank)
    drawBorder(frame, color: color, into: &canvas)
  }

  /// A rounded border; what is inside stays.
  func drawBorder(_ frame: Rect, color: Color, into canvas: inout Canvas) {
    guard frame.width >= 2, frame.height >= 2 else { return }
    let style = Style(foreground: color, background: theme.pane)
    let marks = border
    for x in (frame.x + 1)..<(frame.maxX - 1) {
      canvas[x, frame.y] = Cell(marks[4], style: style)
      canvas[x, frame.maxY - 1] = Cell(marks[4], style: style)
    }
    for y in (frame.y + 1)..<max(frame.y + 1, frame.maxY - 1) {
      canvas[frame.x, y] = Cell(marks[5], style: style)
      canvas[frame.maxX - 1, y] = Cell(marks[5], style: style)
    }
    canvas[frame.x, frame.y] = Cell(marks[0], style: style)
    canvas[frame.maxX - 1, frame.y] = Cell(marks[1], style: style)
    canvas[frame.maxX - 1, frame.maxY - 1] = Cell(marks[2], style: style)
    canvas[frame.x, frame.maxY - 1] = Cell(marks[3], style: style)
  }

  /// A box above the panes: a tinted border with a bold title.
  func drawBox(_ area: Rect, title: String, into canvas: inout Canvas) {
    drawFrame(area, color: theme.focusedBorder, into: &canvas)
    guard area.width > 8 else { return }
    write(
      " \(title) ", at: Point(x: area.x + 2, y: area.y), limit: area.width - 4, color: theme.text,
      attributes: .bold, into: &canvas)
  }

  /// A line of typed text with its cursor; the part around the cursor is seen.
  func drawField(_ field: TextField, prompt: String, in place: Rect, into canvas: inout Canvas) {
    guard place.width > 1, place.height > 0 else { return }
    if field.isEmpty {
      write(
        prompt, at: Point(x: place.x + 1, y: place.y), limit: place.width - 1, color: theme.muted,
        into: &canvas)
    }
    var x = place.x
    for index in field.firstShown(in: place.width)...field.characters.count {
      let isCursor = index == field.cursor
      let isText = index < field.characters.count
      let kept = CellText(scalar: field.isEmpty ? canvas[x, place.y].scalar : " ", width: 1)
      let shown = isText ? CellText.cells(of: String(field.characters[index])) : [kept]
      let width = shown.reduce(0) { $0 + $1.width }
      guard x + width <= place.maxX else { break }
      guard isText || isCursor else { continue }
      var style = Style(foreground: theme.text, background: canvas[x, place.y].style.background)
      if isCursor || field.isMarked { style.attributes = .reverse }
      for cell in shown {
        let isSpelt = glyphs == .ascii && !cell.scalar.isASCII
        canvas[x, place.y] = Cell(
          isSpelt ? "?" : cell.scalar, style: style, mark: isSpelt ? .none : cell.mark)
        if cell.width == 2 {
          canvas[x + 1, place.y] = Cell(glyphs == .ascii ? " " : Cell.rightHalf, style: style)
        }
        x += cell.width
      }
    }
  }
}
