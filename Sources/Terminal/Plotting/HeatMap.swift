/// Pictures of values on a grid: four colours' worth of detail a cell, drawn with the two that fit
/// best.
package enum HeatMap {
  /// The level that means "nothing here".
  package static let none: UInt8 = 255

  /// How a map is drawn.
  package enum Shading: Sendable {
    /// Quadrants in two colours.
    case quadrants
    /// Characters by darkness: `░▒▓█`.
    case shades
    /// Characters by darkness: ` .:-=+*#%@`.
    case ascii

    /// The characters by darkness, lightest first; none where two colours a cell say all.
    var scale: [Unicode.Scalar] {
      switch self {
      case .quadrants: []
      case .shades: [" ", "░", "▒", "▓", "█"]
      case .ascii: [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]
      }
    }
  }

  /// Draws a map.
  ///
  /// - Parameters:
  ///   - levels: indices into `palette`, row by row from the top, 2·`area.width` across and
  ///     2·`area.height` down; `HeatMap.none` leaves the background.
  ///   - palette: colours in order, so that near indices look alike; at most 255.
  package static func draw(
    _ levels: [UInt8], palette: [Color], blank: Color, shading: Shading, into canvas: inout Canvas,
    area: Rect
  ) {
    let shown = area.intersection(canvas.bounds)
    guard !shown.isEmpty, levels.count >= area.width * area.height * 4, !palette.isEmpty else {
      return
    }
    switch shading {
    case .quadrants:
      quadrants(levels, palette: palette, blank: blank, into: &canvas, area: area, shown: shown)
    case .shades, .ascii:
      characters(
        levels, palette: palette, darkness: shading.scale, into: &canvas, area: area, shown: shown)
    }
  }

  /// Levels of `values` (a grid of `columns`×`rows`, first row on top), resampled bilinearly to the
  /// quarters of `area`. `level` turns a value into an index; NaN becomes `none`.
  package static func levels(
    of values: [Double], columns: Int, rows: Int, area: Rect, level: (Double) -> UInt8
  ) -> [UInt8] {
    let width = area.width * 2
    let height = area.height * 2
    guard columns > 0, rows > 0, values.count >= columns * rows, width > 0, height > 0 else {
      return [UInt8](repeating: none, count: max(0, width * height))
    }
    if columns == width && rows == height {
      return values.prefix(width * height).map { $0.isNaN ? none : level($0) }
    }
    let across = Resampling(from: columns, to: width)
    let down = Resampling(from: rows, to: height)
    var result = [UInt8](repeating: none, count: width * height)
    values.withUnsafeBufferPointer { values in
      for y in 0..<height {
        let top = down.first[y] * columns
        let bottom = down.second[y] * columns
        let v = down.share[y]
        for x in 0..<width {
          let u = across.share[x]
          let left = across.first[x]
          let right = across.second[x]
          let upper = values[top + left] + (values[top + right] - values[top + left]) * u
          let lower = values[bottom + left] + (values[bottom + right] - values[bottom + left]) * u
          let value = upper + (lower - upper) * v
          result[y * width + x] = value.isNaN ? none : level(value)
        }
      }
    }
    return result
  }

  private static func quadrants(
    _ levels: [UInt8], palette: [Color], blank: Color, into canvas: inout Canvas, area: Rect,
    shown: Rect
  ) {
    let width = area.width * 2
    let last = UInt8(palette.count - 1)
    func color(_ level: UInt8) -> Color {
      level == none ? blank : palette[Int(min(level, last))]
    }
    for y in shown.y..<shown.maxY {
      let upper = (y - area.y) * 2 * width
      let lower = upper + width
      for x in shown.x..<shown.maxX {
        let column = (x - area.x) * 2
        let a = levels[upper + column]
        let b = levels[upper + column + 1]
        let c = levels[lower + column]
        let d = levels[lower + column + 1]
        if a == b && a == c && a == d {
          let flat = color(a)
          canvas.cells[y * canvas.size.width + x] = Cell(
            " ", style: Style(foreground: flat, background: flat))
          continue
        }
        var fit = twoTone(a, b, c, d)
        // Many fonts draw blocks a hair too small. Where there is nothing beside the map, that hair
        // must not be of the map.
        if fit.high == none { fit = (fit.mask ^ 15, none, fit.low) }
        canvas.cells[y * canvas.size.width + x] = Cell(
          DotGlyphs.quadrantTable[fit.mask],
          style: Style(foreground: color(fit.high), background: color(fit.low)))
      }
    }
  }

  /// The best split of four ordered levels into two groups (least squared error) and a member of
  /// each nearest its mean. Levels are ordered, so the best split is one of three thresholds.
  package static func twoTone(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8)
    -> (mask: Int, low: UInt8, high: UInt8)
  {
    var (w, x, y, z) = (Int(a), Int(b), Int(c), Int(d))
    if w > x { swap(&w, &x) }
    if y > z { swap(&y, &z) }
    if w > y { swap(&w, &y) }
    if x > z { swap(&x, &z) }
    if x > y { swap(&x, &y) }
    // Squared errors, six times over so that they stay whole numbers.
    let upperThree = 2 * ((x - y) * (x - y) + (x - z) * (x - z) + (y - z) * (y - z))
    let pairs = 3 * ((w - x) * (w - x) + (y - z) * (y - z))
    let lowerThree = 2 * ((w - x) * (w - x) + (w - y) * (w - y) + (x - y) * (x - y))
    let low: Int
    let high: Int
    let threshold: Int
    if pairs <= upperThree && pairs <= lowerThree {
      (low, high, threshold) = (x, y, y)
    } else if upperThree <= lowerThree {
      (low, high, threshold) = (w, y, x)
    } else {
      (low, high, threshold) = (x, z, z)
    }
    var mask = 0
    if Int(a) >= threshold { mask |= 1 }
    if Int(b) >= threshold { mask |= 2 }
    if Int(c) >= threshold { mask |= 4 }
    if Int(d) >= threshold { mask |= 8 }
    return (mask, UInt8(low), UInt8(high))
  }

  private static func characters(
    _ levels: [UInt8], palette: [Color], darkness: [Unicode.Scalar], into canvas: inout Canvas,
    area: Rect, shown: Rect
  ) {
    let width = area.width * 2
    for y in shown.y..<shown.maxY {
      for x in shown.x..<shown.maxX {
        let level = levels[(y - area.y) * 2 * width + (x - area.x) * 2]
        guard level != none else { continue }
        let index = min(Int(level), palette.count - 1)
        let place = y * canvas.size.width + x
        let steps = index * darkness.count / palette.count
        canvas.cells[place].scalar = darkness[min(steps, darkness.count - 1)]
        canvas.cells[place].style.foreground = palette[index]
      }
    }
  }
}

/// Where the samples of one length lie between those of another.
private struct Resampling {
  var first: [Int]
  var second: [Int]
  var share: [Double]

  init(from count: Int, to target: Int) {
    first = []
    second = []
    share = []
    for index in 0..<target {
      let place = (Double(index) + 0.5) * Double(count) / Double(target) - 0.5
      let bounded = min(max(place, 0), Double(count - 1))
      let left = Int(bounded)
      first.append(left)
      second.append(min(left + 1, count - 1))
      share.append(bounded - Double(left))
    }
  }
}
