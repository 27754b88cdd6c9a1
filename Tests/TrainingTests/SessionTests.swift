import Foundation
import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("States and checkpoints")
struct RunStateTests {
  /// A state that was written and read again.
  static func written(_ state: RunState) throws -> RunState {
    try JSONDecoder().decode(RunState.self, from: try JSONEncoder().encode(state))
  }

  @Test(
    "A state that was written goes on with the same bits, whatever the optimizer and the batches",
    arguments: optimizers.names)
  func goesOn(_ name: String) throws {
    for batching in AllocationTests.batchings {
      var experiment = AllocationTests.xor(Choice(name), batching)
      experiment.schedule = Choice("reduce_on_plateau", ["patience": 1])
      experiment.stop = StopRule(patience: 1000)
      var run = try Run(experiment)
      for steps in [0, 1, 7, 30] {
        run.advance(steps)
        let checkpoint = run.checkpoint()
        let state = try Self.written(checkpoint.state)
        #expect(state == checkpoint.state)
        var other = Run(Checkpoint(state: state, settings: checkpoint.settings), on: run.course)
        #expect(other.state == checkpoint.state)
        #expect(other.lastBatch == run.lastBatch && other.learningRate == run.learningRate)
        var whole = run
        whole.advance(25)
        other.advance(25)
        #expect(other.state == whole.state, "\(batching) after \(run.step)")
      }
    }
  }

  @Test("A checkpoint is the parameters, the gradient and the optimizer's memory, and no scratch")
  func size() throws {
    var run = try Run(AllocationTests.xor(Choice("adam")))
    run.advance(10)
    let checkpoint = run.checkpoint()
    let parameters = checkpoint.state.parameters.byteCount
    #expect(
      checkpoint.state.byteCount <= 3 * parameters + checkpoint.state.optimizer.byteCount + 256)
    #expect(checkpoint.state.optimizer.byteCount == 2 * parameters)
    // Nothing but the state and what is shared by all checkpoints of the same settings.
    run.advance(10)
    #expect(run.checkpoint().settings === checkpoint.settings)
    try run.apply(.learningRate(0.5))
    #expect(run.checkpoint().settings !== checkpoint.settings)
  }

  @Test("Going on past a stop rule is a dated change, and the session replays")
  func pastStopRule() throws {
    for rule in [StopRule(lossBelow: 0.69), StopRule(patience: 3, tolerance: 1)] {
      for batching in [Batching.full, .shuffled(size: 2)] {
        var experiment = AllocationTests.xor(Choice("adam"), batching)
        experiment.stop = rule
        var run = try Run(experiment)
        run.advance(5000)
        guard run.status == .finished else { continue }
        try run.apply(.learningRate(0.02))
        run.advance(100)
        #expect(run.changes.map(\.command) == [.learningRate(0.02), .ignoreStopRule])
        var replay = try Run(run.session)
        replay.advance(run.step)
        #expect(replay.step == run.step && replay.parameters == run.parameters)
        #expect(replay.changes == run.changes)
        // In pieces too, and when it is asked for no more than the step at which it stopped.
        var pieces = try Run(run.session)
        for _ in 0..<run.step { pieces.advance(1) }
        #expect(pieces.state == replay.state && pieces.changes == run.changes)
      }
    }
  }

  @Test("A change that no longer fits is left out and told")
  func omissions() throws {
    var experiment = AllocationTests.xor(Choice("adam"))
    experiment.changes = [
      DatedCommand(step: 3, command: .parameters([1])),
      DatedCommand(step: 4, command: .learningRate(0.5)),
    ]
    var run = try Run(experiment)
    run.advance(10)
    #expect(run.omissions.map(\.change) == [experiment.changes[0]])
    #expect(run.snapshot().omissions.first?.reason.contains("17") == true)
    #expect(run.changes == [experiment.changes[1]])
  }

  @Test("A run that diverged knows the last moment at which everything was finite")
  func lastFinite() throws {
    var experiment = Experiment(
      name: "parabola", problem: .function(FunctionProblem(landscape: Choice("parabola"))))
    experiment.start = Start(parameters: [1])
    experiment.learningRate = .value(1e6)
    experiment.optimizer = Choice("momentum")
    var run = try Run(experiment)
    run.advance(3)
    #expect(run.lastFinite() == nil || run.status != .running)
    let earlier = run.checkpoint()
    run.advance(10_000)
    guard case .diverged(let step, let parameter) = run.status else {
      Issue.record("\(run.status)")
      return
    }
    for start in [nil, earlier] {
      let last = try #require(run.lastFinite(from: start))
      #expect(last.status == .running)
      #expect(last.step == (parameter == nil ? step : step - 1))
      #expect(last.parameters.allSatisfy { $0.isFinite })
      var again = last
      again.advance(1)
      #expect(again.status == run.status)
    }
  }

  @Test(
    "Snapshots that are costly come seldom: a fiftieth of the time, a tenth beyond ten milliseconds"
  )
  func publishing() {
    for cost in [Duration.microseconds(10), .milliseconds(1), .milliseconds(9)] {
      #expect(TrainerLoop.distance(cost) == cost * 50)
    }
    #expect(TrainerLoop.distance(.milliseconds(200)) == .seconds(2))
  }
}

@Suite("Sessions: the past, branches, undo")
struct SessionTests {
  static func session(_ batching: Batching = .full, budget: Int = Session.usualBudget) throws
    -> Session
  {
    var experiment = AllocationTests.xor(Choice("adam"), batching)
    experiment.learningRate = .value(0.05)
    return Session(try Run(experiment), budget: budget)
  }

  /// Steps with checkpoints in between, as a trainer takes them.
  static func advance(_ session: inout Session, _ steps: Int) {
    var left = steps
    while left > 0 {
      let taken = session.advance(min(left, 7))
      if taken == 0 { return }
      left -= taken
      if session.wantsCheckpoint { session.keepCheckpoint() }
    }
  }

  @Test("Any moment is come back to bit by bit, and going on leads to the same end")
  func rewinds() throws {
    var session = try Self.session(.shuffled(size: 3))
    var states: [RunState] = [session.run.state]
    for step in 1...200 {
      if step % 50 == 0 { try session.apply(.learningRate(Double(step) * 1e-3)) }
      states[states.count - 1] = session.run.state
      _ = session.advance(1)
      if step % 9 == 0 { session.keepCheckpoint() }
      states.append(session.run.state)
    }
    let end = session.run.state
    for step in [0, 1, 49, 50, 51, 133, 199, 0, 200, 77] {
      session.seek(step: step)
      #expect(session.run.step == step && session.isPast == (step < 200))
      // After the changes of that step.
      if step % 50 != 49 { #expect(session.run.state == states[step], "\(step)") }
    }
    Self.advance(&session, 123)
    #expect(!session.isPast && session.run.state == end)
    #expect(session.branches.count == 1)
  }

  @Test("A change in the past begins a branch; the old one stays as it was")
  func branches() throws {
    var session = try Self.session()
    Self.advance(&session, 100)
    let end = session.run.state
    let course = session.run.id
    session.seek(step: 40)
    #expect(session.run.id == course)
    try session.apply(.learningRate(0.5))
    Self.advance(&session, 30)
    #expect(session.branches.count == 2 && session.run.step == 70 && session.run.id != course)
    #expect(session.snapshot().ghosts.map(\.branch) == [1])
    // The branch replays as a run of its own.
    var replay = try Run(session.run.session)
    replay.advance(70)
    #expect(replay.state == session.run.state)
    session.goTo(branch: 1)
    #expect(session.run.state == end)
    session.goTo(branch: 2)
    #expect(session.run.state == replay.state)
    session.forget(1)
    session.seek(step: 10)
    #expect(session.branches.count == 1 && session.run.step == 10)
  }

  @Test("Another way from an earlier step is one action, wherever the run stands")
  func parts() throws {
    let changes: [Command] = [.learningRate(0.5), .optimizer(Choice("gd"), carryState: false)]
    for place in [100, 60] {
      var session = try Self.session()
      Self.advance(&session, 100)
      let end = session.run.state
      session.seek(step: place)
      for step in [40, 0, 100] {
        try session.part(at: step, with: changes, label: "mended")
        #expect(session.run.step == step && !session.isPast)
        #expect(session.run.changes.map(\.command) == changes)
        #expect(session.summary.undo?.label == "mended")
        Self.advance(&session, 5)
        var replay = try Run(session.run.session)
        replay.advance(step + 5)
        #expect(replay.state == session.run.state)
        session.undo()
        #expect(session.run.step == place && session.summary.current == 1)
      }
      session.goTo(branch: 1)
      #expect(session.run.state == end && session.branches.count == 4)
    }
  }

  @Test("Another way that does not fit leaves the run where it was")
  func refusedParts() throws {
    var session = try Self.session()
    Self.advance(&session, 50)
    let before = session.run.state
    #expect(throws: RunError.self) {
      try session.part(
        at: 20, with: [.learningRate(0.5), .parameters([1])], label: "mended")
    }
    #expect(session.run.state == before && session.branches.count == 1 && !session.isPast)
    #expect(session.summary.undo == nil)
  }

  @Test("A new beginning is of the same family, has a name, and is undone")
  func beginsAgain() throws {
    var session = try Self.session()
    Self.advance(&session, 50)
    let before = session.run.state
    var other = session.run.original
    other.seed += 1
    try session.beginAgain(as: other, label: "seed 2")
    #expect(session.run.step == 0 && session.summary.rows.last?.name == "seed 2")
    #expect(session.snapshot().ghosts.map(\.branch) == [1])
    session.undo()
    #expect(session.run.state == before)
  }

  @Test("Undo is the run as it was, state and settings; redo does it again; nothing is lost")
  func undo() throws {
    var session = try Self.session()
    Self.advance(&session, 20)
    let before = session.run.state
    let experiment = session.run.experiment
    // Presses of one key without a step between are one action.
    for rate in [0.06, 0.07, 0.08] { try session.apply(.learningRate(rate)) }
    Self.advance(&session, 10)
    let after = session.run.state
    session.undo()
    #expect(session.run.state == before && session.run.experiment == experiment)
    session.redo()
    #expect(session.run.state == after)
    session.undo()
    // Going on from there does not do again what was taken back.
    Self.advance(&session, 10)
    var plain = try Run(experiment)
    plain.advance(30)
    #expect(session.run.state.parameters == plain.state.parameters)
    #expect(session.branches.count == 2)
    session.goTo(branch: 1)
    #expect(session.run.state == after)
  }

  @Test("Ten different changes and ten undos end where they began, bit by bit")
  func tenUndos() throws {
    var session = try Self.session()
    Self.advance(&session, 15)
    let before = session.run.state
    let commands: [Command] = [
      .learningRate(0.1), .optimizer(Choice("momentum"), carryState: false),
      .hyperparameter("momentum", 0.5), .activation(Choice("relu")), .batching(.shuffled(size: 2)),
      .schedule(Choice("cosine")), .addPoint(AddedPoint(inputs: [0.5, 0.5], targets: [1])),
      .parameters([Double](repeating: 0.1, count: before.parameters.vector.count)),
      .optimizer(Choice("adam"), carryState: true), .learningRate(0.2),
    ]
    for command in commands {
      try session.apply(command)
      Self.advance(&session, 3)
    }
    let end = session.run.state
    for _ in commands { session.undo() }
    #expect(session.run.state == before)
    for _ in commands { session.redo() }
    #expect(session.run.state == end)
  }

  @Test("Restarts and loads are taken back too; what is refused leaves everything as it was")
  func restarts() throws {
    var session = try Self.session()
    Self.advance(&session, 25)
    let before = session.run.state
    try session.restart(seed: 9)
    Self.advance(&session, 5)
    #expect(session.snapshot().ghosts.count == 1)
    session.undo()
    #expect(session.run.state == before)
    #expect(throws: RunError.self) { try session.apply(.parameters([1])) }
    session.seek(step: 5)
    let past = session.run.state
    #expect(throws: RunError.self) { try session.apply(.learningRate(.nan)) }
    #expect(session.run.state == past && session.branches.count == 2)
  }

  @Test("A session that was written and opened again has the same branches, bit by bit")
  func written() throws {
    var session = try Self.session(.shuffled(size: 3))
    Self.advance(&session, 60)
    session.seek(step: 20)
    try session.apply(.learningRate(0.5))
    Self.advance(&session, 30)
    session.name(session.current, "fast")
    try session.apply(Self.width(3, session.run.experiment))
    Self.advance(&session, 5)
    try session.restart(seed: 4)
    Self.advance(&session, 9)
    try session.apply(.learningRate(0.1))
    Self.advance(&session, 9)
    // What was taken back is not what goes on.
    session.undo()
    let snapshot = session.snapshot()
    var saved = SavedSession(
      branches: snapshot.branches.map(\.saved), current: snapshot.session.shown)
    #expect(saved.branches.map(\.steps) == [60, 55, 18, 9] && saved.current == 4)
    for branch in saved.branches { #expect(branch.isSame(try branch.replayed())) }
    var other = saved.branches[1]
    other.steps -= 1
    #expect(!other.isSame(try other.replayed()))

    let states = Dictionary(
      uniqueKeysWithValues: snapshot.branches.map { ($0.description.id, $0.state) })
    // Replayed, or taken up where it stood.
    for isLate in [false, true] {
      saved.states = isLate ? states : [:]
      var again = try Session(saved, isLate: { isLate })
      #expect(again.snapshot().branches.map(\.saved) == saved.branches)
      #expect(again.run.state.parameters == session.run.state.parameters)
      #expect(again.current == 4 && again.branches[1].name == "fast")
      var plain = session
      for length in [1, 40] {
        Self.advance(&again, length)
        Self.advance(&plain, length)
        #expect(again.run.state == plain.run.state)
      }
      again.seek(step: 3)
      #expect(again.run.step == 3)
    }
    // Beside what is there already, and taken back.
    let before = session.run.state
    try session.open(saved)
    #expect(session.branches.count == 7)
    session.undo()
    #expect(session.run.state == before)
  }

  @Test("Traces of a long run begin at a checkpoint, not at its beginning")
  func longReplay() throws {
    var session = try Self.session()
    for steps in [10_000, ReplayedRun.window] {
      _ = session.advance(steps)
      session.keepCheckpoint()
    }
    let snapshot = session.snapshot()
    var replay = try #require(ReplayedRun(snapshot))
    #expect(replay.run.step == 10_000)
    while replay.step(towards: snapshot) {}
    #expect(replay.run.state.parameters == session.run.state.parameters)
  }

  @Test("Checkpoints stay in their budget however long a run is, and every moment stays near")
  func budget() throws {
    let budget = 40_000
    let isSlow = ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"
    let count = isSlow ? 10_000_000 : 20_000
    var session = try Self.session(budget: budget)
    for _ in 0..<20 {
      Self.advance(&session, count / 20)
      #expect(session.byteCount <= budget)
    }
    let steps = session.branches[0].timeline.checkpoints.map(\.moment.step)
    let gaps = zip(steps.dropFirst(), steps).map { $0 - $1 }
    #expect((gaps.max() ?? 0) <= 8 * count / steps.count)
  }

  @Test(
    "Random requests: branches never change their parents, replays are exact, budgets hold")
  func storms() throws {
    let isSlow = ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"
    for seed in 0..<(isSlow ? 10_000 : 40) {
      try storm(seed: UInt64(seed))
    }
  }

  /// Another number of hidden units under kept weights.
  private static func width(_ units: Int, _ experiment: Experiment) -> Command {
    var next = experiment
    if case .model(var model) = next.problem {
      model.hidden[0].units = units
      next.problem = .model(model)
    }
    return .set(KeyChange(Setting(key: "hidden", value: "\(units)"), to: next))
  }

  private func storm(seed: UInt64) throws {
    let stream = RandomStream(seed: seed, stream: 77)
    var draws = 0
    func below(_ count: Int) -> Int {
      draws += 1
      return stream.below(count, at: UInt64(draws))
    }
    var session = try Self.session(below(2) == 0 ? .full : .shuffled(size: 3), budget: 30_000)
    var ends: [Branch.ID: RunState] = [:]
    for _ in 0..<25 {
      switch below(15) {
      case 14:
        var other = session.run.original
        other.seed = UInt64(below(5))
        try session.beginAgain(as: other, label: "again")
      case 13:
        try session.part(
          at: below(max(1, session.run.step + 5)),
          with: [
            .learningRate(0.01 * Double(1 + below(9))),
            Self.width(2 + below(4), session.run.experiment),
          ], label: "part")
      case 12: try session.apply(Self.width(2 + below(4), session.run.experiment))
      case 0...2: Self.advance(&session, below(40))
      case 3: Self.advance(&session, below(600))
      case 4: session.seek(step: below(max(1, session.run.step + 5)))
      case 5: session.seek(step: session.run.step - below(20))
      case 6: try session.apply(.learningRate(0.01 * Double(1 + below(9))))
      case 7:
        try session.apply(.optimizer(Choice(["adam", "nadam", "gd"][below(3)]), carryState: true))
      case 8: session.undo()
      case 9: session.redo()
      case 10: session.goTo(branch: session.branches[below(session.branches.count)].id)
      default: try session.restart(seed: nil)
      }
      // Each branch keeps its first and its last moment, whatever they cost.
      let canBeThinned = session.branches.contains { $0.timeline.checkpoints.count > 2 }
      #expect(session.byteCount <= 30_000 || !canBeThinned)
      for branch in session.branches where branch.id != session.current {
        // A branch that is not shown stands still.
        let state = branch.head.state
        if let known = ends[branch.id], known.moment == state.moment { #expect(known == state) }
        ends[branch.id] = state
      }
    }
    for branch in session.branches where branch.id != session.current {
      var replay = try Run(branch.head.session)
      replay.advance(to: branch.end)
      #expect(replay.parameters == branch.head.parameters, "seed \(seed) branch \(branch.id)")
    }
  }
}
