/// A width and a height in cells.
package struct Size: Equatable, Sendable {
  /// Columns.
  package var width: Int
  /// Rows.
  package var height: Int
  /// A size.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A cell's place: column from the left, row from the top, from 0.
package struct Point: Equatable, Sendable {
  /// Column.
  package var x: Int
  /// Row.
  package var y: Int
  /// A place.
  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// A rectangle of cells; may be empty.
package struct Rect: Equatable, Sendable {
  /// Left column.
  package var x: Int
  /// Top row.
  package var y: Int
  /// Columns; at least 0.
  package var width: Int
  /// Rows; at least 0.
  package var height: Int

  /// A rectangle; negative extents become 0.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The first column to the right of it.
  package var maxX: Int { x + width }
  /// The first row below it.
  package var maxY: Int { y + height }
  /// Whether it holds no cell.
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether `point` lies in it.
  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// What is left after taking away a margin on each side.
  package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
  }

  /// The part that both cover.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }
}
