import Terminal
import Testing

@Suite("Dots")
struct DotRasterTests {
  static let kinds: [DotGlyphs] = [.braille, .sextant, .quadrant, .ascii]

  private func text(_ raster: DotRaster, _ width: Int, _ height: Int) -> String {
    var canvas = Canvas(size: Size(width: width, height: height))
    raster.paint(into: &canvas)
    return canvas.text
  }

  @Test("A diagonal in braille")
  func diagonal() {
    var raster = DotRaster(area: Rect(x: 0, y: 0, width: 4, height: 2), glyphs: .braille)
    raster.line(0.5, 0.5, 7.5, 7.5, color: Color(0xFFFFFF))
    #expect(text(raster, 4, 2) == "⠑⢄\n  ⠑⢄")
  }

  @Test("A flat line of two dots is two dots thick, as is a steep one")
  func thickness() {
    var flat = DotRaster(area: Rect(x: 0, y: 0, width: 3, height: 1), glyphs: .braille)
    flat.line(0.5, 1.9, 5.5, 1.9, color: Color(1), thickness: 2)
    #expect(text(flat, 3, 1) == "⠶⠶⠶")
    var steep = DotRaster(area: Rect(x: 0, y: 0, width: 2, height: 2), glyphs: .braille)
    steep.line(1.2, 0.5, 1.2, 7.5, color: Color(1), thickness: 2)
    #expect(text(steep, 2, 2) == "⣿\n⣿")
  }

  @Test("Every mask has a character of its own kind", arguments: kinds)
  func tables(kind: DotGlyphs) {
    #expect(kind.table.count == 1 << (kind.columns * kind.rows))
    #expect(kind.table[0] == (kind == .braille ? "\u{2800}" : " "))
    if kind == .ascii {
      #expect(kind.table.allSatisfy { $0.isASCII })
    } else {
      #expect(Set(kind.table).count == kind.table.count)
    }
  }

  @Test("Sextants are numbered as Unicode does it")
  func sextants() {
    #expect(DotGlyphs.sextant.table[1] == "\u{1FB00}")
    #expect(DotGlyphs.sextant.table[0b010101] == "▌")
    #expect(DotGlyphs.sextant.table[0b010110] == "\u{1FB14}")
    #expect(DotGlyphs.sextant.table[0b101010] == "▐")
    #expect(DotGlyphs.sextant.table[62] == "\u{1FB3B}")
  }

  @Test("No coordinate is an error, and nothing is drawn outside", arguments: kinds)
  func hostile(kind: DotGlyphs) {
    let values: [Double] = [
      0, 3, -5, 1e9, -1e9, 1e300, -1e300, .infinity, -.infinity, .nan, .greatestFiniteMagnitude,
    ]
    let area = Rect(x: 2, y: 1, width: 3, height: 2)
    var raster = DotRaster(area: area, glyphs: kind)
    for a in values {
      for b in values {
        for c in values { raster.line(a, b, c, -b, color: Color(1), thickness: 2) }
        raster.band(x: 1, from: a, to: b, color: Color(1))
        raster.plot(a, b, color: Color(1))
      }
    }
    var canvas = Canvas(size: Size(width: 8, height: 5))
    raster.paint(into: &canvas)
    for y in 0..<5 {
      for x in 0..<8 where !area.contains(Point(x: x, y: y)) {
        #expect(canvas[x, y] == Cell())
      }
    }
  }

  @Test("A line to infinity runs to the edge of the picture")
  func infinite() {
    var raster = DotRaster(area: Rect(x: 0, y: 0, width: 2, height: 2), glyphs: .braille)
    raster.line(1.5, 6, 1.5, -.infinity, color: Color(1))
    #expect(raster.dots(x: 0, y: 0) == 4)
    #expect(raster.dots(x: 0, y: 1) == 3)
  }

  @Test("NaN leaves a gap in a curve")
  func gap() {
    var raster = DotRaster(area: Rect(x: 0, y: 0, width: 5, height: 1), glyphs: .braille)
    raster.polyline(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map { $0 + 0.5 },
      [0.5, 0.5, 0.5, .nan, 0.5, 0.5, 0.5, 0.5, 0.5], color: Color(1))
    #expect(text(raster, 5, 1) == "⠉⠁⠉⠉⠁")
  }

  @Test("Of two curves in a cell the stronger is seen, alone")
  func priority() {
    var raster = DotRaster(area: Rect(x: 0, y: 0, width: 1, height: 1), glyphs: .braille)
    raster.set(x: 0, y: 0, color: Color(1), priority: 5)
    raster.set(x: 1, y: 3, color: Color(2), priority: 2)
    var canvas = Canvas(size: Size(width: 1, height: 1))
    raster.paint(into: &canvas)
    #expect(canvas[0, 0].scalar == "⠁" && canvas[0, 0].style.foreground == Color(1))
  }

  @Test("Curves of neighbouring priority that lie on one another take turns")
  func turns() {
    var raster = DotRaster(area: Rect(x: 0, y: 0, width: 12, height: 1), glyphs: .braille)
    raster.line(0, 1.5, 24, 1.5, color: Color(1), priority: 7)
    raster.line(0, 1.5, 24, 1.5, color: Color(2), priority: 8)
    var canvas = Canvas(size: Size(width: 12, height: 1))
    raster.paint(into: &canvas)
    let colors = Set((0..<12).map { canvas[$0, 0].style.foreground })
    #expect(colors == [Color(1), Color(2)])
  }

  @Test("Dots over a map keep the mean of its two colours behind them")
  func overMap() {
    var canvas = Canvas(size: Size(width: 1, height: 1))
    canvas[0, 0] = Cell(
      "▀", style: Style(foreground: Color(0xFF0000), background: Color(0x0000FF)))
    var raster = DotRaster(area: Rect(x: 0, y: 0, width: 1, height: 1), glyphs: .braille)
    raster.set(x: 0, y: 0, color: Color(0xFFFFFF))
    raster.paint(into: &canvas)
    let mean = Color(0x0000FF).mixed(with: Color(0xFF0000), 0.5)
    #expect(canvas[0, 0].style.background == mean)
  }
}
