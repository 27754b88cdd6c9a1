import Lanes
import Models
import Terminal
import Training

/// The weights into the unit that is singled out, with their gradients and a bar each, beside the
/// diagram where there is room.
struct NetworkWeights {
  /// Its place.
  let area: Rect
  /// What is left for the diagram.
  let rest: Rect
  private let scene: Scene
  private let network: DenseNetwork
  private let choice: NetworkChoice

  private static let width = 44
  private static let leastDiagram = 48
  private static let bar = 13

  /// The list beside a diagram in `area`; nil where nothing is singled out, or there is no room.
  init?(_ scene: Scene, _ network: DenseNetwork, in area: Rect) {
    guard scene.isHealthy, let choice = NetworkChoice(scene, network),
      area.width >= NetworkWeights.width + NetworkWeights.leastDiagram, area.height >= 8
    else { return nil }
    self.scene = scene
    self.network = network
    self.choice = choice
    self.area = Rect(
      x: area.maxX - NetworkWeights.width, y: area.y, width: NetworkWeights.width,
      height: area.height)
    rest = Rect(
      x: area.x, y: area.y, width: area.width - NetworkWeights.width - 2, height: area.height)
  }

  private var rows: Int { max(1, area.height - 3) }
  /// The first weight that is listed.
  private var top: Int {
    max(0, min(scene.state.detail - 1 - rows / 2, choice.weights.count - rows))
  }
  /// The weight at the end of a bar: a power of two.
  private var scale: Double {
    let most = choice.weights.reduce(0) { max($0, abs(scene.snapshot.parameters[$1])) }
    var scale = 0.25
    while scale < most, scale < 1e12 { scale *= 2 }
    return scale
  }
  private var barX: Int { area.maxX - NetworkWeights.bar }

  /// Draws it.
  func draw(into canvas: inout Canvas) {
    let theme = scene.theme
    let isOutput = choice.layer == network.layers.count - 1
    let layer = isOutput ? "output" : "hidden \(choice.layer + 1)"
    func write(_ text: String, _ x: Int, _ y: Int, _ color: Color, right: Bool = false) {
      let width = scene.glyphs.width(text)
      canvas.write(
        text, x: area.x + x - (right ? width : 0), y: area.y + y, within: area,
        glyphs: scene.glyphs, foreground: color)
    }
    let name = isOutput ? network.outputCaption : network.layers[choice.layer].activation.name
    write("\(layer), unit \(choice.unit + 1)  \(name)", 1, 0, theme.text)
    write("from", 1, 1, theme.muted)
    write("weight", 19, 1, theme.muted, right: true)
    let shown = scene.gradient
    write(shown.isPresent ? "gradient" : "last grad.", 30, 1, theme.muted, right: true)
    let gradient = shown.values
    for row in 0..<min(rows, choice.weights.count - top) {
      let index = top + row
      let place = choice.weights[index]
      let value = scene.snapshot.parameters[place]
      let isChosen = place == choice.parameter
      let y = row + 2
      if isChosen {
        canvas.mark(
          scene.glyphs.mark("▐", ascii: "["), at: Point(x: area.x, y: area.y + y), within: area,
          foreground: theme.warning)
      }
      write(source(index), 1, y, isChosen ? theme.text : theme.muted)
      write(
        NumberText.compact(value, digits: 4), 19, y, isChosen ? theme.warning : theme.text,
        right: true)
      if gradient.indices.contains(place) {
        write(NumberText.compact(gradient[place], digits: 3), 30, y, theme.muted, right: true)
      }
      Bars.signed(
        value / scale, x: barX, y: area.y + y, width: NetworkWeights.bar, within: area,
        negative: theme.classes[0], positive: theme.classes[1], track: theme.grid,
        glyphs: scene.glyphs, into: &canvas)
    }
    let hidden = choice.weights.count - min(rows, choice.weights.count - top)
    if hidden > 0 {
      write(
        "\(top + 1)–\(top + rows) of \(choice.weights.count)", 1, area.height - 1, theme.muted)
    }
  }

  /// Where a weight comes from.
  private func source(_ index: Int) -> String {
    guard index < network.layers[choice.layer].inputs else { return "bias" }
    if choice.layer > 0 { return "hidden \(choice.layer).\(index + 1)" }
    let names = network.features.names
    return names.indices.contains(index) ? Formula.pretty(names[index]) : "input \(index + 1)"
  }

  /// A row takes the weight in hand; its bar sets it.
  func pick(at place: Point) -> View.Pick {
    let row = place.y - area.y - 2
    guard row >= 0, row < rows, choice.weights.indices.contains(top + row) else {
      return .nothing
    }
    let index = choice.weights[top + row]
    let half = Double(NetworkWeights.bar / 2)
    let isInHand = index == choice.parameter
    if place.x >= barX, place.x < area.maxX, isInHand {
      let value = (Double(place.x - barX) - half) / half * scale
      return .tune([index: value], handle: scene.state.selection)
    }
    return .select(scene.state.selection, detail: top + row + 1)
  }
}
