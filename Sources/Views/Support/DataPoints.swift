import Models
import Terminal
import Training

/// Samples over a map of two inputs: filled for the second class, open for the first; small for
/// testing; dark where the model is wrong.
struct DataPoints {
  private struct Point2 {
    var x: Double
    var y: Double
    var label: Int
    var isTest: Bool
    var isWrong: Bool
    var isInBatch: Bool
  }
  private var points: [Point2] = []
  private let classCount: Int

  /// The samples of both halves, judged by the network as it stands.
  init(_ scene: Scene, _ network: DenseNetwork) {
    classCount = network.classCount ?? 2
    let batch = Set(scene.snapshot.lastBatch)
    for (split, samples) in [
      (Split.train, network.trainSamples), (.test, network.testSamples),
    ] where samples.inputCount >= 2 && samples.count > 0 {
      let truth = Scene.trueClasses(network, samples)
      var judged: [Int] = []
      if !truth.isEmpty, scene.isHealthy, let last = scene.pass(network, on: split).layers.last {
        judged = NetworkProbe.classes(NetworkProbe.outputs(network, last))
      }
      for sample in 0..<samples.count {
        let inputs = samples.input(sample)
        points.append(
          Point2(
            x: inputs[inputs.startIndex], y: inputs[inputs.startIndex + 1],
            label: truth.isEmpty ? 1 : truth[sample], isTest: split == .test,
            isWrong: sample < judged.count && !truth.isEmpty && judged[sample] != truth[sample],
            isInBatch: split == .train && batch.contains(sample)))
      }
    }
    // Later ones lie on top: right answers below wrong ones.
    points.sort { (a, b) in !a.isWrong && b.isWrong }
  }

  /// How many are answered wrongly.
  var wrong: Int { points.reduce(0) { $0 + ($1.isWrong ? 1 : 0) } }

  /// Draws the points; with `showsBatch` those of the last mini-batch stand out.
  func draw(_ scene: Scene, _ plot: Plot, showsBatch: Bool, into canvas: inout Canvas) {
    let theme = scene.theme
    for point in points {
      guard let cell = plot.cell(point.x, point.y) else { continue }
      let color =
        point.isWrong
        ? DataPoints.wrongColor(theme, over: canvas[cell.x, cell.y])
        : showsBatch && point.isInBatch ? theme.warning : theme.onMap
      canvas.mark(
        DataPoints.glyph(scene, label: point.label, of: classCount, isTest: point.isTest),
        at: cell, within: plot.area, foreground: color,
        attributes: theme.isMonochrome
          ? DataPoints.monochrome(point.isWrong, over: canvas[cell.x, cell.y])
          : point.isTest ? [] : .bold)
    }
  }

  /// The colour of a wrong answer: as far from the map behind it as from the right answers beside
  /// it.
  static func wrongColor(_ theme: Theme, over cell: Cell) -> Color {
    guard !theme.isMonochrome, !theme.isLight else { return theme.onMapWrong }
    var ground = cell
    ground.flatten()
    return Oklab(ground.style.background).lightness < 0.5 ? theme.warning : theme.onMapWrong
  }

  /// How a mark stands out without colours: on a dark ground it is reversed, so that it punches no
  /// hole into the map; a wrong answer does just that.
  private static func monochrome(_ isWrong: Bool, over ground: Cell) -> Attributes {
    let isDark =
      ["█", "▓"].contains(ground.scalar) || ground.style.attributes.contains(.reverse)
    return isDark == isWrong ? .bold : .reverse
  }

  /// The mark of a class.
  static func glyph(
    _ scene: Scene, label: Int, of count: Int, isTest: Bool
  ) -> Unicode.Scalar {
    let ascii: [Unicode.Scalar] = ["o", "x", "+", "*", "#", "%", "&", "@"]
    if scene.glyphs == .ascii { return ascii[max(0, label) % ascii.count] }
    if count <= 2 {
      return label == 0 ? (isTest ? "◦" : "○") : (isTest ? "•" : "●")
    }
    let marks: [Unicode.Scalar] = ["○", "●", "◇", "◆", "□", "■", "△", "▲"]
    return marks[max(0, label) % marks.count]
  }
}
