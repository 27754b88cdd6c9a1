import Lanes
import Models
import Terminal
import Testing

@testable import Training
@testable import Views

@Suite("Pictures")
struct ViewPictureTests {
  private func draw(
    _ name: String, _ snapshot: Snapshot, _ width: Int, _ height: Int,
    glyphs: GlyphSet = .braille, state: ViewState = ViewState()
  ) throws -> Canvas {
    let view = try #require(views[name])
    var canvas = Canvas(size: Size(width: width, height: height))
    view.draw(
      ViewLawTests.scene(snapshot, glyphs: glyphs, state: state), canvas.bounds, &canvas)
    return canvas
  }

  private func cells(_ canvas: Canvas, _ scalar: Unicode.Scalar) -> [Point] {
    canvas.bounds.points.filter { canvas[$0.x, $0.y].scalar == scalar }
  }

  @Test("The ball of a small function lies on its curve")
  func ball() throws {
    let canvas = try draw("function", Specimens.sliding, 44, 11)
    let balls = cells(canvas, "●")
    #expect(balls.count == 1)
    let ball = try #require(balls.first)
    #expect(canvas[ball.x, ball.y].style.foreground == Theme.dark.ball)
    let plot = try #require(views["function"]).pick(
      ViewLawTests.scene(Specimens.sliding), canvas.bounds, ball)
    guard case .start(let start) = plot, let x = start.first,
      let now = Specimens.sliding.parameters.first
    else {
      Issue.record("a click on the ball is no place: \(plot)")
      return
    }
    #expect(abs(x - now) < 0.15)
  }

  @Test("A ball that left the picture is told by an arrow on its side")
  func lostBall() throws {
    for (x, arrow) in [(-1e6, "◀"), (1e6, "▶"), (-Double.infinity, "◀")] {
      var snapshot = Specimens.sliding
      snapshot.parameters = [x]
      let canvas = try draw("function", snapshot, 60, 14)
      #expect(canvas.text.contains(arrow), "\(x)")
    }
  }

  @Test("Both minima in the picture are marked")
  func minima() throws {
    let canvas = try draw("function", Specimens.sliding, 88, 22)
    #expect(cells(canvas, "▴").count == 2)
  }

  @Test("The contour marks four minima, start and present")
  func contour() throws {
    let canvas = try draw("contour", Specimens.basins, 72, 30)
    // Three are free; the fourth lies under the present point. One more mark is the legend's.
    #expect(cells(canvas, "✕").count == 4)
    #expect(cells(canvas, "○").count == 2 && cells(canvas, "●").count == 2)
  }

  @Test("A gate's table tells right from wrong")
  func gate() throws {
    let canvas = try draw("truth_table", Specimens.net("xor", hidden: [8], steps: 400), 70, 10)
    #expect(cells(canvas, "✓").count == 4)
    let linear = try draw("truth_table", Specimens.net("xor", hidden: [1], steps: 0), 70, 10)
    #expect(!cells(linear, "✗").isEmpty)
  }

  @Test("The boundary shows all four points of XOR, each in its class's glyph")
  func boundary() throws {
    let canvas = try draw("boundary", Specimens.net("xor", hidden: [8], steps: 400), 40, 20)
    // The legend has one of each too, and both as they are where they are wrong.
    #expect(cells(canvas, "○").count == 4 && cells(canvas, "●").count == 4)
    let classes = Theme.dark.classes
    #expect(Oklab(canvas[6, 1].style.background).b > 0, "upper left is the second class")
    #expect(canvas[38, 1].style.background != canvas[6, 1].style.background)
    #expect(classes.colors.contains(canvas[38, 1].style.background))
  }

  @Test("Losses over several powers of ten are drawn on a logarithmic axis, unless told otherwise")
  func logarithmic() throws {
    let long = try draw("loss", Specimens.valley, 60, 12)
    #expect(long.text.contains("10⁰"))
    var state = ViewState()
    state.logarithmic = false
    let linear = try draw("loss", Specimens.valley, 60, 12, state: state)
    #expect(!linear.text.contains("10⁰"))
    let ascii = try draw("loss", Specimens.valley, 60, 12, glyphs: .ascii)
    #expect(ascii.text.contains("1e-1"))
  }

  @Test(
    "The loss of a function that falls below zero has a linear axis, however far it fell so far")
  func linear() throws {
    func drop(_ formula: String) throws -> String {
      let experiment = Experiment(
        name: formula, problem: .function(FunctionProblem(formula: formula)))
      var snapshot = Specimens.run(experiment, steps: 1)
      snapshot.history.series = [
        History.Series(
          metric: .train, firstStep: 0, width: 1,
          buckets: (0..<60).map { step in
            let loss = 20 / Double(1 + step * step)
            return History.Bucket(low: loss, high: loss, last: loss)
          })
      ]
      snapshot.step = 59
      return try draw("loss", snapshot, 60, 14).text
    }
    #expect(try drop("x^2").contains("10⁰"))
    #expect(try !drop("x*sin(x^2 + 1)").contains("10⁰"))
    #expect(try !drop("x^2 - y^2").contains("10⁰"))
    #expect(try drop("(1 - x)^2 + 100*(y - x^2)^2").contains("10⁰"))
  }

  @Test("Few parameters are all shown, with the minimum downhill and the rates that settle there")
  func fewParameters() throws {
    var problem = FunctionProblem(formula: "x^2 + 5*y^2")
    problem.xRange = -3...3
    problem.yRange = -3...3
    var experiment = Experiment(name: "bowl", problem: .function(problem))
    experiment.start = Start(parameters: [2, 1])
    experiment.learningRate = .value(0.15)
    let snapshot = Specimens.run(experiment, steps: 1)
    let text = try draw("parameters", snapshot, 40, 12).text
    #expect(text.contains("minimum downhill") && text.contains("distance to it"))
    // The largest curvature is 10, so the limit is 2/10.
    #expect(text.contains("settles for η <") && text.contains("0.200"))
    for height in 7...20 {
      let text = try draw("parameters", snapshot, 40, height).text
      let rows = text.split(separator: "\n")
      #expect(rows.contains { $0.hasPrefix("x ") } && rows.contains { $0.hasPrefix("y ") })
    }
    let view = try #require(views["parameters"])
    let rows = try #require(view.rows(snapshot, 76))
    #expect(
      try draw("parameters", snapshot, 76, rows).text.split(separator: "\n").last?.hasPrefix("y ")
        == true)
    #expect(view.rows(Specimens.net("xor"), 76) == nil)
  }

  @Test("A net says what reads its output, and sixteen units are all drawn as maps")
  func network() throws {
    let deep = try draw(
      "network", Specimens.net("xor", hidden: [16, 16], steps: 5), 76, 14)
    #expect(deep.text.contains("logit → σ") && !deep.text.contains("identity"))
    #expect(!deep.text.contains("more") && !deep.text.contains("●"))
    let values = try draw("network", Specimens.net("sine", hidden: [3], loss: "mse"), 76, 14)
    #expect(values.text.contains("identity"))
    let classes = try #require(Specimens.zoo["three classes"])
    #expect(try draw("network", classes, 76, 14).text.contains("logits → softmax"))
  }

  @Test("The activations of a classifier end in the sigmoid that reads its logits")
  func outputActivation() throws {
    let view = try #require(views["activations"])
    var state = ViewState()
    var titles: Set<String> = []
    for selection in 0..<3 {
      state.selection = selection
      titles.insert(view.title(ViewLawTests.scene(Specimens.net("xor"), state: state)))
    }
    #expect(titles == ["activation: tanh", "activation: sigmoid"])
  }

  @Test("Near the line between classes the map is dark and even, away from it as it is")
  func casing() {
    let area = Rect(x: 0, y: 0, width: 40, height: 20)
    let columns = 80
    let rows = 40
    // A steep edge that runs across the cells at an angle.
    let values = (0..<columns * rows).map { index -> Double in
      let x = Double(index % columns) / 80
      let y = Double(index / columns) / 40
      return x + 0.4 * y > 0.7 ? 1 : 0
    }
    var canvas = Canvas(size: Size(width: 40, height: 20))
    DecisionMap(values: values, columns: columns, rows: rows).draw(
      ViewLawTests.scene(Specimens.sliding), in: area, into: &canvas)
    let ramp = Theme.dark.classes
    let doubt = Oklab(ramp[0.5])
    let least = min(
      Oklab(ramp[0]).squaredDistance(to: doubt), Oklab(ramp[1]).squaredDistance(to: doubt))
    var lineCells = 0
    for y in 0..<20 {
      var line: Int?
      for x in 0..<40
      where canvas[x, y].scalar.value >= 0x2800 && canvas[x, y].scalar.value < 0x2900 {
        lineCells += 1
        line = line ?? x
        let behind = Oklab(canvas[x, y].style.background)
        #expect(canvas[x, y].style.foreground == Theme.dark.onMap)
        // Less than half as far as the classes' own colours.
        #expect(behind.squaredDistance(to: doubt) < least / 4, "\(x) \(y)")
      }
      guard let line, line > 6, line < 32 else { continue }
      #expect(canvas[line - 5, y].style.background == ramp.colors.first)
      #expect(canvas[line + 6, y].style.background == ramp.colors.last)
    }
    #expect(lineCells >= 20)
  }

  @Test("Changes of settings are marked above the loss")
  func marks() throws {
    let turned = try #require(Specimens.zoo["turned"])
    let text = try draw("loss", turned, 90, 16).text
    #expect(text.contains("▾ η 0.02") && text.contains("▾ momentum 0.8"))
    #expect(text.contains("cosine ▾"))
  }

  @Test("A run that diverged says so on its curve")
  func diverged() throws {
    let text = try draw("loss", try #require(Specimens.zoo["sliding with NaN"]), 60, 12).text
    #expect(text.contains("✗") && text.contains("diverged at step 7"))
  }

  @Test(
    "Activations in the list of layers are named whole or not at all",
    arguments: [30, 38, 44, 52, 60, 80, 130])
  func layerNames(width: Int) throws {
    for (kind, snapshot) in Specimens.zoo
    where View.layers.suits(snapshot) {
      let canvas = try draw("layers", snapshot, width, 20)
      for y in 0..<20 {
        for x in 0..<4 { #expect(canvas[x, y].scalar != "…", "\(kind)") }
      }
    }
  }

  @Test("Large layers are cut with a word about the rest")
  func largeLayers() throws {
    let text = try draw("network", try #require(Specimens.zoo["wide"]), 80, 20).text
    #expect(text.contains("more"))
  }

  @Test("Text from outside reaches no cell raw")
  func escaped() throws {
    let ragged = try #require(Specimens.zoo["ragged"])
    for name in views.names {
      let canvas = try draw(name, ragged, 80, 20)
      #expect(canvas.cells.allSatisfy { $0.scalar.value >= 32 }, "\(name)")
    }
  }
}

extension Rect {
  /// Every cell of it.
  fileprivate var points: [Point] {
    (y..<maxY).flatMap { row in (x..<maxX).map { Point(x: $0, y: row) } }
  }
}
