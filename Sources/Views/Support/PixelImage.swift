import Terminal

/// A small image whose pixels stay square blocks, however large it is drawn.
struct PixelImage {
  /// Rows of pixels.
  let rows: Int
  /// Pixels in a row.
  let columns: Int
  /// How a pixel is coloured: 0 to 1 along the ramp, row by row; NaN stays empty.
  let shares: [Double]
  /// The colours.
  let ramp: Ramp
  /// What a cursor reads of each pixel.
  private let values: [Double]

  /// An image of values from 0 to 1 in the landscape's colours, relative to `most`.
  init(ink values: [Double], rows: Int, columns: Int, most: Double = 1, theme: Theme) {
    self.init(
      rows: rows, columns: columns, shares: values.map { most > 0 ? $0 / most : 0 },
      values: values, ramp: theme.landscape)
  }

  /// An image of signed values: zero in the middle of the ramp, ±`most` at its ends.
  init(signed values: [Double], rows: Int, columns: Int, most: Double, theme: Theme) {
    self.init(
      rows: rows, columns: columns,
      shares: values.map { most > 0 ? 0.5 + 0.5 * ($0 / most) : $0.isNaN ? .nan : 0.5 },
      values: values, ramp: theme.classes)
  }

  private init(rows: Int, columns: Int, shares: [Double], values: [Double], ramp: Ramp) {
    self.values = values
    self.rows = max(0, rows)
    self.columns = max(0, columns)
    self.shares = shares
    self.ramp = ramp
  }

  /// The side of a pixel in columns (and half rows) with which an image fits; 0 where none does.
  ///
  /// Pictures made of characters show whole cells only, so there a pixel is at least two columns by
  /// one row if it can be.
  static func unit(rows: Int, columns: Int, fitting size: Size, shading: HeatMap.Shading) -> Int {
    guard rows > 0, columns > 0, size.width > 0, size.height > 0 else { return 0 }
    let largest = min(size.width / columns, size.height * 2 / rows)
    guard shading != .quadrants, largest > 1 else { return largest }
    return largest / 2 * 2
  }

  /// The cells that the image takes with pixels of this size.
  func size(unit: Int) -> Size {
    Size(width: columns * unit, height: (rows * unit + 1) / 2)
  }

  /// The cells of the pixels from (row, column), `span` across and down, in an image drawn at
  /// `place`.
  static func cells(row: Int, column: Int, span: Int, unit: Int, at place: Point) -> Rect {
    let top = row * unit / 2
    let bottom = ((row + span) * unit + 1) / 2
    return Rect(
      x: place.x + column * unit, y: place.y + top, width: span * unit, height: bottom - top)
  }

  /// Draws the image with its corner at `place`, only within `area`.
  func draw(
    _ scene: Scene, unit: Int, at place: Point, within area: Rect, into canvas: inout Canvas
  ) {
    guard unit > 0, shares.count >= rows * columns else { return }
    let extent = size(unit: unit)
    var levels = [UInt8](repeating: HeatMap.none, count: extent.width * extent.height * 4)
    for y in 0..<rows * unit {
      for x in 0..<extent.width * 2 {
        let share = shares[y / unit * columns + x / (2 * unit)]
        guard !share.isNaN else { continue }
        levels[y * extent.width * 2 + x] = UInt8(ramp.level(share))
      }
    }
    var picture = Canvas(size: extent)
    picture.fill(
      picture.bounds, with: Cell(" ", style: Style(background: scene.theme.pane)))
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading,
      into: &picture, area: picture.bounds)
    canvas.lay(picture, at: place, within: area)
    if canvas.reader != nil { tell(unit: unit, at: place, within: area, into: &canvas) }
  }

  /// Each pixel's value, for a cursor.
  private func tell(unit: Int, at place: Point, within area: Rect, into canvas: inout Canvas) {
    for row in 0..<rows {
      for column in 0..<columns {
        let cells = PixelImage.cells(row: row, column: column, span: 1, unit: unit, at: place)
        canvas.reader?.add(
          ["pixel \(row + 1), \(column + 1)", NumberText.compact(values[row * columns + column])],
          in: cells.intersection(area))
      }
    }
  }

  /// Draws the outline of a block of cells over what is there.
  static func outline(
    _ block: Rect, _ scene: Scene, within area: Rect, into canvas: inout Canvas
  ) {
    guard !block.isEmpty else { return }
    let color = scene.theme.warning
    func put(_ mark: Unicode.Scalar, _ ascii: Unicode.Scalar, _ x: Int, _ y: Int) {
      canvas.mark(
        scene.glyphs.mark(mark, ascii: ascii), at: Point(x: x, y: y), within: area,
        foreground: color, attributes: .bold)
    }
    if block.height == 1 && block.width >= 2 {
      put("[", "[", block.x, block.y)
      put("]", "]", block.maxX - 1, block.y)
      return
    }
    if block.width < 2 || block.height < 2 {
      for x in block.x..<block.maxX {
        for y in block.y..<block.maxY { put("□", "o", x, y) }
      }
      return
    }
    for x in block.x + 1..<block.maxX - 1 {
      put("─", "-", x, block.y)
      put("─", "-", x, block.maxY - 1)
    }
    for y in block.y + 1..<block.maxY - 1 {
      put("│", "|", block.x, y)
      put("│", "|", block.maxX - 1, y)
    }
    put("┌", "+", block.x, block.y)
    put("┐", "+", block.maxX - 1, block.y)
    put("└", "+", block.x, block.maxY - 1)
    put("┘", "+", block.maxX - 1, block.maxY - 1)
  }
}

extension Scene {
  /// `number` wrapped into `0..<count`.
  static func wrapped(_ number: Int, _ count: Int) -> Int {
    guard count > 0 else { return 0 }
    return ((number % count) + count) % count
  }
}
