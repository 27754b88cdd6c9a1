import Lanes
import Models
import Terminal
import Training

extension View {
  /// Data of one input with the curve that is fitted to them.
  package static let fit = View(
    name: "fit", summary: "Data of one input, the fitted curve, and what it misses",
    axes: Axes(canZoom: true), role: .main,
    suits: { $0.objective.kind.mapping?.inputCount == 1 },
    title: { _ in "fit" },
    readout: FitView.readout,
    pick: { scene, area, cell in
      guard let network = scene.mapping, network.inputCount == 1,
        let place = FitView.plot(scene, network, area).values(at: cell)
      else { return .nothing }
      return .point([place.x, place.y])
    },
    draw: FitView.draw)
}

private enum FitView {
  static func readout(_ scene: Scene) -> [String] {
    var parts = ["loss " + Scene.number(scene.snapshot.loss)] + scene.averageNote
    let parameters = scene.snapshot.parameters
    if parameters.count <= 4, scene.mapping?.layers.count == 1 {
      let names = scene.snapshot.objective.parameterNames
      // All of them or none, before the loss, which has a pane of its own.
      let values = zip(names, parameters).map { $0 + " = " + NumberText.compact($1, digits: 3) }
      parts.insert(values.joined(separator: "  "), at: 0)
    } else if let shape = scene.shape {
      parts.append(shape)
    }
    return parts
  }

  static func plot(_ scene: Scene, _ network: DenseNetwork, _ area: Rect) -> Plot {
    let x = scene.zoomed(
      scene.probes.value("fit.range", for: scene.snapshot.objectiveID) {
        InputPlane.range(network, input: 0, margin: 0.05)
      }, axis: 0)
    let targets = (network.trainSamples.targets + network.testSamples.targets).filter {
      $0.isFinite && abs($0) < 1e150
    }
    let data = (targets.min() ?? 0)...(targets.max() ?? 1)
    let y = range(including: predicted(scene, network), data: data)
    let margin = max(data.upperBound - data.lowerBound, 1e-9) * 0.12
    return Plot(
      in: area, x: Axis(x.lowerBound, x.upperBound).named(network.inputName),
      y: Axis(y.lowerBound - margin, y.upperBound + margin),
      layout: scene.layout())
  }

  /// What the fit answers to the training samples, some hundred of them at most.
  private static func predicted(_ scene: Scene, _ network: DenseNetwork) -> [Double] {
    guard scene.isHealthy, network.trainSamples.inputCount == 1 else { return [] }
    return scene.probes.value("fit.predicted", for: scene.networkKey()) {
      let inputs = network.trainSamples.inputs
      let stride = max(1, inputs.count / 128)
      let xs = Swift.stride(from: 0, to: inputs.count, by: stride).map { inputs[$0] }
      guard !xs.isEmpty else { return [] }
      return NetworkProbe.predictions(
        network, parameters: scene.snapshot.parameters,
        PreparedInputs(network, points: [xs])
      ).flatMap { $0 }
    }
  }

  /// The data's range, grown so that the fit's answers are in it: in steps, so that the axis does
  /// not creep with each frame, and so far that the data keep two fifths of it.
  private static func range(
    including answers: [Double], data: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    let span = data.upperBound - data.lowerBound
    let known = answers.filter(\.isFinite)
    guard span > 0, let low = known.min(), let high = known.max() else { return data }
    func growth(_ distance: Double) -> Double {
      // The margin around the data has room for a little.
      guard distance > 0.1 * span else { return 0 }
      return [0.25, 0.5, 1].first { distance <= $0 * span } ?? 1.5
    }
    let below = data.lowerBound - growth(data.lowerBound - low) * span
    return below...data.upperBound + growth(high - data.upperBound) * span
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.mapping, network.inputCount == 1 else {
      scene.note("a model with one input is shown here", in: area, into: &canvas)
      return
    }
    var plot = plot(scene, network, area)
    plot.drawAxes(into: &canvas)
    let theme = scene.theme
    var lost: [(value: Double, color: Color)] = []
    if scene.isHealthy {
      drawResiduals(scene, network, &plot)
      let count = max(2, plot.raster.width)
      let xs = (0..<count).map { plot.valueX(atDot: $0) }
      let inputs = PreparedInputs(network, points: [xs])
      let outputs = NetworkProbe.predictions(
        network, parameters: scene.snapshot.parameters, inputs)
      for (index, row) in outputs.prefix(6).enumerated() {
        plot.curve(
          xs, row, color: theme.series(index), thickness: plot.thickness,
          priority: UInt8(9 - index))
        if let far = far(row, plot) { lost.append((far, theme.series(index))) }
      }
    }
    let truth = scene.trueCurve
    if let truth {
      // Dashes: it is what the fit should become, and is often hidden by it.
      let color = scene.faint(theme.good, 0.2)
      for dot in 1..<max(2, plot.raster.width) where dot % 12 < 7 {
        let (x0, x1) = (plot.valueX(atDot: dot - 1), plot.valueX(atDot: dot))
        plot.line(x0, truth(x0), x1, truth(x1), color: color, priority: 2)
      }
    }
    plot.raster.paint(into: &canvas)
    drawSamples(scene, network.trainSamples, plot, isTest: false, into: &canvas)
    drawSamples(scene, network.testSamples, plot, isTest: true, into: &canvas)
    for (value, color) in lost { drawLost(value, scene, plot, color, into: &canvas) }
    var entries = [
      Legend.Entry(name: "fit", color: theme.series(0)),
      Legend.Entry(mark: "●", name: "data", color: theme.series(1)),
    ]
    if truth != nil {
      entries.append(
        Legend.Entry(mark: "╌╌", name: "truth", color: scene.faint(theme.good, 0.2)))
    }
    if !scene.snapshot.lastBatch.isEmpty {
      entries.append(Legend.Entry(mark: "●", name: "batch", color: theme.ball))
    }
    if network.testSamples.count > 0 {
      entries.append(Legend.Entry(mark: "○", name: "test", color: theme.series(1)))
    }
    Legend(entries).draw(
      in: plot, glyphs: scene.glyphs, text: theme.text, optional: true, into: &canvas)
  }

  /// The value of a curve nearest to the picture, where all of it lies outside; nil: some is seen.
  private static func far(_ row: [Double], _ plot: Plot) -> Double? {
    let known = row.filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return nil }
    return low > plot.y.upper ? low : high < plot.y.lower ? high : nil
  }

  /// An arrow at the edge beyond which a curve lies, with its value there.
  private static func drawLost(
    _ value: Double, _ scene: Scene, _ plot: Plot, _ color: Color, into canvas: inout Canvas
  ) {
    let area = plot.area
    guard area.height >= 3, area.width >= 8 else { return }
    let isAbove = value > plot.y.upper
    let arrow =
      isAbove ? scene.glyphs.mark("▴", ascii: "^") : scene.glyphs.mark("▾", ascii: "v")
    let text = "\(Character(arrow)) the fit: " + NumberText.compact(value, digits: 3)
    canvas.write(
      text, x: area.x + max(0, (area.width - scene.glyphs.width(text)) / 2),
      y: isAbove ? area.y : area.maxY - 1, within: area, glyphs: scene.glyphs, foreground: color)
  }

  /// From each sample to the curve: what the loss adds up.
  private static func drawResiduals(_ scene: Scene, _ network: DenseNetwork, _ plot: inout Plot) {
    let samples = network.trainSamples
    guard samples.targetCount == 1, samples.count <= 4 * max(1, plot.area.width),
      let last = scene.pass(network, on: .train).layers.last,
      let predicted = NetworkProbe.outputs(network, last).first
    else { return }
    let color = scene.faint(scene.theme.series(1), 0.62)
    for sample in 0..<min(samples.count, predicted.count) {
      plot.line(
        samples.inputs[sample], samples.targets[sample], samples.inputs[sample],
        predicted[sample], color: color, priority: 1)
    }
  }

  private static func drawSamples(
    _ scene: Scene, _ samples: Samples, _ plot: Plot, isTest: Bool, into canvas: inout Canvas
  ) {
    guard samples.inputCount == 1 else { return }
    let isCrowded = samples.count > plot.area.width * 2
    let full = scene.glyphs.mark(isCrowded ? "•" : "●", ascii: "o")
    let open = scene.glyphs.mark("○", ascii: "x")
    // The rows that the last step looked at stand out.
    let batch = isTest ? [] : Set(scene.snapshot.lastBatch)
    for sample in 0..<samples.count {
      for target in samples.target(sample) {
        guard let cell = plot.cell(samples.inputs[sample], target) else { continue }
        canvas.mark(
          isTest ? open : full, at: cell, within: plot.area,
          foreground: batch.contains(sample) ? scene.theme.ball : scene.theme.series(1),
          attributes: batch.contains(sample) ? .bold : [])
      }
    }
  }
}
