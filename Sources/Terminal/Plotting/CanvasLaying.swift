extension Canvas {
  /// Copies another canvas so that its corner comes to `place`, only within `area`.
  package mutating func lay(_ other: Canvas, at place: Point, within area: Rect) {
    let shown = Rect(x: place.x, y: place.y, width: other.size.width, height: other.size.height)
      .intersection(area).intersection(bounds)
    guard !shown.isEmpty else { return }
    for y in shown.y..<shown.maxY {
      let from = (y - place.y) * other.size.width - place.x
      let to = y * size.width
      for x in shown.x..<shown.maxX { cells[to + x] = other.cells[from + x] }
    }
  }
}

extension Rect {
  /// Its extent.
  package var size: Size { Size(width: width, height: height) }
}
