import Models
import Terminal
import Training

/// Samples over a map of two inputs: filled for the second class, open for the first; small for
/// testing; in a cell of their own colour where the model is wrong.
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

  /// What the marks stand for, drawn as they are: the classes on the colours of their answers, then
  /// wrong answers, samples for testing, and those of the last batch.
  func legend(
    _ scene: Scene, _ network: DenseNetwork, showsBatch: Bool, isWidest: Bool = false
  ) -> Legend {
    let samples = network.trainSamples
    let theme = scene.theme
    let isPlain = theme.isMonochrome
    let labels = isPlain || classCount > 2 ? [1] : [0, 1]
    func marks(_ labels: [Int], isTest: Bool = false) -> String {
      String(
        String.UnicodeScalarView(
          labels.map { DataPoints.glyph(scene, label: $0, of: classCount, isTest: isTest) }))
    }
    var entries: [Legend.Entry] = []
    if network.classCount != nil {
      entries = (0..<classCount).map { label in
        Legend.Entry(
          mark: isPlain ? marks([label]) : " " + marks([label]) + " ",
          name: scene.glyphs.cut(
            classCount <= 2 ? samples.classPhrase(label) : samples.className(label),
            to: DataPoints.nameLimit),
          color: theme.onMap,
          ground: isPlain ? nil : DataPoints.ground(theme, label: label, of: classCount))
      }
      // It stands there from the beginning, so that the picture keeps its size.
      entries.append(
        Legend.Entry(
          mark: isPlain ? String(Character(DataPoints.plainWrong(scene))) : marks(labels),
          name: "wrong: \(isWidest ? points.count : wrong)",
          color: isPlain ? theme.text : theme.wrong.ink,
          ground: isPlain ? nil : theme.wrong.ground))
    } else {
      entries.append(Legend.Entry(mark: marks([1]), name: "data", color: theme.onMap))
    }
    if points.contains(where: \.isTest), classCount <= 2, scene.glyphs != .ascii {
      entries.append(
        Legend.Entry(
          mark: marks(network.classCount == nil ? [1] : [0, 1], isTest: true), name: "test",
          color: theme.onMap))
    }
    if showsBatch, isWidest || points.contains(where: \.isInBatch) {
      entries.append(Legend.Entry(mark: marks(labels), name: "batch", color: theme.warning))
    }
    return Legend(entries)
  }

  /// The most columns that the name of a class takes.
  static let nameLimit = 14

  /// The map where the model is sure of a class.
  private static func ground(_ theme: Theme, label: Int, of count: Int) -> Color {
    let color = theme.classColor(label, of: count)
    return count <= 2 ? color : theme.pane.mixed(with: color, 0.78)
  }

  /// Draws the points; with `showsBatch` those of the last mini-batch stand out.
  func draw(_ scene: Scene, _ plot: Plot, showsBatch: Bool, into canvas: inout Canvas) {
    for point in points {
      guard let cell = plot.cell(point.x, point.y) else { continue }
      DataPoints.draw(
        scene, label: point.label, of: classCount, isTest: point.isTest, isWrong: point.isWrong,
        color: showsBatch && point.isInBatch ? scene.theme.warning : scene.theme.onMap, at: cell,
        within: plot.area, into: &canvas)
    }
  }

  /// Draws the mark of one sample: a right answer in `color` on the map, a wrong one in a cell of
  /// its own colour, or as a cross where there are no colours.
  static func draw(
    _ scene: Scene, label: Int, of count: Int, isTest: Bool, isWrong: Bool, color: Color,
    at cell: Point, within area: Rect, into canvas: inout Canvas
  ) {
    guard area.intersection(canvas.bounds).contains(cell) else { return }
    let theme = scene.theme
    let glyph =
      isWrong && theme.isMonochrome
      ? plainWrong(scene) : glyph(scene, label: label, of: count, isTest: isTest)
    canvas.mark(
      glyph, at: cell, within: area, foreground: isWrong ? theme.wrong.ink : color,
      attributes: theme.isMonochrome
        ? monochrome(over: canvas[cell.x, cell.y]) : isTest ? [] : .bold)
    if isWrong, !theme.isMonochrome { canvas[cell.x, cell.y].style.background = theme.wrong.ground }
  }

  /// A wrong answer where there are no colours.
  private static func plainWrong(_ scene: Scene) -> Unicode.Scalar {
    scene.glyphs.mark("✗", ascii: "!")
  }

  /// How a mark stands out without colours: on a dark ground it is reversed, so that it punches no
  /// hole into the map.
  private static func monochrome(over ground: Cell) -> Attributes {
    ["█", "▓"].contains(ground.scalar) || ground.style.attributes.contains(.reverse)
      ? .reverse : .bold
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
