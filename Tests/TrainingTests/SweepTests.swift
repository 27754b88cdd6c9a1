import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("A sweep of many runs")
struct SweepTests {
  func starts(_ count: Int, of dimension: Int, width: Double = 2) -> [[Double]] {
    let stream = RandomStream(seed: 11, stream: 5)
    return (0..<count).map { run in
      (0..<dimension).map { width * (stream.uniform(at: UInt64(run * dimension + $0)) - 0.5) }
    }
  }

  func landscape(_ name: String) throws -> any Objective {
    try ObjectiveFactory.objective(
      .function(FunctionProblem(landscape: Choice(name))), seed: 1)
  }

  @Test(
    "gives each run on a function the bits that it has alone",
    arguments: ["gd", "momentum", "adam", "rmsprop", "lion"], ["rosenbrock", "xsin", "beale"])
  func sameBits(_ optimizer: String, _ name: String) throws {
    let objective = try landscape(name)
    let sweep = try Sweep(
      objective, optimizer: Choice(optimizer), schedule: Choice("exponential"), steps: 100)
    let rows = [
      Sweep.Row(rate: 1e-3, starts: starts(133, of: objective.parameterCount)),
      Sweep.Row(rate: 5e-3, starts: starts(3, of: objective.parameterCount)),
    ]
    let outcomes = try sweep.run(rows)
    #expect(outcomes.map(\.parameters.count) == [133, 3])
    for (row, outcome) in zip(rows, outcomes) {
      for run in [0, 1, 2, row.starts.count - 1] {
        var experiment = experiment(Choice(optimizer), rate: row.rate)
        experiment.schedule = Choice("exponential")
        var alone = try Run(experiment, objective: objective, start: row.starts[run])
        alone.advance(100)
        // A run that diverged stops alone; among others it goes on as data.
        guard alone.status == .running else {
          #expect(
            outcome.parameters[run].contains { !$0.isFinite } || !outcome.losses[run].isFinite)
          continue
        }
        #expect(outcome.parameters[run] == alone.parameters)
        #expect(outcome.losses[run] == alone.loss)
      }
    }
  }

  @Test("gives the same bits on any number of threads", arguments: [1, 2, 5])
  func threads(_ threads: Int) throws {
    let objective = try landscape("himmelblau")
    let sweep = try Sweep(objective, steps: 200)
    let rows = (1...7).map {
      Sweep.Row(rate: 0.002 * Double($0), starts: starts(300, of: 2, width: 10))
    }
    #expect(try sweep.run(rows, threads: threads) == sweep.run(rows))
  }

  @Test(
    "of runs one by one gives the same bits on any number of threads", arguments: ["gd", "lbfgs"])
  func threadsOfSingles(_ optimizer: String) throws {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("xor"))),
      hidden: [LayerSpec(units: 3, activation: Choice("tanh"))])
    model.loss = Choice("bce")
    let objective = try ObjectiveFactory.objective(.model(model), seed: 1)
    let sweep = try Sweep(objective, optimizer: Choice(optimizer), steps: 20)
    let rows = [0.01, 0.1, 0.5].map {
      Sweep.Row(rate: $0, starts: starts(21, of: objective.parameterCount))
    }
    let alone = try sweep.run(rows)
    for threads in [2, 3] { #expect(try sweep.run(rows, threads: threads) == alone) }
  }

  @Test(
    "steps at a constant rate have the bits of runs alone",
    arguments: ["xsin", "rosenbrock", "beale"])
  func constantRate(_ name: String) throws {
    let objective = try landscape(name)
    let rows = [1e-4, 3e-3].map {
      Sweep.Row(rate: $0, starts: starts(75, of: objective.parameterCount, width: 6))
    }
    let outcomes = try Sweep(objective, steps: 83).run(rows)
    for (row, outcome) in zip(rows, outcomes) {
      let ends = outcome.parameters
      for run in row.starts.indices {
        var alone = try Run(
          experiment(rate: row.rate), objective: objective, start: row.starts[run])
        alone.advance(83)
        guard alone.status == .running else {
          #expect(ends[run].contains { !$0.isFinite } || !outcome.losses[run].isFinite)
          continue
        }
        #expect(ends[run] == alone.parameters)
        #expect(outcome.losses[run] == alone.loss)
      }
    }
  }

  @Test(
    "puts rows of any length together with the bits of runs alone", arguments: [1, 8, 9, 64, 129])
  func lengths(_ count: Int) throws {
    let objective = try landscape("xsin")
    let sweep = try Sweep(objective, steps: 40)
    let starts = starts(count, of: 1, width: 8)
    let outcome = try sweep.run([Sweep.Row(rate: 0.01, starts: starts)])[0]
    for run in starts.indices {
      var alone = try Run(experiment(rate: 0.01), objective: objective, start: starts[run])
      alone.advance(40)
      #expect(outcome.parameters[run] == alone.parameters)
    }
  }

  @Test("keeps runs that diverge in their own lanes")
  func divergence() throws {
    let objective = try landscape("rosenbrock")
    let sweep = try Sweep(objective, steps: 50)
    let mild = [1.0, 1.0]
    let wild = [1e3, -1e3]
    let outcome = try sweep.run([Sweep.Row(rate: 1e-3, starts: [mild, wild, mild])])[0]
    #expect(outcome.parameters[0] == mild && outcome.parameters[2] == mild)
    #expect(outcome.parameters[1].contains { !$0.isFinite })
  }

  @Test("runs what has no kernel one by one")
  func alone() throws {
    let objective = try landscape("rosenbrock")
    let sweep = try Sweep(
      objective, optimizer: Choice("lbfgs", ["line_search": 1, "tolerance_change": 0]), steps: 60)
    let outcome = try sweep.run([Sweep.Row(rate: 1, starts: starts(4, of: 2))])[0]
    for end in outcome.parameters { #expect(abs(end[0] - 1) < 1e-5 && abs(end[1] - 1) < 1e-5) }
  }

  @Test("refuses what does not fit")
  func refuses() throws {
    let objective = try landscape("rosenbrock")
    #expect(throws: RunError.self) { try Sweep(objective, optimizer: Choice("adm"), steps: 1) }
    #expect(throws: RunError.self) { try Sweep(objective, schedule: Choice("cos"), steps: 1) }
    let sweep = try Sweep(objective, steps: 1)
    #expect(throws: RunError.self) { try sweep.run([Sweep.Row(rate: 1, starts: [[1]])]) }
    #expect(try sweep.run([]).isEmpty)
    #expect(try sweep.run([Sweep.Row(rate: 1, starts: [])])[0].losses.isEmpty)
  }
}
