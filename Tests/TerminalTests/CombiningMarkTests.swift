import Terminal
import Testing

@Suite("Accents")
struct CombiningMarkTests {
  private let style = Style(foreground: Color(0xFFFFFF), background: Color(0))

  private func canvas(_ text: String, width: Int = 12) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: 1))
    canvas.write(text, x: 0, y: 0, foreground: Color(0xFFFFFF))
    return canvas
  }

  @Test("An accent shares the cell of its letter and is read back with it")
  func sharesItsCell() {
    let text = "η m̂ / √v̂"
    let canvas = canvas(text)
    #expect(canvas.text == text)
    #expect(canvas[2, 0].scalar == "m" && canvas[2, 0].mark.scalars == ["\u{302}"])
    #expect(canvas[3, 0].scalar == " " && canvas[3, 0].mark == .none)
    #expect(GlyphSet.braille.width(text) == 8)
    var clipped = Canvas(size: Size(width: 12, height: 1))
    let used = clipped.write(
      text, x: 0, y: 0, within: clipped.bounds, glyphs: .braille, foreground: Color(0xFFFFFF))
    #expect(used == 8 && clipped.text == text)
  }

  @Test("A letter bears two accents, further ones are left out; those without a letter are dots")
  func twoEach() {
    #expect(canvas("m\u{302}\u{301}x").text == "m\u{302}\u{301}x")
    #expect(canvas("m\u{302}\u{301}\u{300}\u{303}x").text == "m\u{302}\u{301}x")
    #expect(canvas("e\u{302}\u{301}")[1, 0].scalar == " ")
    #expect(canvas("ที่นี่")[1, 0].scalar == "น" && CellText.width("ที่นี่") == 2)
    #expect(canvas("\u{302}m").text == "·m")
    #expect(canvas("1\u{302} \u{302}").text == "1· ·")
    // Controls and scalars outside the block are no accents.
    #expect(canvas("m\u{1B}\u{20D7}\u{FE0F}").text == "m···")
  }

  @Test(
    "Joiners between letters take no room and leave no dot",
    arguments: ["\u{200C}", "\u{200D}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{AD}"])
  func joiners(scalar: Unicode.Scalar) {
    let text = "می" + String(scalar) + "خواهم a" + String(scalar) + "b"
    let plain = text.unicodeScalars.filter { $0 != scalar }
    #expect(canvas(text, width: 16).text == String(String.UnicodeScalarView(plain)))
    #expect(CellText.width(text) == plain.count)
    #expect(canvas(String(scalar) + "x").text == "x")
    #expect(canvas("क\u{94D}" + String(scalar) + "ष").text == "क\u{94D}ष")
  }

  @Test("Two accents reach every kind of terminal behind their letter")
  func twoSent() {
    let canvas = canvas("e\u{302}\u{301}x", width: 2)
    var encoder = FrameEncoder(
      size: canvas.size, palette: .direct, unicode: true, pairCapacity: 64)
    encoder.encode(canvas)
    #expect(encoder.changes.glyphs.map(\.mark) == [0x301_0302, 0])
    var writer = DirectWriter()
    writer.encode(encoder.changes)
    #expect(
      String(decoding: writer.bytes, as: UTF8.self).unicodeScalars.contains("\u{301}"))
    let letter = Array("e\u{302}\u{301}".unicodeScalars)
    for text in [AnsiRenderer.render(canvas), SVGRenderer().render(canvas)] {
      #expect(Array(text.unicodeScalars).firstRange(of: letter) != nil)
    }
  }

  @Test("Cutting never parts an accent from its letter")
  func cut() {
    #expect(canvas("m̂m̂m̂", width: 2).text == "m̂…")
    var clipped = Canvas(size: Size(width: 9, height: 1))
    clipped.writeCut(
      "m̂m̂m̂m̂", x: 0, y: 0, limit: 3, within: clipped.bounds, glyphs: .braille,
      foreground: Color(0xFFFFFF))
    #expect(clipped.text == "m̂m̂…")
  }

  @Test("Writing over a letter removes its accent")
  func overwritten() {
    var canvas = canvas("m̂")
    canvas.mark("x", at: Point(x: 0, y: 0), within: canvas.bounds, foreground: Color(1))
    #expect(canvas.text == "x")
  }

  @Test("Every renderer sends the accent after its letter; ASCII names it")
  func renderers() {
    let canvas = canvas("m̂")
    #expect(AnsiRenderer.render(canvas).unicodeScalars.contains("\u{302}"))
    #expect(AnsiRenderer.render(canvas, colors: .indexed256).unicodeScalars.contains("\u{302}"))
    let svg = SVGRenderer().render(canvas)
    #expect(svg.contains("textLength=\"8\"") && svg.unicodeScalars.contains("\u{302}"))
    #expect(GlyphSet.ascii.spell("m̂") == "mhat")
  }

  @Test("A terminal is sent letter and accent, or the letter alone where it combines none")
  func encoded() {
    for (unicode, combines, mark) in [
      (true, true, UInt32(0x302)), (true, false, 0), (false, true, 0),
    ] {
      var encoder = FrameEncoder(
        size: Size(width: 1, height: 1), palette: .direct, unicode: unicode, combines: combines,
        pairCapacity: 64)
      encoder.encode(canvas("m̂", width: 1))
      #expect(encoder.changes.glyphs.map(\.scalar) == [0x6D])
      #expect(encoder.changes.glyphs.map(\.mark) == [mark])
    }
  }
}
