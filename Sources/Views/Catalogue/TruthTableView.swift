import Lanes
import Models
import Terminal
import Training

extension View {
  /// The rows of a gate with what the model answers now.
  package static let truthTable = View(
    name: "truth_table", summary: "The rows of a gate: inputs, target, live output and error",
    role: .extra,
    suits: { snapshot in
      guard let network = snapshot.objective.kind.dense else { return false }
      return TruthTableView.isGate(network)
    },
    title: { _ in "truth table" },
    readout: { scene in
      scene.snapshot.accuracy.map { ["acc " + NumberText.percent($0)] } ?? []
    },
    draw: TruthTableView.draw)
}

private enum TruthTableView {
  static func isGate(_ network: DenseNetwork) -> Bool {
    network.trainSamples.count <= 64 && network.inputCount <= 6 && network.trainSamples.count > 0
      && network.trainSamples.inputs.allSatisfy { $0 == 0 || $0 == 1 || $0 == -1 }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.network, isGate(network) else {
      scene.note("the rows of a gate are shown here", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    let samples = network.trainSamples
    let answers =
      scene.isHealthy
      ? scene.pass(network, on: .train).layers.last.map { NetworkProbe.outputs(network, $0) } ?? []
      : []
    let truth = Scene.trueClasses(network, samples)
    let judged = NetworkProbe.classes(answers)
    // Up to five rows for each row of the table where there is room: its bar, and one of air above.
    let air = max(1, min(5, (area.height - 2) / max(1, samples.count)))
    let inputWidth = network.inputCount * 4
    let barX = area.x + inputWidth + 10
    let showsError = area.width >= 72
    let barWidth = max(0, min(120, area.maxX - barX - 12 - (showsError ? 11 : 0)))
    func text(_ value: String, x: Int, y: Int, _ color: Color, _ style: Attributes = []) {
      canvas.write(
        value, x: x, y: y, within: area, glyphs: scene.glyphs, foreground: color, attributes: style)
    }
    for input in 0..<network.inputCount {
      text(
        scene.glyphs.cut(samples.inputName(input), to: 3), x: area.x + input * 4, y: area.y,
        theme.muted)
    }
    text("target", x: area.x + inputWidth, y: area.y, theme.muted)
    text(barWidth >= 6 ? "output" : "out", x: barX, y: area.y, theme.muted)
    if showsError { text("error", x: barX + barWidth + 12, y: area.y, theme.muted) }
    let first = min(max(0, scene.state.scroll), max(0, samples.count - (area.height - 1) / air))
    for sample in first..<samples.count {
      // The bar's rows end where the table's row does; numbers stand in their middle.
      let bottom = area.y + 1 + (sample - first) * air + (air - 1)
      guard bottom < area.maxY else { break }
      let thickness = max(1, air - 1)
      let y = bottom - thickness / 2
      for (place, value) in samples.input(sample).enumerated() {
        text(
          NumberText.short(value), x: area.x + place * 4, y: y,
          value > 0.5 ? theme.text : theme.muted)
      }
      for (place, value) in samples.target(sample).prefix(1).enumerated() {
        let isNamed = !samples.classLabels.isEmpty && sample < truth.count
        text(
          isNamed
            ? scene.glyphs.cut(samples.className(truth[sample]), to: 9) : NumberText.short(value),
          x: area.x + inputWidth + place, y: y, theme.classColor(value > 0.5 ? 1 : 0, of: 2), .bold)
      }
      guard let row = answers.first, sample < row.count else { continue }
      let value = row[sample]
      var x = barX
      if barWidth >= 6 {
        for line in 0..<thickness {
          Bars.row(
            value.isNaN ? 0 : min(1, max(0, value)), x: x, y: bottom - line, width: barWidth,
            within: area, color: theme.classes[min(1, max(0, value.isNaN ? 0.5 : value))],
            ground: theme.grid, glyphs: scene.glyphs, into: &canvas)
          // Where the answer changes.
          canvas.mark(
            scene.glyphs.mark("┊", ascii: ":"), at: Point(x: x + barWidth / 2, y: bottom - line),
            within: area, foreground: theme.muted)
        }
        x += barWidth + 1
      }
      text(NumberText.fixed(value, decimals: 3), x: x, y: y, theme.text)
      if showsError, let target = samples.target(sample).first {
        text(NumberText.fixed(value - target, decimals: 3), x: x + 11, y: y, theme.muted)
      }
      if sample < truth.count, sample < judged.count {
        let right = truth[sample] == judged[sample]
        canvas.mark(
          right ? scene.glyphs.mark("✓", ascii: "+") : scene.glyphs.mark("✗", ascii: "x"),
          at: Point(x: x + 7, y: y), within: area, foreground: right ? theme.good : theme.bad,
          attributes: .bold)
      }
    }
  }
}
