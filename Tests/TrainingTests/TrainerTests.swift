import Glibc
import Lanes
import Models
import Synchronization
import Testing

@testable import Training

@Suite("A trainer on its own thread")
struct TrainerTests {
  func run(_ change: (inout Experiment) -> Void = { _ in }) throws -> Run {
    var experiment = experiment(rate: 1e-6)
    change(&experiment)
    return try Run(
      experiment, objective: Bowl(curvatures: [1, 2], minimum: [0, 0]), start: [1, 1])
  }

  /// Waits until `condition` holds for a snapshot; gives up after a great many looks.
  func poll(_ trainer: Trainer, _ condition: (Snapshot) -> Bool) -> Snapshot? {
    for _ in 0..<20_000_000 {
      let snapshot = trainer.latest
      if condition(snapshot) { return snapshot }
      sched_yield()
    }
    return nil
  }

  @Test("runs at full speed, pauses, and does not move while paused")
  func pauses() throws {
    let trainer = Trainer(try run())
    #expect(poll(trainer) { $0.step > 10_000 } != nil)
    trainer.send(.pause)
    let paused = try #require(poll(trainer) { $0.status == .paused })
    #expect(paused.stepsPerSecond == 0)
    trainer.send(.pace(10))
    let later = try #require(poll(trainer) { $0.generation > paused.generation })
    #expect(later.step == paused.step)
    trainer.send(.resume)
    #expect(poll(trainer) { $0.step > paused.step } != nil)
    trainer.stop()
  }

  @Test("takes exactly the steps it is asked for")
  func steps() throws {
    let trainer = Trainer(try run(), isPaused: true)
    #expect(trainer.latest.step == 0)
    #expect(trainer.latest.status == .paused)
    trainer.send(.step(1))
    #expect(poll(trainer) { $0.step == 1 && $0.status == .paused } != nil)
    trainer.send(.step(40))
    trainer.send(.step(2))
    #expect(poll(trainer) { $0.step == 43 && $0.status == .paused } != nil)
    trainer.stop()
    #expect(trainer.latest.step == 43)
  }

  @Test("what was asked for right before the end is in the last snapshot")
  func end() throws {
    for _ in 0..<50 {
      let trainer = Trainer(try run())
      trainer.send(Request(ticket: 7, control: .change(.learningRate(0.125))))
      trainer.stop()
      #expect(trainer.latest.acknowledged == 7)
      #expect(trainer.latest.baseRate == 0.125)
    }
  }

  @Test(
    "a session that takes long to be done again is given up at the end, and nothing has happened")
  func longSession() throws {
    let saved = SavedSession(
      branches: [.init(id: 1, original: experiment(rate: 1e-6), steps: 1 << 60)], current: 1)
    var session = Session(try run())
    var asked = 0
    #expect(throws: RunError.self) {
      try session.open(saved) {
        asked += 1
        return asked > 3
      }
    }
    #expect(session.branches.count == 1)
    #expect(asked < 10)
  }

  @Test("gives the bits that a run by hand gives, commands included")
  func sameBits() throws {
    let trainer = Trainer(try run { $0.optimizer = Choice("adam") })
    #expect(poll(trainer) { $0.step > 1000 } != nil)
    trainer.send(.change(.learningRate(1e-5)))
    trainer.send(.change(.hyperparameter("beta1", 0.8)))
    #expect(poll(trainer) { $0.changes.count == 2 } != nil)
    trainer.stop()
    let end = trainer.latest
    var experiment = try #require(end.original)
    experiment.changes = end.changes
    var replay = try Run(
      experiment, objective: Bowl(curvatures: [1, 2], minimum: [0, 0]), start: [1, 1])
    replay.advance(end.step)
    #expect(replay.parameters == end.parameters)
    #expect(replay.snapshot().history == end.history)
  }

  @Test("refuses what does not fit and says why, then goes on")
  func refuses() throws {
    let trainer = Trainer(try run(), isPaused: true)
    trainer.send(.change(.optimizer(Choice("adm"), carryState: false)))
    let refused = try #require(poll(trainer) { !$0.refusals.isEmpty })
    #expect(refused.refusals.first?.reason.contains("adam") == true)
    #expect(refused.changes.isEmpty)
    trainer.send(.change(.optimizer(Choice("adam"), carryState: false)))
    #expect(poll(trainer) { $0.experiment.optimizer.name == "adam" } != nil)
    #expect(trainer.latest.refusals == refused.refusals)
    trainer.stop()
  }

  @Test("says that a run diverged, and begins again at another rate on request")
  func diverges() throws {
    var experiment = Experiment(
      name: "parabola", problem: .function(FunctionProblem(landscape: Choice("parabola"))))
    experiment.start = Start(parameters: [1])
    experiment.learningRate = .value(1e6)
    let trainer = try Trainer(experiment)
    let end = try #require(
      poll(trainer) {
        if case .diverged = $0.status { return true }
        return false
      })
    #expect(end.step > 0)
    trainer.send(.change(.learningRate(0.1)))
    trainer.send(.restart(seed: nil))
    #expect(poll(trainer) { $0.status == .running && $0.step > 100 && $0.loss < 1e-6 } != nil)
    trainer.stop()
  }

  @Test("loads another experiment")
  func loads() throws {
    let trainer = Trainer(try run())
    var other = Experiment(
      name: "valley", problem: .function(FunctionProblem(landscape: Choice("rosenbrock"))))
    other.learningRate = .value(1e-4)
    trainer.send(.load(other, pace: 500))
    let loaded = try #require(poll(trainer) { $0.experiment.name == "valley" && $0.step > 3 })
    #expect(loaded.parameters.count == 2)
    trainer.stop()
  }

  @Test("finishes when its rule is met, and goes on when asked")
  func finishes() throws {
    let trainer = Trainer(
      try run {
        $0.stop = StopRule(lossBelow: 0.5)
        $0.learningRate = .value(1e-4)
      })
    let end = try #require(poll(trainer) { $0.status == .finished })
    #expect(end.loss <= 0.5)
    trainer.send(.resume)
    #expect(poll(trainer) { $0.step > end.step } != nil)
    trainer.stop()
  }

  @Test("wakes its listener, and ends when it is let go")
  func wakes() throws {
    let counter = Counter()
    do {
      let trainer = Trainer(try run()) { counter.add() }
      #expect(poll(trainer) { _ in counter.value >= 3 } != nil)
    }
    // The trainer's end joined its thread: nobody counts any more.
    let end = counter.value
    for _ in 0..<1000 { sched_yield() }
    #expect(counter.value == end)
  }

  @Test("takes a flood of requests in order")
  func flood() throws {
    let trainer = Trainer(try run(), isPaused: true)
    for index in 1...5000 {
      trainer.send(.change(.learningRate(Double(index) * 0x1p-20)))
      if index % 10 == 0 { trainer.send(.step(1)) }
    }
    let end = try #require(poll(trainer) { $0.step == 500 && $0.baseRate == 5000 * 0x1p-20 })
    #expect(zip(end.changes, end.changes.dropFirst()).allSatisfy { $0.step <= $1.step })
    trainer.stop()
  }
}

extension Learner {
  /// Sends what needs no answer.
  func send(_ control: Control) { send(Request(ticket: 0, control: control)) }
}

@Suite("Requests and their tickets")
struct RequestTests {
  @Test("snapshots say the newest ticket, and every refusal of a batch with its reason")
  func refusals() throws {
    let trainer = Trainer(
      try Run(experiment(), objective: Bowl(curvatures: [1], minimum: [0]), start: [1]),
      isPaused: true)
    let controls: [Control] = [
      .change(.optimizer(Choice("adm"), carryState: false)), .change(.learningRate(.nan)),
      .change(.learningRate(.infinity)), .resume,
    ]
    for (index, control) in controls.enumerated() {
      trainer.send(Request(ticket: Request.Ticket(index + 1), control: control))
    }
    var latest = trainer.latest
    while latest.acknowledged < 4 { latest = trainer.latest }
    trainer.stop()
    // A rate that is followed by another in the same batch is dropped: the newer one answers for
    // both. A trainer that wakes in between has two batches.
    #expect([[1, 3], [1, 2, 3]].contains(latest.refusals.map(\.ticket)))
    #expect(latest.refused(1) && !latest.refused(4))
  }

  @Test("refusals that nobody reads do not pile up")
  func bounded() throws {
    let learner = try InlineTrainer(AllocationTests.xor(Choice("adam")), isPaused: true)
    for ticket in 1...Request.Ticket(1000) {
      learner.send(
        Request(ticket: ticket, control: .change(.optimizer(Choice("?"), carryState: false))))
    }
    #expect(learner.latest.acknowledged == 1000)
    #expect(learner.latest.refusals.map(\.ticket) == Array(745...1000))
  }
}

@Suite("Identities")
struct IdentityTests {
  @Test("a run keeps its name while it goes on; a restart and a load get another")
  func runs() throws {
    let learner = try InlineTrainer(AllocationTests.xor(Choice("adam")))
    let first = learner.latest
    learner.advance(steps: 5)
    learner.send(.change(.learningRate(0.5)))
    #expect(learner.latest.run == first.run && learner.latest.objectiveID == first.objectiveID)
    learner.send(.restart(seed: nil))
    // The same problem from the same seed is the same objective: what was found out about it holds.
    #expect(learner.latest.run != first.run && learner.latest.objectiveID == first.objectiveID)
    learner.send(.restart(seed: 5))
    #expect(learner.latest.objectiveID != first.objectiveID)
  }

  @Test(
    "whatever changes the loss changes the objective's name",
    arguments: [
      { $0.reduction = .sum }, { $0.penaltyPerSample = true }, { $0.l2 = 0.1 },
      { $0.data.added = [AddedPoint(inputs: [0, 0], targets: [1])] },
    ] as [@Sendable (inout ModelProblem) -> Void])
  func objectives(change: @Sendable (inout ModelProblem) -> Void) throws {
    let experiment = AllocationTests.xor(Choice("adam"))
    let learner = try InlineTrainer(experiment, isPaused: true)
    let before = learner.latest.objectiveID
    guard case .model(var model) = experiment.problem else { return }
    change(&model)
    var other = experiment
    other.problem = .model(model)
    learner.send(.load(other, pace: 60))
    #expect(learner.latest.objectiveID != before)
  }

  @Test("changes of activation and data change the objective's name, others do not")
  func commands() throws {
    let learner = try InlineTrainer(AllocationTests.xor(Choice("adam")), isPaused: true)
    var seen = [learner.latest.objectiveID]
    for command in [
      Command.activation(Choice("relu")), .addPoint(AddedPoint(inputs: [0, 0], targets: [1])),
    ] {
      learner.send(.change(command))
      #expect(!seen.contains(learner.latest.objectiveID))
      seen.append(learner.latest.objectiveID)
    }
    learner.send(.change(.batching(.shuffled(size: 2))))
    #expect(learner.latest.objectiveID == seen.last)
  }
}

@Suite("A pacer")
struct PacerTests {
  /// Steps taken at a pace when the pacer is asked at given times.
  func taken(_ pace: Double, at times: [Duration]) -> [Int] {
    let begin = SuspendingClock().now
    var pacer = Pacer(pace: pace, now: begin)
    return times.map { time in
      let owed = pacer.owed(now: begin.advanced(by: time))
      pacer.paid(owed)
      return owed
    }
  }

  @Test("owes steps as time goes by, and each only once")
  func owes() {
    let looks = (1...1000).map { Duration.milliseconds($0) }
    #expect(taken(250, at: looks).reduce(0, +) == 250)
    #expect(taken(2000, at: looks).reduce(0, +) == 2000)
    #expect(taken(2, at: looks).enumerated().filter { $0.1 > 0 }.map { $0.0 + 1 } == [500, 1000])
  }

  @Test("forgives a debt that the machine cannot pay")
  func forgives() {
    #expect(taken(1000, at: [.seconds(60), .seconds(60), .milliseconds(60_010)]) == [100, 0, 10])
    #expect(taken(.greatestFiniteMagnitude, at: [.seconds(1)]) == [1_000_000_000])
  }

  @Test("says how long to wait for the next step, never long")
  func waits() {
    let begin = SuspendingClock().now
    #expect(Pacer(pace: 100, now: begin).timeToNext(now: begin) <= .microseconds(10_001))
    #expect(Pacer(pace: 1e-300, now: begin).timeToNext(now: begin) <= .milliseconds(251))
  }
}

/// Counts from any thread.
final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  func add() { count.add(1, ordering: .relaxed) }
  var value: Int { count.load(ordering: .relaxed) }
}

@Suite("A learner that moves when told to")
struct InlineTrainerTests {
  @Test("moves when told to, unless paused, and takes single steps at once")
  func moves() throws {
    let learner = InlineTrainer(
      try Run(
        experiment(), objective: Bowl(curvatures: [1], minimum: [0]), start: [1]))
    #expect(learner.advance(steps: 7) == 7)
    #expect(learner.latest.step == 7)
    learner.send(.pause)
    #expect(learner.advance(steps: 7) == 0)
    #expect(learner.latest.status == .paused)
    learner.send(.step(3))
    #expect(learner.latest.step == 10)
    let generation = learner.latest.generation
    #expect(learner.latest.generation == generation)
    learner.send(.change(.learningRate(0.5)))
    #expect(learner.latest.baseRate == 0.5)
    #expect(learner.latest.generation > generation)
    learner.send(.restart(seed: 9))
    #expect(!learner.latest.refusals.isEmpty || learner.latest.step == 0)
  }

  @Test("begins an experiment anew from its seed")
  func restarts() throws {
    let learner = try InlineTrainer(AllocationTests.xor(Choice("adam")))
    let start = learner.latest.parameters
    learner.advance(steps: 50)
    #expect(learner.latest.parameters != start)
    learner.send(.restart(seed: nil))
    #expect(learner.latest.parameters == start)
    learner.send(.restart(seed: 77))
    #expect(learner.latest.parameters != start)
    #expect(learner.latest.experiment.seed == 77)
  }

  @Test("changes activation and data, and keeps the parameters")
  func changesProblem() throws {
    let learner = try InlineTrainer(AllocationTests.xor(Choice("adam"), .shuffled(size: 2)))
    learner.advance(steps: 5)
    let before = learner.latest
    learner.send(.change(.activation(Choice("relu"))))
    learner.send(.change(.addPoint(AddedPoint(inputs: [0.5, 0.5], targets: [1]))))
    let after = learner.latest
    #expect(after.refusals.isEmpty)
    #expect(after.parameters == before.parameters)
    #expect(after.objective.sampleCount == before.objective.sampleCount + 1)
    #expect(after.loss != before.loss)
    #expect(learner.advance(steps: 10) == 10)
    var replay = try Run(learner.run.session)
    replay.advance(15)
    #expect(replay.parameters == learner.latest.parameters)
  }
}
