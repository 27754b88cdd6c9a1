import Terminal
import Testing

@Suite("Maps")
struct HeatMapTests {
  @Test("The two colours of a cell are the best split of its four levels")
  func twoTone() {
    let samples: [UInt8] = [0, 1, 5, 14, 15, 30, 31]
    for a in samples {
      for b in samples {
        for c in samples {
          for d in samples {
            let fit = HeatMap.twoTone(a, b, c, d)
            let levels = [a, b, c, d].map(Int.init)
            #expect(best(levels) >= 0)
            let high = levels.indices.filter { fit.mask >> $0 & 1 == 1 }.map { levels[$0] }
            let low = levels.indices.filter { fit.mask >> $0 & 1 == 0 }.map { levels[$0] }
            #expect(abs(spread(high) + spread(low) - best(levels)) < 1e-9)
            #expect(high.isEmpty || high.contains(Int(fit.high)))
            #expect(low.isEmpty || low.contains(Int(fit.low)))
          }
        }
      }
    }
  }

  /// Squared error around the mean.
  private func spread(_ values: [Int]) -> Double {
    guard !values.isEmpty else { return 0 }
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    return values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
  }

  /// The least error over all ways to split four values in two groups.
  private func best(_ values: [Int]) -> Double {
    (0..<16).map { mask in
      spread(values.indices.filter { mask >> $0 & 1 == 1 }.map { values[$0] })
        + spread(values.indices.filter { mask >> $0 & 1 == 0 }.map { values[$0] })
    }.min() ?? 0
  }

  @Test("An edge between two colours is drawn exactly")
  func edge() {
    var canvas = Canvas(size: Size(width: 2, height: 1))
    HeatMap.draw(
      [0, 31, 31, 31, 0, 0, 31, 31], palette: (0..<32).map { Color(UInt32($0)) },
      blank: Color(99), shading: .quadrants, into: &canvas, area: canvas.bounds)
    #expect(canvas[0, 0].scalar == "▝")
    #expect(canvas[0, 0].style == Style(foreground: Color(31), background: Color(0)))
    #expect(canvas[1, 0] == Cell(" ", style: Style(foreground: Color(31), background: Color(31))))
  }

  @Test("Resampling keeps a slope monotone and leaves NaN out")
  func resampling() {
    let area = Rect(x: 0, y: 0, width: 20, height: 1)
    let levels = HeatMap.levels(of: [0, 1, 2, 3], columns: 4, rows: 1, area: area) {
      UInt8($0 * 10)
    }
    #expect(levels.count == 80)
    #expect(zip(levels.prefix(40), levels.prefix(40).dropFirst()).allSatisfy { $0 <= $1 })
    let holes = HeatMap.levels(of: [.nan, 1], columns: 2, rows: 1, area: area) { UInt8($0) }
    #expect(holes.first == HeatMap.none && holes[39] == 1)
  }

  @Test("Shadings without colour darken with the level")
  func shadings() {
    for shading in [HeatMap.Shading.shades, .ascii] {
      var canvas = Canvas(size: Size(width: 4, height: 1))
      let row: [UInt8] = [0, 0, 10, 10, 20, 20, 31, 31]
      HeatMap.draw(
        row + row, palette: (0..<32).map { Color(UInt32($0)) }, blank: Color(0), shading: shading,
        into: &canvas, area: canvas.bounds)
      let marks = (0..<4).map { canvas[$0, 0].scalar }
      #expect(Set(marks).count == 4)
      if shading == .ascii { #expect(marks.allSatisfy { $0.isASCII }) }
    }
  }

  @Test("Too few levels, no palette and places outside are no error")
  func hostile() {
    var canvas = Canvas(size: Size(width: 3, height: 3))
    let before = canvas
    HeatMap.draw(
      [1, 2], palette: [Color(1)], blank: Color(0), shading: .quadrants, into: &canvas,
      area: canvas.bounds)
    HeatMap.draw(
      [UInt8](repeating: 0, count: 400), palette: [], blank: Color(0), shading: .quadrants,
      into: &canvas, area: canvas.bounds)
    HeatMap.draw(
      [UInt8](repeating: 0, count: 400), palette: [Color(1)], blank: Color(0),
      shading: .quadrants, into: &canvas, area: Rect(x: 50, y: -9, width: 4, height: 4))
    #expect(canvas == before)
  }
}
