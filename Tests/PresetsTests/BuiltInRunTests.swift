import Lanes
import Presets
import Testing
import Training

@Suite("Every built-in preset")
struct BuiltInRunTests {
  static let shelf = PresetShelf(folder: "/nonexistent")

  @Test("loads, checks and comes back from YAML the same", arguments: PresetShelf.builtInNames)
  func roundTrip(name: String) throws {
    let experiment = try Self.shelf.load(name)
    #expect(try RoundTripTests.again(experiment) == experiment)
  }

  @Test("runs 50 steps and stays finite", arguments: PresetShelf.builtInNames)
  func runs(name: String) throws {
    var run = try Run(Self.shelf.load(name))
    let before = run.snapshot().loss
    run.advance(50)
    #expect(run.status == .running || run.status == .finished)
    #expect(!run.parameters.contains { !$0.isFinite })
    #expect(run.snapshot().loss <= before)
  }

  @Test("has variants that can be applied, and that change it", arguments: PresetShelf.builtInNames)
  func variants(name: String) throws {
    let experiment = try Self.shelf.load(name)
    for variant in experiment.variants {
      let changed = try SettingPath.apply(variant.settings, to: experiment)
      #expect(changed != experiment, "\(variant.name)")
      var run = try Run(changed)
      run.advance(5)
    }
  }

  @Test(
    "of a gate by a net classifies all four corners at its end", arguments: ["xor", "or", "and"])
  func gates(name: String) throws {
    let experiment = try Self.shelf.load(name)
    var run = try Run(experiment)
    run.advance(experiment.steps)
    #expect(run.snapshot().accuracy == 1)
  }
}
