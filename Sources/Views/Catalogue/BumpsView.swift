import Lanes
import Models
import Terminal
import Training

extension View {
  /// The bumps of a radial basis net and their weighted sum.
  package static let bumps = View(
    name: "bumps", summary: "The bumps of a radial basis net, their weighted sum, and the data",
    axes: Axes(canZoom: true), role: .main,
    suits: { $0.objective.kind.radialBasis != nil },
    title: { _ in "bumps" },
    readout: { scene in
      guard let network = scene.snapshot.objective.kind.radialBasis else { return [] }
      return ["loss " + Scene.number(scene.snapshot.loss), "\(network.bumps) bumps"]
    },
    draw: BumpsView.draw)
}

private enum BumpsView {
  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.snapshot.objective.kind.radialBasis, scene.isHealthy else {
      scene.note("a radial basis net is shown here", in: area, into: &canvas)
      return
    }
    guard network.inputCount == 1 else {
      drawList(scene, network, area, &canvas)
      return
    }
    drawCurves(scene, network, area, &canvas)
  }

  private static func plot(_ scene: Scene, _ network: RadialBasisNetwork, _ area: Rect) -> Plot {
    let samples = network.train
    let xs = (samples.inputs + network.test.inputs + network.centers.flatMap { $0 })
      .filter { abs($0) < 1e150 }
    let ys = (samples.targets + network.test.targets).filter { abs($0) < 1e150 } + [0]
    func range(_ values: [Double], margin: Double) -> ClosedRange<Double> {
      let low = values.min() ?? 0
      let high = values.max() ?? 1
      let air = max(high - low, 1e-9) * margin
      return (low - air)...(high + air)
    }
    let x = scene.zoomed(range(xs, margin: 0.05), axis: 0)
    let y = range(ys, margin: 0.15)
    return Plot(
      in: area, x: Axis(x.lowerBound, x.upperBound).named("x1"),
      y: Axis(y.lowerBound, y.upperBound),
      layout: scene.layout())
  }

  private static func drawCurves(
    _ scene: Scene, _ network: RadialBasisNetwork, _ area: Rect, _ canvas: inout Canvas
  ) {
    var plot = plot(scene, network, area)
    plot.drawAxes(into: &canvas)
    let theme = scene.theme
    let parameters = scene.snapshot.parameters
    let chosen = Scene.wrapped(scene.state.selection, network.bumps + 1) - 1
    let xs = (0..<max(2, plot.raster.width)).map { plot.valueX(atDot: $0) }
    let heights = xs.map { network.contributions([$0], at: parameters) }
    for bump in 0..<network.bumps {
      let isChosen = bump == chosen
      plot.curve(
        xs, heights.map { $0[bump] },
        color: isChosen ? theme.warning : scene.faint(theme.series(2), 0.35),
        thickness: isChosen ? plot.thickness : 1, priority: isChosen ? 7 : 2)
    }
    let bias = network.hasBias ? parameters[network.bumps] : 0
    plot.curve(
      xs, heights.map { $0.reduce(bias, +) }, color: theme.series(0), thickness: plot.thickness,
      priority: 8)
    plot.raster.paint(into: &canvas)
    for (samples, mark) in [
      (network.train, scene.glyphs.mark("●", ascii: "o")),
      (network.test, scene.glyphs.mark("○", ascii: "x")),
    ] {
      for sample in 0..<samples.count {
        guard let cell = plot.cell(samples.inputs[sample], samples.targets[sample]) else {
          continue
        }
        canvas.mark(mark, at: cell, within: plot.area, foreground: theme.series(1))
      }
    }
    // Where the bumps stand: on the axis that their sum starts from.
    for bump in 0..<network.bumps {
      guard let cell = plot.cell(network.center(bump, at: parameters)[0], 0) else { continue }
      canvas.mark(
        scene.glyphs.mark("▴", ascii: "^"), at: cell, within: plot.area,
        foreground: bump == chosen ? theme.warning : theme.series(2))
    }
    Legend([
      Legend.Entry(name: "sum", color: theme.series(0)),
      Legend.Entry(name: "bumps", color: theme.series(2)),
      Legend.Entry(mark: "▴", name: "centres", color: theme.series(2)),
      Legend.Entry(mark: "●", name: "data", color: theme.series(1)),
    ]).draw(in: plot, glyphs: scene.glyphs, text: theme.text, optional: true, into: &canvas)
  }

  /// Bumps in more dimensions than a curve has: where they stand, how wide they are, what they
  /// weigh.
  private static func drawList(
    _ scene: Scene, _ network: RadialBasisNetwork, _ area: Rect, _ canvas: inout Canvas
  ) {
    let theme = scene.theme
    let parameters = scene.snapshot.parameters
    let heaviest = parameters.prefix(network.bumps).reduce(0) { max($0, abs($1)) }
    let first = min(max(0, scene.state.scroll), max(0, network.bumps - area.height))
    let half = area.width / 2
    for bump in first..<network.bumps {
      let y = area.y + bump - first
      guard y < area.maxY else { break }
      let place = network.center(bump, at: parameters).prefix(4)
        .map { NumberText.compact($0, digits: 2) }.joined(separator: ", ")
      let width = NumberText.compact(network.gamma(bump, at: parameters), digits: 2)
      canvas.writeCut(
        "w\(bump + 1) at (\(place)), γ \(width)", x: area.x, y: y, limit: half - 1, within: area,
        glyphs: scene.glyphs, foreground: theme.text)
      Bars.signed(
        heaviest > 0 ? parameters[bump] / heaviest : 0, x: area.x + half, y: y,
        width: min(area.width - half, 41), within: area, negative: theme.classes[0.02],
        positive: theme.classes[0.98], track: theme.grid, glyphs: scene.glyphs, into: &canvas)
    }
  }
}
