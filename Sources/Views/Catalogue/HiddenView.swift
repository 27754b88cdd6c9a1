import Lanes
import Models
import Terminal
import Training

extension View {
  /// Where the samples land in the space of two hidden units, and what the layers after make of it.
  package static let hidden = View(
    name: "hidden",
    summary:
      "Where the samples land in the space of hidden units, with the line that parts them there",
    role: .extra,
    suits: { snapshot in
      guard let network = snapshot.objective.kind.dense else { return false }
      return HiddenView.layers(network).isEmpty == false
    },
    title: { _ in "hidden space" },
    readout: HiddenView.readout,
    draw: HiddenView.draw)
}

private enum HiddenView {
  /// Hidden layers with at least two units.
  static func layers(_ network: DenseNetwork) -> [Int] {
    network.layers.indices.dropLast().filter { network.layers[$0].units >= 2 }
  }

  /// The layer and two of its units that are shown: `selection` walks through neighbouring pairs,
  /// the last layer first.
  static func chosen(_ scene: Scene, _ network: DenseNetwork) -> (layer: Int, a: Int, b: Int)? {
    let pairs = layers(network).reversed().flatMap { layer in
      (0..<min(network.layers[layer].units - 1, 64)).map { (layer, $0, $0 + 1) }
    }
    guard !pairs.isEmpty else { return nil }
    return pairs[((scene.state.selection % pairs.count) + pairs.count) % pairs.count]
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let network = scene.network, let chosen = chosen(scene, network) else { return [] }
    return ["layer \(chosen.layer + 1), units \(chosen.a + 1) and \(chosen.b + 1)"]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.network, let chosen = chosen(scene, network), scene.isHealthy else {
      scene.note("a net with two or more hidden units is shown here", in: area, into: &canvas)
      return
    }
    let samples = network.trainSamples
    let pass = scene.pass(network, on: .train)
    guard chosen.layer < pass.layers.count else { return }
    let xs = pass.layers[chosen.layer].activations(of: chosen.a)
    let ys = pass.layers[chosen.layer].activations(of: chosen.b)
    let plot = Plot(
      in: area, x: axis(xs, network.layers[chosen.layer].activation.name),
      y: axis(ys, network.layers[chosen.layer].activation.name),
      layout: scene.layout(grid: false, isMap: true))
    guard !plot.area.isEmpty else { return }
    drawField(scene, network, chosen, pass, plot, into: &canvas)
    plot.drawAxes(into: &canvas)
    let truth = Scene.trueClasses(network, samples)
    let judged =
      pass.layers.last.map { NetworkProbe.classes(NetworkProbe.outputs(network, $0)) } ?? []
    for sample in xs.indices.prefix(4000) {
      guard let cell = plot.cell(xs[sample], ys[sample]) else { continue }
      let label = sample < truth.count ? truth[sample] : 1
      let isWrong = sample < truth.count && sample < judged.count && truth[sample] != judged[sample]
      DataPoints.draw(
        scene, label: label, of: network.classCount ?? 2, isTest: false, isWrong: isWrong,
        color: scene.theme.onMap, at: cell, within: plot.area, into: &canvas)
    }
  }

  /// A range that holds still: that of the activation where it is bounded, else a round one around
  /// the data.
  private static func axis(_ values: [Double], _ activation: String) -> Axis {
    switch activation {
    case "tanh", "sine": return Axis(-1.15, 1.15)
    case "sigmoid", "step": return Axis(-0.1, 1.1)
    default:
      let finite = values.filter(\.isFinite)
      let low = finite.min() ?? 0
      let high = finite.max() ?? 1
      let margin = max(high - low, 1e-6) * 0.1
      return Axis(low - margin, high + margin)
    }
  }

  /// What the layers after make of the plane of the two units, the others held at their mean over
  /// the samples.
  private static func drawField(
    _ scene: Scene, _ network: DenseNetwork, _ chosen: (layer: Int, a: Int, b: Int),
    _ pass: ForwardPass, _ plot: Plot, into canvas: inout Canvas
  ) {
    let units = network.layers[chosen.layer].units
    guard network.outputCount == 1, network.classCount != nil, units <= 256 else { return }
    let columns = min(plot.area.width * 2, 120)
    let rows = min(plot.area.height * 2, 80)
    let count = columns * rows
    var activations = (0..<units).map { unit -> [Double] in
      let values = pass.layers[chosen.layer].activations(of: unit)
      let mean = values.reduce(0, +) / Double(max(1, values.count))
      return [Double](repeating: mean, count: count)
    }
    for row in 0..<rows {
      let v = plot.y.value(at: 1 - (Double(row) + 0.5) / Double(rows))
      for column in 0..<columns {
        activations[chosen.a][row * columns + column] = plot.x.value(
          at: (Double(column) + 0.5) / Double(columns))
        activations[chosen.b][row * columns + column] = v
      }
    }
    let after = NetworkProbe.forward(
      network, parameters: scene.snapshot.parameters, after: chosen.layer, activations: activations)
    guard let last = after.layers.last,
      let values = NetworkProbe.outputs(network, last).first
    else { return }
    DecisionMap(values: values, columns: columns, rows: rows).draw(
      scene, in: plot.area, into: &canvas)
  }
}
