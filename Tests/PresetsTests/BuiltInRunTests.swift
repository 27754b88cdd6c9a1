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

  @Test(
    "of images and of sequences answers every sample rightly at its end",
    arguments: ["convolution", "recurrent"])
  func otherNetworks(name: String) throws {
    let experiment = try Self.shelf.load(name)
    var run = try Run(experiment)
    run.advance(experiment.steps)
    #expect(run.snapshot().accuracy == 1)
  }

  @Test(
    "of a Boltzmann machine comes near the entropy of fourteen equally likely patterns",
    arguments: [("boltzmann", 0.3), ("deep-boltzmann", 0.03)])
  func patterns(name: String, distance: Double) throws {
    let experiment = try Self.shelf.load(name)
    var run = try Run(experiment)
    run.advance(experiment.steps)
    // No distribution gives the data a smaller mean negative log-likelihood than log 14.
    let least = 2.6390573296152584
    let loss = run.snapshot().loss
    #expect(loss >= least && loss < least + distance)
  }
}
