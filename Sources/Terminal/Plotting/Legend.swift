/// What the colours of a picture stand for.
package struct Legend: Sendable {
  /// One name with its mark.
  package struct Entry: Sendable {
    /// Drawn before the name (`━━`, `●`).
    package var mark: String
    /// What it stands for.
    package var name: String
    /// The mark's colour.
    package var color: Color
    /// What lies behind the mark in the picture; nil: what lies behind the legend.
    package var ground: Color?
    /// An entry.
    package init(mark: String = "━━", name: String, color: Color, ground: Color? = nil) {
      self.mark = mark
      self.name = name
      self.color = color
      self.ground = ground
    }
  }

  /// The entries, left to right.
  package var entries: [Entry]

  /// A legend.
  package init(_ entries: [Entry]) { self.entries = entries }

  /// The columns it takes.
  package func width(_ glyphs: GlyphSet) -> Int {
    entries.reduce(0) { $0 + glyphs.width($1.mark) + 1 + glyphs.width($1.name) + 2 }
      - (entries.isEmpty ? 0 : 2)
  }

  /// How many more there are than are named.
  private static func more(_ count: Int) -> String { "+\(count) more" }

  /// As many entries as `room` columns hold, and the count of the others (`+5 more`); none where
  /// not even one has room.
  package func cut(to room: Int, _ glyphs: GlyphSet) -> Legend {
    if width(glyphs) <= room { return self }
    for count in stride(from: entries.count - 1, to: 0, by: -1) {
      let rest = entries.count - count
      // The word goes before an entry does.
      for name in [Legend.more(rest), "+\(rest)"] {
        var legend = Legend(Array(entries.prefix(count)))
        legend.entries.append(Entry(mark: "", name: name, color: entries[count].color))
        if legend.width(glyphs) <= room { return legend }
      }
    }
    return Legend([])
  }

  /// The entries in as many rows as they need, in their order; what `most` rows do not hold is told
  /// by its count.
  package func rows(width: Int, most: Int, _ glyphs: GlyphSet) -> [Legend] {
    var rest = entries
    var rows: [Legend] = []
    while !rest.isEmpty, rows.count < most {
      let isLast = rows.count == most - 1
      let count = (1...rest.count).last { Legend(Array(rest.prefix($0))).width(glyphs) <= width }
      guard !isLast, let count else {
        let last = Legend(rest).cut(to: width, glyphs)
        let count = Entry(mark: "", name: Legend.more(rest.count), color: rest[0].color)
        rows.append(last.entries.isEmpty ? Legend([count]) : last)
        break
      }
      rows.append(Legend(Array(rest.prefix(count))))
      rest.removeFirst(count)
    }
    return rows
  }

  /// Entries whose marks show how the lines of their colours are broken.
  private func patterned(_ patterns: [Color: UInt8]) -> Legend {
    guard !patterns.isEmpty else { return self }
    var legend = self
    for index in entries.indices where entries[index].mark == "━━" {
      let whole = patterns[entries[index].color] ?? 0xFF
      legend.entries[index].mark =
        whole == 0xFF ? "━━" : whole.nonzeroBitCount >= 4 ? "╌╌" : "┈┈"
    }
    return legend
  }

  /// Draws it from a place to the right; what has no room in `area` is told by its count. Returns
  /// the columns used.
  @discardableResult
  package func draw(
    x: Int, y: Int, within area: Rect, glyphs: GlyphSet, text: Color, into canvas: inout Canvas
  ) -> Int {
    canvas.reader?.add(self)
    var column = x
    for entry in cut(to: area.maxX - x, glyphs).entries {
      let start = column
      column += canvas.write(
        entry.mark, x: column, y: y, within: area, glyphs: glyphs, foreground: entry.color)
      if let ground = entry.ground {
        for place in start..<column where canvas.bounds.contains(Point(x: place, y: y)) {
          canvas[place, y].style.background = ground
        }
      }
      column += 1
      column += canvas.write(
        entry.name, x: column, y: y, within: area, glyphs: glyphs, foreground: text)
      column += 2
    }
    return max(0, column - x - 2)
  }

  /// The first place of a plot, row by row from the right, where so many cells are blank or hold
  /// the grid alone, and a column at either side; nil where there is none.
  private static func gap(
    _ width: Int, _ height: Int, in plot: Plot, _ canvas: Canvas
  ) -> (Int, Int)? {
    let area = plot.area
    func isBlank(_ x: Int, _ y: Int) -> Bool {
      guard plot.raster.dots(x: x, y: y) == 0 else { return false }
      let scalar = canvas[area.x + x, area.y + y].scalar
      return scalar == " " || (0x2800...0x28FF).contains(scalar.value)
    }
    for y in 0...max(0, area.height - height) {
      for x in stride(from: area.width - width - 1, through: 1, by: -1)
      where (y..<y + height).allSatisfy({ row in
        (x - 1..<x + width + 1).allSatisfy { isBlank($0, row) }
      }) {
        return (x, y)
      }
    }
    return nil
  }

  /// Draws it inside a plot, in the first corner whose cells hold no dots: upper right, upper left,
  /// lower left, lower right; in two rows where one is too narrow and there is room for both. Where
  /// every corner is taken an `optional` one stands in the first place that is free of dots and
  /// marks, in two rows or one, or is left out.
  package func draw(
    in plot: Plot, glyphs: GlyphSet, text: Color, optional: Bool = false,
    into canvas: inout Canvas
  ) {
    canvas.reader?.add(self)
    func spread(over width: Int) -> [Legend] {
      rows(width: width, most: plot.area.height >= 6 ? 2 : 1, glyphs)
        .map { $0.patterned(plot.raster.patterns) }.filter { !$0.entries.isEmpty }
    }
    var lines = spread(over: plot.area.width - 4)
    var width = lines.map { $0.width(glyphs) }.max() ?? 0
    guard !lines.isEmpty, plot.area.height >= 4 else { return }
    let right = plot.area.width - width - 1
    let bottom = plot.area.height - lines.count
    let places = [(right, 0), (right, 1), (2, 0), (2, bottom), (right, bottom)]
    func isFree(_ place: (Int, Int)) -> Bool {
      lines.indices.allSatisfy { line in
        (max(0, place.0 - 1)..<place.0 + width + 1).allSatisfy {
          plot.raster.dots(x: $0, y: place.1 + line) == 0
        }
      }
    }
    var found = places.first(where: isFree)
    if found == nil, optional, plot.area.height >= 6 {
      // Between the curves: in one row, then in two that are as narrow as can be.
      let half = (self.width(glyphs) + 8) / 2
      for narrower in [spread(over: plot.area.width - 4), spread(over: half)]
      where found == nil && narrower.allSatisfy({ !$0.entries.contains { $0.mark.isEmpty } }) {
        lines = narrower
        width = lines.map { $0.width(glyphs) }.max() ?? 0
        found = Self.gap(width, lines.count, in: plot, canvas)
      }
    }
    guard let place = found ?? (optional ? nil : places.first) else { return }
    for (line, legend) in lines.enumerated() {
      let y = plot.area.y + place.1 + line
      // A grid line behind a legend would cross its marks out.
      for column in max(0, place.0 - 1)..<min(plot.area.width, place.0 + width + 1) {
        canvas.mark(
          " ", at: Point(x: plot.area.x + column, y: y), within: plot.area, foreground: text)
      }
      legend.draw(
        x: plot.area.x + place.0, y: y, within: plot.area, glyphs: glyphs, text: text,
        into: &canvas)
    }
  }
}

/// A strip of a ramp's colours with the values at its ends.
package enum ColorBar {
  /// Draws `low ▄▄▄▄ high`, or as maps of that shading are drawn, so that it ends at column `right`
  /// (not included). Returns the columns used; 0 where it does not fit.
  @discardableResult
  package static func draw(
    _ ramp: Ramp, low: String, high: String, width: Int, right: Int, y: Int, within area: Rect,
    shading: HeatMap.Shading, glyphs: GlyphSet, text: Color, into canvas: inout Canvas
  ) -> Int {
    let needed = glyphs.width(low) + 1 + width + 1 + glyphs.width(high)
    guard width >= 4, right - needed >= area.x, y >= area.y, y < area.maxY else { return 0 }
    var column = right - needed
    column +=
      canvas.write(low, x: column, y: y, within: area, glyphs: glyphs, foreground: text) + 1
    let scale = shading.scale
    for index in 0..<width {
      let share = (Double(index) + 0.5) / Double(width)
      canvas.mark(
        scale.isEmpty ? "▄" : scale[min(scale.count - 1, index * scale.count / width)],
        at: Point(x: column + index, y: y), within: area, foreground: ramp[share])
    }
    canvas.write(
      high, x: column + width + 1, y: y, within: area, glyphs: glyphs, foreground: text)
    return needed
  }
}
