import Terminal
import Testing

@Suite("Colours become what the terminal can show")
struct ColorTests {
  @Test("Oklab and back is the same colour")
  func oklabRoundTrip() {
    var generator = SeededGenerator(3)
    for _ in 0..<500 {
      let color = Color(UInt32.random(in: 0...0xFF_FFFF, using: &generator))
      #expect(Oklab(color).color == color)
    }
    #expect(abs(Oklab(Color(0xFFFFFF)).lightness - 1) < 1e-6)
    #expect(Oklab(Color(0x777777)).chroma < 1e-6)
    // Ottosson's table: red is (0.628, 0.225, 0.126).
    let red = Oklab(Color(0xFF0000))
    #expect(abs(red.lightness - 0.628) < 1e-3)
    #expect(abs(red.a - 0.225) < 1e-3)
    #expect(abs(red.b - 0.126) < 1e-3)
  }

  @Test("A colour of the fixed palette is itself", arguments: 16..<256)
  func fixedColors(_ index: Int) {
    let color = XtermPalette.colors[index]
    let found = XtermPalette.nearest(to: color, in: XtermPalette.fixed)
    #expect(XtermPalette.colors[found] == color)
  }

  @Test(
    "Snapping twice is snapping once",
    arguments: [
      ColorSnapper.Palette.mono, .ansi8, .ansi16, .indexed, .direct, .own(16..<256),
    ])
  func stable(_ palette: ColorSnapper.Palette) {
    var snapper = ColorSnapper(palette)
    var generator = SeededGenerator(9)
    let colors = (0..<300).map { _ in
      Color(UInt32.random(in: 0...0xFF_FFFF, using: &generator))
    }
    let first = colors.map { snapper.index(of: $0) }
    #expect(colors.map { snapper.index(of: $0) } == first)
    #expect(snapper.index(of: .terminalDefault) == -1)
    let limit: Int32 =
      switch palette {
      case .mono: 0
      case .ansi8: 8
      case .ansi16: 16
      case .direct: 1 << 24
      default: 256
      }
    #expect(first.allSatisfy { $0 >= -1 && $0 < limit })
  }

  @Test("With direct colour the first 256 colours are exact, and no other is off by more than 3")
  func direct() {
    var snapper = ColorSnapper(.direct)
    for value in 0..<256 as Range<UInt32> {
      #expect(
        snapper.index(of: Color(value * 0x01_0203 & 0xFF_FFFF))
          == Int32(value * 0x01_0203 & 0xFF_FFFF))
    }
    var generator = SeededGenerator(4)
    for _ in 0..<2_000 {
      let rgb = UInt32.random(in: 0...0xFF_FFFF, using: &generator)
      let shown = UInt32(snapper.index(of: Color(rgb)))
      for shift in [0, 8, 16] as [UInt32] {
        #expect(abs(Int(rgb >> shift & 0xFF) - Int(shown >> shift & 0xFF)) <= 3)
      }
    }
  }

  @Test(
    "The dark theme's class map takes few steps of 256 colours, each once and dark in the middle")
  func handPicked() {
    var snapper = ColorSnapper(.indexed)
    let stops: [UInt32] = [0x62AAF0, 0x4F93D8, 0x1B2836, 0xCB7B45, 0xE98B4B]
    let ramp = Ramp(stops.map { Color($0) })
    var steps: [Int32] = []
    for color in ramp.colors {
      let index = snapper.index(of: color)
      if steps.last != index { steps.append(index) }
    }
    #expect(steps.count >= 8)
    #expect(steps.filter { $0 == 236 }.count == 1)
    let lightness = steps.map { Oklab(XtermPalette.colors[Int($0)]).lightness }
    let middle = steps.firstIndex(of: 236) ?? 0
    #expect(lightness[...middle].elementsEqual(lightness[...middle].sorted(by: >)))
    #expect(lightness[middle...].elementsEqual(lightness[middle...].sorted(by: <)))
  }

  @Test("A palette of our own keeps early colours exactly and never leaves its range")
  func ownPalette() {
    var palette = DynamicPalette(range: 16..<256)
    var generator = SeededGenerator(5)
    for count in 0..<80 {
      let color = Color(UInt32.random(in: 0...0xFF_FFFF, using: &generator))
      let index = palette.index(of: color)
      #expect(palette.colors[index - 16] == color, "colour \(count)")
    }
    for _ in 0..<3_000 {
      let color = Color(UInt32.random(in: 0...0xFF_FFFF, using: &generator))
      let index = palette.index(of: color)
      #expect((16..<256).contains(index) && index - 16 < palette.colors.count)
    }
    #expect(palette.colors.count == 240)
    palette.reset()
    #expect(palette.colors.isEmpty && !palette.isStrained)
  }

  @Test("A smooth map fits into a palette of our own without strain")
  func smoothMapFits() {
    var palette = DynamicPalette(range: 16..<256)
    let ends = (Oklab(Color(0x62AAF0)), Oklab(Color(0x1B2836)), Oklab(Color(0xE98B4B)))
    for step in 0...2_000 {
      let t = Double(step) / 1_000
      let color =
        t < 1 ? ends.0.mixed(with: ends.1, at: t) : ends.1.mixed(with: ends.2, at: t - 1)
      let index = palette.index(of: color.color)
      let shown = Oklab(palette.colors[index - 16])
      #expect(Oklab(color.color).squaredDistance(to: shown) < 0.015 * 0.015)
    }
    #expect(!palette.isStrained)
  }

  @Test(
    "With few colours text never vanishes in its background",
    arguments: [
      ColorSnapper.Palette.ansi8, .ansi16,
    ])
  func visible(_ palette: ColorSnapper.Palette) {
    var snapper = ColorSnapper(palette)
    var generator = SeededGenerator(6)
    var pairs: Set<ColorSnapper.Pair> = []
    for _ in 0..<3_000 {
      let style = Style(
        foreground: Color(UInt32.random(in: 0...0xFF_FFFF, using: &generator)),
        background: Color(UInt32.random(in: 0...0xFF_FFFF, using: &generator)))
      let look = snapper.look(of: Cell("x", style: style))
      #expect(look.pair.foreground != look.pair.background, "\(style)")
      pairs.insert(look.pair)
      pairs.insert(snapper.look(of: Cell("▀", style: style)).pair)
    }
    if palette == .ansi8 { #expect(pairs.count < 64) }
  }

  @Test(
    "Greys stay grey with few colours",
    arguments: [0x12161D, 0x2D333B, 0x7D8590, 0xE6EDF3] as [UInt32])
  func greys(_ rgb: UInt32) {
    var few = ColorSnapper(.ansi8)
    #expect([0, 7].contains(few.index(of: Color(rgb))))
    var more = ColorSnapper(.ansi16)
    #expect([0, 7, 8, 15].contains(more.index(of: Color(rgb))))
  }

  @Test("Without colours, lighter blocks get denser shades and dark on light is reversed")
  func mono() {
    func shade(_ rgb: UInt32) -> Unicode.Scalar {
      let style = Style(foreground: Color(rgb), background: Color(rgb))
      return MonoMapping.map(Cell("▀", style: style), unicode: true).scalar
    }
    #expect(
      [0x000000, 0x404040, 0x707070, 0xA0A0A0, 0xFFFFFF].map(shade) == [" ", "░", "▒", "▓", "█"])
    let selected = Style(foreground: Color(0x000000), background: Color(0xFFFFFF))
    #expect(MonoMapping.map(Cell("x", style: selected), unicode: true).style.attributes == .reverse)
    let muted = Style(foreground: Color(0x505050), background: Color(0x000000), attributes: .bold)
    let mapped = MonoMapping.map(Cell("x", style: muted), unicode: true)
    #expect(mapped.style.attributes == [.bold, .dim])
    #expect(mapped.style.foreground == .terminalDefault)
  }
}
