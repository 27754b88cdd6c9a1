/// A picture with axes: where numbers lie in a rectangle of cells, the labels beside it, and the
/// dots within.
package struct Plot: Sendable {
  /// How a plot is laid out.
  package struct Layout: Sendable {
    /// Colour of labels.
    package var label: Color
    /// Colour of grid lines.
    package var grid: Color
    /// Characters.
    package var glyphs: GlyphSet
    /// Whether light lines run across at the ticks of the y axis.
    package var showsGrid: Bool
    /// Whether axis bounds lie on the outer edges of the outermost dots (maps) or on their centres
    /// (curves).
    package var isMap: Bool
    /// Whether ticks are labelled where there is room.
    package var showsLabels = true
    /// Whether lines are a dot thicker than reads well from near.
    package var isBold = false
    /// How lines of some colours are broken; see `DotRaster`.
    package var patterns: [Color: UInt8] = [:]
    /// Rows kept free below the x axis.
    package var footer: Int
    /// Rows kept free above.
    package var header: Int

    /// A layout.
    package init(
      label: Color, grid: Color, glyphs: GlyphSet, showsGrid: Bool = true, isMap: Bool = false,
      footer: Int = 0, header: Int = 0
    ) {
      self.label = label
      self.grid = grid
      self.glyphs = glyphs
      self.showsGrid = showsGrid
      self.isMap = isMap
      self.footer = footer
      self.header = header
    }
  }

  /// Everything, with labels.
  package let outer: Rect
  /// The cells within the axes.
  package let area: Rect
  /// The horizontal axis.
  package let x: Axis
  /// The vertical axis, upwards.
  package let y: Axis
  /// The curves.
  package var raster: DotRaster
  /// Dots across a line that reads well at this size.
  package let thickness: Int
  private let layout: Layout
  /// Whether bounds lie on the outer edges, as in maps.
  package var isMap: Bool { layout.isMap }
  private let yTicks: [(row: Int, label: String, line: Unicode.Scalar)]
  private let xTicks: [(column: Int, label: String)]

  /// Lays out a plot in `outer`; labels are left out where there is no room for them.
  package init(in outer: Rect, x: Axis, y: Axis, layout: Layout) {
    self.outer = outer
    self.x = x
    self.y = y
    self.layout = layout
    let glyphs = layout.glyphs
    let labelled = layout.showsLabels && outer.width >= 16 && outer.height >= 5
    let height = max(0, outer.height - layout.footer - layout.header - (labelled ? 1 : 0))
    let top = outer.y + layout.header
    let dots = DotGlyphs(glyphs)

    // Rows of the y ticks do not depend on the width, so they come first and decide the gutter.
    // Lines of dots lie exactly where curves have the value; without colours they must not be taken
    // for curves.
    let drawsDots = dots == .braille && !layout.isMap && layout.patterns.isEmpty
    var ticks: [(row: Int, label: String, line: Unicode.Scalar)] = []
    if labelled {
      let limit = max(height >= 6 ? 3 : 2, min(6, height / 5 + 1))
      for tick in y.ticks(limit: limit) {
        let place = Plot.dot(1 - y.position(tick.value), height * dots.rows, layout.isMap)
        let row =
          top
          + min(
            max(0, height - 1),
            max(
              0,
              PlotMath.int(
                (place / Double(dots.rows)).rounded(.down), in: 0...max(0, height - 1))))
        if let last = ticks.last, last.row - row < (layout.isMap ? 2 : 1) { continue }
        let dot = PlotMath.int(place.rounded(.down), in: 0...max(0, height * dots.rows - 1))
        let line: Unicode.Scalar =
          glyphs == .ascii
          ? "." : drawsDots ? dots.table[3 << (dot % dots.rows * dots.columns)] : "─"
        ticks.append((row, tick.label, line))
      }
    }
    let gutter = labelled ? (ticks.map { glyphs.width($0.label) }.max() ?? 0) + 1 : 0
    area = Rect(
      x: outer.x + gutter, y: top, width: max(0, outer.width - gutter - (labelled ? 1 : 0)),
      height: height)
    yTicks = ticks

    var columns: [(column: Int, label: String)] = []
    if labelled && area.width > 0 {
      let limit = max(area.width >= 20 ? 3 : 2, min(9, area.width / 10))
      var free = outer.x
      for tick in x.ticks(limit: limit) {
        let width = glyphs.width(tick.label)
        let place = Plot.dot(x.position(tick.value), area.width * dots.columns, layout.isMap)
        let center =
          area.x
          + PlotMath.int(
            (place / Double(dots.columns)).rounded(.down), in: 0...(area.width - 1))
        // A minus sign hangs out to the left, so that digits stand under their place.
        let lead = tick.label.hasPrefix("−") ? 1 : 0
        var start = center - (width - lead - 1) / 2 - lead
        start = min(start, outer.maxX - width)
        guard start >= free, start >= outer.x else { continue }
        columns.append((start, tick.label))
        free = start + width + 2
      }
    }
    xTicks = columns
    raster = DotRaster(area: area, glyphs: dots)
    raster.patterns = layout.patterns
    let usual = dots == .braille && area.width >= 56 && area.height >= 11 ? 2 : 1
    thickness = usual + (layout.isBold ? 1 : 0)
  }

  /// Draws grid lines and labels; call it before anything else.
  package func drawAxes(into canvas: inout Canvas) {
    canvas.reader?.add(self)
    let glyphs = layout.glyphs
    for tick in yTicks {
      if layout.showsGrid {
        for column in area.x..<area.maxX where glyphs != .ascii || (column - area.x) % 4 == 0 {
          canvas.mark(
            tick.line, at: Point(x: column, y: tick.row), within: area, foreground: layout.grid)
        }
      }
      let width = glyphs.width(tick.label)
      canvas.write(
        tick.label, x: area.x - 1 - width, y: tick.row, within: outer, glyphs: glyphs,
        foreground: layout.label)
    }
    for tick in xTicks {
      canvas.write(
        tick.label, x: tick.column, y: area.maxY, within: outer, glyphs: glyphs,
        foreground: layout.label)
    }
  }

  /// Rows of the labelled y ticks, and columns where x labels begin, for tests of the layout.
  package var labels: (rows: [Int], columns: [(column: Int, label: String)]) {
    (yTicks.map(\.row), xTicks)
  }

  /// Where a value of x lies, in dots from the left.
  package func dotX(_ value: Double) -> Double {
    Plot.dot(x.position(value), raster.width, layout.isMap)
  }

  /// Where a value of y lies, in dots from the top.
  package func dotY(_ value: Double) -> Double {
    Plot.dot(1 - y.position(value), raster.height, layout.isMap)
  }

  /// The value of x at a dot's centre.
  package func valueX(atDot dot: Int) -> Double {
    let inset = layout.isMap ? 0.0 : 0.5
    let span = max(1, Double(raster.width) - 2 * inset)
    return x.value(at: (Double(dot) + 0.5 - inset) / span)
  }

  /// The data at the centre of a cell, for clicks; nil outside the axes.
  package func values(at cell: Point) -> (x: Double, y: Double)? {
    guard area.contains(cell) else { return nil }
    return (
      x.value(at: (Double(cell.x - area.x) + 0.5) / Double(area.width)),
      y.value(at: 1 - (Double(cell.y - area.y) + 0.5) / Double(area.height))
    )
  }

  /// The place of data in cells, fractions included; NaN where the axes cannot show it.
  package func place(_ valueX: Double, _ valueY: Double) -> (x: Double, y: Double) {
    (
      Double(area.x) + dotX(valueX) / Double(raster.glyphs.columns),
      Double(area.y) + dotY(valueY) / Double(raster.glyphs.rows)
    )
  }

  /// The cell that data lie in; nil outside.
  package func cell(_ valueX: Double, _ valueY: Double) -> Point? {
    let place = place(valueX, valueY)
    guard place.x >= Double(area.x), place.x < Double(area.maxX), place.y >= Double(area.y),
      place.y < Double(area.maxY)
    else { return nil }
    // What is the same but for rounding lies in the same cell, on the border of two as well.
    return Point(
      x: min(Int(place.x + 1e-6), area.maxX - 1), y: min(Int(place.y + 1e-6), area.maxY - 1))
  }

  /// A line between two data points.
  package mutating func line(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, color: Color, thickness: Int = 1,
    priority: UInt8 = 1
  ) {
    raster.line(
      dotX(x0), dotY(y0), dotX(x1), dotY(y1), color: color, thickness: thickness,
      priority: priority)
  }

  /// A curve through data points; NaN leaves a gap.
  package mutating func curve(
    _ xs: [Double], _ ys: [Double], color: Color, thickness: Int = 1, priority: UInt8 = 1
  ) {
    raster.polyline(
      xs.map(dotX), ys.map(dotY), color: color, thickness: thickness, priority: priority)
  }

  private static func dot(_ position: Double, _ count: Int, _ isMap: Bool) -> Double {
    isMap ? position * Double(count) : 0.5 + position * Double(max(0, count - 1))
  }
}
