import Lanes
import Models
import Terminal
import Training

extension View {
  /// A recurrent net unrolled over one sequence.
  package static let unrolled = View(
    name: "unrolled",
    summary:
      "A recurrent net over one sequence: inputs, hidden state, answers, memory of the first",
    role: .main,
    suits: { $0.objective is RecurrentNetwork },
    title: { _ in "unrolled" },
    readout: UnrolledView.readout,
    draw: UnrolledView.draw)
}

private enum UnrolledView {
  static func sample(_ scene: Scene, _ network: RecurrentNetwork) -> Int {
    Scene.wrapped(scene.state.selection, network.train.count)
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let network = scene.snapshot.objective as? RecurrentNetwork, network.train.count > 0
    else { return [] }
    let sample = sample(scene, network)
    var parts = ["sequence \(sample + 1) of \(network.train.count)"]
    if network.answer == .lastBit, let target = network.train.target(sample).first {
      parts.append("target " + NumberText.short(target))
    }
    if let accuracy = scene.snapshot.accuracy {
      parts.insert("acc " + NumberText.short(accuracy * 100, digits: 3) + " %", at: 0)
    }
    return parts
  }

  /// The sequence's columns and where each strip of the picture lies.
  struct Layout {
    var left: Int
    var right: Int
    var steps: Int
    var inputs: Rect
    var hidden: Rect
    var answers: Rect
    var memory: Rect

    init(_ area: Rect, steps: Int, units: Int) {
      let gutter = area.width >= 30 ? 9 : 0
      left = area.x + gutter
      right = max(left, area.maxX - 1)
      self.steps = max(1, steps)
      let width = right - left
      let top = area.height >= 8 ? 1 : 0
      let air = area.height >= 14 ? 1 : 0
      let inputRows = area.height >= 5 ? 1 : 0
      let answerRows = area.height >= 6 ? 1 : 0
      let memoryRows = area.height >= 24 ? 4 : area.height >= 12 ? 2 : area.height >= 8 ? 1 : 0
      let rest = area.height - top - inputRows - answerRows - memoryRows - 3 * air
      let hiddenRows = max(0, rest)
      var y = area.y + top
      inputs = Rect(x: left, y: y, width: width, height: inputRows)
      y += inputRows + air
      hidden = Rect(x: left, y: y, width: width, height: hiddenRows)
      y += hiddenRows + air
      answers = Rect(x: left, y: y, width: width, height: answerRows)
      y += answerRows + air
      memory = Rect(x: left, y: y, width: width, height: memoryRows)
    }

    /// The columns of one element of the sequence, with a gap after it where there is room.
    func span(_ step: Int) -> (x: Int, width: Int) {
      let begin = left + step * (right - left) / steps
      let end = left + (step + 1) * (right - left) / steps
      return (begin, max(0, end - begin - ((right - left) / steps >= 3 ? 1 : 0)))
    }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.snapshot.objective as? RecurrentNetwork, network.train.count > 0,
      scene.isHealthy
    else {
      scene.note("a recurrent net is shown here", in: area, into: &canvas)
      return
    }
    let sample = sample(scene, network)
    let sequence = Array(network.train.input(sample))
    let trace = network.trace(sequence, at: scene.snapshot.parameters)
    let layout = Layout(area, steps: network.length, units: network.units)
    drawLabels(scene, network, layout, area, into: &canvas)
    let theme = scene.theme
    let largest = sequence.reduce(0) { max($0, abs($1)) }
    let memories = trace.memory.map { slopes in
      Elementary.sqrt(slopes.reduce(0) { $0.addingProduct($1, $1) })
    }
    let strongest = memories.reduce(0) { max($0, $1) }
    for step in 0..<network.length {
      let (x, width) = layout.span(step)
      guard width > 0 else { continue }
      let element = Array(
        sequence[step * network.elementCount..<(step + 1) * network.elementCount])
      if layout.inputs.y > area.y {
        canvas.writeCut(
          width >= 6 ? "t = \(step)" : "\(step)", x: x, y: layout.inputs.y - 1, limit: width,
          within: area,
          glyphs: scene.glyphs, foreground: theme.muted)
      }
      strip(
        scene, element, most: largest, number: element.count == 1,
        Rect(x: x, y: layout.inputs.y, width: width, height: layout.inputs.height), area,
        into: &canvas)
      strip(
        scene, trace.hidden[step], most: 1, number: true,
        Rect(x: x, y: layout.hidden.y, width: width, height: layout.hidden.height), area,
        into: &canvas)
      drawAnswer(scene, network, trace, sample, step, x, width, layout, area, into: &canvas)
      let bar = Rect(x: x, y: layout.memory.y, width: width, height: layout.memory.height)
      let share = strongest > 0 ? memories[step] / strongest : 0
      let barWidth = width >= 10 ? width - 6 : width
      for column in x..<x + barWidth {
        Bars.column(
          share, x: column, area: bar, color: theme.series(2), glyphs: scene.glyphs, into: &canvas)
      }
      if width >= 10, bar.height > 0 {
        canvas.write(
          NumberText.compact(memories[step], digits: 2), x: x + barWidth + 1, y: bar.maxY - 1,
          within: area,
          glyphs: scene.glyphs, foreground: theme.text)
      }
    }
  }

  /// Values one below the other, as blocks of colour over the whole of `block`, with their numbers where they fit.
  private static func strip(
    _ scene: Scene, _ values: [Double], most: Double, number: Bool, _ block: Rect, _ area: Rect,
    into canvas: inout Canvas
  ) {
    guard !block.isEmpty, !values.isEmpty else { return }
    let ramp = scene.theme.classes
    let rows = block.height * 2
    func value(_ row: Int) -> Double { values[min(values.count - 1, row * values.count / rows)] }
    var levels: [UInt8] = []
    for row in 0..<rows {
      // Whole cells where there is a row for each value: blocks then begin where their numbers stand.
      let place = values.count <= block.height ? row / 2 * 2 : row
      let share = most > 0 ? 0.5 + 0.5 * (value(place) / most) : 0.5
      let level = share.isNaN ? HeatMap.none : UInt8(ramp.level(share))
      levels += [UInt8](repeating: level, count: block.width * 2)
    }
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading, into: &canvas,
      area: block)
    guard number, block.width >= 6, values.count <= block.height else { return }
    for (index, value) in values.enumerated() {
      let begin = (index * block.height + values.count - 1) / values.count
      let end = ((index + 1) * block.height + values.count - 1) / values.count
      canvas.write(
        NumberText.fixed(value, decimals: 2), x: block.x + 1, y: block.y + (begin + end - 1) / 2,
        within: block.intersection(area), glyphs: scene.glyphs, foreground: scene.theme.onMap,
        attributes: .bold)
    }
  }

  private static func drawAnswer(
    _ scene: Scene, _ network: RecurrentNetwork, _ trace: RecurrentNetwork.Trace, _ sample: Int,
    _ step: Int, _ x: Int, _ width: Int, _ layout: Layout, _ area: Rect, into canvas: inout Canvas
  ) {
    guard layout.answers.height > 0 else { return }
    let theme = scene.theme
    let target = Array(network.train.target(sample))
    var text: String
    var color = theme.muted
    switch network.answer {
    case .lastBit:
      text = NumberText.fixed(
        Elementary.sigmoid(trace.outputs[step]), decimals: width >= 4 ? 2 : 1)
      if step == network.length - 1 {
        let isRight = (trace.outputs[step] >= 0) == (target[0] >= 0.5)
        color = isRight ? theme.good : theme.bad
        let mark = isRight ? "✓" : "✗"
        text = width >= 6 ? text + " " + mark : mark
      }
    case .everyValue:
      text = NumberText.fixed(trace.outputs[step], decimals: 2)
      color = theme.text
      if width >= 14 { text += " of " + NumberText.fixed(target[step], decimals: 2) }
    }
    canvas.writeCut(
      text, x: x, y: layout.answers.y, limit: width, within: area, glyphs: scene.glyphs,
      foreground: color)
  }

  private static func drawLabels(
    _ scene: Scene, _ network: RecurrentNetwork, _ layout: Layout, _ area: Rect,
    into canvas: inout Canvas
  ) {
    guard layout.left > area.x else { return }
    func label(_ text: String, _ y: Int) {
      canvas.writeCut(
        text, x: area.x, y: y, limit: layout.left - area.x - 1, within: area,
        glyphs: scene.glyphs, foreground: scene.theme.muted)
    }
    if layout.inputs.height > 0 { label("input x", layout.inputs.y) }
    if layout.hidden.height >= network.units {
      for unit in 0..<network.units {
        let begin = (unit * layout.hidden.height + network.units - 1) / network.units
        let end = ((unit + 1) * layout.hidden.height + network.units - 1) / network.units
        label("h\(unit + 1)", layout.hidden.y + (begin + end - 1) / 2)
      }
    } else if layout.hidden.height > 0 {
      label("hidden h", layout.hidden.y)
    }
    if layout.answers.height > 0 {
      label(network.answer == .lastBit ? "p(1)" : "output", layout.answers.y)
    }
    if layout.memory.height > 0 { label("|∂h/∂x₀|", layout.memory.maxY - 1) }
  }
}
