import Lanes
import Models
import Synchronization
import Terminal
import Testing
import Views

@testable import Training

@Suite("Replays: internals and twins")
struct ReplayViewTests {
  /// The notes' RMSprop on a noise-free parabola of data.
  private func experiment(_ optimizer: Choice) -> Experiment {
    let source = DataSource(.generated(Choice("quadratic", ["samples": 100])))
    var problem = ModelProblem(kind: .linear, data: source)
    problem.features = ["1", "x1", "x1^2"]
    var experiment = Experiment(name: "parabola", problem: .model(problem))
    experiment.optimizer = optimizer
    experiment.batching = .blocks(size: 5)
    experiment.start = Start(parameters: [0.5, -0.5, 0.25])
    return experiment
  }

  @Test(
    "The trace holds the memory and the effective rates that the run had",
    arguments: ["adagrad", "rmsprop", "adam", "momentum", "gd"])
  func memory(name: String) throws {
    var run = try Run(experiment(Choice(name)))
    var trace: MemoryTrace?
    for round in 1...4 {
      run.advance(37)
      if round == 2 { try run.apply(.learningRate(0.02)) }
      if round == 3 { try run.apply(.hyperparameter("clip_value", 1)) }
      let snapshot = run.snapshot()
      trace = MemoryTrace.upTo(snapshot, from: trace)
      let now = try #require(trace)
      #expect(now.step == snapshot.step)
      #expect(now.curve("gradient").values.map(\.last) == snapshot.gradient.map(Optional.init))
      for state in snapshot.optimizerState where state.name != "effective rate" {
        #expect(now.curve(state.name).values.map(\.last) == state.values.map(Optional.init))
      }
      #expect(now.curve("gradient").steps == Array(1...round * 37))
    }
    // Carried on piece by piece or made at once, it is the same.
    let whole = try #require(MemoryTrace.upTo(run.snapshot(), from: nil))
    #expect(whole.names == trace?.names)
    for name in whole.names { #expect(whole.curve(name) == trace?.curve(name)) }
  }

  @Test("AdaGrad's effective rate only falls")
  func adagrad() throws {
    var run = try Run(experiment(Choice("adagrad")))
    run.advance(500)
    let trace = try #require(MemoryTrace.upTo(run.snapshot(), from: nil))
    for row in trace.curve("effective rate").values {
      #expect(row.count == 500)
      #expect(zip(row, row.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test("Adam's bias corrections are told with the count that they use")
  func corrections() throws {
    var run = try Run(experiment(Choice("adam")))
    run.advance(10)
    let view = try #require(views["internals"])
    let texts = view.readout(ViewLawTests.scene(run.snapshot()))
    #expect(texts.contains("1−β₁ᵗ = 0.651") && texts.contains("1−β₂ᵗ = 0.00996"))
  }

  @Test("Another run's snapshot begins a new trace")
  func other() throws {
    var run = try Run(experiment(Choice("adam")))
    run.advance(50)
    let trace = MemoryTrace.upTo(run.snapshot(), from: nil)
    var fresh = try run.restarted(seed: 9)
    fresh.advance(60)
    let next = try #require(MemoryTrace.upTo(fresh.snapshot(), from: trace))
    #expect(next.step == 60)
    #expect(
      next.curve("gradient").values.map(\.last) == fresh.snapshot().gradient.map(Optional.init))
  }

  @Test("Twins of a contraction approach; twins of RMSprop near its optimum part")
  func twins() throws {
    var calm = experiment(Choice("gd"))
    calm.batching = .full
    calm.learningRate = .value(0.1)
    var run = try Run(calm)
    run.advance(2000)
    let quiet = try #require(TwinTrace.upTo(run.snapshot(), from: nil))
    #expect(quiet.parameters == run.parameters)
    #expect(quiet.distances[0] > 0 && (quiet.distances.max() ?? 1) < 1e-13)
    var wild = try Run(experiment(Choice("rmsprop", ["rho": 0.99])))
    wild.advance(6000)
    let loud = try #require(TwinTrace.upTo(wild.snapshot(), from: nil))
    #expect(loud.parameters == wild.parameters)
    #expect((loud.distances.max() ?? 0) > 1e-6)
  }

  @Test("A value that is carried on waits for a busy thread, and is never begun anew")
  func carried() {
    let slow = SlowProbes {}
    let cache = ProbeCache(slow: slow)
    func ask(_ key: Int) -> [Int]? {
      cache.carried("slot", for: key) { ($0 ?? []) + [key] }
    }
    while ask(1) != [1] {}
    while ask(2)?.last != 2 {}
    while ask(5)?.last != 5 {}
    #expect(ask(5) == [1, 2, 5])
    let plain = ProbeCache()
    #expect(plain.carried("slot", for: 1) { ($0 ?? 0) + 1 } == 1)
    #expect(plain.carried("slot", for: 2) { ($0 ?? 0) + 1 } == 2)
    #expect(plain.carried("slot", for: 2) { ($0 ?? 0) + 1 } == 2)
  }

  @Test("What rests beside a run is carried on once no other key is to come")
  func rests() {
    let slow = SlowProbes {}
    let cache = ProbeCache(slow: slow)
    // So little of the time is worked that every rest is longer than the test.
    func ask(_ key: Int, share: Double = 1e-15) -> Int? {
      cache.carried("slot", for: key, share: share) { _ in key }
    }
    while ask(1) != 1 {}
    #expect(ask(2) == 1 && slow.isIdle)
    while ask(2, share: 1) != 2 {}
    #expect(ask(3) == 2 && slow.isIdle)
    cache.giveUp()
    while ask(4) != 4 {}
  }

  @Test("What was given up at work makes nothing else rest")
  func givenUp() {
    let slow = SlowProbes {}
    let cache = ProbeCache(slow: slow)
    let begun = Atomic<Bool>(false)
    let mayEnd = Atomic<Bool>(false)
    func ask(_ key: Int) -> Int? {
      cache.carried("slot", for: key, share: 1e-15) { _ in
        begun.store(true, ordering: .releasing)
        while !mayEnd.load(ordering: .acquiring) {}
        return key
      }
    }
    _ = ask(1)
    while !begun.load(ordering: .acquiring) {}
    cache.giveUp()
    mayEnd.store(true, ordering: .releasing)
    while ask(2) != 2 {}
  }
}
