import Foundation
import Terminal
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Canvases become files")
struct RendererTests {
  static let colors =
    [0x000000, 0xFFFFFF, 0x58A6FF, 0xFF9E4A, 0x12161D].map { Color($0) } + [.terminalDefault]

  @Test("ANSI text shows the very canvas in a terminal", arguments: 0..<10)
  func ansiRoundTrip(seed: Int) {
    var generator = SeededGenerator(UInt64(seed))
    let size = Size(width: Int.random(in: 1...40, using: &generator), height: 7)
    let canvas = randomCanvas(size, colors: Self.colors, generator: &generator)
    var terminal = VirtualTerminal(size: size)
    let understood = terminal.show(AnsiRenderer.render(canvas))
    #expect(understood)
    #expect(terminal.canvas == canvas)
  }

  @Test("ANSI text in 256 colours shows the nearest of them")
  func ansiIndexed() {
    var generator = SeededGenerator(77)
    let size = Size(width: 30, height: 5)
    let fixed = [16, 52, 75, 130, 208, 236, 255].map { XtermPalette.colors[$0] }
    var canvas = randomCanvas(size, colors: fixed, generator: &generator)
    for index in canvas.cells.indices { canvas.cells[index].scalar = "x" }
    var terminal = VirtualTerminal(size: size)
    let understood = terminal.show(AnsiRenderer.render(canvas, colors: .indexed256))
    #expect(understood)
    #expect(terminal.canvas == canvas)
  }

  @Test("Every line of ANSI text ends in a reset, so that a cut leaves no colour behind")
  func ansiLines() {
    let canvas = Canvas(
      size: Size(width: 3, height: 4),
      blank: Cell("x", style: Style(background: Color(0xFF0000), attributes: .bold)))
    let lines = AnsiRenderer.render(canvas).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(
      lines.allSatisfy { $0.hasPrefix("\u{1B}[0;1;48;2;255;0;0mxxx") && $0.hasSuffix("\u{1B}[0m") })
    let mono = AnsiRenderer.render(canvas, colors: .mono)
    #expect(!mono.contains("38;") && !mono.contains("48;"))
  }

  @Test("Plain text is the canvas's rows")
  func text() {
    var canvas = Canvas(size: Size(width: 6, height: 3))
    canvas.write("ab", x: 1, y: 1, foreground: .terminalDefault)
    #expect(TextRenderer.render(canvas) == "\n ab\n\n")
    #expect(TextRenderer.render(Canvas(size: Size(width: 0, height: 0))) == "")
  }

  @Test("SVG is well-formed whatever the text, and holds it once")
  func svg() throws {
    var canvas = Canvas(size: Size(width: 30, height: 4))
    canvas.write("a < b & \"c\" > 'd'", x: 2, y: 1, foreground: Color(0xABCDEF), attributes: .bold)
    canvas[0, 2] = Cell("⣿", style: Style(foreground: Color(0x123456)))
    canvas[1, 2] = Cell("╭", style: Style(foreground: Color(0x123457)))
    canvas[2, 2] = Cell("▚", style: Style(foreground: Color(0x123458), background: Color(0x00FF00)))
    let picture = SVGRenderer().render(canvas)
    let reader = SVGReader()
    let parser = XMLParser(data: Data(picture.utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.texts == ["a < b & \"c\" > 'd'"])
    #expect(reader.elements["path"] == 3)
    // The canvas and one coloured cell.
    #expect(reader.elements["rect"] == 2)
    #expect(reader.size == ["240", "68"])
    for color in ["#abcdef", "#123456", "#123457", "#123458", "#00ff00"] {
      #expect(picture.contains(color))
    }
    #expect(picture == SVGRenderer().render(canvas))
  }

  /// Counts elements and collects texts.
  final class SVGReader: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var texts: [String] = []
    var size: [String] = []
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements[name, default: 0] += 1
      if name == "text" { texts.append("") }
      if name == "svg" { size = [attributes["width"] ?? "", attributes["height"] ?? ""] }
    }
    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if !texts.isEmpty, !string.allSatisfy(\.isNewline) { texts[texts.count - 1] += string }
    }
  }
}
