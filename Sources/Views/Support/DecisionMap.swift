import Terminal

/// Answers between two classes over a plane: their colours, and a thin line where the decision
/// changes.
///
/// A cell has two colours, and one of them is the line's: what is left behind the line is flat. So
/// the map darkens softly towards the line, as a road on a map has a casing: the cells of the line
/// then look like their neighbours, and a sharp edge does not become a staircase.
struct DecisionMap {
  /// Answers from 0 (first class) to 1 (second), row by row from the top.
  let values: [Double]
  /// Answers in a row.
  let columns: Int
  /// Rows.
  let rows: Int
  /// What the answers are made of by a jump at 0, where they are: the line then runs straight
  /// between the grid's points.
  var scores: [Double]?

  /// Up to this distance from the line, in cell widths, all is doubt.
  private static let core: Float = 0.3
  /// From this distance on the map is as it is.
  private static let reach: Float = 1.7

  /// Draws the map and its line over all of `area`.
  func draw(_ scene: Scene, in area: Rect, into canvas: inout Canvas) {
    let ramp = scene.theme.classes
    let steps = Double(ramp.colors.count - 1)
    var levels = HeatMap.levels(of: values, columns: columns, rows: rows, area: area) {
      $0 <= 0 ? 0 : $0 >= 1 ? UInt8(steps) : UInt8($0 * steps + 0.5)
    }
    var pieces: [(x0: Double, y0: Double, x1: Double, y1: Double)] = []
    let showsLine = scene.glyphs != .ascii
    if showsLine {
      IsoLines.trace(
        scores ?? values, columns: columns, rows: rows, level: scores == nil ? 0.5 : 0
      ) {
        pieces.append(
          (
            ($0 + 0.5) / Double(columns), ($1 + 0.5) / Double(rows),
            ($2 + 0.5) / Double(columns), ($3 + 0.5) / Double(rows)
          ))
      }
    }
    if showsLine, !scene.theme.isMonochrome {
      DecisionMap.darken(&levels, along: pieces, area: area, middle: Float(steps / 2))
    }
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading, into: &canvas,
      area: area)
    guard showsLine else { return }
    var raster = DotRaster(area: area, glyphs: DotGlyphs(scene.glyphs))
    let across = Double(raster.width)
    let down = Double(raster.height)
    for piece in pieces {
      raster.line(
        piece.x0 * across, piece.y0 * down, piece.x1 * across, piece.y1 * down,
        color: scene.theme.onMap)
    }
    raster.paint(into: &canvas)
  }

  /// Moves levels near the line towards the middle of the ramp. A quarter of a cell is half a width
  /// across and one down.
  private static func darken(
    _ levels: inout [UInt8], along pieces: [(x0: Double, y0: Double, x1: Double, y1: Double)],
    area: Rect, middle: Float
  ) {
    let across = area.width * 2
    let down = area.height * 2
    guard levels.count >= across * down, !pieces.isEmpty else { return }
    var distances = [Float](repeating: reach, count: across * down)
    for piece in pieces {
      // In cell widths.
      let x0 = Float(piece.x0) * Float(area.width)
      let x1 = Float(piece.x1) * Float(area.width)
      let y0 = Float(piece.y0) * Float(down)
      let y1 = Float(piece.y1) * Float(down)
      let dx = x1 - x0
      let dy = y1 - y0
      let square = max(dx * dx + dy * dy, 1e-12)
      let left = max(0, Int((min(x0, x1) - reach) * 2))
      let right = min(across - 1, Int((max(x0, x1) + reach) * 2))
      let top = max(0, Int(min(y0, y1) - reach))
      let bottom = min(down - 1, Int(max(y0, y1) + reach))
      guard left <= right, top <= bottom else { continue }
      for row in top...bottom {
        let y = Float(row) + 0.5
        for column in left...right {
          let x = (Float(column) + 0.5) / 2
          let share = min(1, max(0, ((x - x0) * dx + (y - y0) * dy) / square))
          let ex = x - x0 - share * dx
          let ey = y - y0 - share * dy
          let distance = (ex * ex + ey * ey).squareRoot()
          let place = row * across + column
          if distance < distances[place] { distances[place] = distance }
        }
      }
    }
    for place in 0..<across * down where distances[place] < reach {
      guard levels[place] != HeatMap.none else { continue }
      let share = max(0, (distances[place] - core) / (reach - core))
      let kept = share * share * (3 - 2 * share)
      levels[place] = UInt8(middle + (Float(levels[place]) - middle) * kept + 0.5)
    }
  }
}
