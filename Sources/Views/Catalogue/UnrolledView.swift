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
    suits: { $0.objective.kind.recurrent != nil },
    title: { _ in "unrolled" },
    readout: UnrolledView.readout,
    draw: UnrolledView.draw)
}

private enum UnrolledView {
  static func sample(_ scene: Scene, _ network: RecurrentNetwork) -> Int {
    Scene.wrapped(scene.state.selection, network.train.count)
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let network = scene.snapshot.objective.kind.recurrent, network.train.count > 0
    else { return [] }
    let sample = sample(scene, network)
    var parts = ["sequence \(sample + 1) of \(network.train.count)"]
    if network.answer == .lastBit, let target = network.train.target(sample).first {
      parts.append("target " + NumberText.short(target))
    }
    if let accuracy = scene.snapshot.accuracy {
      parts.insert("acc " + NumberText.percent(accuracy), at: 0)
    }
    return parts
  }

  /// The sequence's columns, all equally wide, and where each strip of the picture lies.
  struct Layout {
    /// Where the first column begins.
    var left: Int
    /// The first element that is shown: where they do not all fit, the last ones are, with the
    /// answer.
    var first: Int
    /// From one column to the next.
    var step: Int
    /// Columns of cells that an element takes; the rest of its step is a gap.
    var width: Int
    /// From one hidden unit to the next; 0 where each has less than a row.
    var pitch: Int
    var inputs: Rect
    var hidden: Rect
    var answers: Rect
    var caption: Rect
    var memory: Rect
    var numbers: Rect

    init(_ area: Rect, _ network: RecurrentNetwork) {
      let steps = max(1, network.length)
      let gutter = area.width >= 60 ? 9 : area.width >= 24 ? 4 : 0
      left = area.x + gutter
      // Two columns are kept for the mark behind the last answer.
      step = max(1, (area.width - gutter - 2) / steps)
      width = max(1, min(16, step - (step >= 3 ? step >= 12 ? 2 : 1 : 0)))
      let shown = min(steps, max(1, (area.width - gutter) / step))
      first = steps - shown
      let total = (shown - 1) * step + width
      let top = area.height >= 8 ? 1 : 0
      let air = area.height >= 14 ? 1 : 0
      let inputRows = area.height >= 5 ? area.height >= 20 ? min(3, network.elementCount) : 1 : 0
      let answerRows = area.height >= 6 ? network.answer == .everyValue && air > 0 ? 2 : 1 : 0
      let captionRows = air
      let numberRows = area.height >= 14 && width >= 3 ? 1 : 0
      let leastMemory = area.height >= 20 ? 4 : area.height >= 12 ? 2 : area.height >= 8 ? 1 : 0
      let fixed = top + inputRows + answerRows + captionRows + numberRows + 3 * air
      let room = max(0, area.height - fixed - leastMemory)
      // A row of air parts units that have two rows at least; very high ones teach nothing more.
      let units = max(1, network.units)
      pitch = min(8, (room + 1) / units)
      if pitch < 3 { pitch = min(2, room / units) }
      let gap = pitch >= 3 ? 1 : 0
      let hiddenRows = pitch > 0 ? units * pitch - gap : room
      // The bars of the memory take what is left, up to a height at which they are easily compared.
      let memoryRows = min(24, max(leastMemory, area.height - fixed - hiddenRows))
      var y = area.y + top
      func strip(_ height: Int, _ air: Int) -> Rect {
        defer { y += height + air }
        return Rect(x: area.x + gutter, y: y, width: total, height: height)
      }
      inputs = strip(inputRows, air)
      hidden = strip(hiddenRows, air)
      answers = strip(answerRows, air)
      caption = Rect(x: area.x, y: y, width: area.width, height: captionRows)
      y += captionRows
      memory = strip(memoryRows, 0)
      numbers = strip(numberRows, 0)
    }

    /// Where an element of the sequence begins.
    func x(_ index: Int) -> Int { left + (index - first) * step }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.snapshot.objective.kind.recurrent, network.train.count > 0,
      scene.isHealthy
    else {
      scene.note("a recurrent net is shown here", in: area, into: &canvas)
      return
    }
    let sample = sample(scene, network)
    let sequence = Array(network.train.input(sample))
    let trace = network.trace(sequence, at: scene.snapshot.parameters)
    let layout = Layout(area, network)
    drawLabels(scene, network, layout, area, into: &canvas)
    let theme = scene.theme
    let largest = sequence.reduce(0) { max($0, abs($1)) }
    let memories = trace.memory.map { derivatives in
      Elementary.sqrt(derivatives.reduce(0) { $0.addingProduct($1, $1) })
    }
    let strongest = memories.reduce(0) { max($0, $1) }
    for step in layout.first..<network.length {
      let x = layout.x(step)
      let element = Array(
        sequence[step * network.elementCount..<(step + 1) * network.elementCount])
      let time = layout.width >= 6 ? "t = \(step)" : "\(step)"
      canvas.reader?.add(
        ["t = \(step)", "input " + element.map { NumberText.compact($0) }.joined(separator: ", ")],
        in: Rect(x: x, y: layout.inputs.y, width: layout.width, height: layout.inputs.height))
      for (unit, value) in trace.hidden[step].enumerated() where layout.pitch > 0 {
        canvas.reader?.add(
          ["t = \(step)", "h\(unit + 1) = " + NumberText.compact(value)],
          in: Rect(
            x: x, y: layout.hidden.y + unit * layout.pitch, width: layout.width,
            height: layout.pitch))
      }
      canvas.reader?.add(
        ["t = \(step)", "‖∂h/∂input‖ = " + NumberText.compact(memories[step])],
        in: Rect(x: x, y: layout.memory.y, width: layout.width, height: layout.memory.height))
      if layout.inputs.y > area.y, scene.glyphs.width(time) <= layout.width {
        center(time, x, layout.inputs.y - 1, theme.muted, scene, layout, area, into: &canvas)
      }
      strip(
        scene, element, most: largest, pitch: element.count <= layout.inputs.height ? 1 : 0,
        Rect(x: x, y: layout.inputs.y, width: layout.width, height: layout.inputs.height), area,
        into: &canvas)
      strip(
        scene, trace.hidden[step], most: 1, pitch: layout.pitch,
        Rect(x: x, y: layout.hidden.y, width: layout.width, height: layout.hidden.height), area,
        into: &canvas)
      drawAnswer(scene, network, trace, sample, step, layout, area, into: &canvas)
      let bar = Rect(
        x: x, y: layout.memory.y, width: layout.width, height: layout.memory.height)
      let share = strongest > 0 ? memories[step] / strongest : 0
      for column in x..<x + layout.width {
        Bars.column(
          share, x: column, area: bar.intersection(area), color: theme.series(2),
          glyphs: scene.glyphs, into: &canvas)
      }
      if layout.numbers.height > 0 {
        center(
          fitting(memories[step], layout.width), x, layout.numbers.y, theme.text, scene, layout,
          area, into: &canvas)
      }
    }
  }

  /// A number of at most `width` columns: two digits where they fit, else one, without the zero
  /// before the point.
  static func fitting(_ value: Double, _ width: Int) -> String {
    let exact =
      width >= 6
      ? [NumberText.compact(value, digits: 2), NumberText.scientific(value, digits: 1)] : []
    // With two decimals, one, none; each without its zero before it loses a decimal.
    let rounded = [2, 1, 0].flatMap { decimals in
      let text = NumberText.fixed(value, decimals: decimals)
      let bare =
        text.hasPrefix("0.")
        ? String(text.dropFirst()) : text.hasPrefix("−0.") ? "−" + text.dropFirst(2) : text
      return [text, bare]
    }
    return (exact + rounded).first { $0.unicodeScalars.count <= width } ?? (value < 0 ? "−" : "+")
  }

  /// Values one below the other as blocks of colour, `pitch` rows each with a row of air where they
  /// are high enough, and their numbers where they fit; a pitch of 0 puts all of them into `block`.
  private static func strip(
    _ scene: Scene, _ values: [Double], most: Double, pitch: Int, _ block: Rect, _ area: Rect,
    into canvas: inout Canvas
  ) {
    guard !block.isEmpty, !values.isEmpty else { return }
    let ramp = scene.theme.classes
    let rows = block.height * 2
    var levels: [UInt8] = []
    for row in 0..<rows {
      let index = pitch > 0 ? row / (2 * pitch) : row * values.count / rows
      // A whole row of air, or half a row where two are all there is.
      let place = row % max(1, 2 * pitch)
      let isAir =
        pitch >= 3
        ? place >= 2 * pitch - 2 : pitch == 2 && place == 3 && scene.shading == .quadrants
      let value = values[min(values.count - 1, index)]
      let share = most > 0 ? 0.5 + 0.5 * value / most : 0.5
      let level = isAir || share.isNaN ? HeatMap.none : UInt8(ramp.level(share))
      levels += [UInt8](repeating: level, count: block.width * 2)
    }
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading, into: &canvas,
      area: block)
    guard pitch > 0, block.width >= 3 else { return }
    for (index, value) in values.enumerated() {
      let text =
        block.width >= 6 ? NumberText.fixed(value, decimals: 2) : fitting(value, block.width)
      let width = scene.glyphs.width(text)
      let y = block.y + index * pitch + (pitch - (pitch >= 3 ? 2 : 1)) / 2
      let share = most > 0 ? 0.5 + 0.5 * value / most : 0.5
      guard width <= block.width, y < block.maxY else { continue }
      canvas.write(
        text, x: block.x + (block.width - width) / 2, y: y, within: block.intersection(area),
        glyphs: scene.glyphs, foreground: ink(scene, on: share), attributes: .bold)
    }
  }

  /// A colour that is read on the ramp's colour there: light on dark, dark on light.
  private static func ink(_ scene: Scene, on share: Double) -> Color {
    let theme = scene.theme
    guard !theme.isMonochrome, scene.glyphs != .ascii, !share.isNaN else { return theme.onMap }
    let ground = Oklab(theme.classes[share]).lightness
    return [theme.onMap, theme.pane].max {
      abs(Oklab($0).lightness - ground) < abs(Oklab($1).lightness - ground)
    } ?? theme.onMap
  }

  /// Writes text in the middle of a column.
  private static func center(
    _ text: String, _ x: Int, _ y: Int, _ color: Color, _ scene: Scene, _ layout: Layout,
    _ area: Rect, into canvas: inout Canvas
  ) {
    let width = scene.glyphs.width(text)
    canvas.writeCut(
      text, x: x + max(0, (layout.width - width) / 2), y: y, limit: layout.width, within: area,
      glyphs: scene.glyphs, foreground: color)
  }

  private static func drawAnswer(
    _ scene: Scene, _ network: RecurrentNetwork, _ trace: RecurrentNetwork.Trace, _ sample: Int,
    _ step: Int, _ layout: Layout, _ area: Rect, into canvas: inout Canvas
  ) {
    guard layout.answers.height > 0 else { return }
    let theme = scene.theme
    let target = Array(network.train.target(sample))
    let x = layout.x(step)
    let y = layout.answers.y
    switch network.answer {
    case .lastBit:
      let isLast = step == network.length - 1
      let isRight = (trace.outputs[step] >= 0) == (target[0] >= 0.5)
      let color = isLast ? isRight ? theme.good : theme.bad : theme.muted
      center(
        fitting(Elementary.sigmoid(trace.outputs[step]), min(4, layout.width)), x, y, color, scene,
        layout, area, into: &canvas)
      if isLast {
        canvas.mark(
          isRight ? scene.glyphs.mark("✓", ascii: "+") : scene.glyphs.mark("✗", ascii: "x"),
          at: Point(x: x + layout.width, y: y), within: area, foreground: color, attributes: .bold)
      }
    case .everyValue:
      let digits = min(6, layout.width)
      center(
        fitting(trace.outputs[step], digits), x, y, theme.text, scene, layout, area, into: &canvas)
      if layout.answers.height > 1 {
        center(
          fitting(target[step], digits), x, y + 1, theme.muted, scene, layout, area,
          into: &canvas)
      }
    }
  }

  private static func drawLabels(
    _ scene: Scene, _ network: RecurrentNetwork, _ layout: Layout, _ area: Rect,
    into canvas: inout Canvas
  ) {
    let theme = scene.theme
    if layout.caption.height > 0 {
      let texts = [
        "memory: how much the hidden state h still depends on the first input, |∂h/∂x₀|",
        "memory of the first input, |∂h/∂x₀|", "memory |∂h/∂x₀|",
      ]
      canvas.writeCut(
        texts.first { scene.glyphs.width($0) <= area.width } ?? texts[2], x: area.x,
        y: layout.caption.y, limit: area.width, within: area, glyphs: scene.glyphs,
        foreground: theme.muted)
    }
    let gutter = layout.left - area.x
    guard gutter > 0 else { return }
    func label(_ long: String, _ short: String, _ y: Int) {
      canvas.writeCut(
        scene.glyphs.width(long) < gutter ? long : short, x: area.x, y: y, limit: gutter - 1,
        within: area, glyphs: scene.glyphs, foreground: theme.muted)
    }
    if layout.inputs.height > 0 { label("input x", "x", layout.inputs.y) }
    if layout.pitch > 0 {
      for unit in 0..<network.units {
        let y = layout.hidden.y + unit * layout.pitch
        label(
          "unit \(unit + 1)", "h\(unit + 1)", y + (layout.pitch - (layout.pitch >= 3 ? 2 : 1)) / 2)
      }
    } else if layout.hidden.height > 0 {
      label("hidden h", "h", layout.hidden.y)
    }
    if layout.answers.height > 0 {
      let isBit = network.answer == .lastBit
      label(isBit ? "p(1)" : "output", isBit ? "p" : "y", layout.answers.y)
      if layout.answers.height > 1 { label("target", "t", layout.answers.y + 1) }
    }
    if layout.memory.height > 0, layout.caption.height == 0 {
      label("memory", "m", layout.memory.maxY - 1)
    }
  }
}
