import Lanes
import Models
import Terminal
import Training

extension View {
  /// The network as a diagram: weights as coloured edges, units as what they make of the input
  /// plane.
  package static let network = View(
    name: "network",
    summary:
      "The network's diagram: weights by colour and strength, each unit's output over the inputs",
    suits: { $0.objective.kind.dense != nil },
    title: { _ in "network" },
    readout: NetworkView.readout,
    pick: NetworkView.pick,
    walk: NetworkView.walk,
    part: { NetworkView.part($0) },
    draw: NetworkView.draw)
}

private enum NetworkView {
  static func readout(_ scene: Scene) -> [String] {
    guard let network = scene.network else { return [] }
    var scene = scene
    // What lies under the mouse is read before what was chosen.
    if case .select(let unit, let detail) = scene.state.under {
      (scene.state.selection, scene.state.detail) = (unit, detail)
    }
    let choice = NetworkChoice(scene, network)
    if let choice, choice.parameter == nil, scene.state.under != .nothing {
      let isOutput = choice.layer == network.layers.count - 1
      let layer = isOutput ? "output" : "hidden \(choice.layer + 1)"
      return ["\(layer), unit \(choice.unit + 1)", "\(choice.weights.count) weights in"]
    }
    guard let weight = choice?.parameter else {
      return [scene.shape ?? "", NumberText.count(network.parameterCount) + " parameters"]
        + scene.averageNote
    }
    var parts = [
      "\(scene.snapshot.objective.parameterNames[weight]) "
        + NumberText.compact(scene.snapshot.parameters[weight], digits: 4)
    ]
    let gradient = scene.gradient
    if gradient.values.indices.contains(weight) {
      parts.append(
        (gradient.isPresent ? "gradient " : "last gradient ")
          + NumberText.compact(gradient.values[weight], digits: 3))
    }
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.network else {
      scene.note("a network is shown here", in: area, into: &canvas)
      return
    }
    guard area.width >= 12, area.height >= 3 else {
      scene.note(scene.shape ?? "", in: area, into: &canvas)
      return
    }
    let list = NetworkWeights(scene, network, in: area)
    let diagram = NetworkDiagram(scene, network, list?.rest ?? area)
    diagram.drawEdges(into: &canvas)
    diagram.drawUnits(into: &canvas)
    diagram.drawCaptions(into: &canvas)
    list?.draw(into: &canvas)
  }

  static func pick(_ scene: Scene, _ area: Rect, _ place: Point) -> View.Pick {
    guard let network = scene.network, area.width >= 12, area.height >= 3, scene.isHealthy else {
      return .nothing
    }
    let list = NetworkWeights(scene, network, in: area)
    if let list, list.area.contains(place) { return list.pick(at: place) }
    return NetworkDiagram(scene, network, list?.rest ?? area).pick(at: place)
  }

  static func part(_ scene: Scene) -> View.Part? {
    guard let network = scene.network else { return nil }
    guard let choice = NetworkChoice(scene, network) else { return View.Part.none }
    guard let weight = choice.parameter else {
      return .unit(layer: choice.layer, unit: choice.unit)
    }
    return .weight(layer: choice.layer, unit: choice.unit, parameter: weight)
  }

  /// Left and right to another layer, up and down to another unit; with a weight in hand up and
  /// down to another weight, left and right change it.
  static func walk(_ scene: Scene, _ dx: Int, _ dy: Int) -> View.Pick {
    guard let network = scene.network, !network.layers.isEmpty else { return .nothing }
    guard let choice = NetworkChoice(scene, network) else { return .select(1, detail: 0) }
    let layer = network.layers[choice.layer]
    if let weight = choice.parameter {
      if dy != 0 {
        let next = max(1, min(scene.state.detail + dy, choice.weights.count))
        return .select(scene.state.selection, detail: next)
      }
      let parameters = scene.snapshot.parameters
      guard parameters.indices.contains(weight) else { return .nothing }
      let stride = abs(dx) > 1 ? 0.1 : 0.01
      // On the grid of strides, so that ten of them are one of the long ones.
      let value = (parameters[weight] / stride).rounded() * stride + Double(dx.signum()) * stride
      return .tune([weight: (value * 1e6).rounded() / 1e6], handle: scene.state.selection)
    }
    let next = max(0, min(choice.layer + dx.signum(), network.layers.count - 1))
    let unit = max(
      0, min(choice.unit + dy, (dx == 0 ? layer : network.layers[next]).units - 1))
    return .select(
      NetworkChoice.selection(layer: next, unit: unit, in: network), detail: 0)
  }
}
