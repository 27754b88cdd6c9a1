/// Curves as dots finer than cells: each cell keeps which dots are set, one colour, and how
/// strongly it is claimed.
///
/// Coordinates are in dots from the upper left corner of `area`; dots outside are dropped, and no
/// value of a coordinate (NaN, infinity, 10³⁰⁰) is an error. A priority names a curve: dots of
/// equal priority join, and the last gives the colour. Where two curves share a cell only the one
/// of higher priority is seen there, except that curves of neighbouring priorities which lie on one
/// another take turns, so that neither hides the other.
package struct DotRaster: Sendable {
  /// The cells it covers.
  package let area: Rect
  /// How dots become characters.
  package let glyphs: DotGlyphs
  /// Dots across.
  package let width: Int
  /// Dots down.
  package let height: Int
  /// Lines of these colours are broken: of eight dots in a row those whose bits are set are drawn.
  /// Where there are no colours, patterns tell curves apart.
  package var patterns: [Color: UInt8] = [:]
  private var masks: [UInt8]
  private var colors: [UInt32]
  private var priorities: [UInt8]
  private var hiddenMasks: [UInt8]
  private var hiddenColors: [UInt32]
  private var hiddenPriorities: [UInt8]

  /// An empty raster over `area`.
  package init(area: Rect, glyphs: DotGlyphs) {
    self.area = area
    self.glyphs = glyphs
    width = area.width * glyphs.columns
    height = area.height * glyphs.rows
    let count = area.width * area.height
    masks = [UInt8](repeating: 0, count: count)
    colors = [UInt32](repeating: 0, count: count)
    priorities = [UInt8](repeating: 0, count: count)
    hiddenMasks = [UInt8](repeating: 0, count: count)
    hiddenColors = [UInt32](repeating: 0, count: count)
    hiddenPriorities = [UInt8](repeating: 0, count: count)
  }

  /// How many dots are set in the cell at a column and row of `area`.
  package func dots(x: Int, y: Int) -> Int {
    guard x >= 0, y >= 0, x < area.width, y < area.height else { return 0 }
    return masks[y * area.width + x].nonzeroBitCount
  }

  /// Sets one dot.
  package mutating func set(x: Int, y: Int, color: Color, priority: UInt8 = 1) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let column = x / glyphs.columns
    let row = y / glyphs.rows
    let index = row * area.width + column
    let bit =
      UInt8(1) << UInt8((y - row * glyphs.rows) * glyphs.columns + x - column * glyphs.columns)
    if masks[index] != 0, priority != priorities[index] {
      if priority < priorities[index] {
        hide(bit, color.rgb, priority, at: index)
        return
      }
      hide(masks[index], colors[index], priorities[index], at: index)
      masks[index] = 0
    }
    masks[index] |= bit
    colors[index] = color.rgb
    priorities[index] = priority
  }

  /// Keeps the dots of the strongest curve that is not in front.
  private mutating func hide(_ mask: UInt8, _ color: UInt32, _ priority: UInt8, at index: Int) {
    if hiddenMasks[index] != 0, hiddenPriorities[index] != priority {
      guard priority > hiddenPriorities[index] else { return }
      hiddenMasks[index] = 0
    }
    hiddenMasks[index] |= mask
    hiddenColors[index] = color
    hiddenPriorities[index] = priority
  }

  /// Sets the dot at a place between dots.
  package mutating func plot(_ x: Double, _ y: Double, color: Color, priority: UInt8 = 1) {
    guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { return }
    set(x: Int(x), y: Int(y), color: color, priority: priority)
  }

  /// A straight line, some dots thick, without gaps but those of its colour's pattern; nothing when
  /// an end is NaN. Infinite ends lie far outside.
  package mutating func line(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, color: Color, thickness: Int = 1,
    priority: UInt8 = 1
  ) {
    guard !x0.isNaN, !y0.isNaN, !x1.isNaN, !y1.isNaN else { return }
    guard
      let (ax, ay, bx, by) = clip(
        DotRaster.near(x0), DotRaster.near(y0), DotRaster.near(x1), DotRaster.near(y1))
    else { return }
    let dx = bx - ax
    let dy = by - ay
    let count = PlotMath.int(max(abs(dx), abs(dy)).rounded(.up), in: 0...(width + height + 8))
    // A flat line grows downwards, a steep one sideways, so that its weight is the same in every
    // direction.
    let flat = abs(dx) >= abs(dy)
    let pattern = patterns.isEmpty ? 0xFF : patterns[color] ?? 0xFF
    for step in 0...max(count, 1) {
      let share = Double(step) / Double(max(count, 1))
      let x = ax + dx * share
      let y = ay + dy * share
      if pattern != 0xFF {
        let place = PlotMath.int((x + 2 * y).rounded(.down), in: -1_000_000...1_000_000)
        if pattern >> UInt8(place & 7) & 1 == 0 { continue }
      }
      for dot in 0..<max(1, thickness) {
        let shift = Double(dot) - Double(max(1, thickness) - 1) / 2
        plot(flat ? x : x + shift, flat ? y + shift : y, color: color, priority: priority)
      }
    }
  }

  /// A line through points; NaN leaves a gap.
  package mutating func polyline(
    _ xs: [Double], _ ys: [Double], color: Color, thickness: Int = 1, priority: UInt8 = 1
  ) {
    let count = min(xs.count, ys.count)
    guard count > 0 else { return }
    if count == 1 { plot(xs[0], ys[0], color: color, priority: priority) }
    for index in 1..<max(count, 1) {
      line(
        xs[index - 1], ys[index - 1], xs[index], ys[index], color: color, thickness: thickness,
        priority: priority)
    }
  }

  /// All dots of a column between two heights: the spread of values that share the column.
  package mutating func band(
    x: Int, from y0: Double, to y1: Double, color: Color, priority: UInt8 = 1
  ) {
    guard !y0.isNaN, !y1.isNaN, height > 0, max(y0, y1) >= 0, min(y0, y1) < Double(height) else {
      return
    }
    let top = PlotMath.int(min(y0, y1).rounded(.down), in: 0...(height - 1))
    let bottom = PlotMath.int(max(y0, y1).rounded(.down), in: 0...(height - 1))
    for y in top...max(top, bottom) { set(x: x, y: y, color: color, priority: priority) }
  }

  /// Takes over the dots of curves that are in the canvas already, in cells where this picture has
  /// dots of its own: there they take its colour, unless it would hardly be seen; then the curve
  /// keeps the cell. Dots of the colour `grid` are no curve.
  package mutating func join(_ canvas: Canvas, apartFrom grid: Color?) {
    let shown = area.intersection(canvas.bounds)
    for y in shown.y..<max(shown.y, shown.maxY) {
      for x in shown.x..<max(shown.x, shown.maxX) {
        let index = (y - area.y) * area.width + x - area.x
        guard masks[index] != 0, canvas[x, y].style.foreground != grid,
          let other = glyphs.mask(of: canvas[x, y].scalar)
        else { continue }
        if masks[index].nonzeroBitCount * 2 < other.nonzeroBitCount {
          masks[index] = 0
        } else {
          masks[index] |= other
        }
      }
    }
  }

  /// Puts the characters into a canvas; cells without dots stay as they are, and a picture made of
  /// blocks underneath gives its mean colour as the background.
  package func paint(into canvas: inout Canvas) {
    let table = glyphs.table
    canvas.reader?.add(self)
    let shown = area.intersection(canvas.bounds)
    guard !shown.isEmpty else { return }
    for y in shown.y..<shown.maxY {
      let row = (y - area.y) * area.width - area.x
      let target = y * canvas.size.width
      for x in shown.x..<shown.maxX where masks[row + x] != 0 {
        let turn = takesTurn(row + x, column: x)
        canvas.cells[target + x].overlay(
          table[Int(turn ? hiddenMasks[row + x] : masks[row + x])],
          foreground: Color(turn ? hiddenColors[row + x] : colors[row + x]))
      }
    }
  }

  /// The mean height, in dots from the top, of each colour's dots in a column of cells.
  package func heights(atColumn column: Int) -> [Color: Double] {
    guard column >= 0, column < area.width else { return [:] }
    var sums: [UInt32: (sum: Double, count: Double)] = [:]
    for row in 0..<area.height {
      let index = row * area.width + column
      for (mask, color) in [
        (masks[index], colors[index]), (hiddenMasks[index], hiddenColors[index]),
      ]
      where mask != 0 {
        for bit in 0..<8 where mask >> UInt8(bit) & 1 == 1 {
          let dot = Double(row * glyphs.rows + bit / glyphs.columns)
          let before = sums[color] ?? (0, 0)
          sums[color] = (before.sum + dot, before.count + 1)
        }
      }
    }
    return Dictionary(
      uniqueKeysWithValues: sums.map { (Color($0.key), $0.value.sum / $0.value.count) })
  }

  /// Whether the curve behind is shown in a cell where it lies on its neighbour in front.
  private func takesTurn(_ index: Int, column: Int) -> Bool {
    let behind = hiddenMasks[index]
    guard behind != 0, priorities[index] - hiddenPriorities[index] == 1, column & 4 != 0 else {
      return false
    }
    return (behind & masks[index]).nonzeroBitCount * 2 > behind.nonzeroBitCount
  }

  /// Infinity and huge values as places far outside that are safe to compute with.
  private static func near(_ value: Double) -> Double { min(max(value, -1e7), 1e7) }

  /// The part of a line within the raster (Liang and Barsky 1984), with a dot to spare.
  private func clip(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double)
    -> (Double, Double, Double, Double)?
  {
    let dx = x1 - x0
    let dy = y1 - y0
    var enter = 0.0
    var leave = 1.0
    let edges = [
      (-dx, x0 + 2), (dx, Double(width) + 2 - x0), (-dy, y0 + 2), (dy, Double(height) + 2 - y0),
    ]
    for (p, q) in edges {
      if p == 0 {
        if q < 0 { return nil }
        continue
      }
      let t = q / p
      if p < 0 { enter = max(enter, t) } else { leave = min(leave, t) }
      if enter > leave { return nil }
    }
    return (x0 + dx * enter, y0 + dy * enter, x0 + dx * leave, y0 + dy * leave)
  }
}

extension Cell {
  /// Makes one colour of a map's cell: the mean of its two.
  package mutating func flatten() {
    guard scalar.isBlock else { return }
    style.background = style.background.mixed(with: style.foreground, scalar.blockShare)
    style.foreground = style.background
    scalar = " "
  }

  /// Puts a character over what is there; two colours of a map's cell become one background.
  package mutating func overlay(
    _ scalar: Unicode.Scalar, foreground: Color, attributes: Attributes = []
  ) {
    flatten()
    style.foreground = foreground
    style.attributes = attributes
    self.scalar = scalar
    if scalar == "█" {
      // Fonts draw the full block a little too small; a background has no seams.
      self.scalar = " "
      style.background = foreground
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a block element or sextant: a picture of two colours.
  package var isBlock: Bool {
    (value >= 0x2580 && value <= 0x2590) || (value >= 0x2596 && value <= 0x259F)
  }

  /// Which part of the cell a block element covers.
  fileprivate var blockShare: Double {
    switch value {
    case 0x2588: 1
    case 0x2580, 0x2584, 0x258C, 0x2590, 0x259A, 0x259E: 0.5
    case 0x2596...0x2598, 0x259D: 0.25
    case 0x2599, 0x259B, 0x259C, 0x259F: 0.75
    default: 0.5
    }
  }
}
