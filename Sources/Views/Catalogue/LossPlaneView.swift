import Lanes
import Models
import Terminal
import Training

extension View {
  /// A plane through the parameters of a model: the loss on it, and the trajectory as its
  /// projection.
  package static let lossPlane = View(
    name: "loss_plane",
    summary:
      "A plane through the space of parameters: the loss on it, and the trajectory's projection",
    axes: Axes(canZoom: true),
    role: .extra,
    suits: { $0.objective.parameterCount > 2 },
    title: LossPlaneView.title,
    readout: LossPlaneView.readout,
    draw: LossPlaneView.draw)
}

private enum LossPlaneView {
  /// The plane that the pane's selection asks for, and which of its kind.
  private static func choice(_ scene: Scene) -> (kind: LossPlane.Kind, number: Int) {
    let count = LossPlane.Kind.allCases.count
    let selection = max(0, scene.state.selection)
    return (LossPlane.Kind(rawValue: selection % count) ?? .trajectory, selection / count)
  }

  static func title(_ scene: Scene) -> String {
    switch choice(scene).kind {
    case .trajectory: "loss: plane of the trajectory"
    case .random: "loss: a random plane"
    case .eigenvectors: "loss: top eigenvectors"
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let plane = plane(scene), plane.figures.count == 2 else { return [] }
    switch choice(scene).kind {
    case .trajectory:
      let shares = plane.figures.map { NumberText.compact(100 * $0, digits: 3) + " %" }
      return [shares.joined(separator: " + ") + " of the motion"]
    case .eigenvectors:
      return ["λ " + plane.figures.map(Scene.number).joined(separator: ", ")]
    case .random: return []
    }
  }

  private struct Key: Hashable, Sendable {
    var run: RunID
    var objective: ObjectiveID
    var step: Int
    var selection: Int
    var bounds: [Double] = []
    var size: [Int] = []
  }

  private static func key(_ scene: Scene) -> Key {
    Key(
      run: scene.snapshot.run, objective: scene.snapshot.objectiveID, step: scene.snapshot.step,
      selection: scene.state.selection)
  }

  private static func path(_ scene: Scene) -> PathSamples? {
    let snapshot = scene.snapshot
    var key = key(scene)
    key.selection = 0
    return scene.probes.carried("loss_plane.path", for: key) {
      PathSamples(snapshot, before: $0)
    }
  }

  private static func plane(_ scene: Scene) -> LossPlane? {
    let snapshot = scene.snapshot
    guard snapshot.parameters.allSatisfy(\.isFinite) else { return nil }
    let (kind, number) = choice(scene)
    switch kind {
    case .trajectory:
      guard let path = path(scene), path.points.count > 1 else { return nil }
      var key = key(scene)
      key.size = [path.steps.last ?? 0]
      return scene.probes.value("loss_plane.plane", for: key) { LossPlane.principal(path.points) }
    case .random:
      return scene.probes.value("loss_plane.plane", for: key(scene)) {
        LossPlane.random(
          snapshot.objective, at: snapshot.parameters, seed: UInt64(number) + 1)
      }
    case .eigenvectors:
      return scene.probes.refined(
        "loss_plane.eigenvectors", for: key(scene),
        stages: [{ LossPlane.eigenvectors(snapshot.objective, at: snapshot.parameters) }]) ?? nil
    }
  }

  /// The trajectory's projection.
  private static func projection(_ scene: Scene, _ plane: LossPlane) -> [(a: Double, b: Double)] {
    (path(scene)?.points ?? []).map { plane.projection(of: $0) }
  }

  private static func plot(_ scene: Scene, _ area: Rect, _ path: [(a: Double, b: Double)]) -> Plot {
    func range(_ values: [Double]) -> ClosedRange<Double> {
      guard choice(scene).kind != .random else { return -1...1 }
      let low = min(0, values.min() ?? 0)
      let high = max(0, values.max() ?? 0)
      let margin = max(0.2 * (high - low), 0.5)
      guard (low - margin).isFinite, (high + margin).isFinite else { return -1...1 }
      return (low - margin)...(high + margin)
    }
    let x = scene.zoomed(range(path.map(\.a)), axis: 0)
    let y = scene.zoomed(range(path.map(\.b)), axis: 1)
    return Plot(
      in: area, x: Axis(x.lowerBound, x.upperBound), y: Axis(y.lowerBound, y.upperBound),
      layout: scene.layout(grid: false, isMap: true, footer: area.height >= 10 ? 2 : 0))
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let kind = choice(scene).kind
    guard let plane = plane(scene) else {
      let reason =
        kind == .trajectory && scene.snapshot.step == 0
        ? "nothing has moved yet: there is no plane of the trajectory" : "looking at the loss"
      scene.note(reason, in: area, into: &canvas)
      return
    }
    let path = projection(scene, plane)
    let plot = plot(scene, area, path)
    guard let heights = heights(scene, plane, plot) else {
      scene.note("looking at the loss", in: area, into: &canvas)
      return
    }
    let relief = Relief(heights.values, low: heights.low, high: heights.high)
    let ramp = scene.theme.landscape
    let levels = HeatMap.levels(
      of: heights.values.map(relief.share), columns: heights.columns, rows: heights.rows,
      area: plot.area
    ) { UInt8(ramp.level($0)) }
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading,
      into: &canvas, area: plot.area)
    plot.drawAxes(into: &canvas)
    drawPath(scene, path, plot, into: &canvas)
    drawFooter(scene, plane, plot, area, into: &canvas)
  }

  /// Coarse, then as fine as can be made in a second or so.
  private static func heights(_ scene: Scene, _ plane: LossPlane, _ plot: Plot) -> Surface? {
    let objective = scene.snapshot.objective
    let cost = max(1, objective.sampleCount) * max(1, objective.parameterCount)
    let fields = min(plot.area.width * plot.area.height * 4, max(64, 400_000_000 / cost))
    let shape = Double(plot.area.width) / Double(max(1, plot.area.height))
    let rows = max(4, PlotMath.int((Double(fields) / shape).squareRoot(), in: 4...140))
    let columns = max(4, min(240, fields / rows))
    var key = key(scene)
    key.bounds = [plot.x.lower, plot.x.upper, plot.y.lower, plot.y.upper] + plane.figures
    key.size = [columns, rows]
    let (a, b) = (plot.x.lower...plot.x.upper, plot.y.lower...plot.y.upper)
    return scene.probes.refined(
      "loss_plane.heights", for: key,
      stages: [8, 3, 1].map { share in
        {
          plane.surface(
            of: objective, a: a, b: b, columns: max(2, columns / share), rows: max(2, rows / share))
        }
      })
  }

  private static func drawPath(
    _ scene: Scene, _ path: [(a: Double, b: Double)], _ plot: Plot, into canvas: inout Canvas
  ) {
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    var last: (x: Double, y: Double)?
    for (index, place) in path.enumerated() {
      let here = (x: plot.dotX(place.a), y: plot.dotY(place.b))
      let age = Double(index) / Double(max(1, path.count - 1))
      if let last {
        raster.line(
          last.x, last.y, here.x, here.y, color: scene.theme.way[age], thickness: plot.thickness)
      }
      last = here
    }
    raster.paint(into: &canvas)
    if let start = path.first, let cell = plot.cell(start.a, start.b) {
      canvas.mark(
        scene.glyphs.mark("○", ascii: "o"), at: cell, within: plot.area,
        foreground: scene.theme.onMap, attributes: .bold)
    }
    EdgeMark.draw(scene, plot, x: 0, y: 0, color: scene.theme.ball, into: &canvas) {
      place, canvas in
      Disc.draw(
        into: &canvas, area: plot.area, centerX: place.x, centerY: place.y, radius: 0.5,
        color: scene.theme.ball, glyphs: scene.glyphs)
    }
  }

  /// What a slice shows, and how far the path lies from it.
  private static func drawFooter(
    _ scene: Scene, _ plane: LossPlane, _ plot: Plot, _ area: Rect, into canvas: inout Canvas
  ) {
    guard area.height >= 10 else { return }
    var words: String
    switch choice(scene).kind {
    case .trajectory: words = "the path is its projection; a random walk holds 61 % too"
    case .random: words = "each unit as long as its weights; the path is not on it"
    case .eigenvectors: words = "the two steepest directions here; the path is its projection"
    }
    if let path = path(scene), let start = path.points.first {
      let near = plane.projection(of: start)
      let evaluator = Evaluator(scene.snapshot.objective)
      let gap = evaluator.loss(at: plane.point(near.a, near.b)) - evaluator.loss(at: start)
      words += "; gap in loss at the start \(Scene.number(abs(gap)))"
    }
    let lines = [words, "a slice: of all other directions it shows nothing"]
    for (row, line) in lines.enumerated() {
      canvas.writeCut(
        line, x: plot.area.x, y: area.maxY - 2 + row, limit: plot.area.width, within: area,
        glyphs: scene.glyphs, foreground: scene.theme.muted)
    }
  }
}
