import Terminal

/// What is drawn for a point that may lie outside the picture: an arrow at the edge on its side.
enum EdgeMark {
  /// Calls `inside` with the place in cells if the point is in the picture; else draws an arrow.
  static func draw(
    _ scene: Scene, _ plot: Plot, x: Double, y: Double, color: Color, into canvas: inout Canvas,
    inside: ((x: Double, y: Double), inout Canvas) -> Void
  ) {
    let area = plot.area
    guard !area.isEmpty, !x.isNaN, !y.isNaN else { return }
    let place = plot.place(x, y)
    let right = place.x >= Double(area.maxX)
    let left = place.x < Double(area.x)
    let above = place.y < Double(area.y)
    let below = place.y >= Double(area.maxY)
    guard left || right || above || below else {
      inside(place, &canvas)
      return
    }
    let column = PlotMath.int(place.x.rounded(.down), in: area.x...area.maxX - 1)
    let row = PlotMath.int(place.y.rounded(.down), in: area.y...area.maxY - 1)
    let glyph: (Unicode.Scalar, Unicode.Scalar) =
      left ? ("◀", "<") : right ? ("▶", ">") : above ? ("▲", "^") : ("▼", "v")
    canvas.mark(
      scene.glyphs.mark(glyph.0, ascii: glyph.1), at: Point(x: column, y: row), within: area,
      foreground: color, attributes: .bold)
  }
}
