import Terminal
import Testing

@Suite("Axes")
struct AxisTests {
  static let ranges: [(Double, Double)] = [
    (0, 1), (-1, 1), (-2.5, 2.6), (0, 120), (1e-9, 2e-9), (-1e12, 3e13), (0, 1_234_567),
    (-0.003, 0.0017), (5, 5), (0, 0), (7, -7), (.nan, 1), (0, .nan), (-.infinity, .infinity),
    (1e300, 1e308), (-1e-320, 1e-320), (99.999, 100.001),
  ]

  @Test(
    "Ticks rise, lie on the axis, are no more than asked for and have labels of their own",
    arguments: ranges)
  func ticks(range: (Double, Double)) {
    for scale in [Axis.Scale.linear, .logarithmic] {
      for limit in 0...12 {
        let axis = Axis(range.0, range.1, scale: scale)
        let ticks = axis.ticks(limit: limit)
        #expect(ticks.count <= limit)
        for tick in ticks {
          #expect(tick.value >= axis.lower && tick.value <= axis.upper)
          #expect(!tick.label.isEmpty)
        }
        for (a, b) in zip(ticks, ticks.dropFirst()) {
          #expect(a.value < b.value)
        }
      }
    }
  }

  @Test("A reasonable axis has at least two ticks with different labels")
  func labelsDiffer() {
    for range in Self.ranges.prefix(8) {
      let ticks = Axis(range.0, range.1).ticks(limit: 6)
      #expect(ticks.count >= 2, "\(range)")
      #expect(Set(ticks.map(\.label)).count == ticks.count, "\(ticks)")
    }
  }

  @Test("Labels read as people write them")
  func labels() {
    #expect(Axis(-2.5, 2.6).ticks(limit: 6).map(\.label) == ["−2", "−1", "0", "1", "2"])
    #expect(Axis(0, 1).ticks(limit: 3).map(\.label) == ["0", "0.5", "1.0"])
    #expect(
      Axis(0, 50_000).ticks(limit: 6).map(\.label) == ["0", "10k", "20k", "30k", "40k", "50k"])
    #expect(
      Axis(1e-3, 1, scale: .logarithmic).ticks(limit: 5).map(\.label) == [
        "10⁻³", "10⁻²", "10⁻¹", "10⁰",
      ])
    #expect(
      Axis(1e-12, 1, scale: .logarithmic).ticks(limit: 4).map(\.label)
        == ["10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰"])
  }

  @Test("Position and value are each other's inverse", arguments: ranges)
  func inverse(range: (Double, Double)) {
    for scale in [Axis.Scale.linear, .logarithmic] {
      let axis = Axis(range.0, range.1, scale: scale)
      #expect(axis.lower < axis.upper)
      for place in stride(from: 0.0, through: 1, by: 0.125) {
        let back = axis.position(axis.value(at: place))
        #expect(abs(back - place) < 1e-6, "\(axis) at \(place): \(back)")
      }
    }
  }

  @Test("Labels of a plot never collide and stay inside, at any size")
  func labelsDoNotCollide() {
    for width in stride(from: 0, through: 200, by: 7) {
      for height in stride(from: 0, through: 60, by: 5) {
        for range in Self.ranges {
          let outer = Rect(x: 3, y: 2, width: width, height: height)
          let plot = Plot(
            in: outer, x: Axis(range.0, range.1), y: Axis(range.1, range.0),
            layout: Plot.Layout(label: Color(1), grid: Color(2), glyphs: .braille))
          let labels = plot.labels
          #expect(Set(labels.rows).count == labels.rows.count)
          var end = Int.min
          for label in labels.columns {
            #expect(label.column >= outer.x && label.column > end)
            end = label.column + label.label.unicodeScalars.count
            #expect(end <= outer.maxX)
          }
          #expect(plot.area.x >= outer.x && plot.area.y >= outer.y)
          #expect(plot.area.isEmpty || plot.area.maxX <= outer.maxX && plot.area.maxY <= outer.maxY)
        }
      }
    }
  }
}
