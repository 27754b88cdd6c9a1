import CAllocationCount
import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("The training loop's memory")
struct AllocationTests {
  /// Allocations during `body` on this thread.
  func allocations(_ body: () -> Void) -> Int {
    let before = allocation_count()
    body()
    return allocation_count() - before
  }

  @Test("The counter counts", .enabled(if: allocation_count_works() != 0))
  func counts() {
    var kept: [Int] = []
    #expect(allocations { kept = Array(0..<100) } > 0)
    #expect(kept.count == 100)
  }

  static let batchings: [Batching] = [
    .full, .sequential(size: 3), .shuffled(size: 3), .withReplacement(size: 3), .blocks(size: 2),
    .blockSequence(size: 2, numbers: [1, 0], stepsPerEpoch: 2),
    .explicit(rows: [[0], [1, 2, 3]], stepsPerEpoch: 2),
  ]

  /// A small network on the XOR gate.
  static func xor(_ optimizer: Choice, _ batching: Batching = .full) -> Experiment {
    let model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("xor"))),
      hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
    var experiment = Experiment(name: "xor", problem: .model(model))
    experiment.optimizer = optimizer
    experiment.batching = batching
    experiment.learningRate = .value(1e-3)
    return experiment
  }

  @Test(
    "A step allocates nothing, whatever the optimizer",
    .enabled(if: allocation_count_works() != 0),
    arguments: optimizers.names.filter { $0 != "newton" })
  func optimizer(_ name: String) throws {
    for batching in [Batching.full, .shuffled(size: 3)] {
      for transformations: [String: Double] in [[:], ["clip_norm": 1]] {
        // L-BFGS allocates until its history is full.
        let own: [String: Double] = name == "lbfgs" ? ["history": 5] : [:]
        let choice = Choice(name, transformations.merging(own) { $1 })
        var run = try Run(Self.xor(choice, batching))
        run.advance(10)
        #expect(allocations { run.advance(20_000) } == 0)
        #expect(run.step == 20_010)
      }
    }
  }

  @Test(
    "Steps of runs in lanes allocate nothing", .enabled(if: allocation_count_works() != 0),
    arguments: ["gd", "momentum", "adam", "rmsprop", "lion"])
  func bundles(_ name: String) throws {
    for batching in [Batching.full, .shuffled(size: 3)] {
      let run = try Run(Self.xor(Choice(name), batching))
      let starts = (0..<20).map { run in (0..<17).map { Double(run * 17 + $0) / 340 - 0.5 } }
      var bundle = RunBundle(
        try starts.enumerated().map { number, start in
          var experiment = run.experiment
          experiment.learningRate = .value(1e-3 * Double(number + 1))
          return try Run(experiment, objective: run.objective, start: start)
        })
      bundle.advance(to: 100)
      // What a call allocates does not grow with its steps, but with the times runs may be packed:
      // plain descent stops for that every 64 steps.
      let few = allocations { bundle.advance(to: 740) }
      let many = allocations { bundle.advance(to: 7140) }
      let stops = run.core.optimizer.isPlain ? (7140 - 740) / 64 - (740 - 100) / 64 : 0
      #expect(many - few <= 8 * stops, "\(few), \(many)")
      #expect(bundle.standing(0).step == 7140)
    }
  }

  @Test(
    "A step allocates nothing, whatever the batches",
    .enabled(if: allocation_count_works() != 0), arguments: batchings)
  func batching(_ batching: Batching) throws {
    var run = try Run(Self.xor(Choice("adam"), batching))
    run.advance(10)
    #expect(allocations { run.advance(20_000) } == 0)
  }

  @Test(
    "A step allocates nothing, whatever the schedule",
    .enabled(if: allocation_count_works() != 0), arguments: schedules.names)
  func schedule(_ name: String) throws {
    var experiment = Self.xor(Choice("gd"))
    experiment.schedule = Choice(name)
    var run = try Run(experiment)
    run.advance(10)
    #expect(allocations { run.advance(20_000) } == 0)
  }

  /// Optimizers that look around on the loss surface: Newton always does.
  static let lookers = [
    Choice("newton"), Choice("newton", ["line_search": 0, "damping": 0.1]),
    Choice("lbfgs", ["line_search": 1, "history": 5]),
    Choice("lbfgs", ["line_search": 1, "history": 5, "reset_each_epoch": 1]),
  ]

  /// Problems with second derivatives by hand, by a formula's graph, and by networks' own programs.
  static func problems() -> [Problem] {
    let functions = Landscape.all.names.map {
      Problem.function(FunctionProblem(landscape: Choice($0)))
    }
    func network(_ activation: String, loss: String) -> Problem {
      var model = ModelProblem(
        kind: .mlp, data: DataSource(.generated(Choice("xor"))),
        hidden: [3, 2].map { LayerSpec(units: $0, activation: Choice(activation)) })
      model.loss = Choice(loss)
      return .model(model)
    }
    // The perceptron's gradients seldom change: L-BFGS meets its first pairs late, and makes memory
    // for them then.
    let losses = Loss.all.names.filter { $0 != "perceptron" }
    let networks =
      Activation.all.names.map { network($0, loss: "bce") }
      + losses.map { network("tanh", loss: $0) }
    let formula = FunctionProblem(formula: "(1 - x)^2 + 5 sin(x y)^2 + exp(x - y)")
    return functions + [.function(formula)] + networks
  }

  @Test(
    "A step that looks around allocates nothing; a call makes the surface to look at",
    .enabled(if: allocation_count_works() != 0), arguments: lookers)
  func looker(_ optimizer: Choice) throws {
    for problem in Self.problems() {
      for batching in [Batching.full, .sequential(size: 3)] {
        var experiment = Experiment(name: "around", problem: problem)
        experiment.optimizer = optimizer
        experiment.learningRate = .value(1e-3)
        if case .model = problem { experiment.batching = batching }
        var run = try Run(experiment)
        run.advance(20)
        #expect(allocations { run.advance(500) } == 1, "\(problem)")
        #expect(run.step == 520, "\(problem)")
      }
    }
  }

  @Test(
    "A step on a function allocates nothing, trajectory included",
    .enabled(if: allocation_count_works() != 0), arguments: ["rosenbrock", "himmelblau", "xsin"])
  func function(_ landscape: String) throws {
    var experiment = Experiment(
      name: "f", problem: .function(FunctionProblem(landscape: Choice(landscape))))
    experiment.learningRate = .value(1e-5)
    var run = try Run(experiment)
    run.advance(10)
    #expect(allocations { run.advance(20_000) } == 0)
    #expect(run.step == 20_010)
  }

  @Test("Ten million steps leave records as large as a hundred thousand do")
  func constant() throws {
    var run = try Run(
      experiment(rate: 1e-9), objective: Bowl(curvatures: [1, 2], minimum: [0, 0]), start: [1, 1])
    run.advance(100_000)
    let early = run.snapshot()
    run.advance(9_900_000)
    let late = run.snapshot()
    #expect(late.step == 10_000_000)
    for (a, b) in zip(early.history.series, late.history.series) {
      #expect(b.buckets.count <= 1024 && a.buckets.count <= 1024)
    }
    #expect(early.trajectory.steps.count <= 2048)
    #expect(late.trajectory.steps.count <= 2048)
    #expect(late.trajectory.steps.first == 0)
    #expect(late.trajectory.steps.last == 10_000_000)
  }
}
