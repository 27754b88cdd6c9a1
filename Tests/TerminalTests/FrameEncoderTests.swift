import Testing

@testable import Terminal

@Suite("Frames are sent as what changed")
struct FrameEncoderTests {
  /// A terminal that carries out changes and remembers what it shows.
  struct Model {
    var size: Size
    var glyphs: [FrameEncoder.Glyph?]
    var pairs: [Int32: ColorSnapper.Pair] = [:]
    var colors: [Int: Color] = [:]

    init(size: Size) {
      self.size = size
      glyphs = Array(repeating: nil, count: size.width * size.height)
    }

    mutating func apply(_ changes: FrameEncoder.Changes) {
      if changes.startsAnew { self = Model(size: size) }
      for (number, color) in changes.colors { colors[number] = color }
      for (number, pair) in changes.pairs { pairs[number] = pair }
      for run in changes.runs {
        for index in 0..<run.count {
          glyphs[run.y * size.width + run.x + index] = changes.glyphs[run.start + index]
        }
      }
    }

    /// What is seen at a place: character, attributes and colours by their numbers.
    func look(_ place: Int) -> (scalar: UInt32, pair: ColorSnapper.Pair?, attributes: Attributes)? {
      glyphs[place].map { glyph in
        let none = ColorSnapper.Pair(foreground: -1, background: -1)
        return (glyph.scalar, glyph.pair == 0 ? none : pairs[glyph.pair], glyph.attributes)
      }
    }
  }

  static let few =
    [0x000000, 0xFFFFFF, 0x58A6FF, 0xFF9E4A, 0x12161D].map { Color($0) } + [.terminalDefault]

  @Test(
    "Whatever frames come, the screen shows the last one",
    arguments: [
      ColorSnapper.Palette.direct, .indexed, .ansi8, .ansi16, .mono, .own(16..<256),
    ])
  func showsTheLast(_ palette: ColorSnapper.Palette) {
    var generator = SeededGenerator(11)
    let size = Size(width: 17, height: 6)
    var encoder = FrameEncoder(size: size, palette: palette, unicode: true, pairCapacity: 63)
    var model = Model(size: size)
    for _ in 0..<40 {
      let canvas = randomCanvas(size, colors: Self.few, generator: &generator)
      encoder.encode(canvas)
      model.apply(encoder.changes)
      var fresh = ColorSnapper(palette)
      for place in canvas.cells.indices {
        var cell = canvas.cells[place]
        if palette == .mono { cell = MonoMapping.map(cell, unicode: true) }
        let expected = fresh.look(of: cell)
        var wanted = Seen(
          scalar: expected.scalar.value,
          foreground: Color(UInt32(bitPattern: expected.pair.foreground)),
          background: Color(UInt32(bitPattern: expected.pair.background)),
          attributes: expected.attributes)
        if palette.isOwn {
          // Numbers depend on the order of first use; the colours behind them must be exact.
          wanted.foreground = cell.style.foreground
          wanted.background = cell.style.background
        }
        let shown = model.look(place).map { look in
          Seen(
            scalar: look.scalar, foreground: color(look.pair?.foreground, model, palette),
            background: color(look.pair?.background, model, palette), attributes: look.attributes)
        }
        #expect(shown?.canonical == wanted.canonical)
      }
    }
  }

  /// What is seen of a cell.
  private struct Seen: Equatable {
    var scalar: UInt32
    var foreground: Color
    var background: Color
    var attributes: Attributes

    /// One of all that look the same: blanks have no foreground, and blocks may exchange their
    /// colours.
    var canonical: Seen {
      var seen = self
      guard let scalar = Unicode.Scalar(scalar) else { return seen }
      if scalar == " ", attributes.isDisjoint(with: [.underline, .reverse]) {
        seen.foreground = background
      } else if let inverse = DotGlyphs.inverseQuadrant(of: scalar),
        foreground.rgb > background.rgb,
        foreground != .terminalDefault
      {
        seen.scalar = inverse.value
        swap(&seen.foreground, &seen.background)
      }
      return seen
    }
  }

  @Test("A row of a smooth map takes one pair of colours for each step, not two")
  func sharesPairs() {
    let size = Size(width: 9, height: 1)
    var canvas = Canvas(size: size)
    func style(_ front: Int, _ back: Int) -> Style {
      Style(foreground: Color(UInt32(front)), background: Color(UInt32(back)))
    }
    // Flat, edge, flat, edge the other way round, flat, with other foregrounds behind blanks.
    let cells: [(Unicode.Scalar, Style)] = [
      ("▌", style(1, 2)), (" ", style(7, 2)), ("▐", style(2, 1)), (" ", style(8, 2)),
      ("▌", style(2, 3)), (" ", style(3, 3)), ("▀", style(3, 2)), (" ", style(9, 3)),
      ("x", style(3, 2)),
    ]
    for (x, cell) in cells.enumerated() { canvas[x, 0] = Cell(cell.0, style: cell.1) }
    var encoder = FrameEncoder(size: size, palette: .direct, unicode: true, pairCapacity: 99)
    encoder.encode(canvas)
    let glyphs = encoder.changes.glyphs
    #expect(glyphs.map(\.pair) == [1, 1, 1, 1, 2, 2, 2, 2, 3])
    #expect(glyphs.map(\.scalar) == "▌ ▌ ▌ ▄ x".unicodeScalars.map(\.value))
    #expect(encoder.changes.pairs.map(\.pair.foreground) == [1, 2, 3])
    // Where a block's edge would be seen in its neighbour, they are drawn apart.
    canvas[0, 0].style.background = Color(0x404040)
    canvas[1, 0].style.background = Color(0x404040)
    encoder.encode(canvas)
    #expect(encoder.changes.glyphs.map(\.pair) == [4, 5])
    // Another foreground behind a blank is nothing new.
    canvas[1, 0].style.foreground = Color(55)
    encoder.encode(canvas)
    #expect(encoder.changes.glyphs.isEmpty)
  }

  private func color(
    _ number: Int32?, _ model: Model, _ palette: ColorSnapper.Palette
  ) -> Color {
    guard let number, number >= 0 else { return .terminalDefault }
    return palette.isOwn ? model.colors[Int(number)] ?? .terminalDefault : Color(UInt32(number))
  }

  @Test("The same frame again sends nothing; one changed cell sends one")
  func sendsLittle() {
    var generator = SeededGenerator(12)
    let size = Size(width: 20, height: 5)
    var encoder = FrameEncoder(size: size, palette: .direct, unicode: true, pairCapacity: 1_000)
    var canvas = randomCanvas(size, colors: Self.few, generator: &generator)
    encoder.encode(canvas)
    #expect(encoder.changes.glyphs.count == 100)
    encoder.encode(canvas)
    #expect(encoder.changes == FrameEncoder.Changes())
    canvas[7, 3].scalar = "X"
    encoder.encode(canvas)
    #expect(encoder.changes.runs == [FrameEncoder.Run(y: 3, x: 7, start: 0, count: 1)])
    encoder.invalidate()
    encoder.encode(canvas)
    #expect(encoder.changes.glyphs.count == 100 && encoder.changes.pairs.isEmpty)
  }

  @Test("Colours that look the same on the terminal are not sent again")
  func snapsFirst() {
    let size = Size(width: 4, height: 1)
    var encoder = FrameEncoder(size: size, palette: .indexed, unicode: true, pairCapacity: 100)
    func canvas(_ rgb: UInt32) -> Canvas {
      Canvas(
        size: size, blank: Cell("x", style: Style(foreground: Color(rgb), background: Color(0))))
    }
    encoder.encode(canvas(0xFF0000))
    encoder.encode(canvas(0xFE0101))
    #expect(encoder.changes.runs.isEmpty)
  }

  @Test("When pairs run out, all start anew, and the picture is whole")
  func startsAnew() {
    let size = Size(width: 10, height: 1)
    var encoder = FrameEncoder(size: size, palette: .direct, unicode: true, pairCapacity: 16)
    var model = Model(size: size)
    var anew = 0
    for frame in 0..<20 {
      var canvas = Canvas(size: size)
      for x in 0..<10 {
        canvas[x, 0] = Cell(
          "x", style: Style(foreground: Color(UInt32(frame * 10 + x)), background: Color(0)))
      }
      encoder.encode(canvas)
      if encoder.changes.startsAnew { anew += 1 }
      model.apply(encoder.changes)
      for x in 0..<10 { #expect(model.look(x)?.pair?.foreground == Int32(frame * 10 + x)) }
    }
    #expect(anew > 5 && anew < 20)
  }

  @Test("A frame of more colours than the terminal has is drawn, and does not start anew each time")
  func strained() {
    let size = Size(width: 60, height: 20)
    var encoder = FrameEncoder(
      size: size, palette: .own(16..<256), unicode: true, pairCapacity: 32_767)
    var generator = SeededGenerator(13)
    var anew = 0
    for _ in 0..<10 {
      var canvas = Canvas(size: size)
      for index in canvas.cells.indices {
        canvas.cells[index].style.background = Color(
          UInt32.random(in: 0...0xFF_FFFF, using: &generator))
      }
      encoder.encode(canvas)
      if encoder.changes.startsAnew { anew += 1 }
    }
    #expect(anew <= 2)
  }

  @Test("A canvas of another size is cut or padded with blanks")
  func sizes() {
    var encoder = FrameEncoder(
      size: Size(width: 3, height: 2), palette: .direct, unicode: true, pairCapacity: 10)
    encoder.encode(Canvas(size: Size(width: 9, height: 9), blank: Cell("x")))
    #expect(encoder.changes.glyphs.count == 6)
    encoder.encode(Canvas(size: Size(width: 1, height: 1), blank: Cell("x")))
    #expect(encoder.changes.glyphs.map(\.scalar) == Array(repeating: 0x20, count: 5))
    encoder.invalidate(size: Size(width: 0, height: 0))
    encoder.encode(Canvas(size: Size(width: 5, height: 5)))
    #expect(encoder.changes.runs.isEmpty)
  }

  @Test("Without Unicode everything is ASCII")
  func ascii() {
    var generator = SeededGenerator(14)
    let size = Size(width: 40, height: 10)
    var encoder = FrameEncoder(size: size, palette: .mono, unicode: false, pairCapacity: 0)
    encoder.encode(randomCanvas(size, colors: Self.few, generator: &generator))
    #expect(encoder.changes.glyphs.allSatisfy { (0x20...0x7E).contains($0.scalar) })
    for value in 0x20...0x2FFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect((0x20...0x7E).contains(AsciiFallback.scalar(for: scalar).value))
    }
  }
}
