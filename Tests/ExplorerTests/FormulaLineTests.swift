import Differentiation
import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The formula line")
struct FormulaLineTests {
  /// An explorer with the product's own pictures, of a run that has not moved.
  private func explorer(
    _ preset: Preset = Fixture.function, size: Size = Size(width: 100, height: 30)
  ) throws -> Explorer {
    Explorer(
      snapshot: try InlineTrainer(preset.experiment).latest, preset: preset, vocabulary: .all,
      presets: Fixture.presets,
      appearance: Appearance(), size: size)
  }

  private func rows(_ explorer: Explorer) -> [[Character]] {
    explorer.text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
  }

  private func loaded(_ effects: [Effect]) -> Experiment? {
    for case .load(let experiment, _)? in effects.map(\.control) { return experiment }
    return nil
  }

  @Test(
    "typing draws the new curve at once, in place of the old one, and the run goes on untouched")
  func plots() throws {
    var explorer = try explorer()
    let before = explorer.text
    #expect(before.contains("f(x) = x sin(x² + 1)"))
    var frames: Set<String> = []
    for scalar in "fx^4 - 3x^2 + x".unicodeScalars {
      #expect(explorer.handle(.key(Key(.character(scalar)))).isEmpty)
      frames.insert(explorer.text)
    }
    #expect(frames.count > 10)
    #expect(explorer.text.contains("f(x) = x⁴ − 3x² + x"), "\(explorer.text)")
    let preview = try #require(explorer.preview)
    // 0.8 of the way through −5...5.
    #expect(abs((preview.snapshot.parameters.first ?? 0) - 3) < 1e-12)
    #expect(abs(preview.snapshot.loss - 57) < 1e-9)
    #expect(explorer.snapshot.experiment == Fixture.function.experiment)
    #expect(explorer.press(.escape).isEmpty && explorer.overlays.isEmpty)
    #expect(explorer.text == before)
  }

  @Test(
    "what cannot be read is said under its place, and the last picture stays",
    arguments: [("x^4 - 3x^2 + ", ")", 13), ("x + ", "@", 4), ("2x ", "+ * x", 5)])
  func garbage(good: String, bad: String, position: Int) throws {
    var explorer = try explorer()
    explorer.type("f")
    explorer.type(good)
    let picture = explorer.preview?.preset
    explorer.type(bad)
    let line = try #require(explorer.overlays.last as? FormulaLine)
    let problem = try #require(line.problem)
    #expect(problem.position == position)
    let rows = rows(explorer)
    let text = Array("f = " + good + bad)
    #expect(Array(rows[rows.count - 2].dropFirst(2).prefix(text.count)) == text)
    #expect(rows[rows.count - 1].firstIndex(of: "^") == 6 + position)
    #expect(explorer.bottom.contains(String(problem.explanation.prefix(12))))
    #expect(explorer.press(.enter).isEmpty && explorer.overlays.count == 1)
    #expect(line.preview?.preset != nil || picture == nil)
  }

  @Test("an incomplete formula keeps the picture of the last one that could be read")
  func keepsPicture() throws {
    var explorer = try explorer()
    explorer.type("fx^2")
    let valid = try #require(explorer.preview?.preset)
    explorer.type(" +")
    #expect(explorer.preview?.preset == valid)
    #expect(explorer.text.contains("f(x) = x²"))
  }

  @Test("Enter begins the run, with the optimizer and the rate in force")
  func enter() throws {
    var experiment = Fixture.function
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(0.07)
    var explorer = try explorer(experiment)
    explorer.type("fx^4 - 3x^2 + x")
    let begun = try #require(loaded(explorer.press(.enter)))
    #expect(explorer.overlays.isEmpty)
    #expect(begun.problem == .function(FunctionProblem(formula: "x^4 - 3x^2 + x")))
    #expect(begun.optimizer == Choice("adam") && begun.learningRate == .value(0.07))
    let learner = try InlineTrainer(begun)
    learner.advance(steps: 200)
    #expect(learner.latest.loss < 0, "\(learner.latest.loss)")
    explorer.see(learner.latest)
    #expect(explorer.text.contains("f(x) = x⁴ − 3x² + x"))
  }

  @Test("two variables give a map, more give parameters, and a net's explorer takes formulas too")
  func variables() throws {
    for experiment in [Fixture.function, Fixture.xor] {
      var explorer = try explorer(experiment)
      explorer.type("fx^2 + 10y^2")
      #expect(explorer.preview?.view == "contour")
      let map = explorer.text
      explorer.type(" + z^2")
      #expect(explorer.preview?.view == "parameters")
      #expect(explorer.text != map)
      let begun = try #require(loaded(explorer.press(.enter)))
      explorer.see(try InlineTrainer(begun).latest)
      #expect(explorer.snapshot.parameters.count == 3)
      #expect(explorer.paneOrder.names.contains("parameters"))
    }
  }

  @Test("the line is edited with cursor keys, and its history is called with Up and Down")
  func editing() throws {
    var explorer = try explorer()
    explorer.type("fx")
    explorer.press(.home)
    explorer.type("3")
    explorer.press(.end)
    explorer.type("^2y")
    explorer.press(.backspace, .left)
    explorer.press(.delete)
    explorer.type("4")
    #expect(explorer.preview?.preset.title == "3x^4")
    explorer.see(try InlineTrainer(try #require(loaded(explorer.press(.enter)))).latest)
    explorer.type("fcos(x)")
    explorer.press(.up)
    #expect(explorer.preview?.preset.title == "x sin(x^2 + 1)")
    explorer.press(.up, .up, .down)
    #expect(explorer.preview?.preset.title == "cos(x)")
  }

  @Test("pasted programs of several lines are one formula")
  func paste() throws {
    var explorer = try explorer()
    explorer.type("f")
    _ = explorer.handle(.paste("a = 2;\nf(n) = n <= 1 ? 1 : n f(n - 1);\na x^2 + f(3)"))
    #expect(explorer.preview?.variables == ["x"])
    #expect(abs((explorer.preview?.snapshot.loss ?? 0) - 24) < 1e-9)
  }

  @Test(
    "a formula that varies nothing is refused, and one without a value at its start begins elsewhere"
  )
  func edges() throws {
    var explorer = try explorer()
    explorer.type("f3 + 4")
    #expect(explorer.press(.enter).isEmpty)
    #expect(explorer.bottom.contains("nothing varies here"))
    explorer.press(.escape)
    explorer.type("fx + log(1 - x)")
    #expect(explorer.preview?.snapshot.parameters == [0.5])
  }

  @Test("any text and any window are drawn", arguments: [(1, 1), (40, 12), (41, 13), (300, 80)])
  func windows(width: Int, height: Int) throws {
    var explorer = try explorer(size: Size(width: width, height: height))
    explorer.type("f")
    for text in ["\u{1B}[31m", "((((((", "1/0 x", "x^1e999", String(repeating: "x+", count: 900)] {
      _ = explorer.handle(.paste(text))
      #expect(explorer.frame().size == Size(width: width, height: height))
    }
    explorer.press(.home)
    #expect(explorer.frame().size == Size(width: width, height: height))
  }
}
