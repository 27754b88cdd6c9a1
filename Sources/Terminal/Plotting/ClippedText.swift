extension Canvas {
  /// Writes text that may start or end outside `area`; only what lies inside is drawn, spelt as
  /// `glyphs` allows, over whatever is there. Returns the columns that the whole text takes.
  @discardableResult
  package mutating func write(
    _ text: String, x: Int, y: Int, within area: Rect, glyphs: GlyphSet, foreground: Color,
    attributes: Attributes = []
  ) -> Int {
    let characters = CellText.cells(of: glyphs.spell(text))
    let width = characters.reduce(0) { $0 + $1.width }
    let shown = area.intersection(bounds)
    guard y >= shown.y, y < shown.maxY else { return width }
    var column = x
    for character in characters {
      defer { column += character.width }
      // A wide character that is cut by the edge is left out.
      guard column >= shown.x, column + character.width <= shown.maxX else { continue }
      let index = y * size.width + column
      // Controls became a middle dot, which ASCII does not have.
      cells[index].overlay(
        glyphs == .ascii && !character.scalar.isASCII ? "?" : character.scalar,
        foreground: foreground, attributes: attributes)
      cells[index].mark = character.mark
      if character.width == 2 {
        cells[index + 1] = Cell(
          glyphs == .ascii ? " " : Cell.rightHalf, style: cells[index].style)
      }
    }
    return width
  }

  /// Writes text cut with an ellipsis at `limit` columns. Returns the columns used.
  @discardableResult
  package mutating func writeCut(
    _ text: String, x: Int, y: Int, limit: Int, within area: Rect, glyphs: GlyphSet,
    foreground: Color, attributes: Attributes = []
  ) -> Int {
    guard limit > 0 else { return 0 }
    return write(
      glyphs.cut(text, to: limit), x: x, y: y, within: area, glyphs: glyphs,
      foreground: foreground, attributes: attributes)
  }

  /// Puts one mark at a place if it lies in `area`, over whatever is there.
  package mutating func mark(
    _ scalar: Unicode.Scalar, at place: Point, within area: Rect, foreground: Color,
    attributes: Attributes = []
  ) {
    guard area.intersection(bounds).contains(place) else { return }
    cells[place.y * size.width + place.x].overlay(
      scalar, foreground: foreground, attributes: attributes)
  }
}

extension GlyphSet {
  /// The columns that a text takes when spelt in this glyph set.
  package func width(_ text: String) -> Int { CellText.width(spell(text)) }

  /// A text spelt in this glyph set, cut with an ellipsis where it takes more than `limit` columns.
  package func cut(_ text: String, to limit: Int) -> String {
    let spelt = spell(text)
    guard CellText.width(spelt) > limit else { return spelt }
    var cut = String.UnicodeScalarView()
    var width = 0
    for character in CellText.cells(of: spelt) {
      width += character.width
      guard width < limit else { break }
      cut.append(character.scalar)
      cut.append(contentsOf: character.mark.scalars)
    }
    if limit > 0 { cut.append(self == .ascii ? "~" : "…") }
    return String(cut)
  }
}
