import Lanes
import Terminal
import Testing
import Training
import Views

@Suite("The tape on the screen")
struct TapeViewTests {
  private func rows(
    _ formula: String, at start: [Double], selection: Int = 0, scroll: Int = 0, width: Int = 76,
    height: Int = 20
  ) throws -> [String] {
    var experiment = Experiment(
      name: "formula", problem: .function(FunctionProblem(formula: formula)))
    experiment.start.parameters = start
    let snapshot = try InlineTrainer(experiment, isPaused: true).latest
    var state = ViewState()
    state.selection = selection
    state.scroll = scroll
    let view = try #require(views["tape"])
    #expect(view.suits(snapshot))
    var canvas = Canvas(size: Size(width: width, height: height))
    view.draw(ViewLawTests.scene(snapshot, state: state), canvas.bounds, &canvas)
    return canvas.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func words(_ row: String) -> [String] { row.split(separator: " ").map(String.init) }

  @Test("each operation stands with its value, tangent and adjoint")
  func whole() throws {
    // f = x² + 3x at 2: f = 10, f′ = 7.
    let rows = try rows("x^2 + 3x", at: [2])
    #expect(words(rows[0]) == ["operation", "value", "tangent", "adjoint"])
    #expect(words(rows[1]).first == "x")
    #expect(words(rows[1]).dropFirst().compactMap(Double.init) == [2, 1, 7])
    let result = try #require(rows.last { $0.contains("=") })
    #expect(words(result).suffix(3).compactMap(Double.init) == [10, 7, 1])
  }

  @Test("steps fill in the forward sweep from the top and the backward sweep from the bottom")
  func sweeps() throws {
    let whole = try rows("x^2 + 3x", at: [2])
    let count = whole.dropFirst().count { words($0).count > 1 }
    #expect(count == 4)
    func numbers(_ rows: [String]) -> Int {
      rows.dropFirst().reduce(0) { sum, row in
        // The last three columns hold the numbers.
        sum + words(String(row.dropFirst(43))).count
      }
    }
    for step in 1...count {
      #expect(try numbers(rows("x^2 + 3x", at: [2], selection: step)) == 2 * step)
      #expect(
        try numbers(rows("x^2 + 3x", at: [2], selection: count + step)) == 2 * count + step)
    }
    #expect(try rows("x^2 + 3x", at: [2], selection: 1)[1].hasPrefix("▸"))
    #expect(try rows("x^2 + 3x", at: [2], selection: count + 1)[count].hasPrefix("▸"))
    #expect(try rows("x^2 + 3x", at: [2], selection: 2 * count + 1) == whole)
  }

  @Test("the branch that is taken and the rounds of a loop are told")
  func remarks() throws {
    let branch = try rows("x > 1 ? x^2 : sin(x)", at: [2]).joined(separator: "\n")
    #expect(branch.contains("x > 1") && !branch.contains("sin("), "\(branch)")
    let loop = try rows(
      "loop(s = x; s < 50; s = s^2; s)", at: [2], height: 40
    ).joined(separator: "\n")
    #expect(loop.contains("256"), "\(loop)")
    #expect(loop.contains("s = 16"), "\(loop)")
  }

  @Test("in a small pane the row at which a sweep stands is always seen", arguments: [1, 3, 6, 24])
  func small(height: Int) throws {
    for selection in [1, 9, 17, 30, 40] {
      let rows = try rows(
        "sum(i, 1, 12, sin(i x)) + x", at: [0.3], selection: selection, width: 38, height: height)
      #expect(rows.contains { $0.hasPrefix("▸") }, "\(selection): \(rows)")
    }
  }
}
