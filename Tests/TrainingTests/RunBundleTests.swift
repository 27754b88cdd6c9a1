import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("Runs in the lanes of a bundle")
struct RunBundleTests {
  /// Optimizers whose entries go their own way.
  static let entrywise = Optimizer.catalogue.names.filter {
    (try? OptimizerChain(Choice($0), parameterCount: 1))?.actsEntrywise == true
  }

  func function(_ name: String = "himmelblau", optimizer: Choice = Choice("gd")) -> Experiment {
    var experiment = Experiment(
      name: name, problem: .function(FunctionProblem(landscape: Choice(name))))
    experiment.optimizer = optimizer
    return experiment
  }

  func network(
    hidden: Int = 3, activation: String = "tanh", loss: String = "bce", data: Choice = Choice("xor")
  ) -> Experiment {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(data)),
      hidden: [LayerSpec(units: hidden, activation: Choice(activation))])
    model.loss = Choice(loss)
    var experiment = Experiment(name: "net", problem: .model(model))
    experiment.optimizer = Choice("adam")
    return experiment
  }

  /// Runs of an experiment at rates and from seeds of their own.
  func runs(_ experiment: Experiment, count: Int, rate: Double = 0.01) throws -> [Run] {
    let stream = RandomStream(seed: 21, stream: 5)
    return try (0..<count).map { number in
      var mine = experiment
      mine.seed = UInt64(number + 1)
      mine.learningRate = .value(rate * (0.5 + stream.uniform(at: UInt64(number))))
      guard case .function = experiment.problem else { return try Run(mine) }
      let objective = try ObjectiveFactory.objective(of: mine)
      let start = (0..<objective.parameterCount).map {
        4 * stream.uniform(at: UInt64(1000 + 8 * number + $0)) - 2
      }
      return try Run(mine, objective: objective, start: start)
    }
  }

  /// A bundle's runs beside themselves alone, on one thread and on two, all of them and the first
  /// seven, which two threads share; the greatest difference in units of max(1, |x|).
  func difference(_ runs: [Run], steps: Int, bundled: Bool = true) -> Double {
    let ends = runs.map { run in
      var alone = run
      alone.measuresSplits = false
      alone.advance(steps)
      return alone
    }
    var worst = 0.0
    for (count, threads) in [(runs.count, 1), (runs.count, 2), (min(7, runs.count), 2)] {
      var bundle = RunBundle(Array(runs.prefix(count)), threads: threads)
      // The last of an odd number has nobody to share with.
      #expect(bundled ? bundle.bundledCount >= count - 1 : bundle.bundledCount == 0)
      bundle.advance(to: steps / 3, threads: threads)
      bundle.advance(to: steps, threads: threads)
      for (number, alone) in ends.prefix(count).enumerated() {
        let standing = bundle.standing(number)
        #expect(standing.status == alone.status)
        #expect(standing.step == alone.step)
        for (a, b) in zip(standing.parameters, alone.modelParameters)
        where a.bitPattern != b.bitPattern {
          let error = abs(a - b) / max(1, abs(b))
          worst = error.isNaN ? .infinity : max(worst, error)
        }
      }
    }
    return worst
  }

  @Test("there are optimizers that act on entries alone, and others")
  func optimizers() {
    #expect(Self.entrywise.count >= 14 && Self.entrywise.contains("gd"))
    #expect(!Self.entrywise.contains("newton") && !Self.entrywise.contains("lbfgs"))
  }

  @Test("a function's run has the bits that it has alone", arguments: entrywise)
  func functions(optimizer: String) throws {
    for name in ["himmelblau", "xsin", "rosenbrock"] {
      for schedule in ["constant", "exponential"] {
        var experiment = function(name, optimizer: Choice(optimizer))
        experiment.schedule = Choice(schedule)
        #expect(difference(try runs(experiment, count: 21), steps: 60) == 0)
      }
    }
  }

  @Test(
    "settings of the chain keep the bits",
    arguments: [
      ["weight_decay": 0.01], ["weight_decay": 0.01, "decoupled": 1], ["clip_value": 0.5],
    ])
  func chains(settings: [String: Double]) throws {
    for optimizer in ["gd", "momentum", "adam"] {
      let experiment = function(optimizer: Choice(optimizer, settings))
      #expect(difference(try runs(experiment, count: 9), steps: 40) == 0)
    }
  }

  @Test(
    "one to 65 runs, of which some diverge: none touches another", arguments: [2, 7, 8, 9, 31, 65])
  func counts(count: Int) throws {
    // Large rates: half of the runs leave, and those that stay are packed.
    for optimizer in ["gd", "adam", "momentum", "adagrad"] {
      let rate = ["gd": 0.03, "momentum": 0.02][optimizer] ?? 0.3
      let experiment = function(optimizer: Choice(optimizer))
      #expect(difference(try runs(experiment, count: count, rate: rate), steps: 200) == 0)
    }
    #expect(RunBundle(try runs(function(), count: 1)).bundledCount == 0)
  }

  @Test("a formula's run has the bits that it has alone")
  func formulas() throws {
    let problem = FunctionProblem(formula: "x^4 - 3 x^2 + x y + y^2")
    let experiment = Experiment(name: "formula", problem: .function(problem))
    #expect(difference(try runs(experiment, count: 13), steps: 100) == 0)
  }

  @Test(
    "a net's run has the bits that it has alone, whatever its activation",
    arguments: Activation.all.names)
  func activations(name: String) throws {
    #expect(difference(try runs(network(activation: name), count: 11), steps: 20) == 0)
    let wide = network(hidden: 12, activation: name, data: Choice("circle", ["samples": 37]))
    #expect(difference(try runs(wide, count: 3), steps: 20) == 0)
  }

  @Test(
    "a net's run has the bits that it has alone, whatever its loss", arguments: Loss.all.names)
  func losses(name: String) throws {
    let data = name == "softmax_ce" ? Choice("gaussians") : Choice("xor")
    #expect(difference(try runs(network(loss: name, data: data), count: 10), steps: 15) == 0)
  }

  @Test("a net's run has the bits that it has alone, by every optimizer", arguments: entrywise)
  func optimizers(name: String) throws {
    for batching in [Batching.full, .shuffled(size: 5)] {
      for schedule in ["constant", "cosine"] {
        var experiment = network(hidden: 4, data: Choice("circle", ["samples": 24]))
        experiment.optimizer = Choice(name)
        experiment.schedule = Choice(schedule)
        experiment.batching = batching
        #expect(difference(try runs(experiment, count: 9), steps: 40) == 0)
      }
    }
  }

  @Test(
    "a net's run has the bits that it has alone, whatever pass it takes there",
    arguments: TrainingPassTests.rows)
  func passes(row: TrainingPassTests.Row) throws {
    var experiment = row.experiment()
    experiment.optimizer = Choice("adam")
    if row.batch > 0 { experiment.batching = .shuffled(size: row.batch) }
    #expect(difference(try runs(experiment, count: 3), steps: 12) == 0)
    // Losses decide here where a run ends, and their order with them.
    guard row.batch == 0 else { return }
    var alone = try runs(experiment, count: 3)[0]
    alone.advance(9)
    experiment.stop = StopRule(lossBelow: alone.objective.loss(at: alone.modelParameters))
    #expect(difference(try runs(experiment, count: 3), steps: 12) == 0)
  }

  @Test(
    "three runs of four lanes, with batches of their own, have the bits that they have alone",
    arguments: ["gd", "momentum", "nesterov", "adam", "rmsprop"])
  func halved(optimizer: String) throws {
    for (units, schedule) in [(4, "constant"), (4, "cosine"), (5, "constant")] {
      var experiment = network(hidden: units, data: Choice("circle", ["samples": 46]))
      experiment.optimizer = Choice(optimizer)
      experiment.schedule = Choice(schedule)
      // The last batch of an epoch is smaller; an epoch is shorter than a stretch.
      experiment.batching = .shuffled(size: 7)
      let runs = try runs(experiment, count: 3)
      #expect(LaneGroup.halves(runs[0]))
      #expect(difference(runs, steps: 150) == 0)
    }
  }

  @Test(
    "stretches of steps have the bits of single ones, whatever the rule does with its rate",
    arguments: [
      Choice("gd"), Choice("momentum", ["rate_inside": 1, "dampening": 0.3]),
      Choice("nesterov", ["rate_inside": 1]), Choice("adam", ["epsilon_hat": 1]),
      Choice("adam", ["eps": 0]), Choice("adam", ["reset_each_epoch": 1]),
      Choice("adam", ["step_per_epoch": 1]), Choice("adamw"), Choice("amsgrad"),
    ])
  func stretches(optimizer: Choice) throws {
    for (hidden, schedule) in [(4, "constant"), (9, "exponential")] {
      for batching in [Batching.full, .shuffled(size: 5)] {
        var experiment = network(hidden: hidden, data: Choice("circle", ["samples": 24]))
        experiment.optimizer = optimizer
        experiment.schedule = Choice(schedule)
        experiment.batching = batching
        #expect(difference(try runs(experiment, count: 9), steps: 180) == 0)
      }
    }
  }

  @Test("outputs too large for a stretch, and runs that leave in the middle of one, keep the bits")
  func stretchesEnd() throws {
    for optimizer in ["gd", "momentum", "adam"] {
      var experiment = network(hidden: 4)
      experiment.optimizer = Choice(optimizer)
      let runs = try runs(experiment, count: 9).enumerated().map { number, run in
        var mine = experiment
        mine.learningRate = .value([0.1, 40, 1e305][number % 3] * Double(number + 1))
        // Logits of up to 10⁴, which fall below 708 on the way, or do not.
        let start = run.parameters.map { $0 * (number == 4 ? 2000 : 1) }
        return try Run(mine, objective: run.objective, start: start)
      }
      #expect(difference(runs, steps: 200) == 0)
    }
  }

  @Test(
    "a run that keeps all from stretches, and leaves, keeps the bits of those that take them then")
  func stretchesBegin() throws {
    let inputs = (0..<400).map { [Double($0) / 100] }
    let usual = (0..<400).map { [Double($0 % 7) / 7] }
    let runs = try (0..<9).map { number in
      var experiment = network(loss: "mse")
      guard case .model(var model) = experiment.problem else { return try Run(experiment) }
      // What is too large for gradients in one go sends the run away at once.
      let targets = number == 4 ? [[1e160]] + usual.dropFirst() : usual
      model.data = DataSource(.inline(inputs: inputs, targets: targets))
      experiment.problem = .model(model)
      experiment.optimizer = Choice("gd")
      experiment.learningRate = .value(0.01)
      experiment.seed = UInt64(number + 1)
      experiment.batching = .shuffled(size: 200)
      return try Run(experiment)
    }
    #expect(difference(runs, steps: 200) == 0)
  }

  @Test("nets whose gradients are not taken in one go are not kept two parameters a vector")
  func wholeVectors() throws {
    var large = network(hidden: 200, data: Choice("circle", ["samples": 170]))
    #expect(!LaneGroup.halves(try Run(large)))
    large.batching = .shuffled(size: 20)
    #expect(LaneGroup.halves(try Run(large)))
    #expect(!LaneGroup.halves(try Run(network(activation: "gelu"))))
    #expect(!LaneGroup.halves(try Run(function())))
  }

  @Test("a run that leaves at once does not touch those beside it", arguments: entrywise)
  func neighbours(optimizer: String) throws {
    for wild in [0, 3, 8] {
      var runs = try runs(network(hidden: 4), count: 9)
      var experiment = network(hidden: 4)
      experiment.optimizer = Choice(optimizer)
      runs = try runs.enumerated().map { number, run in
        var mine = experiment
        mine.learningRate = .value(number == wild ? 1e307 : 0.01)
        return try Run(mine, objective: run.objective, start: run.parameters)
      }
      #expect(difference(runs, steps: 30) == 0)
    }
  }

  @Test("one to 65 runs of a net, of which some diverge", arguments: [2, 7, 8, 9, 31, 65])
  func netCounts(count: Int) throws {
    for optimizer in ["gd", "momentum"] {
      var experiment = network(activation: "relu", loss: "mse")
      experiment.optimizer = Choice(optimizer)
      let runs = try runs(experiment, count: count, rate: 3)
      #expect(difference(runs, steps: 200) == 0)
    }
  }

  @Test(
    "batches are drawn by each run's own seed; data of other seeds share lanes",
    arguments: [
      Batching.shuffled(size: 7), .sequential(size: 7), .withReplacement(size: 5), .blocks(size: 5),
      .full,
    ])
  func batches(batching: Batching) throws {
    for optimizer in ["gd", "adam"] {
      var experiment = network(hidden: 4, data: Choice("circle", ["samples": 40]))
      experiment.optimizer = Choice(optimizer)
      experiment.batching = batching
      #expect(difference(try runs(experiment, count: 19), steps: 30) == 0)
    }
  }

  @Test("penalties are taken run by run")
  func penalties() throws {
    var experiment = network()
    guard case .model(var model) = experiment.problem else { return }
    model.l1 = 0.01
    model.l2 = 0.02
    experiment.problem = .model(model)
    #expect(difference(try runs(experiment, count: 10), steps: 20) == 0)
  }

  @Test("runs that have come exactly to rest are where they would be, and running")
  func rest() throws {
    let runs = try runs(function("xsin"), count: 40, rate: 0.02)
    #expect(difference(runs, steps: 1500) == 0)
    var bundle = RunBundle(runs)
    bundle.advance(to: 1000)
    let resting = runs.indices.map { bundle.standing($0) }
    bundle.advance(to: 3000)
    let unmoved = runs.indices.count { bundle.standing($0).parameters == resting[$0].parameters }
    #expect(unmoved > 5)
    for number in runs.indices where bundle.standing(number).status == .running {
      #expect(bundle.standing(number).step == 3000)
    }
  }

  @Test(
    "losses that overflow end a net's run at the step at which they end it alone",
    arguments: ["mse", "bce", "huber"])
  func overflow(loss: String) throws {
    var experiment = network(activation: "relu", loss: loss)
    experiment.optimizer = Choice("gd")
    let runs = try runs(experiment, count: 16, rate: 1e90)
    var bundle = RunBundle(runs)
    bundle.advance(to: 12)
    for (number, run) in runs.enumerated() {
      var alone = run
      alone.advance(12)
      #expect(bundle.standing(number).status == alone.status)
      #expect(bundle.standing(number).step == alone.step)
    }
  }

  @Test("a loss that is low enough ends its run, and no other")
  func stopRules() throws {
    var experiment = function(optimizer: Choice("momentum"))
    experiment.stop = StopRule(lossBelow: 0.5)
    #expect(difference(try runs(experiment, count: 20), steps: 300) == 0)
  }

  @Test("what does not fit goes alone behind the same interface")
  func alone() throws {
    for optimizer in ["newton", "lbfgs"] {
      let experiment = function(optimizer: Choice(optimizer))
      #expect(difference(try runs(experiment, count: 4), steps: 20, bundled: false) == 0)
    }
    var clipped = function()
    clipped.optimizer = Choice("gd", ["clip_norm": 1])
    #expect(difference(try runs(clipped, count: 4), steps: 20, bundled: false) == 0)
  }

  @Test("the number of threads changes nothing", arguments: [2, 5])
  func threads(threads: Int) throws {
    let runs = try runs(network(), count: 50) + runs(function(), count: 50)
    var one = RunBundle(runs)
    var many = RunBundle(runs)
    one.advance(to: 50)
    many.advance(to: 50, threads: threads)
    for number in runs.indices { #expect(one.standing(number) == many.standing(number)) }
  }
}
