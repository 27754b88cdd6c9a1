import Testing

@testable import Terminal

@Suite("Bytes for direct colour")
struct DirectWriterTests {
  @Test("Whatever frames come, a terminal that is sent the bytes shows the last one")
  func showsTheLast() {
    var generator = SeededGenerator(21)
    let size = Size(width: 23, height: 7)
    var encoder = FrameEncoder(
      size: size, palette: .direct, unicode: true, pairCapacity: 40)
    var writer = DirectWriter()
    var terminal = VirtualTerminal(size: size)
    var canvas = Canvas(size: size)
    for frame in 0..<60 {
      if frame % 7 == 0 {
        canvas = randomCanvas(size, colors: FrameEncoderTests.few, generator: &generator)
      } else {
        // Some cells change, most stay.
        let other = randomCanvas(size, colors: FrameEncoderTests.few, generator: &generator)
        for place in canvas.cells.indices where Int.random(in: 0..<5, using: &generator) == 0 {
          canvas.cells[place] = other.cells[place]
        }
      }
      encoder.encode(canvas)
      writer.encode(encoder.changes)
      let isKnown = terminal.show(String(decoding: writer.bytes, as: UTF8.self))
      #expect(isKnown)
      var fresh = ColorSnapper(.direct)
      for place in canvas.cells.indices {
        let wanted = fresh.look(of: canvas.cells[place])
        let shown = fresh.look(of: terminal.canvas.cells[place])
        #expect(Self.canonical(shown) == Self.canonical(wanted))
      }
    }
  }

  /// One of all looks that cannot be told apart.
  private static func canonical(_ look: ColorSnapper.Look) -> ColorSnapper.Look {
    var look = look
    if look.hidesForeground {
      look.pair.foreground = look.pair.background
      // Weight and slant of a blank are not seen either.
      look.attributes = []
    } else if let inverse = DotGlyphs.inverseQuadrant(of: look.scalar),
      look.pair.foreground > look.pair.background, look.pair.background >= 0
    {
      look.scalar = inverse
      swap(&look.pair.foreground, &look.pair.background)
    }
    return look
  }

  @Test("A letter's accent follows it")
  func accents() {
    let size = Size(width: 5, height: 1)
    var encoder = FrameEncoder(size: size, palette: .direct, unicode: true, pairCapacity: 9)
    var writer = DirectWriter()
    var canvas = Canvas(size: size)
    canvas.write("m\u{302}=1", x: 0, y: 0, foreground: Color(0xFFFFFF))
    encoder.encode(canvas)
    writer.encode(encoder.changes)
    #expect(String(decoding: writer.bytes, as: UTF8.self).contains("m\u{302}=1"))
  }

  @Test("What stays is not said again, and each frame leaves the terminal's own colours")
  func saysLittle() {
    let size = Size(width: 300, height: 2)
    var encoder = FrameEncoder(size: size, palette: .direct, unicode: true, pairCapacity: 99)
    var writer = DirectWriter()
    func bytes(_ canvas: Canvas) -> String {
      encoder.encode(canvas)
      writer.encode(encoder.changes)
      return String(decoding: writer.bytes, as: UTF8.self)
    }
    let plain = Style(foreground: Color(0x010203), background: Color(0x0A0B0C))
    var canvas = Canvas(size: size, blank: Cell("x", style: plain))
    #expect(
      bytes(canvas)
        == "\u{1B}[1;1H\u{1B}[38;2;1;2;3;48;2;10;11;12m" + String(repeating: "x", count: 300)
        + "\u{1B}[2;1H" + String(repeating: "x", count: 300) + "\u{1B}[0m")
    #expect(bytes(canvas).isEmpty)
    canvas[7, 0].scalar = "é"
    canvas[9, 0] = Cell("y", style: Style(foreground: Color(0xFF0000), background: Color(0x0A0B0C)))
    canvas[299, 1] = Cell(
      " ", style: Style(foreground: Color(0x123456), background: Color(0x0A0B0C)))
    #expect(
      bytes(canvas)
        == "\u{1B}[1;8H\u{1B}[38;2;1;2;3;48;2;10;11;12mé\u{1B}[1C\u{1B}[38;2;255;0;0my"
        + "\u{1B}[2;300H \u{1B}[0m")
    canvas[0, 0].style.attributes = [.bold, .underline]
    #expect(
      bytes(canvas) == "\u{1B}[1;1H\u{1B}[0;1;4;38;2;1;2;3;48;2;10;11;12mx\u{1B}[0m")
    canvas[1, 1] = Cell("𝄞", style: Style(background: Color(0x0A0B0C)))
    #expect(bytes(canvas) == "\u{1B}[2;2H\u{1B}[48;2;10;11;12m𝄞\u{1B}[0m")
  }
}
