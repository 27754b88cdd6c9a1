import Lanes
import Models
import Terminal
import Training

extension View {
  /// One sample's way through a network as products of matrices and vectors, with numbers.
  package static let forward = View(
    name: "forward",
    summary:
      "One sample through the net in numbers, f(W y + b) layer by layer, stepped through by d",
    role: .asked,
    suits: { $0.objective.kind.dense != nil && $0.objective.sampleCount > 0 },
    title: { _ in "forward: y ← f(W y + b)" },
    readout: ForwardView.readout,
    draw: ForwardView.draw)
}

private enum ForwardView {
  private static func sample(_ scene: Scene, _ network: DenseNetwork) -> Int {
    min(max(0, scene.state.scroll), max(0, network.trainSamples.count - 1))
  }

  private static func stages(_ scene: Scene, _ network: DenseNetwork) -> ForwardStages? {
    ForwardStages(
      network, parameters: scene.snapshot.parameters, sample: sample(scene, network))
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let network = scene.network, let stages = stages(scene, network) else { return [] }
    func list(_ values: [Double]) -> String {
      values.prefix(4).map { NumberText.compact($0, digits: 4) }.joined(separator: ", ")
        + (values.count > 4 ? ", …" : "")
    }
    return [
      "answer " + list(stages.answer), "target " + list(stages.target),
      "sample \(sample(scene, network) + 1) of \(network.trainSamples.count)",
    ]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.network, let stages = stages(scene, network) else {
      scene.note("a sample's way through a network is shown here", in: area, into: &canvas)
      return
    }
    // 0 shows everything; then one unit after the other, from the first layer on.
    let units = network.layers.reduce(0) { $0 + $1.units }
    let step = Scene.wrapped(scene.state.selection, units + 1)
    var before = 0
    var blocks: [Block] = []
    for (index, layer) in network.layers.enumerated() {
      blocks.append(
        Block(
          scene: scene, network: network, layer: layer, index: index, stage: stages.stages[index],
          known: step == 0 ? layer.units : min(max(0, step - before), layer.units),
          activeUnit: step > before && step <= before + layer.units ? step - before - 1 : nil,
          isLast: index == network.layers.count - 1))
      before += layer.units
    }
    let current = blocks.firstIndex { $0.activeUnit != nil }
    let footer = current != nil && area.height >= 8 ? 2 : 0
    let room = area.height - footer
    // A pane that cannot hold all layers begins with the one at work, or with the first.
    let heights = blocks.map(\.height)
    var first = 0
    if let current {
      while first < current, heights[first...current].reduce(0, +) > room { first += 1 }
    }
    var y = area.y
    let field = Rect(x: area.x, y: area.y, width: area.width, height: room)
    for block in blocks[first...] where y < field.maxY {
      block.draw(at: y, within: field, into: &canvas)
      y += block.height
    }
    if footer > 0, let current {
      blocks[current].drawSum(at: area.maxY - 1, within: area, into: &canvas)
    }
  }
}

/// One layer's product.
private struct Block {
  let scene: Scene
  let network: DenseNetwork
  let layer: DenseLayer
  let index: Int
  let stage: ForwardStages.Stage
  /// Units that are worked out so far.
  let known: Int
  /// The unit that stepping has come to, if it is one of this layer's.
  let activeUnit: Int?
  let isLast: Bool

  /// Columns that a number takes.
  private static let number = 7
  /// The most rows of numbers that are shown of a layer.
  private static let most = 12

  var rows: Int { min(Block.most, max(layer.units, layer.inputs)) }
  /// The head, the rows, and a free one.
  var height: Int { rows + 2 }

  private func text(_ value: Double) -> String {
    abs(value) < 1000
      ? NumberText.fixed(value, decimals: 3) : NumberText.compact(value, digits: 3)
  }

  private func weight(_ unit: Int, _ input: Int) -> Double {
    scene.snapshot.parameters[layer.weights + unit * layer.inputs + input]
  }

  private func bias(_ unit: Int) -> Double? {
    layer.hasBias ? scene.snapshot.parameters[layer.biases + unit] : nil
  }

  private var formula: String {
    let name = layer.activation.name
    let last =
      isLast && network.link == .sigmoid
      ? ", p = σ(z)" : isLast && network.link == .softmax ? ", p = softmax z" : ""
    return "layer \(index + 1): \(layer.units)×\(layer.inputs)"
      + (name == "identity" ? ", y = z" : ", y = \(name) z") + last
  }

  func draw(at top: Int, within area: Rect, into canvas: inout Canvas) {
    let theme = scene.theme
    canvas.writeCut(
      formula, x: area.x, y: top, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: activeUnit != nil ? theme.text : theme.muted,
      attributes: activeUnit != nil ? .bold : [])
    // What does not fit is left out from the left: the matrix shrinks first.
    let others = layer.hasBias ? 55 : 42
    let columns = max(0, min(layer.inputs, (area.width - others) / Block.number))
    var x = area.x
    if columns > 0 {
      matrix(columns, x: x, top, area, into: &canvas)
      x += columns * Block.number + 4
      symbol(columns < layer.inputs ? "…" : "·", x: x, top, area, into: &canvas)
      x += 2
    }
    func put(_ values: [Double], known: Int, _ color: Color) {
      column(values, known: known, x: x, top, area, color, into: &canvas)
      x += Block.number + 4
    }
    func sign(_ mark: String) {
      symbol(mark, x: x, top, area, into: &canvas)
      x += 2
    }
    // A narrow pane has room for z and y alone.
    if area.width >= others - 6 {
      put(stage.inputs, known: stage.inputs.count, theme.series(3))
      if layer.hasBias {
        sign("+")
        put((0..<layer.units).map { bias($0) ?? 0 }, known: layer.units, theme.muted)
      }
      sign("=")
    }
    put(stage.z, known: known, theme.text)
    sign("→")
    put(stage.y, known: known, theme.series(0))
    // Where there is room the sums are written out beside the product.
    guard area.maxX - x >= 40 else { return }
    let first = offset(min(Block.most, layer.units))
    for unit in 0..<min(Block.most, layer.units, known) {
      canvas.writeCut(
        sum(of: unit, terms: max(1, (area.maxX - x - 34) / 16)), x: x + 2,
        y: top + 1 + first + unit,
        limit: area.maxX - x - 2, within: area, glyphs: scene.glyphs,
        foreground: activeUnit == unit ? theme.warning : theme.muted)
    }
  }

  /// Rows above `count` numbers that stand in the middle of the block.
  private func offset(_ count: Int) -> Int { (rows - count) / 2 }

  /// A sign between columns, in the middle of the block.
  private func symbol(
    _ mark: String, x: Int, _ top: Int, _ area: Rect, into canvas: inout Canvas
  ) {
    canvas.write(
      mark, x: x, y: top + 1 + (rows - 1) / 2, within: area, glyphs: scene.glyphs,
      foreground: scene.theme.muted)
  }

  private func bracket(
    _ count: Int, x: Int, width: Int, y: Int, _ area: Rect, into canvas: inout Canvas
  ) {
    for row in 0..<count {
      let isOnly = count == 1
      let (left, right): (Unicode.Scalar, Unicode.Scalar) =
        isOnly ? ("[", "]") : row == 0 ? ("⎡", "⎤") : row == count - 1 ? ("⎣", "⎦") : ("⎢", "⎥")
      for (mark, column) in [(left, x), (right, x + width + 2)] {
        canvas.mark(
          scene.glyphs.mark(mark, ascii: "|"), at: Point(x: column, y: y + row), within: area,
          foreground: scene.theme.border)
      }
    }
  }

  private func matrix(
    _ columns: Int, x: Int, _ top: Int, _ area: Rect, into canvas: inout Canvas
  ) {
    let count = min(Block.most, layer.units)
    let y = top + 1 + offset(count)
    bracket(count, x: x, width: columns * Block.number, y: y, area, into: &canvas)
    for unit in 0..<count {
      for input in 0..<columns {
        let value = weight(unit, input)
        let isActive = activeUnit == unit
        put(
          text(value), edge: x + 1 + (input + 1) * Block.number, y: y + unit, area,
          isActive
            ? scene.theme.warning
            : scene.theme.isMonochrome
              ? scene.theme.text : scene.theme.classes[value < 0 ? 0.02 : 0.98],
          isBold: isActive, into: &canvas)
      }
    }
  }

  private func column(
    _ values: [Double], known: Int, x: Int, _ top: Int, _ area: Rect, _ color: Color,
    into canvas: inout Canvas
  ) {
    let count = min(Block.most, values.count)
    let y = top + 1 + offset(count)
    bracket(count, x: x, width: Block.number, y: y, area, into: &canvas)
    for index in 0..<count {
      let isCut = index == Block.most - 1 && values.count > Block.most
      put(
        isCut ? "…" : index < known ? text(values[index]) : "?", edge: x + 1 + Block.number,
        y: y + index, area, index < known ? color : scene.theme.muted, isBold: false,
        into: &canvas)
    }
  }

  private func put(
    _ text: String, edge: Int, y: Int, _ area: Rect, _ color: Color, isBold: Bool,
    into canvas: inout Canvas
  ) {
    canvas.write(
      text, x: edge - scene.glyphs.width(text), y: y, within: area, glyphs: scene.glyphs,
      foreground: color, attributes: isBold ? .bold : [])
  }

  /// A unit's sum, written out.
  private func sum(of unit: Int, terms: Int) -> String {
    func factor(_ value: Double) -> String { value < 0 ? "(\(text(value)))" : text(value) }
    var parts = (0..<min(terms, layer.inputs)).map {
      "\(factor(weight(unit, $0)))·\(factor(stage.inputs[$0]))"
    }
    if layer.inputs > terms { parts.append("…") }
    if let bias = bias(unit) { parts.append(factor(bias)) }
    let name = layer.activation.name
    let result =
      name == "identity" ? "" : ",  \(name)(\(text(stage.z[unit]))) = \(text(stage.y[unit]))"
    return "z = " + parts.joined(separator: " + ") + " = \(text(stage.z[unit]))" + result
  }

  /// The sum of the unit at work.
  func drawSum(at y: Int, within area: Rect, into canvas: inout Canvas) {
    guard let unit = activeUnit, unit < stage.z.count else { return }
    canvas.writeCut(
      sum(of: unit, terms: 6), x: area.x, y: y, limit: area.width, within: area,
      glyphs: scene.glyphs, foreground: scene.theme.warning)
  }
}
