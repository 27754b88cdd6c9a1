import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Explorer
@testable import Training

@Suite("Sliders")
struct SliderTests {
  /// c₁ f(c₂x + c₃) + c₄ as it begins: c = (1, −1, 0, 0).
  private func explorer() throws -> Explorer {
    var problem = ModelProblem(
      kind: .mlp, data: DataSource(.inline(inputs: [[0], [1]], targets: [[0], [1]])),
      hidden: [LayerSpec(units: 1, activation: Choice("sigmoid"))])
    problem.output = Choice("identity")
    problem.loss = Choice("mse")
    var experiment = Preset(name: "scaled", problem: .model(problem))
    experiment.start = Start(parameters: [-1, 0, 1, 0])
    experiment.views = ["scaled_activation", "loss"]
    let snapshot = try Run(experiment).snapshot()
    return Explorer(
      snapshot: snapshot, preset: experiment, vocabulary: .all, presets: [],
      appearance: Appearance(),
      size: Size(width: 80, height: 24))
  }

  private func parameters(_ effects: [Effect]) -> [Double]? {
    switch effects.first?.control {
    case .change(.parameters(let values))?: return values
    case .change(.entries(let values))?:
      var all = [-1.0, 0, 1, 0]
      for (place, value) in values { all[place] = value }
      return all
    default: return nil
    }
  }

  @Test("Up and Down choose a slider, Left and Right move it")
  func arrows() throws {
    var explorer = try explorer()
    #expect(parameters(explorer.press(.right)) == [-1, 0, 1.1, 0])
    // Presses count on from what was asked, before a snapshot shows it.
    #expect(parameters(explorer.press(.left)) == [-1, 0, 1, 0])
    #expect(explorer.press(.down).isEmpty)
    #expect(parameters(explorer.press(.right)) == [-0.9, 0, 1, 0])
    explorer.press(.up, .up)
    #expect(
      parameters(explorer.handle(.key(Key(.right, shift: true)))) == [-1, 0, 1, 0.5])
  }

  @Test("A click on a track sets the number, and a drag goes on")
  func mouse() throws {
    var explorer = try explorer()
    let slot = try #require(explorer.focusedSlot)
    let row = slot.area.y + 2
    let columns = (slot.area.x..<slot.area.maxX).filter { x in
      var copy = explorer
      return parameters(copy.click(x, row)) != nil
    }
    #expect(columns.count > 8)
    var last = -Double.infinity
    for x in columns {
      let effects = explorer.handle(.mouse(Mouse(.drag, x: x, y: row)))
      let value = try #require(parameters(effects))[1]
      #expect(value > last)
      last = value
    }
    #expect(abs(last - 6) < 1e-9)
    #expect(explorer.panes.states[slot.name]?.selection == 2)
    // Beside the sliders nothing is dragged.
    #expect(explorer.handle(.mouse(Mouse(.drag, x: slot.area.x, y: slot.area.maxY))).isEmpty)
  }

  @Test("The palette sets c1 to c4")
  func palette() throws {
    var explorer = try explorer()
    let tunable = try #require(Tunable.all(in: explorer).first { $0.name == "c4" })
    #expect(parameters(explorer.set(tunable, typed: "-2.5")) == [-1, 0, 1, -2.5])
    #expect(explorer.set(tunable, typed: "nan").isEmpty)
  }

  @Test("A click on the basin map sets start and rate")
  func basin() throws {
    var experiment = Fixture.function
    experiment.views = ["basin", "loss"]
    let snapshot = try Run(experiment).snapshot()
    var explorer = Explorer(
      snapshot: snapshot, preset: experiment, vocabulary: .all, presets: [],
      appearance: Appearance(),
      size: Size(width: 80, height: 24))
    let slot = try #require(explorer.focusedSlot)
    let effects = explorer.click(slot.area.x + 12, slot.area.y + 6)
    #expect(effects.count == 2)
    guard case .change(.learningRate(let rate))? = effects.first?.control else {
      Issue.record("\(effects)")
      return
    }
    #expect(rate > 1e-3 && rate < 1)
    #expect(parameters(Array(effects.dropFirst()))?.count == 1)
  }
}
