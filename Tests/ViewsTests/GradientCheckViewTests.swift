import Lanes
import Terminal
import Testing
import Training
import Views

@Suite("The gradient check on the screen")
struct GradientCheckViewTests {
  private func scene(_ formula: String, at start: [Double], selection: Int = 0) throws -> Scene {
    var experiment = Experiment(
      name: "formula", problem: .function(FunctionProblem(formula: formula)))
    experiment.start.parameters = start
    var state = ViewState()
    state.selection = selection
    return ViewLawTests.scene(
      try InlineTrainer(experiment, isPaused: true).latest, state: state)
  }

  @Test("finite differences make a V above the flat line of automatic differentiation")
  func shape() throws {
    let view = try #require(views["gradient_check"])
    let scene = try scene("x sin(x^2 + 1)", at: [1.3])
    var canvas = Canvas(size: Size(width: 80, height: 24))
    view.draw(scene, canvas.bounds, &canvas)
    func cells(_ color: Color) -> [Point] {
      (0..<80 * 24).map { Point(x: $0 % 80, y: $0 / 80) }.filter {
        (0x2801...0x28FF).contains(canvas[$0.x, $0.y].scalar.value)
          && canvas[$0.x, $0.y].style.foreground == color
      }
    }
    let automatic = cells(Theme.dark.good)
    #expect(automatic.count > 50)
    let rows = Set(automatic.map(\.y))
    #expect((rows.max() ?? 99) - (rows.min() ?? 0) <= 1)
    let central = cells(Theme.dark.series(0))
    let ends = central.map(\.x)
    let lowest = try #require(central.max { $0.y < $1.y })
    let left = try #require(central.filter { $0.x == ends.min() }.map(\.y).min())
    let right = try #require(central.filter { $0.x == ends.max() }.map(\.y).min())
    #expect(lowest.y > left + 5 && lowest.y > right + 5)
    #expect(lowest.y <= (rows.max() ?? 0))
  }

  @Test("the selection goes through the variables")
  func variables() throws {
    let view = try #require(views["gradient_check"])
    let titles = try (0..<3).map { view.title(try scene("x^2 + x y", at: [1, 2], selection: $0)) }
    #expect(titles.map { $0.suffix(3) } == ["/∂x", "/∂y", "/∂x"])
    #expect(try view.readout(scene("x^2 + x y", at: [1, 2])).first == "∂f = 4.000")
  }
}
