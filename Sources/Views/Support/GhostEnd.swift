import Lanes
package import Terminal
package import Training

/// Where another way of the run has come to: `◌`, and where there are several in a large picture
/// `#` and the number of its branch, as the list of branches has it.
package enum GhostEnd {
  /// Columns from which on a picture has room for numbers.
  private static let roomy = 60

  /// What the mark means; nil where there is none.
  static func legend(_ scene: Scene, color: Color) -> Legend.Entry? {
    guard scene.snapshot.ghosts.contains(where: { !$0.isFuture }) else { return nil }
    return Legend.Entry(
      mark: String(Character(scene.glyphs.mark("◌", ascii: "o"))), name: "earlier runs",
      color: color)
  }

  /// A line of the legend for each where there is room to say what it differs by, as the list of
  /// branches has it, in its colour; else one for all.
  static func legend(_ scene: Scene, width: Int) -> [Legend.Entry] {
    let ghosts = scene.snapshot.ghosts
    guard width >= roomy, !scene.branchNames.isEmpty else {
      let color = ghosts.first { !$0.isFuture }.map {
        GhostEnd.color($0.branch, of: ghosts, scene.theme)
      }
      return legend(scene, color: scene.faint(color ?? scene.theme.muted, 0.2)).map { [$0] } ?? []
    }
    return ghosts.filter { !$0.isFuture }.map { ghost in
      let name = scene.branchNames[ghost.branch].map { " " + $0 } ?? ""
      return Legend.Entry(
        mark: String(Character(scene.glyphs.mark("◌", ascii: "o"))),
        name: "#\(ghost.branch)\(name)",
        color: scene.faint(GhostEnd.color(ghost.branch, of: ghosts, scene.theme), 0.2))
    }
  }

  /// The colour of a ghost on curves over steps, and of its row in the list of branches.
  package static func color(_ branch: Branch.ID, of ghosts: [Ghost], _ theme: Theme) -> Color {
    let place = ghosts.filter { !$0.isFuture }.firstIndex { $0.branch == branch } ?? 0
    return theme.series(3 + place)
  }

  /// Draws it at a cell.
  static func draw(
    _ ghost: Ghost, at cell: Point, _ scene: Scene, within area: Rect, color: Color,
    into canvas: inout Canvas
  ) {
    guard area.contains(cell) else { return }
    canvas.mark(scene.glyphs.mark("◌", ascii: "o"), at: cell, within: area, foreground: color)
    guard area.width >= roomy, scene.snapshot.ghosts.count(where: { !$0.isFuture }) > 1 else {
      return
    }
    // A bare number would look like something measured.
    let number = "#\(ghost.branch)"
    let width = scene.glyphs.width(number)
    let right = cell.x + 1
    for (offset, scalar) in number.unicodeScalars.enumerated() {
      let x = right + width <= area.maxX ? right + offset : cell.x - width + offset
      canvas.mark(scalar, at: Point(x: x, y: cell.y), within: area, foreground: color)
    }
  }

  /// The ends of what is seen of ghosts' curves over steps.
  static func draw(_ scene: Scene, lastStep: Double, of plot: Plot, into canvas: inout Canvas) {
    for ghost in scene.snapshot.ghosts where !ghost.isFuture {
      guard let series = ghost.mainSeries else { continue }
      func end(_ index: Int) -> Double {
        Double(series.firstStep) + Double(index + 1) * Double(series.width) - 1
      }
      let last = series.buckets.indices.last {
        series.buckets[$0].last.isFinite && end($0) <= lastStep
      }
      guard let last, let cell = plot.cell(end(last), series.buckets[last].last) else { continue }
      draw(
        ghost, at: cell, scene, within: plot.area,
        color: scene.faint(
          GhostEnd.color(ghost.branch, of: scene.snapshot.ghosts, scene.theme), 0.2),
        into: &canvas)
    }
  }

  /// The ends of ghosts' ways over two parameters.
  static func draw(_ scene: Scene, on plot: Plot, into canvas: inout Canvas) {
    for ghost in scene.snapshot.ghosts where ghost.trajectory.dimension == 2 {
      let end = Array(ghost.trajectory.points.suffix(2))
      guard end.count == 2, let cell = plot.cell(end[0], end[1]) else { continue }
      draw(
        ghost, at: cell, scene, within: plot.area, color: scene.faint(scene.theme.onMap, 0.25),
        into: &canvas)
    }
  }
}

extension Ghost {
  /// The curve that is drawn of it: over all training samples, or of batches where there is no
  /// other.
  var mainSeries: History.Series? {
    history.series.first { $0.metric.samples == .train } ?? history.series.first
  }

  /// The last step of that curve.
  var lastStep: Double {
    mainSeries.map { Double($0.firstStep) + Double($0.buckets.count) * Double($0.width) } ?? 0
  }
}
