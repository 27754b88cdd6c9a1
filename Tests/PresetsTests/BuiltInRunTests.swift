import Foundation
import Lanes
import Optimization
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

  @Test(
    "goes on with the same bits from its written state, with every optimizer",
    arguments: PresetShelf.builtInNames)
  func states(name: String) throws {
    let preset = try Self.shelf.load(name)
    let begin = try Run(preset.experiment)
    for choice in [preset.optimizer] + optimizers.names.map({ Choice($0) }) {
      var experiment = preset.experiment
      experiment.optimizer = choice
      // Rules that look around solve systems as large as the model: small ones tell as much.
      let looksAround = try OptimizerChain(choice, parameterCount: 1).usesSurface
      if looksAround, choice != preset.optimizer, begin.parameters.count > 300 { continue }
      // Some want few parameters, or a surface that the problem does not have.
      guard var run = try? Run(experiment, on: begin.objective) else { continue }
      run.advance(2)
      let text = try JSONEncoder().encode(run.state)
      let state = try JSONDecoder().decode(RunState.self, from: text)
      var again = try Run(run.original, changes: run.session.changes, at: state)
      #expect(again.state == run.state, "\(choice.name)")
      run.advance(2)
      again.advance(2)
      #expect(again.state == run.state, "\(choice.name)")
    }
  }

  @Test(
    "gives the same bits from every checkpoint on, replayed, in pieces, and on other threads",
    arguments: PresetShelf.builtInNames)
  func replays(name: String) async throws {
    let experiment = try Self.shelf.load(name)
    let end = 60
    var live = try Run(experiment)
    var checkpoints: [Run] = []
    while live.step < end, live.status == .running {
      checkpoints.append(live)
      live.advance(live.step == 0 ? 1 : 7)
      // A change on the way belongs to what a replay has to repeat.
      if live.step == 22 { try live.apply(.learningRate(live.learningRate / 2)) }
    }
    let session = live.session
    let changes = live.changes
    let last = live.step
    let expected = live.parameters
    let memory = live.snapshot().optimizerState
    #expect(last >= 8)

    // Checkpoints after the change hold it; those before are brought there by the session's dates.
    for checkpoint in checkpoints where checkpoint.step >= 22 {
      var copy = checkpoint
      copy.advance(last - copy.step)
      #expect(copy.parameters == expected, "from step \(checkpoint.step)")
      #expect(copy.snapshot().optimizerState == memory)
    }
    let replay = { @Sendable (pieces: Int) throws -> Run in
      var run = try Run(session)
      while run.step < last, run.status == .running { run.advance(min(pieces, last - run.step)) }
      return run
    }
    async let first = replay(last)
    async let second = replay(1)
    for run in [try await first, try await second] {
      #expect(run.parameters == expected)
      #expect(run.snapshot().optimizerState == memory)
      #expect(run.changes == changes)
    }
    var again = try Run(session)
    for checkpoint in checkpoints {
      again.advance(checkpoint.step - again.step)
      #expect(again.parameters == checkpoint.parameters, "at step \(checkpoint.step)")
    }
  }

  @Test("has variants that can be applied, and that change it", arguments: PresetShelf.builtInNames)
  func variants(name: String) throws {
    let experiment = try Self.shelf.load(name)
    for variant in experiment.variants {
      let changed = try PresetKeys.apply(variant.settings, to: experiment)
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
