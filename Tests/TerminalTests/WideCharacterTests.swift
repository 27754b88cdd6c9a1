import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Wide characters")
struct WideCharacterTests {
  private func canvas(_ text: String, width: Int = 20, limit: Int = .max) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: 1))
    canvas.write(text, x: 0, y: 0, foreground: Color(0xFFFFFF), limit: limit)
    return canvas
  }

  #if canImport(Glibc)
    @Test("Every scalar that is drawn is as wide as the C library says")
    func asTerminalsMeasure() throws {
      // A locale of this thread alone: the others go on as they are.
      let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
      let before = uselocale(locale)
      defer {
        uselocale(before)
        freelocale(locale)
      }
      // The library's header does not show it to Swift.
      typealias Measure = @convention(c) (wchar_t) -> Int32
      let symbol = try #require(dlsym(nil, "wcwidth"))
      let measure = unsafeBitCast(symbol, to: Measure.self)
      var wrong: [String] = []
      for value in UInt32(0x20)...0x3_FFFD {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let width = ScalarWidth.width(scalar)
        let measured = Int(measure(wchar_t(value)))
        // What the library does not know yet it has no width for.
        if width > 0, measured >= 0, measured != width {
          wrong.append("\(String(value, radix: 16)): \(width), not \(measured)")
        }
      }
      #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
    }
  #endif

  @Test(
    "Texts take the columns that terminals give them",
    arguments: [
      ("abc", 3), ("日本", 4), ("한국어", 6), ("a日b", 4), ("Спуск", 5), ("γράφημα", 7), ("ﾊﾝｶｸ", 4),
      ("ＡＢ", 4), ("m̂日", 3), ("🙂", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("❤️", 1), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("か\u{3099}", 2), ("ที่", 1), ("שלום", 4), ("سلام", 4), ("שָׁ", 1), ("🇩🇪", 2), ("क्", 1),
      ("\u{1B}[2J", 4), ("\u{202E}x", 2),
    ] as [(String, Int)])
  func widths(text: String, width: Int) {
    #expect(CellText.width(text) == width)
    #expect(GlyphSet.braille.width(text) == width)
    let used = canvas(text)
    #expect(used[width, 0].scalar == " " && used[width - 1, 0].scalar != " ")
  }

  @Test("A cell in two is read back once, and text behind it stands where it should")
  func readBack() {
    let canvas = canvas("a日b本")
    #expect(canvas.text == "a日b本")
    #expect(canvas[1, 0].scalar == "日" && canvas[2, 0].isRightHalf && canvas[3, 0].scalar == "b")
  }

  @Test("Cutting never parts the halves")
  func cut() {
    #expect(canvas("日本語", limit: 5).text == "日本…")
    #expect(canvas("日本語", limit: 4).text == "日…")
    #expect(canvas("日本語", limit: 6).text == "日本語")
    #expect(canvas("日", limit: 1).text == "…")
    #expect(canvas("日本", width: 3).text == "日…")
    for left in -1...4 {
      var clipped = Canvas(size: Size(width: 4, height: 1))
      let used = clipped.write(
        "日本", x: left, y: 0, within: clipped.bounds, glyphs: .braille, foreground: Color(1))
      #expect(used == 4)
      #expect(clipped.presentable == clipped, "nothing is left to mend at \(left)")
    }
    var cut = Canvas(size: Size(width: 9, height: 1))
    cut.writeCut(
      "日本語", x: 0, y: 0, limit: 5, within: cut.bounds, glyphs: .braille, foreground: Color(1))
    #expect(cut.text == "日本…")
  }

  @Test("Writing over one half blanks the other, in every renderer")
  func halves() {
    var left = canvas("日本", width: 4)
    left[0, 0] = Cell("x")
    #expect(left.text == "x 本")
    var right = canvas("日本", width: 4)
    right[3, 0] = Cell("x")
    #expect(right.text == "日 x")
    #expect(AnsiRenderer.render(right).unicodeScalars.filter { $0 == "本" }.isEmpty)
    var edge = Canvas(size: Size(width: 1, height: 1))
    edge[0, 0] = Cell("日")
    #expect(edge.text == "" && !SVGRenderer().render(edge).contains("日"))
  }

  /// Scalars that could move the cursor, hide text or turn it round if they were sent.
  static let hostile: [Unicode.Scalar] =
    [
      "\u{1B}", "\u{9B}", "\u{7}", "\u{8}", "\r", "\n", "\t", "\u{7F}", "\u{85}", "\u{202E}",
      "\u{2066}",
    ]
    + [
      "\u{200F}", "\u{200B}", "\u{FEFF}", "\u{E000}", "\u{2028}", "\u{600}", "\u{301}", "\u{E0041}",
    ]

  @Test(
    "Whatever a cell holds, nothing but text of its width reaches a terminal", arguments: hostile)
  func hostileCells(scalar: Unicode.Scalar) {
    var canvas = canvas("abcdef", width: 6)
    // As if some picture had put it there itself.
    canvas[2, 0].scalar = scalar
    #expect(canvas.text == "ab·def")
    let plain = AnsiRenderer.render(canvas, colors: .mono)
    #expect(!plain.unicodeScalars.dropFirst(4).dropLast(5).contains(scalar) || scalar == "\u{1B}")
    #expect(plain.unicodeScalars.filter { $0 == "\u{1B}" }.count == 2)
    var encoder = FrameEncoder(
      size: canvas.size, palette: .direct, unicode: true, pairCapacity: 64)
    encoder.encode(canvas)
    #expect(encoder.changes.glyphs.map(\.scalar) == "ab·def".unicodeScalars.map(\.value))
    #expect(!SVGRenderer().render(canvas).unicodeScalars.contains(scalar) || scalar == "\n")
  }

  @Test("Whatever frames come, wide characters among them, the last one is shown", arguments: 0..<4)
  func frames(seed: Int) {
    var generator = SeededGenerator(UInt64(900 + seed))
    let size = Size(width: 17, height: 3)
    var encoder = FrameEncoder(size: size, palette: .direct, unicode: true, pairCapacity: 40)
    var writer = DirectWriter()
    var terminal = VirtualTerminal(size: size)
    var canvas = Canvas(size: size)
    let texts = ["日本", "a한b", "x", "🙂!", "──", "語", "plain text", "m日"]
    for _ in 0..<120 {
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        canvas.write(
          texts.randomElement(using: &generator) ?? "",
          x: Int.random(in: -1...16, using: &generator),
          y: Int.random(in: 0..<3, using: &generator),
          foreground: Color(UInt32.random(in: 0...1, using: &generator) * 0xFF_FFFF),
          background: Color(0x102030))
      }
      encoder.encode(canvas)
      writer.encode(encoder.changes)
      let isKnown = terminal.show(String(decoding: writer.bytes, as: UTF8.self))
      #expect(isKnown)
      #expect(terminal.canvas.text == canvas.text)
      // Every row is as wide as the screen, whatever was written over what.
      for row in canvas.presentable.cells.indices.filter({ $0 % size.width == 0 }) {
        let cells = canvas.presentable.cells[row..<row + size.width]
        #expect(cells.reduce(0) { $0 + ($1.isRightHalf ? 0 : ScalarWidth.width($1.scalar)) } == 17)
      }
    }
  }
}
