import Lanes
import Models
import Terminal
import Training

extension View {
  /// A run and its twin that began a rounding error beside it.
  package static let twin = View(
    name: "twin",
    summary: "How far a twin 10⁻¹⁵ beside the run comes from it: calm or chaos of rounding",
    axes: Axes(canZoom: true),
    role: .asked,
    holdsAllMoments: { _ in true },
    isLogarithmic: { _ in true },
    suits: { $0.original != nil && (1...256).contains($0.objective.parameterCount) },
    title: { _ in "a twin 10⁻¹⁵ beside" },
    readout: TwinView.readout,
    draw: TwinView.draw)
}

private enum TwinView {
  private struct Key: Hashable {
    var run: RunID
    var step: Int
    var changes: Int
  }

  private static func trace(_ scene: Scene) -> TwinTrace? {
    let snapshot = scene.snapshot
    let key = Key(run: snapshot.run, step: snapshot.step, changes: snapshot.changes.count)
    let trace: TwinTrace?? = scene.probes.carried("twin", for: key) { before in
      TwinTrace.upTo(snapshot, from: before ?? nil)
    }
    return trace ?? nil
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let trace = trace(scene), let last = trace.distances.last,
      let most = trace.distances.filter(\.isFinite).max()
    else { return [] }
    return [
      "distance " + NumberText.compact(last, digits: 2),
      "greatest " + NumberText.compact(most, digits: 2),
    ]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let trace = trace(scene) else {
      scene.note(
        "runs of up to a million steps are done twice here", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    let zoom = scene.state.zoom.isFinite ? max(1, scene.state.zoom) : 1
    let end = Double(max(trace.steps.last ?? 1, 1))
    let begin = zoom > 1 ? end - end / zoom : 0
    let finite = trace.distances.filter { $0.isFinite && $0 > 0 && $0 < 1e100 }
    let low = max(finite.min() ?? 1e-16, 1e-18)
    let high = max(finite.max() ?? 1e-14, low * 100)
    var plot = Plot(
      in: area, x: Axis(begin, end).named("step"), y: Axis(low / 2, high * 2, scale: .logarithmic),
      layout: scene.layout(header: area.height >= 7 ? 1 : 0))
    plot.drawAxes(into: &canvas)
    // Equal twins have no logarithm; they are drawn on the floor.
    plot.curve(
      trace.steps.map(Double.init), trace.distances.map { $0.isNaN ? .nan : max($0, plot.y.lower) },
      color: theme.series(0), thickness: plot.thickness, priority: 2)
    plot.raster.paint(into: &canvas)
    guard area.height >= 7 else { return }
    let greatest = finite.max() ?? 0
    let verdict =
      greatest > 1e-6
      ? "rounding has grown to what you see: programs would differ so"
      : greatest > 1e-12
        ? "rounding is growing: so far too small to see"
        : "rounding is still rounding: so far the twins agree"
    canvas.writeCut(
      verdict, x: plot.area.x, y: area.y, limit: max(0, area.maxX - plot.area.x), within: area,
      glyphs: scene.glyphs, foreground: greatest > 1e-6 ? theme.warning : theme.muted)
  }
}
