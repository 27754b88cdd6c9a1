import Terminal
import Testing

@Suite("Legends between curves")
struct LegendGapTests {
  private let ink = Color(0xFF_FFFF)
  private let entries = [
    Legend.Entry(name: "fit", color: Color(0xFF0000)),
    Legend.Entry(mark: "●", name: "data", color: Color(0x00FF00)),
  ]

  private func plot(_ draw: (inout DotRaster) -> Void) -> Plot {
    var layout = Plot.Layout(label: ink, grid: Color(0x202020), glyphs: .braille, showsGrid: false)
    layout.showsLabels = false
    var plot = Plot(
      in: Rect(x: 0, y: 0, width: 40, height: 14), x: Axis(0, 1), y: Axis(0, 1), layout: layout)
    draw(&plot.raster)
    return plot
  }

  private func drawn(_ plot: Plot, optional: Bool = true) -> Canvas {
    var canvas = Canvas(size: Size(width: 40, height: 14))
    plot.raster.paint(into: &canvas)
    Legend(entries).draw(
      in: plot, glyphs: .braille, text: ink, optional: optional, into: &canvas)
    return canvas
  }

  @Test("Where curves run through all corners, a legend stands beside them and covers no dot")
  func gap() {
    let plot = plot { raster in
      let (right, bottom) = (Double(raster.width - 1), Double(raster.height - 1))
      raster.line(0, 0, right, bottom, color: ink)
      raster.line(0, bottom, right, 0, color: ink)
    }
    let canvas = drawn(plot)
    #expect(canvas.text.contains("━━ fit  ● data"))
    for y in 0..<14 {
      for x in 0..<40 where plot.raster.dots(x: x, y: y) != 0 {
        #expect((0x2800...0x28FF).contains(canvas[x, y].scalar.value))
      }
    }
  }

  @Test("Where no place is free an optional legend is left out, another stands in its corner")
  func full() {
    let plot = plot { raster in
      for x in stride(from: 0, to: raster.width, by: 4) {
        raster.line(Double(x), 0, Double(x), Double(raster.height - 1), color: ink)
      }
    }
    #expect(!drawn(plot).text.contains("fit"))
    #expect(drawn(plot, optional: false).text.contains("━━ fit  ● data"))
  }
}
