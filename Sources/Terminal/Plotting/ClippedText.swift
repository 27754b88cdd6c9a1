extension Canvas {
  /// Writes text that may start or end outside `area`; only what lies inside is drawn, spelt as `glyphs` allows, over
  /// whatever is there. Returns the columns that the whole text takes.
  @discardableResult
  package mutating func write(
    _ text: String, x: Int, y: Int, within area: Rect, glyphs: GlyphSet, foreground: Color,
    attributes: Attributes = []
  ) -> Int {
    let characters = Canvas.characters(glyphs.spell(text))
    let shown = area.intersection(bounds)
    guard y >= shown.y, y < shown.maxY else { return characters.count }
    for (offset, (scalar, mark)) in characters.enumerated() {
      let column = x + offset
      guard column >= shown.x, column < shown.maxX else { continue }
      // Controls became a middle dot, which ASCII does not have.
      cells[y * size.width + column].overlay(
        glyphs == .ascii && !scalar.isASCII ? "?" : scalar, foreground: foreground,
        attributes: attributes)
      cells[y * size.width + column].mark = mark
    }
    return characters.count
  }

  /// Writes text cut with an ellipsis at `limit` columns. Returns the columns used.
  @discardableResult
  package mutating func writeCut(
    _ text: String, x: Int, y: Int, limit: Int, within area: Rect, glyphs: GlyphSet,
    foreground: Color, attributes: Attributes = []
  ) -> Int {
    let spelt = glyphs.spell(text)
    guard limit > 0 else { return 0 }
    let characters = Canvas.characters(spelt)
    guard characters.count > limit else {
      return write(
        spelt, x: x, y: y, within: area, glyphs: glyphs, foreground: foreground,
        attributes: attributes)
    }
    var cut = String.UnicodeScalarView()
    for (scalar, mark) in characters.prefix(limit - 1) {
      cut.append(scalar)
      if let mark = mark.scalar { cut.append(mark) }
    }
    cut.append(glyphs == .ascii ? "~" : "…")
    return write(
      String(cut), x: x, y: y, within: area, glyphs: glyphs, foreground: foreground,
      attributes: attributes)
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
  package func width(_ text: String) -> Int { Canvas.characters(spell(text)).count }
}
