import Lanes
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Races and maps from the keyboard")
struct ManyTests {
  private static func controls(_ effects: [Effect]) -> [Control] {
    effects.compactMap { if case .request(let request) = $0 { request.control } else { nil } }
  }

  private static func palette(_ line: String, _ explorer: inout Explorer) -> [Effect] {
    explorer.type(":")
    explorer.type(line)
    return explorer.press(.enter)
  }

  @Test("`race` in the palette prepares a race of what runs")
  func race() throws {
    var explorer = Fixture.explorer()
    let effects = Self.palette("race learning_rate 0.1, 0.2", &explorer)
    guard case .race(let request) = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(request.line == "learning_rate 0.1, 0.2" && !request.isFair)
    #expect(request.preset.name == explorer.snapshot.experiment.name)
  }

  @Test("A race that was prepared begins; its ranking's keys choose, hide and end")
  func keys() throws {
    let stage = Stage()
    stage.loop.perform([
      .race(RaceRequest(preset: Self.preset, line: "learning_rate 0.1, 0.2, 0.3"))
    ])
    stage.settle()
    let race = try #require(stage.loop.explorer.snapshot.race)
    #expect(race.race.members.map(\.name) == ["0.1", "0.2", "0.3"])
    var explorer = stage.loop.explorer
    #expect(explorer.race(.axis(.evaluations)).isEmpty && explorer.many.race.axis == .evaluations)
    _ = explorer.race(.band)
    #expect(explorer.many.race.isBand == true)
    _ = explorer.toggleRacer()
    #expect(explorer.many.race.hidden == [race.leader])
    let other = (race.leader + 1) % 3
    #expect(Self.controls(explorer.lead(other)) == [.lead(other)])
    #expect(Self.controls(explorer.race(.off)) == [.endRace])
    guard case .race(let fair) = explorer.race(.fair).first else {
      Issue.record("no fair race")
      return
    }
    #expect(fair.isFair)
  }

  static let preset: Preset = {
    var experiment = Experiment(
      name: "parabola", problem: .function(FunctionProblem(formula: "x^2")))
    experiment.start = Start(parameters: [1])
    return Preset(experiment)
  }()

  @Test("What cannot be raced is said")
  func wrong() {
    let stage = Stage()
    stage.loop.perform([.race(RaceRequest(preset: Self.preset, line: "hidden 2; 3"))])
    stage.settle()
    #expect(stage.loop.explorer.snapshot.race == nil)
    #expect(stage.loop.explorer.toast?.text.hasPrefix("no race") == true)
    var explorer = Fixture.explorer()
    #expect(explorer.race(.fair).isEmpty)
    #expect(explorer.toast?.text.contains("there is no race") == true)
  }

  @Test("`map` in the palette maps, and a place opens its run after the map's steps")
  func map() throws {
    var explorer = Explorer(
      snapshot: try InlineTrainer(Self.preset.experiment).latest, preset: Self.preset,
      vocabulary: .all, presets: [], appearance: Appearance(), size: Size(width: 80, height: 24))
    #expect(Self.palette("map learning_rate 0.01..1, start.x -2..2", &explorer).isEmpty)
    let map = try #require(explorer.many.map)
    #expect(explorer.focusedView?.name == "map")
    guard case .begin(let run) = explorer.openRun(of: [-1, 0.5]).first else {
      Issue.record("nothing opened")
      return
    }
    #expect(run.beginning == .waiting(after: map.steps))
    #expect(run.settings.map(\.key) == ["learning_rate", "start.x"])
    let opened = try Run(PresetKeys.apply(run.settings, to: run.base))
    #expect(opened.parameters == [0.5])
    #expect(Self.palette("map learning_rate=1e-3..1/log9, start.x=-2..2/9", &explorer).isEmpty)
    #expect(explorer.many.map?.x.isLogarithmic == true && explorer.many.map?.id != map.id)
    #expect(explorer.map("hidden 1..3, learning_rate 0..1").isEmpty)
    #expect(explorer.message.contains("no map"))
    let before = explorer.panes.states["map"]?.center
    let slot = try #require(explorer.focusedSlot)
    _ = explorer.moveMap(dx: 1, dy: 0, slot)
    #expect(explorer.panes.states["map"]?.center != before)
  }
}
