/// One character cell.
package struct Cell: Equatable, Hashable, Sendable {
  /// A printable scalar. One of two cells' width is followed by a cell that holds its `rightHalf`.
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
  /// What the second cell of a wide character holds. Renderers send nothing for it.
  package static let rightHalf: Unicode.Scalar = "\0"

  /// Whether it is the second cell of a wide character.
  package var isRightHalf: Bool { scalar == Cell.rightHalf }

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

/// A picture made of cells: a value that tests compare as text. Drawing outside is allowed and does
/// nothing.
package struct Canvas: Equatable, Sendable {
  /// Its extent.
  package let size: Size
  /// Row by row.
  package var cells: [Cell]
  /// Takes down what is drawn, where a cursor reads the picture; nil: nobody does.
  package var reader: PictureReader?

  /// A canvas full of `blank`.
  package init(size: Size, blank: Cell = Cell()) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = [Cell](repeating: blank, count: self.size.width * self.size.height)
  }

  /// Canvases are the same when they look the same.
  package static func == (a: Canvas, b: Canvas) -> Bool { a.size == b.size && a.cells == b.cells }

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

  /// The part of it in a rectangle.
  package func cropped(to rect: Rect) -> Canvas {
    let area = rect.intersection(bounds)
    var part = Canvas(size: Size(width: area.width, height: area.height))
    for y in 0..<part.size.height {
      for x in 0..<part.size.width { part[x, y] = self[area.x + x, area.y + y] }
    }
    return part
  }

  /// Fills a rectangle.
  package mutating func fill(_ rect: Rect, with cell: Cell) {
    let area = rect.intersection(bounds)
    for y in area.y..<max(area.y, area.maxY) {
      let row = y * size.width
      for x in area.x..<max(area.x, area.maxX) { cells[row + x] = cell }
    }
  }

  /// Writes text from a place to the right, cut at `limit` columns with an ellipsis, spelt by
  /// `CellText`: text from outside never reaches the terminal raw. A `nil` background keeps what is
  /// there. Returns the columns used.
  @discardableResult
  package mutating func write(
    _ text: String, x: Int, y: Int, foreground: Color, background: Color? = nil,
    attributes: Attributes = [], limit: Int = .max
  ) -> Int {
    let characters = CellText.cells(of: text)
    let room = max(0, min(limit, size.width - x))
    let isCut = characters.reduce(0) { $0 + $1.width } > room
    // A character that is cut makes room for the ellipsis.
    let end = isCut ? room - 1 : room
    var column = 0
    func style(_ offset: Int) -> Style {
      Style(
        foreground: foreground,
        background: background ?? self[x + column + offset, y].style.background,
        attributes: attributes)
    }
    for character in characters {
      guard column + character.width <= end else { break }
      let first = style(0)
      self[x + column, y] = Cell(character.scalar, style: first, mark: character.mark)
      if character.width == 2 { self[x + column + 1, y] = Cell(Cell.rightHalf, style: first) }
      column += character.width
    }
    guard isCut, room > 0 else { return column }
    self[x + column, y] = Cell("…", style: style(0))
    return column + 1
  }

  /// The same canvas, fit to be sent to a terminal: a character of two cells has both of them, in
  /// one style, or becomes a blank; what may not be drawn, whoever put it there, becomes `·`. All
  /// renderers begin with it.
  package var presentable: Canvas {
    var copy: Canvas?
    for y in 0..<size.height {
      var x = 0
      while x < size.width {
        let index = y * size.width + x
        let value = cells[index].scalar.value
        x += 1
        if (0x20...0x7E).contains(value) || (0x2500...0x25FC).contains(value)
          || (0x2800...0x28FF).contains(value)
        {
          continue
        }
        let width = value == 0 ? 0 : ScalarWidth.width(cells[index].scalar)
        if width == 1 { continue }
        if width == 2, x < size.width, cells[index + 1].isRightHalf {
          if cells[index + 1].style != cells[index].style {
            if copy == nil { copy = self }
            copy?.cells[index + 1].style = cells[index].style
          }
          x += 1
          continue
        }
        if copy == nil { copy = self }
        copy?.cells[index].scalar = value == 0 || width == 2 ? " " : "·"
      }
    }
    return copy ?? self
  }

  /// Rows as text, trailing blanks cut: what tests compare.
  package var text: String {
    let canvas = presentable
    return (0..<size.height).map { y in
      var row = String.UnicodeScalarView()
      for x in 0..<size.width {
        let cell = canvas[x, y]
        if cell.isRightHalf { continue }
        row.append(cell.scalar)
        row.append(contentsOf: cell.mark.scalars)
      }
      while row.last == " " { row.removeLast() }
      return String(row)
    }.joined(separator: "\n")
  }
}
