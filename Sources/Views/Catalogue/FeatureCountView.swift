import Lanes
import Models
import Terminal
import Training

extension View {
  /// Errors of least-norm solutions over the number of features.
  package static let featureCount = View(
    name: "feature_count",
    summary:
      "Test error of the least-norm solution over the number of features: median, quartiles, "
      + "theory",
    axes: Axes(canBeLogarithmic: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    isLogarithmic: { $0.state.logarithmic ?? true },
    suits: { FeatureCountCurve.suits($0) },
    title: { _ in "error over features" },
    readout: FeatureCountView.readout,
    draw: FeatureCountView.draw)
}

private enum FeatureCountView {
  private struct Key: Hashable {
    var problem: ObjectiveID
  }

  private static func curve(_ scene: Scene) -> FeatureCountCurve? {
    let snapshot = scene.snapshot
    let stages = [8, 40, 200].map { seeds -> @Sendable () -> FeatureCountCurve? in
      { FeatureCountCurve(snapshot, seeds: seeds) }
    }
    return scene.probes.refined(
      "feature count", for: Key(problem: snapshot.objectiveID), stages: stages) ?? nil
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let curve = curve(scene) else { return [] }
    var parts = ["\(curve.seeds) draws", "n = \(curve.samples)"]
    // Very few features may be worse still.
    let near = curve.points.filter { 2 * $0.count > curve.samples }
    if let worst = near.max(by: { $0.test[1] < $1.test[1] }) {
      parts.append("peak at p = \(worst.count)")
    }
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let curve = curve(scene), !curve.points.isEmpty else {
      scene.note("drawing samples and features …", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    let isLog = scene.state.logarithmic ?? true
    let xs = curve.points.map { Double($0.count) }
    var picture = CurvePlot()
    picture.isLogarithmicY = isLog
    picture.xName = "features"
    picture.marks = [(Double(curve.samples), "p = n")]
    let least = curve.points.flatMap { [$0.test[0]] }.filter { $0 > 0 }.min() ?? 1e-3
    let tests = curve.points.map { $0.test[2] }.filter(\.isFinite)
    let most = max(tests.max() ?? 1, curve.points.map(\.norm).max() ?? 1)
    picture.yRange = isLog ? least / 4...most * 2 : 0...(tests.max() ?? 1) * 1.1
    picture.curves = [
      .init(
        name: "test", xs: xs, ys: curve.points.map { $0.test[1] }, color: theme.series(1)),
      .init(
        name: "quartiles", xs: xs, ys: curve.points.map { $0.test[0] },
        color: scene.faint(theme.series(1), 0.5), isChief: false),
      .init(
        name: "", xs: xs, ys: curve.points.map { $0.test[2] },
        color: scene.faint(theme.series(1), 0.5), isChief: false),
      .init(
        name: "train", xs: xs, ys: curve.points.map(\.train), color: theme.series(0),
        isChief: false),
      .init(
        name: "‖w‖", xs: xs, ys: curve.points.map(\.norm), color: theme.series(2), isChief: false),
    ]
    if curve.points.contains(where: { $0.exact != nil }) {
      picture.curves += [
        .init(
          name: "exact mean", xs: xs,
          ys: curve.points.map { $0.exact.flatMap { $0.isFinite ? $0 : nil } ?? .nan },
          color: theme.text, isDotted: true),
        .init(
          name: "its limit", xs: xs,
          ys: curve.points.map { $0.limit.flatMap { $0.isFinite ? $0 : nil } ?? .nan },
          color: theme.muted, isDotted: true),
      ]
    }
    if let now = curve.points.last(where: { $0.count <= curve.present }) {
      picture.words =
        "now p = \(curve.present): about " + NumberText.compact(now.test[1], digits: 2)
    }
    picture.draw(scene, area, into: &canvas)
  }
}
