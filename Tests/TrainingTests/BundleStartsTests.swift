import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("Runs of one experiment from other starts and at other rates")
struct BundleStartsTests {
  func starts(_ count: Int, of dimension: Int, width: Double = 2) -> [[Double]] {
    let stream = RandomStream(seed: 11, stream: 5)
    return (0..<count).map { run in
      (0..<dimension).map { width * (stream.uniform(at: UInt64(run * dimension + $0)) - 0.5) }
    }
  }

  func run(
    _ name: String, optimizer: Choice = Choice("gd"), schedule: String = "constant",
    steps: Int = 100
  ) throws -> Run {
    var experiment = Experiment(
      name: name, problem: .function(FunctionProblem(landscape: Choice(name))))
    experiment.optimizer = optimizer
    experiment.schedule = Choice(schedule)
    experiment.steps = steps
    return try Run(experiment)
  }

  func bundle(_ run: Run, _ starts: [[Double]], _ rates: [Double]) throws -> RunBundle {
    RunBundle(
      try zip(starts, rates).map { start, rate in
        var experiment = run.experiment
        experiment.learningRate = .value(rate)
        return try Run(experiment, objective: run.objective, start: start)
      })
  }

  /// Compares each with its run alone.
  func check(_ run: Run, _ starts: [[Double]], _ rates: [Double], steps: Int) throws {
    var bundle = try bundle(run, starts, rates)
    bundle.advance(to: steps / 2)
    bundle.advance(to: steps)
    for number in rates.indices {
      var experiment = run.experiment
      experiment.learningRate = .value(rates[number])
      var alone = try Run(experiment, objective: run.objective, start: starts[number])
      alone.measuresSplits = false
      alone.advance(steps)
      let standing = bundle.standing(number)
      #expect(standing.status == alone.status && standing.step == alone.step)
      for (p, value) in alone.modelParameters.enumerated() {
        #expect(standing.parameters[p].bitPattern == value.bitPattern)
      }
    }
  }

  @Test(
    "have the bits that they have alone",
    arguments: ["gd", "momentum", "adam", "rmsprop", "lion"], ["rosenbrock", "xsin", "beale"])
  func sameBits(_ optimizer: String, _ name: String) throws {
    for schedule in ["constant", "exponential"] {
      let run = try run(name, optimizer: Choice(optimizer), schedule: schedule)
      let count = run.objective.parameterCount
      // 133 runs at one rate, then some at rates of their own.
      let rates = [Double](repeating: 1e-3, count: 133) + [5e-3, 5e-3, 1e-2, 0.3, 2, 40, 1e200]
      try check(run, starts(rates.count, of: count, width: 6), rates, steps: 90)
    }
  }

  @Test("any number of them", arguments: [1, 2, 8, 9, 64, 129])
  func lengths(_ count: Int) throws {
    let rates = (0..<count).map { 1e-3 * Double(1 + $0 % 7) }
    try check(try run("xsin"), starts(count, of: 1, width: 8), rates, steps: 200)
  }

  @Test("and those of a net, and of what goes alone")
  func others() throws {
    for optimizer in ["gd", "adam", "lbfgs"] {
      let model = ModelProblem(
        kind: .mlp, data: DataSource(.generated(Choice("xor"))),
        hidden: [LayerSpec(units: 3, activation: Choice("tanh"))])
      var experiment = Experiment(name: "net", problem: .model(model))
      experiment.optimizer = Choice(optimizer)
      let run = try Run(experiment)
      let rates = (0..<21).map { 0.01 * Double($0 / 3 + 1) }
      try check(run, starts(21, of: run.objective.parameterCount), rates, steps: 20)
    }
  }

  @Test("on any number of threads", arguments: [2, 5])
  func threads(_ threads: Int) throws {
    let starts = starts(500, of: 2, width: 10)
    let rates = starts.indices.map { 0.002 * Double(1 + $0 / 100) }
    var one = try bundle(run("himmelblau"), starts, rates)
    var many = one
    one.advance(to: 200)
    many.advance(to: 200, threads: threads)
    for number in rates.indices { #expect(one.standing(number) == many.standing(number)) }
  }
}
