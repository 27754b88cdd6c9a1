/// One character cell.
package struct Cell: Equatable, Hashable, Sendable {
  /// A printable scalar of width 1.
  package var scalar: Unicode.Scalar {
    didSet { mark = .none }
  }
  /// How it looks.
  package var style: Style
  /// The accent over the scalar, as the hat of `m̂`; gone as soon as the scalar changes.
  package var mark: CombiningMark
  /// A cell.
  package init(
    _ scalar: Unicode.Scalar = " ", style: Style = Style(), mark: CombiningMark = .none
  ) {
    self.scalar = scalar
    self.style = style
    self.mark = mark
  }
}

extension Cell {
  /// How many cells of two rows differ.
  package static func differences(_ a: [Cell], _ b: [Cell]) -> Int {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var count = 0
        for index in 0..<min(a.count, b.count) where a[index] != b[index] { count += 1 }
        return count
      }
    }
  }
}

/// A picture made of cells: a value that tests compare as text. Drawing outside is allowed and does nothing.
package struct Canvas: Equatable, Sendable {
  /// Its extent.
  package let size: Size
  /// Row by row.
  package var cells: [Cell]

  /// A canvas full of `blank`.
  package init(size: Size, blank: Cell = Cell()) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = [Cell](repeating: blank, count: self.size.width * self.size.height)
  }

  /// All of it.
  package var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

  /// The cell at a place; a blank outside, where writing does nothing.
  package subscript(x: Int, y: Int) -> Cell {
    get {
      guard x >= 0, y >= 0, x < size.width, y < size.height else { return Cell() }
      return cells[y * size.width + x]
    }
    set {
      guard x >= 0, y >= 0, x < size.width, y < size.height else { return }
      cells[y * size.width + x] = newValue
    }
  }

  /// Fills a rectangle.
  package mutating func fill(_ rect: Rect, with cell: Cell) {
    let area = rect.intersection(bounds)
    for y in area.y..<max(area.y, area.maxY) {
      let row = y * size.width
      for x in area.x..<max(area.x, area.maxX) { cells[row + x] = cell }
    }
  }

  /// Writes text from a place to the right, cut at `limit` columns with an ellipsis; control characters and scalars that
  /// are not one cell wide become `·` (text from outside never reaches the terminal raw), but one accent shares the cell of
  /// its letter. A `nil` background keeps what is there. Returns the columns used.
  @discardableResult
  package mutating func write(
    _ text: String, x: Int, y: Int, foreground: Color, background: Color? = nil,
    attributes: Attributes = [], limit: Int = .max
  ) -> Int {
    let characters = Canvas.characters(text)
    let room = max(0, min(limit, size.width - x))
    let cut = characters.count > room
    var column = 0
    for character in characters.prefix(room) {
      let shown =
        cut && column == room - 1 ? (scalar: "…", mark: CombiningMark.none) : character
      let behind = background ?? self[x + column, y].style.background
      self[x + column, y] = Cell(
        shown.scalar,
        style: Style(foreground: foreground, background: behind, attributes: attributes),
        mark: shown.mark)
      column += 1
    }
    return column
  }

  /// The text as scalars that take one cell each, accents too: what may be typed and edited.
  package static func printable(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.map { ScalarWidth.isSingle($0) ? $0 : "·" }
  }

  /// The text as what each cell holds: a scalar, and the accent over it. A letter bears one accent; every further one, and
  /// one without a letter, takes a cell of its own as `·`.
  package static func characters(
    _ text: String
  ) -> [(scalar: Unicode.Scalar, mark: CombiningMark)] {
    var result: [(scalar: Unicode.Scalar, mark: CombiningMark)] = []
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if let mark = CombiningMark(scalar), let base = result.last, base.mark == .none,
        base.scalar.properties.isAlphabetic
      {
        result[result.count - 1].mark = mark
      } else {
        result.append((ScalarWidth.isSingle(scalar) ? scalar : "·", .none))
      }
    }
    return result
  }

  /// Rows as text, trailing blanks cut: what tests compare.
  package var text: String {
    (0..<size.height).map { y in
      var row = String.UnicodeScalarView()
      for x in 0..<size.width {
        let cell = self[x, y]
        row.append(cell.scalar)
        if let mark = cell.mark.scalar { row.append(mark) }
      }
      while row.last == " " { row.removeLast() }
      return String(row)
    }.joined(separator: "\n")
  }
}
