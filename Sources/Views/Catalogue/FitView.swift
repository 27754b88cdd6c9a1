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
      parts += zip(names, parameters).map { $0 + " = " + NumberText.compact($1, digits: 3) }
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
    let low = targets.min() ?? 0
    let high = targets.max() ?? 1
    let margin = max(high - low, 1e-9) * 0.12
    return Plot(
      in: area, x: Axis(x.lowerBound, x.upperBound).named(network.inputName),
      y: Axis(low - margin, high + margin),
      layout: scene.layout())
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
