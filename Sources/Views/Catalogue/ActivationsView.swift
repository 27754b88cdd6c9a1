import Lanes
import Models
import Terminal
import Training

extension View {
  /// The activation functions in use, their derivatives, and where the network works on them now.
  package static let activations = View(
    name: "activations",
    summary:
      "Each activation in use with its derivative, and the live distribution of pre-activations",
    suits: { ActivationsView.isShown($0) },
    title: ActivationsView.title,
    readout: ActivationsView.readout,
    draw: ActivationsView.draw)
}

private enum ActivationsView {
  /// One activation with the layers that use it.
  struct Group {
    var activation: Activation
    var setting: Double
    var layers: [Int]
  }

  static func isShown(_ snapshot: Snapshot) -> Bool {
    guard let network = snapshot.objective.kind.dense else { return false }
    return network.layers.count > 1
  }

  static func groups(_ network: DenseNetwork) -> [Group] {
    var groups: [Group] = []
    for (index, layer) in network.layers.enumerated() {
      // Logits are read by a sigmoid: that is the output's activation, wherever the loss computes
      // it.
      guard let activation = network.activation(ofLayer: index) else { continue }
      let place = groups.firstIndex {
        $0.activation.name == activation.name && $0.setting == layer.setting
      }
      if let place {
        groups[place].layers.append(index)
      } else {
        groups.append(Group(activation: activation, setting: layer.setting, layers: [index]))
      }
    }
    // The output layer's identity is not what people look for first.
    return groups.filter { !$0.activation.isIdentity }
      + groups.filter { $0.activation.isIdentity }
  }

  static func chosen(_ scene: Scene) -> (group: Group, index: Int, count: Int)? {
    guard let network = scene.network else { return nil }
    let groups = groups(network)
    guard !groups.isEmpty else { return nil }
    let index = ((scene.state.selection % groups.count) + groups.count) % groups.count
    return (groups[index], index, groups.count)
  }

  static func title(_ scene: Scene) -> String {
    guard let chosen = chosen(scene) else { return "activations" }
    return "activation: " + chosen.group.activation.name
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let chosen = chosen(scene) else { return [] }
    var parts: [String] = []
    if chosen.count > 1 { parts.append("\(chosen.index + 1) of \(chosen.count)") }
    parts.append("φ(z) = " + chosen.group.activation.formula)
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.network, let chosen = chosen(scene) else {
      scene.note("a network's activations are shown here", in: area, into: &canvas)
      return
    }
    let values = preActivations(scene, network, chosen.group)
    let reach = reach(of: values)
    let stripHeight = area.height >= 9 ? max(2, min(6, area.height / 4)) : 0
    let upper = Rect(x: area.x, y: area.y, width: area.width, height: area.height - stripHeight)
    let plot = drawCurves(scene, chosen.group, reach, upper, into: &canvas)
    if stripHeight > 0 {
      let strip = Rect(
        x: plot.area.x, y: upper.maxY, width: plot.area.width, height: stripHeight)
      drawHistogram(scene, values, reach, strip, into: &canvas)
    }
  }

  private static func preActivations(
    _ scene: Scene, _ network: DenseNetwork, _ group: Group
  ) -> [Double] {
    guard scene.isHealthy, network.sampleCount > 0 else { return [] }
    let pass = scene.pass(network, on: .train)
    var values: [Double] = []
    for index in group.layers where index < pass.layers.count {
      for unit in 0..<min(pass.layers[index].units, 256) {
        values += pass.layers[index].preActivations(of: unit)
        // Enough to know how they are spread.
        if values.count > 20_000 { return values }
      }
    }
    return values
  }

  /// Wide enough for nine of ten values, but never so wide that the bend is lost; even numbers, so
  /// that the axis does not tremble while the run moves. Values beyond count at the edges.
  private static func reach(of values: [Double]) -> Double {
    let sizes = values.lazy.filter(\.isFinite).map(abs).sorted()
    guard !sizes.isEmpty else { return 4 }
    let common = sizes[sizes.count * 9 / 10]
    return common <= 4 ? 4 : common <= 6 ? 6 : 8
  }

  private static func drawCurves(
    _ scene: Scene, _ group: Group, _ reach: Double, _ area: Rect, into canvas: inout Canvas
  ) -> Plot {
    let probe = (0...256).map { -reach + 2 * reach * Double($0) / 256 }
    let table = group.activation.table(probe, setting: group.setting)
    var low = -0.2
    var high = 1.2
    for row in table {
      for value in [row.value, row.derivative] where value.isFinite {
        low = min(low, value)
        high = max(high, value)
      }
    }
    // Unbounded functions leave the picture at the top, so that their bend stays large.
    high = min(high, 2.5)
    low = max(low, -2.5)
    let margin = (high - low) * 0.07
    var plot = Plot(
      in: area, x: Axis(-reach, reach).named("z"), y: Axis(low - margin, high + margin),
      layout: scene.layout())
    plot.drawAxes(into: &canvas)
    let xs = (0..<max(2, plot.raster.width * 2)).map {
      -reach + 2 * reach * Double($0) / Double(max(1, plot.raster.width * 2 - 1))
    }
    let fine = group.activation.table(xs, setting: group.setting)
    plot.curve(
      xs, fine.map(\.derivative), color: scene.theme.series(1), thickness: 1, priority: 2)
    plot.curve(
      xs, fine.map(\.value), color: scene.theme.series(0), thickness: plot.thickness, priority: 3)
    plot.raster.paint(into: &canvas)
    Legend([
      Legend.Entry(name: "φ", color: scene.theme.series(0)),
      Legend.Entry(name: "φ′", color: scene.theme.series(1)),
    ]).draw(in: plot, glyphs: scene.glyphs, text: scene.theme.text, into: &canvas)
    return plot
  }

  /// How often each pre-activation occurs, layer upon layer.
  private static func drawHistogram(
    _ scene: Scene, _ values: [Double], _ reach: Double, _ area: Rect,
    into canvas: inout Canvas
  ) {
    guard !area.isEmpty else { return }
    let captions =
      values.isEmpty
      ? ["no samples to look at", "no samples"]
      : ["pre-activations of all samples", "all pre-activations", "pre-activations"]
    let caption = captions.first { scene.glyphs.width($0) <= area.width } ?? ""
    let width = area.width
    guard !values.isEmpty, area.height >= 2 else {
      canvas.writeCut(
        caption, x: area.x, y: area.y, limit: area.width, within: area, glyphs: scene.glyphs,
        foreground: scene.theme.muted)
      return
    }
    let histogram = Histogram(values, in: (-reach)...reach, bins: width)
    let bars = Rect(x: area.x, y: area.y, width: width, height: area.height - 1)
    // The root of the count: rare values stay visible beside common ones.
    let most = Double(histogram.counts.max() ?? 1).squareRoot()
    for (index, count) in histogram.counts.enumerated() where count > 0 {
      Bars.column(
        Double(count).squareRoot() / max(most, 1), x: area.x + index, area: bars,
        color: scene.faint(scene.theme.series(2), 0.25), glyphs: scene.glyphs, into: &canvas)
    }
    canvas.writeCut(
      caption, x: area.x, y: area.maxY - 1, limit: area.width, within: area,
      glyphs: scene.glyphs, foreground: scene.theme.muted)
  }
}
