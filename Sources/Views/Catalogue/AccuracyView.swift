import Lanes
import Models
import Terminal
import Training

extension View {
  /// Training and test accuracy over steps.
  package static let accuracy = View(
    name: "accuracy",
    summary: "Accuracy over steps on a logarithmic axis: training and test samples",
    axes: Axes(canBeLogarithmic: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    isLogarithmic: { $0.state.logarithmic ?? true },
    suits: { $0.original != nil && $0.accuracy != nil },
    title: { _ in "accuracy" },
    readout: AccuracyView.readout,
    draw: AccuracyView.draw)
}

private enum AccuracyView {
  private static func trace(_ scene: Scene) -> AccuracyTrace? {
    let snapshot = scene.snapshot
    let trace: AccuracyTrace?? = scene.probes.carried("accuracy", for: TraceKey(snapshot)) {
      AccuracyTrace.upTo(snapshot, from: $0 ?? nil)
    }
    return trace ?? nil
  }

  static func readout(_ scene: Scene) -> [String] {
    func percent(_ share: Double) -> String { NumberText.percent(share) }
    var parts = scene.snapshot.accuracy.map { ["train " + percent($0)] } ?? []
    if let test = scene.snapshot.testAccuracy { parts.append("test " + percent(test)) }
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let trace = trace(scene), !trace.records.isEmpty else {
      scene.note("runs of up to a million steps are done again here", in: area, into: &canvas)
      return
    }
    let isLog = scene.state.logarithmic ?? true
    let records = trace.records
    // A logarithmic axis has no 0: the start stands at ½.
    let steps = records.map { isLog ? max(0.5, Double($0.step)) : Double($0.step) }
    var picture = CurvePlot()
    picture.isLogarithmicX = isLog
    picture.yRange = 0...1.02
    if let classes = scene.network?.classCount, classes > 1 {
      picture.levels = [1 / Double(classes)]
    }
    picture.curves = [
      .init(
        name: "train", xs: steps, ys: records.map(\.train), color: scene.theme.series(0))
    ]
    if records.contains(where: { $0.test != nil }) {
      picture.curves.append(
        .init(
          name: "test", xs: steps, ys: records.map { $0.test ?? .nan },
          color: scene.theme.series(1)))
      let first = trace.firstAt(0.95)
      if let train = first.train {
        picture.words = "95 %: train at " + NumberText.count(train)
        if let test = first.test { picture.words += ", test at " + NumberText.count(test) }
      }
    }
    picture.draw(scene, area, into: &canvas)
  }
}
