import Models
import Terminal
import Training

/// The ways of all runs of a race over one map or one curve.
struct RaceTrails {
  private let scene: Scene
  private let race: RaceStanding
  private let shown: [Int]

  init(_ scene: Scene, _ race: RaceStanding) {
    self.scene = scene
    self.race = race
    let hidden = scene.snapshot.many.race.hidden
    // The leader last, over all others.
    shown =
      race.order.reversed().filter { $0 != race.leader && !hidden.contains($0) } + [race.leader]
  }

  /// Trails over a map, which steps back.
  func draw(_ plot: Plot, into canvas: inout Canvas) {
    dim(plot.area, into: &canvas)
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    raster.patterns = scene.theme.patterns
    for number in shown {
      let isLeader = number == race.leader
      let trail = race.record.places[number] + [race.runs[number].parameters]
      let points = trail.filter { $0.count == 2 && $0.allSatisfy(\.isFinite) }
      raster.polyline(
        points.map { plot.dotX($0[0]) }, points.map { plot.dotY($0[1]) },
        color: scene.racer(number, of: race),
        thickness: isLeader ? plot.thickness + 1 : 1, priority: isLeader ? 9 : 5)
    }
    raster.paint(into: &canvas)
    if let start = race.record.places.first?.first, start.count == 2,
      let cell = plot.cell(start[0], start[1])
    {
      canvas.mark(
        scene.glyphs.mark("○", ascii: "o"), at: cell, within: plot.area,
        foreground: scene.theme.onMap, attributes: .bold)
    }
    for number in shown {
      let now = race.runs[number].parameters
      guard now.count == 2, race.runs[number].divergedAt == nil,
        let cell = plot.cell(now[0], now[1])
      else { continue }
      mark(number, at: cell, plot, into: &canvas)
    }
  }

  /// The runs on a curve of one variable.
  func drawBalls(_ plot: Plot, into canvas: inout Canvas) {
    let evaluator = Evaluator(scene.snapshot.objective)
    for number in shown {
      guard let x = race.runs[number].parameters.first, x.isFinite,
        race.runs[number].divergedAt == nil,
        let cell = plot.cell(x, evaluator.derivative(at: x).value)
      else { continue }
      mark(number, at: cell, plot, into: &canvas)
    }
  }

  /// The runs that are drawn, best first, as they are drawn.
  var legend: [Legend.Entry] {
    race.order.filter { shown.contains($0) }.map { number in
      Legend.Entry(
        mark: String(Character(glyph(number))), name: scene.label(number, of: race),
        color: scene.racer(number, of: race))
    }
  }

  private func glyph(_ number: Int) -> Unicode.Scalar {
    let isPlain = scene.theme.isMonochrome || scene.glyphs == .ascii
    return isPlain ? scene.letter(number).unicodeScalars.first ?? "a" : "●"
  }

  private func mark(_ number: Int, at cell: Point, _ plot: Plot, into canvas: inout Canvas) {
    canvas.mark(
      glyph(number), at: cell, within: plot.area, foreground: scene.racer(number, of: race),
      attributes: .bold)
  }

  /// A colour of the map as it steps back.
  func dimmed(_ color: Color) -> Color {
    scene.theme.isMonochrome ? color : color.mixed(with: scene.theme.pane, 0.36)
  }

  private func dim(_ area: Rect, into canvas: inout Canvas) {
    guard !scene.theme.isMonochrome else { return }
    let shown = area.intersection(canvas.bounds)
    for y in shown.y..<max(shown.y, shown.maxY) {
      for x in shown.x..<max(shown.x, shown.maxX) {
        let style = canvas[x, y].style
        canvas[x, y].style.foreground = dimmed(style.foreground)
        canvas[x, y].style.background = dimmed(style.background)
      }
    }
  }
}
