import Terminal
import Testing

@Suite("Numbers, ramps, lines of equal height")
struct PictureTextTests {
  @Test("Numbers are short and read well")
  func numbers() {
    #expect(NumberText.compact(0.041234) == "0.0412")
    #expect(NumberText.compact(-41.26) == "−41.3")
    #expect(NumberText.compact(1.234e-7) == "1.23e−7")
    #expect(NumberText.compact(9.9999e5) == "1e6")
    #expect(NumberText.compact(0.99999) == "1.00")
    #expect(NumberText.compact(0) == "0")
    #expect(NumberText.compact(.nan) == "NaN")
    #expect(NumberText.compact(-.infinity) == "−∞")
    #expect(NumberText.compact(5e-324) == "4.94e−324")
    #expect(NumberText.compact(1.7976931348623157e308, digits: 3) == "1.8e308")
    #expect(NumberText.fixed(-0.0004, decimals: 3) == "0.000")
    #expect(NumberText.fixed(2.5, decimals: 0) == "3")
    #expect(NumberText.fixed(0.05, decimals: 2) == "0.05")
    #expect(NumberText.short(0.02) == "0.02")
    #expect(NumberText.count(950) == "950")
    #expect(NumberText.count(12_005) == "12,005")
    #expect(NumberText.count(1_250_000) == "1.25M")
    #expect(NumberText.count(.max) == "9223.37P")
    #expect(NumberText.count(.min) == "−9223.37P")
    #expect(NumberText.powerOfTen(-12) == "10⁻¹²")
  }

  @Test("ASCII spells what it cannot write")
  func spelling() {
    #expect(GlyphSet.ascii.spell("10⁻³ η = −0.5") == "1e-3 eta = -0.5")
    #expect(GlyphSet.ascii.spell("x² + 1") == "x^2 + 1")
    #expect(GlyphSet.ascii.spell("10⁰") == "1")
    #expect(GlyphSet.ascii.spell("日本 ✓").unicodeScalars.allSatisfy { $0.isASCII })
    #expect(GlyphSet.braille.spell("10⁻³") == "10⁻³")
  }

  @Test(
    "A ramp through darker and lighter anchors is monotone in lightness, and ends at its anchors")
  func ramps() {
    let ramp = Ramp([Color(0x0E1622), Color(0x1A4359), Color(0x86BDA4)])
    #expect(ramp.colors.count == Ramp.levels)
    #expect(ramp.colors.first == Color(0x0E1622) && ramp.colors.last == Color(0x86BDA4))
    let lightness = ramp.colors.map { Oklab($0).lightness }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
    #expect(ramp.level(.nan) == 0 && ramp.level(-.infinity) == 0)
    #expect(ramp.level(.infinity) == Ramp.levels - 1 && ramp.level(0.5) == 16)
  }

  @Test("Colours survive the way through Oklab")
  func oklab() {
    for rgb: UInt32 in [0, 0xFFFFFF, 0x58A6FF, 0xFF0000, 0x00FF00, 0x0000FF, 0x123456] {
      #expect(Oklab(Color(rgb)).color == Color(rgb))
    }
    let grey = Color(0).mixed(with: Color(0xFFFFFF), 0.5)
    #expect(grey.rgb & 0xFF == (grey.rgb >> 16) & 0xFF)
  }

  @Test("The line around a hill closes: every end meets another")
  func isoLines() {
    let size = 24
    let values = (0..<size * size).map { index -> Double in
      let x = Double(index % size) - 11.3
      let y = Double(index / size) - 11.9
      return x * x + y * y
    }
    var ends: [String: Int] = [:]
    var worst = 0.0
    IsoLines.trace(values, columns: size, rows: size, level: 60) { x0, y0, x1, y1 in
      for (x, y) in [(x0, y0), (x1, y1)] {
        ends["\((x * 1e6).rounded()) \((y * 1e6).rounded())", default: 0] += 1
        let dx = x - 11.3
        let dy = y - 11.9
        worst = max(worst, abs((dx * dx + dy * dy).squareRoot() - 60.squareRoot()))
      }
    }
    #expect(ends.count > 20)
    #expect(ends.values.allSatisfy { $0 == 2 })
    #expect(worst < 0.03)
  }

  @Test("Squares with values that are not finite are left out of lines")
  func isoLinesHoles() {
    var count = 0
    IsoLines.trace(
      [0, 2, .nan, 0, 2, .infinity, 0, 2, 0], columns: 3, rows: 3, level: 1
    ) { _, _, _, _ in count += 1 }
    #expect(count == 2)
  }

  @Test("A band fills between its edges, to an eighth of a row above and half a row below")
  func band() {
    var canvas = Canvas(size: Size(width: 2, height: 4))
    var band = FilledBand(area: canvas.bounds)
    band.add(column: 0, top: 0.5, bottom: 2.25)
    band.add(column: 9, top: 0, bottom: 4)
    band.add(column: 1, top: .nan, bottom: 1)
    band.paint(Color(7), over: Color(1), into: &canvas)
    #expect(canvas[0, 0].scalar == "▄" && canvas[0, 0].style.foreground == Color(7))
    #expect(canvas[0, 1].style.background == Color(7))
    #expect(canvas[0, 2].scalar == "▀" && canvas[0, 2].style.foreground == Color(7))
    #expect(canvas[0, 3] == Cell() && canvas[1, 0] == Cell())
  }

  @Test("A ball looks the same wherever it stands")
  func disc() {
    var pictures: Set<String> = []
    for x in [6.0, 9.0, 12.0] {
      var canvas = Canvas(size: Size(width: 20, height: 6))
      Disc.draw(
        into: &canvas, area: canvas.bounds, centerX: x, centerY: 3, radius: 2, color: Color(1),
        glyphs: .braille)
      pictures.insert(
        canvas.text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n"))
    }
    #expect(pictures.count == 1)
  }
}
