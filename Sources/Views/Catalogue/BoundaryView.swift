import Lanes
import Models
import Terminal
import Training

extension View {
  /// What a network with two inputs answers over their plane, with the data.
  package static let boundary = View(
    name: "boundary",
    summary:
      "What the model answers over the plane of two inputs, where it changes its mind, and the "
      + "data",
    axes: Axes(canZoom: true), role: .main,
    suits: { $0.objective.kind.mapping?.inputCount == 2 },
    title: { BoundaryView.title($0) },
    readout: BoundaryView.readout,
    pick: { scene, area, cell in
      guard let network = scene.mapping, network.inputCount == 2,
        let place = BoundaryView.plot(scene, network, area).values(at: cell)
      else { return .nothing }
      return .point([place.x, place.y])
    },
    draw: BoundaryView.draw)
}

enum BoundaryView {
  static func title(_ scene: Scene) -> String {
    // Beside what the cursor reads there is little room.
    if scene.state.cursor != nil { return "boundary" }
    guard let network = scene.mapping else { return "decision boundary" }
    let names = network.trainSamples.inputNames
    let head = network.classCount == nil ? "output" : "decision boundary"
    if names.count == 2 { return "\(head) over \(names[0]), \(names[1])" }
    return network.classCount == nil ? "output over the inputs" : head
  }

  /// What lies under the cursor: the place, the model's answer, and the nearest sample.
  private static func reading(_ scene: Scene, _ network: DenseNetwork, _ cursor: [Double])
    -> [String]
  {
    func pair(_ values: [Double]) -> String {
      "(" + values.map { NumberText.compact($0, digits: 3) }.joined(separator: ", ") + ")"
    }
    var parts: [String] = []
    let place = InputPlane(x: cursor[0]...cursor[0], y: cursor[1]...cursor[1])
    let answers = scene.answers(network, over: place, columns: 1, rows: 1, slot: "boundary.cursor")
      .compactMap(\.first)
    if answers.count == 1, let answer = answers.first {
      let isShare = network.classCount != nil
      parts.append("┊ " + (isShare ? "p = " : "output ") + NumberText.compact(answer, digits: 3))
    } else if let best = answers.indices.max(by: { answers[$0] < answers[$1] }) {
      let name = scene.glyphs.cut(
        network.trainSamples.classPhrase(best), to: DataPoints.nameLimit)
      parts.append("┊ \(name), p = " + NumberText.compact(answers[best], digits: 3))
    }
    parts.append(pair(cursor))
    let samples = network.trainSamples
    let plane = scene.plane(network)
    let across = plane.x.upperBound - plane.x.lowerBound
    let up = plane.y.upperBound - plane.y.lowerBound
    guard across > 0, up > 0 else { return parts }
    func distance(_ sample: Int) -> Double {
      let inputs = Array(samples.input(sample))
      let (x, y) = ((inputs[0] - cursor[0]) / across, (inputs[1] - cursor[1]) / up)
      return x * x + y * y
    }
    guard let nearest = (0..<samples.count).min(by: { distance($0) < distance($1) }) else {
      return parts
    }
    let truth = Scene.trueClasses(network, samples)
    parts.append(
      "nearest \(nearest + 1) " + pair(Array(samples.input(nearest)))
        + (truth.isEmpty
          ? ""
          : ": "
            + scene.glyphs.cut(samples.classPhrase(truth[nearest]), to: DataPoints.nameLimit)))
    return parts
  }

  static func readout(_ scene: Scene) -> [String] {
    if let cursor = scene.state.cursor, cursor.count == 2, cursor.allSatisfy(\.isFinite),
      let network = scene.mapping, network.inputCount == 2, scene.isHealthy
    {
      return reading(scene, network, cursor)
    }
    var parts: [String] = []
    if let accuracy = scene.snapshot.accuracy {
      parts.append("acc " + NumberText.percent(accuracy))
    }
    parts += scene.averageNote
    if let shape = scene.shape { parts.append(shape) }
    return parts
  }

  static func plot(_ scene: Scene, _ network: DenseNetwork, _ area: Rect) -> Plot {
    let plane = scene.plane(network)
    let x = scene.zoomed(plane.x, axis: 0)
    let y = scene.zoomed(plane.y, axis: 1)
    // A small map of data needs no scale until somebody looks into it closely.
    let isLarge = area.width >= 36 && area.height >= 12 || scene.state.zoom != 1
    var layout = scene.layout(
      grid: false, isMap: true, footer: footerRows(scene, network, area))
    layout.showsLabels = isLarge
    let names = network.trainSamples.inputNames
    return Plot(
      in: area, x: Axis(x.lowerBound, x.upperBound).named(names.first ?? "x1"),
      y: Axis(y.lowerBound, y.upperBound).named(names.dropFirst().first ?? "x2"),
      layout: layout)
  }

  /// Rows of the legend below the picture.
  private static func footerRows(_ scene: Scene, _ network: DenseNetwork, _ area: Rect) -> Int {
    guard area.height >= 12 else { return area.height >= 8 ? 1 : 0 }
    // The widest that it can become: the picture does not jump while wrong answers come and go.
    let legend = DataPoints(scene, network).legend(
      scene, network, showsBatch: scene.state.selection % 2 != 0, isWidest: true)
    // The axis takes columns of its own at the left.
    return legend.width(scene.glyphs) > area.width - 8 ? 2 : 1
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.mapping, network.inputCount == 2 else {
      scene.note("a model with two inputs is shown here", in: area, into: &canvas)
      return
    }
    let plot = plot(scene, network, area)
    guard !plot.area.isEmpty else { return }
    let field = Field(scene, network, plot)
    field.drawMap(into: &canvas)
    plot.drawAxes(into: &canvas)
    field.drawLines(into: &canvas)
    let points = DataPoints(scene, network)
    points.draw(scene, plot, showsBatch: scene.state.selection % 2 != 0, into: &canvas)
    if let cursor = scene.state.cursor, cursor.count >= 2,
      let cell = plot.cell(cursor[0], cursor[1])
    {
      canvas.mark(
        "+", at: cell, within: plot.area, foreground: scene.theme.onMap,
        attributes: [.reverse, .bold])
    }
    if !scene.isHealthy {
      scene.note(" the parameters are not finite ", in: plot.area, into: &canvas)
    }
    if area.height >= 8 { drawFooter(scene, network, plot, points, field, area, into: &canvas) }
  }

  private static func drawFooter(
    _ scene: Scene, _ network: DenseNetwork, _ plot: Plot, _ points: DataPoints, _ field: Field,
    _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let legend = points.legend(scene, network, showsBatch: scene.state.selection % 2 != 0)
    let count = footerRows(scene, network, area)
    var row = area.maxY - count
    var column = plot.area.x
    for line in legend.rows(width: area.maxX - plot.area.x, most: count, scene.glyphs) {
      let used = line.draw(
        x: plot.area.x, y: row, within: area, glyphs: scene.glyphs, text: theme.muted,
        into: &canvas)
      (column, row) = (plot.area.x + used, row + 1)
    }
    guard count == 1, network.classCount ?? 1 <= 2 else { return }
    row = area.maxY - 1
    let width = min(24, plot.area.maxX - column - 8)
    guard width >= 10 else { return }
    ColorBar.draw(
      theme.classes, low: NumberText.short(field.low, digits: 2),
      high: NumberText.short(field.high, digits: 2), width: width, right: plot.area.maxX, y: row,
      within: area, shading: scene.shading, glyphs: scene.glyphs, text: theme.muted, into: &canvas)
  }
}

/// A model's answers over the plane as colours and lines.
private struct Field {
  private let scene: Scene
  private let plot: Plot
  private let columns: Int
  private let rows: Int
  private let outputs: [[Double]]
  private let scores: [Double]?
  private let classCount: Int?
  /// The value of the first colour.
  let low: Double
  /// The value of the last colour.
  let high: Double

  init(_ scene: Scene, _ network: DenseNetwork, _ plot: Plot) {
    self.scene = scene
    self.plot = plot
    classCount = network.classCount
    // Finer than quarters of cells would cost without being seen; beyond this many points neither.
    columns = max(1, min(plot.area.width * 2, 176))
    rows = max(1, min(plot.area.height * 2, 112))
    let plane = InputPlane(x: plot.x.lower...plot.x.upper, y: plot.y.lower...plot.y.upper)
    outputs = scene.answers(
      network, over: plane, columns: columns, rows: rows, slot: "boundary")
    scores =
      network.link == .step
      ? scene.pass(network, over: plane, columns: columns, rows: rows, slot: "boundary").layers
        .last?
        .preActivations(of: 0) : nil
    if network.classCount != nil {
      (low, high) = (0, 1)
    } else {
      let targets = network.trainSamples.targets.filter(\.isFinite)
      let least = targets.min() ?? 0
      let most = targets.max() ?? 1
      (low, high) = most > least ? (least, most) : (least - 1, least + 1)
    }
  }

  /// Whether one output tells two classes apart.
  private var isDecision: Bool { outputs.count == 1 && classCount != nil }

  func drawMap(into canvas: inout Canvas) {
    guard let first = outputs.first, first.count >= columns * rows else { return }
    if outputs.count > 1 {
      drawClasses(into: &canvas)
      return
    }
    if isDecision {
      DecisionMap(values: first, columns: columns, rows: rows, scores: scores).draw(
        scene, in: plot.area, into: &canvas)
      return
    }
    let ramp = scene.theme.classes
    let span = high - low
    let base = low
    let steps = Double(ramp.colors.count - 1)
    let levels = HeatMap.levels(of: first, columns: columns, rows: rows, area: plot.area) {
      let share = ($0 - base) / span
      return share <= 0 ? 0 : share >= 1 ? UInt8(steps) : UInt8(share * steps + 0.5)
    }
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading, into: &canvas,
      area: plot.area)
  }

  /// Many classes: the strongest gives the colour, its lead the strength.
  private func drawClasses(into canvas: inout Canvas) {
    let shades = 7
    let shown = min(outputs.count, 32)
    let palette = (0..<shown).flatMap { label in
      (0..<shades).map { shade in
        scene.theme.pane.mixed(
          with: scene.theme.classColor(label, of: max(3, outputs.count)),
          0.16 + 0.62 * Double(shade) / Double(shades - 1))
      }
    }
    let width = plot.area.width * 2
    let height = plot.area.height * 2
    var levels = [UInt8](repeating: HeatMap.none, count: width * height)
    for y in 0..<height {
      let row = min(rows - 1, (2 * y + 1) * rows / (2 * height))
      for x in 0..<width {
        let column = min(columns - 1, (2 * x + 1) * columns / (2 * width))
        let point = row * columns + column
        var best = 0
        var second = -Double.infinity
        for label in 1..<shown {
          let value = outputs[label][point]
          if value > outputs[best][point] {
            second = outputs[best][point]
            best = label
          } else {
            second = max(second, value)
          }
        }
        let lead = outputs[best][point] - second
        guard !lead.isNaN else { continue }
        levels[y * width + x] = UInt8(
          best * shades + PlotMath.int(lead * Double(shades - 1), in: 0...shades - 1))
      }
    }
    HeatMap.draw(
      levels, palette: palette, blank: scene.theme.pane, shading: scene.shading, into: &canvas,
      area: plot.area)
  }

  /// Where one output overtakes the others; for values a few iso-lines. The line between two
  /// classes is part of their map.
  func drawLines(into canvas: inout Canvas) {
    guard let first = outputs.first, !isDecision, scene.glyphs != .ascii,
      first.count >= columns * rows
    else { return }
    var raster = DotRaster(area: plot.area, glyphs: DotGlyphs(scene.glyphs))
    let across = Double(raster.width) / Double(columns)
    let down = Double(raster.height) / Double(rows)
    func trace(_ values: [Double], _ level: Double, _ color: Color) {
      IsoLines.trace(values, columns: columns, rows: rows, level: level) {
        raster.line(
          ($0 + 0.5) * across, ($1 + 0.5) * down, ($2 + 0.5) * across, ($3 + 0.5) * down,
          color: color)
      }
    }
    if outputs.count > 1 {
      for label in outputs.indices.prefix(12) {
        let lead = first.indices.map { point in
          var other = -Double.infinity
          for index in outputs.indices where index != label {
            other = max(other, outputs[index][point])
          }
          return outputs[label][point] - other
        }
        trace(lead, 0, scene.theme.onMap)
      }
    } else {
      for step in 1..<8 {
        let level = low + (high - low) * Double(step) / 8
        trace(first, level, scene.theme.onMap.mixed(with: scene.theme.pane, step == 4 ? 0.1 : 0.55))
      }
    }
    raster.paint(into: &canvas)
  }
}
