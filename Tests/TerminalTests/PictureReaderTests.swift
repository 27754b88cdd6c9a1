import Testing

@testable import Terminal

@Suite("What a picture says of its cells")
struct PictureReaderTests {
  private static func plot(
    _ canvas: inout Canvas, isMap: Bool = false, name: String = "step"
  ) -> Plot {
    let layout = Plot.Layout(
      label: Color(0x808080), grid: Color(0x303030), glyphs: .braille, isMap: isMap)
    return Plot(
      in: canvas.bounds, x: Axis(0, 100).named(name), y: Axis(0, 10).named("height"),
      layout: layout)
  }

  @Test("Named curves are read at a column, as exactly as their dots tell")
  func curves() {
    var canvas = Canvas(size: Size(width: 80, height: 24))
    canvas.reader = PictureReader()
    var plot = Self.plot(&canvas)
    plot.drawAxes(into: &canvas)
    let xs = (0...100).map(Double.init)
    plot.curve(xs, xs.map { $0 / 10 }, color: Color(0x58A6FF), priority: 8)
    plot.curve(xs, xs.map { _ in 7 }, color: Color(0xFF9E4A), priority: 4)
    plot.raster.paint(into: &canvas)
    Legend([
      .init(name: "rising", color: Color(0x58A6FF)), .init(name: "flat", color: Color(0xFF9E4A)),
    ]).draw(in: plot, glyphs: .braille, text: Color(0xFFFFFF), into: &canvas)
    let reader = canvas.reader ?? PictureReader()
    let middle = Point(x: plot.area.x + plot.area.width / 2, y: plot.area.y + 3)
    let words = reader.words(at: middle)
    #expect(words.count == 3 && words[0].hasPrefix("step 5"), "\(words)")
    func value(_ text: String) -> Double { Double(text.split(separator: " ").last ?? "") ?? .nan }
    #expect(abs(value(words[1]) - 5) < 0.2 && abs(value(words[2]) - 7) < 0.2, "\(words)")
    #expect(reader.words(at: Point(x: 0, y: 23)).isEmpty)
  }

  @Test(
    "A place is found again at the cell where it was read", arguments: [false, true],
    [Axis.Scale.linear, .logarithmic])
  func places(isMap: Bool, scale: Axis.Scale) throws {
    var canvas = Canvas(size: Size(width: 60, height: 20))
    canvas.reader = PictureReader()
    let layout = Plot.Layout(
      label: Color(0x808080), grid: Color(0x303030), glyphs: .braille, isMap: isMap)
    let plot = Plot(
      in: canvas.bounds, x: Axis(1, 1000, scale: scale).named("a"), y: Axis(-3, 5).named("b"),
      layout: layout)
    plot.drawAxes(into: &canvas)
    let graph = try #require(canvas.reader?.graphs.first)
    for x in plot.area.x..<plot.area.maxX {
      for y in plot.area.y..<plot.area.maxY {
        let place = graph.place(at: Point(x: x, y: y))
        let found = try #require(graph.locate(place))
        #expect(abs(found.column - x) <= (isMap ? 0 : 1))
        #expect(isMap ? found.row == y : found.row == nil)
      }
    }
    #expect(graph.locate(["c": 3]) == nil && graph.locate(["a": 1e9, "b": 0]) == nil)
  }

  @Test("Parts with words come before axes, the last drawn first; nobody reads, nothing is kept")
  func parts() {
    var canvas = Canvas(size: Size(width: 40, height: 12))
    Self.plot(&canvas).drawAxes(into: &canvas)
    #expect(canvas.reader == nil)
    canvas.reader = PictureReader()
    let plot = Self.plot(&canvas, isMap: true, name: "x1")
    plot.drawAxes(into: &canvas)
    canvas.reader?.add(["first"], in: Rect(x: 10, y: 2, width: 5, height: 5))
    canvas.reader?.add(["second", "more"], in: Rect(x: 12, y: 3, width: 1, height: 1))
    let reader = canvas.reader ?? PictureReader()
    #expect(reader.words(at: Point(x: 12, y: 3)) == ["second", "more"])
    #expect(reader.words(at: Point(x: 11, y: 3)) == ["first"])
    #expect(reader.words(at: Point(x: 20, y: 9)).first?.hasPrefix("x1 ") == true)
  }
}
