import Lanes
import Terminal
import Training

/// What marks and colours of the contour view stand for.
extension ContourView {
  /// Rows of the legend below the picture: the names of a race may need two.
  static func footerRows(_ scene: Scene, _ area: Rect) -> Int {
    guard area.height >= 12 else { return 0 }
    return entries(scene).map { Legend($0).width(scene.glyphs) }.min().map {
      $0 > area.width - 8 && scene.snapshot.race != nil ? 2 : 1
    } ?? 1
  }

  /// What the marks stand for, in fewer words from one to the next.
  private static func entries(_ scene: Scene, withAxes: Bool = true) -> [[Legend.Entry]] {
    let theme = scene.theme
    let names: [[String]] = [
      ["start", "now", "minimum", "axes of the bowl (eigenvectors of the Hessian)"],
      ["start", "now", "minimum", "axes of the bowl"], ["start", "now", "minimum", "axes"],
      ["start", "now", "min", "axes"],
    ]
    return names.map { names in
      let start = Legend.Entry(
        mark: String(Character(scene.glyphs.mark("○", ascii: "o"))), name: names[0],
        color: theme.onMap)
      var minimum = Legend.Entry(
        mark: String(Character(scene.glyphs.mark("✕", ascii: "x"))), name: names[2],
        color: theme.onMap)
      var entries: [Legend.Entry]
      if let race = scene.snapshot.race {
        let trails = RaceTrails(scene, race)
        minimum.color = trails.dimmed(theme.onMap)
        entries = trails.legend + [start, minimum]
      } else {
        entries = [start, Legend.Entry(mark: "●", name: names[1], color: theme.ball), minimum]
        if let ghosts = GhostEnd.legend(scene, color: scene.faint(theme.onMap, 0.25)) {
          entries.append(ghosts)
        }
      }
      if withAxes, scene.functionProblem == nil {
        entries.append(
          Legend.Entry(
            mark: scene.glyphs == .ascii ? "x" : "╳", name: names[3], color: theme.good))
      }
      return entries
    }
  }

  /// The legend below a picture, with as many words as fit.
  static func legend(_ scene: Scene, _ plot: Plot, _ area: Rect) -> [Legend] {
    let rows = footerRows(scene, area)
    guard rows > 0 else { return [] }
    let wordings = entries(scene, withAxes: showsAxes(scene, plot)).map { Legend($0) }
    let fitting = wordings.first { $0.width(scene.glyphs) <= plot.area.width }
    return (fitting ?? wordings[wordings.count - 1])
      .rows(width: area.maxX - plot.area.x, most: rows, scene.glyphs)
  }

  /// What the colours of the map stand for, at the right of the legend.
  static func drawBar(
    _ scene: Scene, _ relief: Relief, _ plot: Plot, _ area: Rect, into canvas: inout Canvas
  ) {
    let legend = legend(scene, plot, area)
    guard let used = legend.last?.width(scene.glyphs) else { return }
    let width = min(24, plot.area.width - used - 20)
    guard legend.count == 1, width >= 10 else { return }
    ColorBar.draw(
      scene.theme.landscape, low: NumberText.compact(relief.low, digits: 2),
      high: NumberText.compact(relief.high, digits: 2), width: width, right: plot.area.maxX,
      y: area.maxY - 1, within: area, shading: scene.shading, glyphs: scene.glyphs,
      text: scene.theme.muted, into: &canvas)
  }
}
