import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("A run")
struct RunTests {
  let bowl = Bowl(curvatures: [1, 3], minimum: [2, -1])

  func bowlRun(_ change: (inout Experiment) -> Void = { _ in }) throws -> Run {
    var experiment = experiment()
    change(&experiment)
    return try Run(experiment, objective: bowl, start: [0, 0])
  }

  @Test("takes the steps it is asked for and moves to the minimum")
  func converges() throws {
    var run = try bowlRun()
    #expect(run.advance(200) == 200)
    #expect(run.step == 200)
    #expect(abs(run.parameters[0] - 2) < 1e-8)
    #expect(abs(run.parameters[1] + 1) < 1e-12)
    #expect(run.loss < 1e-15)
  }

  @Test("is called lost where its next step is lost, not where its average is")
  func lostAverage() throws {
    var experiment = Experiment(
      name: "gap", problem: .function(FunctionProblem(formula: "sqrt(x^2 - 0.0025)")))
    experiment.start = Start(parameters: [3])
    experiment.learningRate = .value(2)
    experiment.optimizer = Choice("schedule_free_sgd")
    var run = try Run(experiment)
    // From 3 to 1 and over the gap: the average lies in it, the next gradient's place beyond.
    run.advance(2)
    let snapshot = run.snapshot()
    #expect(!snapshot.loss.isFinite && snapshot.status == .running)
    #expect(run.advance(1) == 1)
    experiment.optimizer = Choice("gd")
    experiment.start = Start(parameters: [0.01])
    run = try Run(experiment)
    #expect(run.snapshot().status == .diverged(step: 0, parameter: nil) && run.advance(1) == 0)
  }

  @Test(
    "is a value: a copy continued gives the same bits, in one go or in many",
    arguments: [
      Batching.full, .sequential(size: 4), .shuffled(size: 4), .withReplacement(size: 4),
      .blocks(size: 5), .blockSequence(size: 5, numbers: [3, 0, 2], stepsPerEpoch: 4),
      .explicit(rows: [[0, 3], [22], [5, 5, 6]], stepsPerEpoch: 3),
    ])
  func copies(_ batching: Batching) throws {
    for optimizer in optimizers.names {
      let experiment = experiment(Choice(optimizer), rate: 0.01, batching: batching)
      var whole = try Run(experiment, objective: Line.sample(tests: 5), start: [0, 0])
      whole.advance(37)
      var pieces = whole
      whole.advance(100)
      for _ in 0..<25 { pieces.advance(4) }
      #expect(whole.parameters == pieces.parameters, "\(optimizer)")
      #expect(whole.snapshot().history == pieces.snapshot().history)
      #expect(whole.snapshot().trajectory == pieces.snapshot().trajectory)
    }
  }

  @Test("dates commands, and its session replays to the same bits")
  func replays() throws {
    let line = Line.sample()
    let start = experiment(Choice("adam"), rate: 0.05, batching: .shuffled(size: 5))
    var live = try Run(start, objective: line, start: [0, 0])
    live.advance(10)
    try live.apply(.learningRate(0.02))
    live.advance(7)
    try live.apply(.hyperparameter("beta1", 0.8))
    try live.apply(.schedule(Choice("exponential", ["gamma": 0.99])))
    live.advance(11)
    try live.apply(.optimizer(Choice("momentum"), carryState: false))
    live.advance(3)
    try live.apply(.batching(.withReplacement(size: 3)))
    live.advance(20)
    try live.apply(.parameters([1, 1]))
    live.advance(9)
    #expect(live.changes.map(\.step) == [10, 17, 17, 28, 31, 51])

    var replay = try Run(live.session, objective: line, start: [0, 0])
    replay.advance(60)
    #expect(replay.parameters == live.parameters)
    #expect(replay.snapshot().history == live.snapshot().history)
    #expect(replay.changes == live.changes)
    #expect(replay.experiment.optimizer == Choice("momentum"))
  }

  @Test("keeps the parameters when the optimizer is switched", arguments: [true, false])
  func switches(_ carry: Bool) throws {
    var run = try bowlRun { $0.optimizer = Choice("adam") }
    run.advance(5)
    let before = run.parameters
    try run.apply(.optimizer(Choice("amsgrad"), carryState: carry))
    #expect(run.parameters == before)
    let m = run.snapshot().optimizerState.first { $0.name == "m" }
    #expect((m?.values != [0, 0]) == carry)
  }

  @Test("keeps the optimizer's memory when one of its settings changes")
  func tunes() throws {
    var changed = try bowlRun { $0.optimizer = Choice("momentum") }
    var plain = changed
    changed.advance(4)
    plain.advance(4)
    try changed.apply(.hyperparameter("momentum", 0.9))
    changed.advance(4)
    plain.advance(4)
    #expect(changed.parameters == plain.parameters)
  }

  @Test("says which parameter stopped being finite, and when, and stays there")
  func diverges() throws {
    var run = try Run(
      experiment(rate: 1e200), objective: Bowl(curvatures: [0, 1e150], minimum: [0, 1]),
      start: [0, 0])
    #expect(run.advance(100) == 1)
    #expect(run.status == .diverged(step: 1, parameter: "x2"))
    #expect(run.advance(100) == 0)
    #expect(run.step == 1)
    #expect(run.parameters[1].isFinite == false)
    #expect(run.snapshot().status == .diverged(step: 1, parameter: "x2"))
  }

  @Test(
    "stops where the loss stops being finite: infinite, and minus infinity, which is not a low loss",
    arguments: [(10.0, 1.0), (1, -1)])
  func lossOverflows(rate: Double, curvature: Double) throws {
    var run = try Run(
      experiment(rate: rate), objective: Bowl(curvatures: [curvature], minimum: [0]), start: [1])
    run.advance(10_000)
    guard case .diverged(let step, nil) = run.status else {
      Issue.record("\(run.status)")
      return
    }
    #expect(step == run.step)
    #expect(run.parameters[0].isFinite)
  }

  @Test("stops when the loss is low enough, and goes on when asked again")
  func stopsAtLoss() throws {
    var run = try bowlRun { $0.stop = StopRule(lossBelow: 0.1) }
    let taken = run.advance(1000)
    #expect(taken < 1000)
    #expect(run.status == .finished)
    #expect(run.loss <= 0.1)
    #expect(run.advance(10) == 10)
    #expect(run.status == .running)
  }

  @Test("with mini-batches, stops at the end of the epoch that brings the loss low enough")
  func stopsAtLossOfAllSamples() throws {
    var experiment = experiment()
    experiment.batching = .sequential(size: 2)
    experiment.stop = StopRule(lossBelow: 0.01)
    let line = Line(xs: [-1, 0, 1, 2, 3, 4], ys: [-1, 1, 3, 5, 7, 9])
    var run = try Run(experiment, objective: line, start: [0, 0])
    run.advance(10_000)
    #expect(run.status == .finished)
    #expect(run.step > 3 && run.step % 3 == 0)
    #expect(run.loss <= 0.01)
    // An epoch earlier it was not.
    experiment.stop = StopRule()
    var shorter = try Run(experiment, objective: line, start: [0, 0])
    shorter.advance(run.step - 3)
    #expect(shorter.loss > 0.01)
  }

  @Test("stops when patience is at its end, as scikit-learn does")
  func stopsAtPatience() throws {
    var run = try bowlRun { $0.stop = StopRule(patience: 10, tolerance: 1e-4) }
    run.advance(100_000)
    #expect(run.status == .finished)
    // The same rule, written down independently.
    var reference = try bowlRun()
    var best = Double.infinity
    var bad = 0
    while bad <= 10 {
      let loss = reference.loss
      reference.advance(1)
      bad = loss > best - 1e-4 ? bad + 1 : 0
      best = min(best, loss)
    }
    #expect(run.step == reference.step)
  }

  @Test("refuses what does not fit, and is then as before")
  func refuses() throws {
    #expect(throws: RunError.self) { try bowlRun { $0.optimizer = Choice("adm") } }
    #expect(throws: RunError.self) { try bowlRun { $0.optimizer = Choice("adam", ["beta1": 2]) } }
    #expect(throws: RunError.self) { try bowlRun { $0.schedule = Choice("cosin") } }
    #expect(throws: RunError.self) { try bowlRun { $0.learningRate = .value(.nan) } }
    #expect(throws: RunError.self) {
      try Run(experiment(), objective: bowl, start: [1])
    }
    for batching in [
      Batching.sequential(size: 0), .blocks(size: 24), .shuffled(size: -1),
      .blockSequence(size: 5, numbers: [4], stepsPerEpoch: 1),
      .explicit(rows: [[23]], stepsPerEpoch: 1), .explicit(rows: [], stepsPerEpoch: 1),
      .explicit(rows: [[]], stepsPerEpoch: 1),
    ] {
      #expect(throws: RunError.self, "\(batching)") {
        try Run(experiment(batching: batching), objective: Line.sample(), start: [0, 0])
      }
    }
    var run = try bowlRun()
    run.advance(3)
    let before = run.parameters
    for command in [
      Command.learningRate(.infinity), .parameters([1]), .optimizer(Choice("?"), carryState: true),
      .hyperparameter("gamma", 1), .activation(Choice("relu")),
      .addPoint(AddedPoint(inputs: [1], targets: [1])),
    ] {
      #expect(throws: RunError.self, "\(command)") { try run.apply(command) }
    }
    #expect(run.changes.isEmpty)
    #expect(run.parameters == before)
    #expect(run.experiment == run.original)
  }

  @Test(
    "divides by the largest curvature at the start, known in closed form or not",
    arguments: [
      true, false,
    ])
  func largestEigenvalue(_ knowsHessian: Bool) throws {
    let bowl = Bowl(curvatures: [1, 4, 2], minimum: [0, 0, 0], knowsHessian: knowsHessian)
    var experiment = experiment()
    experiment.learningRate = .overLargestEigenvalue(2)
    let run = try Run(experiment, objective: bowl, start: [1, 1, 1])
    #expect(abs(run.learningRate - 0.5) < (knowsHessian ? 1e-15 : 1e-8))
  }

  @Test("counts epochs of mini-batches, and records batch, train and test losses")
  func epochs() throws {
    var run = try Run(
      experiment(rate: 0.01, batching: .shuffled(size: 5)), objective: Line.sample(tests: 4),
      start: [0, 0])
    run.advance(12)
    #expect(run.epoch == 2)
    let snapshot = run.snapshot()
    #expect(snapshot.history.series.map(\.metric.name) == ["train", "batch", "test"])
    #expect(snapshot.lastBatch.count == 5)
    #expect(snapshot.testLoss != nil)
  }

  @Test(
    "goes the same way when it does not measure whole splits, and stops by their loss all the same")
  func unmeasured() throws {
    var experiment = experiment(rate: 0.01, batching: .shuffled(size: 2))
    experiment.stop = StopRule(lossBelow: 0.01)
    let line = Line(
      xs: [-1, 0, 1, 2, 3, 4], ys: [-1, 1, 3, 5, 7, 9], testXs: [5, 6], testYs: [11, 13])
    let run = try Run(experiment, objective: line, start: [0, 0])
    var (measured, unmeasured) = (run, run)
    unmeasured.measuresSplits = false
    #expect(measured.advance(10_000) == unmeasured.advance(10_000))
    #expect(measured.status == .finished && unmeasured.status == .finished)
    #expect(measured.parameters == unmeasured.parameters)
    let (seen, unseen) = (measured.snapshot(), unmeasured.snapshot())
    #expect(seen.loss == unseen.loss && seen.testLoss == unseen.testLoss)
    let batch = try #require(unseen.history.series.first { $0.metric == .batch })
    #expect(batch == seen.history.series.first { $0.metric == .batch })
    // The stop rule measures at the ends of epochs.
    #expect(seen.history.series.map(\.metric.name) == ["train", "batch", "test"])
    #expect(unseen.history.series.map(\.metric.name) == ["train", "batch"])
  }

  @Test("multiplies the base rate by the schedule")
  func schedules() throws {
    var run = try bowlRun {
      $0.learningRate = .value(1)
      $0.schedule = Choice("inverse_time", ["t0": 5, "t1": 50])
    }
    #expect(run.learningRate == 0.1)
    run.advance(1)
    #expect(run.learningRate == 5.0 / 51)
    try run.apply(.learningRate(2))
    #expect(run.learningRate == 10.0 / 51)
  }

  @Test("the rate of the next step knows of the changes that are due before it")
  func rateAtAChange() throws {
    var run = try bowlRun {
      $0.changes = [
        DatedCommand(step: 3, command: .learningRate(0.02)),
        DatedCommand(step: 3, command: .schedule(Choice("exponential", ["gamma": 0.5]))),
      ]
    }
    let first = run.learningRate
    run.advance(2)
    #expect(run.learningRate == first)
    run.advance(1)
    #expect(run.step == 3 && run.learningRate == 0.02 && run.snapshot().learningRate == 0.02)
    run.advance(1)
    #expect(run.learningRate == 0.01)
  }
}
