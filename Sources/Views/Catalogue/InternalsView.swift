import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// The optimizer's inner quantities over the steps of the run, parameter by parameter.
  package static let internals = View(
    name: "internals",
    summary:
      "Each parameter's effective rate (η/√G and its like), velocity, m, v or gradient over steps",
    axes: Axes(canBeLogarithmic: true, canZoom: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    isLogarithmic: { InternalsView.isLogarithmic($0) },
    suits: { $0.original != nil && $0.objective.parameterCount > 0 },
    title: InternalsView.title,
    readout: InternalsView.readout,
    draw: InternalsView.draw)
}

private enum InternalsView {
  private struct Key: Hashable {
    var run: RunID
    var step: Int
    var changes: Int
  }

  private static func trace(_ scene: Scene) -> MemoryTrace? {
    let snapshot = scene.snapshot
    let key = Key(run: snapshot.run, step: snapshot.step, changes: snapshot.changes.count)
    let trace: MemoryTrace?? = scene.probes.carried("internals", for: key) { before in
      MemoryTrace.upTo(snapshot, from: before ?? nil)
    }
    return trace ?? nil
  }

  /// The quantity that the selection has come to.
  private static func chosen(_ scene: Scene, _ trace: MemoryTrace) -> String? {
    let names = trace.names
    return names.isEmpty ? nil : names[Scene.wrapped(scene.state.selection, names.count)]
  }

  /// Rates and squares are never negative and cross powers of ten.
  static func isLogarithmic(_ scene: Scene) -> Bool {
    if let wanted = scene.state.logarithmic { return wanted }
    guard let trace = trace(scene), let name = chosen(scene, trace) else { return false }
    let optimizer = scene.snapshot.experiment.optimizer
    return Optimizer.quantity(name, of: optimizer)?.kind == .magnitude
  }

  static func title(_ scene: Scene) -> String {
    guard let trace = trace(scene), let name = chosen(scene, trace) else { return "internals" }
    return name + " per parameter"
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let trace = trace(scene), trace.step > 0 else { return [] }
    var parts: [String] = []
    if trace.names.count > 1 {
      parts.append(
        "\(Scene.wrapped(scene.state.selection, trace.names.count) + 1) of \(trace.names.count)")
    }
    return parts + corrections(scene, trace)
  }

  /// Bias corrections in force, where the optimizer has moments that begin at 0.
  private static func corrections(_ scene: Scene, _ trace: MemoryTrace) -> [String] {
    let choice = scene.snapshot.experiment.optimizer
    guard let entry = optimizers[choice.name], trace.correctionCount > 0 else { return [] }
    return entry.biasCorrections.map { setting in
      let beta = choice.settings[setting.name] ?? setting.defaultValue
      let factor = 1 - PlotMath.pow(beta, Double(trace.correctionCount))
      return "1−\(setting.symbol)ᵗ = " + NumberText.compact(factor, digits: 3)
    }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let trace = trace(scene), let name = chosen(scene, trace) else {
      scene.note("steps 1 to a million are followed here", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    let curve = trace.curve(name)
    let isLog = isLogarithmic(scene)
    let zoom = scene.state.zoom.isFinite ? max(1, scene.state.zoom) : 1
    let end = Double(max(trace.step, 1))
    let begin = zoom > 1 ? end - end / zoom : 0
    let values = curve.values.map { row in row.map { isLog ? abs($0) : $0 } }
    var shown: [Double] = []
    for row in values {
      for (step, value) in zip(curve.steps, row) where Double(step) >= begin {
        guard value.isFinite, abs(value) < 1e100, !isLog || value > 0 else { continue }
        shown.append(value)
      }
    }
    let rate = scene.snapshot.learningRate
    // The base rate is what plain descent would give to each.
    let base: Double? =
      name == MemoryQuantity.effectiveRate.name && rate > 0 && rate < 1e100 ? rate : nil
    if let base { shown.append(base) }
    let high = shown.max() ?? 1
    let least = shown.min() ?? (isLog ? 1e-3 : -1)
    let low = isLog ? max(least, high * 1e-12) : least
    let margin = (high - low) * 0.08
    let y =
      isLog
      ? Axis(low / 1.4, high * 1.4, scale: .logarithmic) : Axis(low - margin, high + margin)
    var plot = Plot(
      in: area, x: Axis(begin, end).named("step"), y: y,
      layout: scene.layout(header: area.height >= 7 ? 1 : 0))
    plot.drawAxes(into: &canvas)
    if let base {
      for dot in stride(from: 0, to: plot.raster.width, by: 4) {
        plot.raster.plot(Double(dot), plot.dotY(base), color: theme.muted, priority: 1)
      }
    }
    let steps = curve.steps.map(Double.init)
    for (index, row) in values.enumerated() {
      plot.curve(
        steps, row.map { isLog && $0 <= 0 ? .nan : $0 }, color: theme.series(index),
        thickness: values.count <= 3 ? plot.thickness : 1, priority: UInt8(8 - min(index, 6)))
    }
    plot.raster.paint(into: &canvas)
    guard area.height >= 7 else { return }
    let names = scene.snapshot.objective.parameterNames
    var entries = values.indices.map { index in
      let last = curve.values[index].last ?? .nan
      return Legend.Entry(
        name: (index < names.count ? names[index] : "θ") + " "
          + NumberText.compact(last, digits: 3), color: theme.series(index))
    }
    if let base {
      entries.append(
        Legend.Entry(
          mark: "··", name: "η " + NumberText.short(base, digits: 3), color: theme.muted))
    }
    if scene.snapshot.objective.parameterCount > values.count {
      entries.append(
        Legend.Entry(
          mark: "…", name: "\(scene.snapshot.objective.parameterCount - values.count) more",
          color: theme.muted))
    }
    Legend(entries).draw(
      x: plot.area.x, y: area.y, within: area, glyphs: scene.glyphs, text: theme.text,
      into: &canvas)
  }
}
