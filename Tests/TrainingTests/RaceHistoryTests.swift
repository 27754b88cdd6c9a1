import Models
import Optimization
import Testing

@testable import Training

@Suite("Races and what is taken back")
struct RaceHistoryTests {
  /// A learner to which requests are given by turns.
  private static func trainer(
    _ race: Race = RaceTests.race(), leader: Int = 0
  ) throws -> (trainer: InlineTrainer, ask: (Control) -> Void) {
    let trainer = InlineTrainer(try Run(RaceTests.valley()))
    func ask(_ control: Control) { trainer.send(Request(ticket: 1, control: control)) }
    ask(.race(race, leader: leader, pace: .infinity))
    return (trainer, ask)
  }

  @Test("A race that was left does not come back, nor do those of which it was a restart")
  func left() throws {
    let (trainer, ask) = try Self.trainer()
    trainer.advance(steps: 20)
    ask(.restart(seed: nil))
    trainer.advance(steps: 10)
    ask(.endRace)
    trainer.advance(steps: 5)
    ask(.change(.learningRate(5e-4)))
    #expect(trainer.latest.race == nil && trainer.latest.step == 15)
    ask(.undo)
    #expect(trainer.latest.race == nil && trainer.latest.step == 15)
    ask(.undo)
    #expect(trainer.latest.race == nil && trainer.latest.step == 20)
    for _ in 0..<2 { ask(.redo) }
    #expect(trainer.latest.race == nil && trainer.latest.baseRate == 5e-4)
  }

  @Test("A race that was left by another beginning comes back with it")
  func leftByBeginning() throws {
    let (trainer, ask) = try Self.trainer()
    trainer.advance(steps: 20)
    ask(.load(RaceTests.valley(), pace: .infinity))
    // There is no race to be left.
    ask(.endRace)
    #expect(trainer.latest.race == nil)
    ask(.undo)
    #expect(trainer.latest.race?.step == 20 && trainer.latest.step == 20)
  }

  @Test("Another run leads at the race's step, also where it was shown beyond it")
  func leadsAtTheStep() throws {
    let (trainer, ask) = try Self.trainer()
    trainer.advance(steps: 80)
    ask(.lead(2))
    ask(.change(.learningRate(5e-4)))
    ask(.lead(0))
    ask(.seek(step: 30))
    ask(.change(.learningRate(2e-4)))
    #expect(trainer.latest.race?.step == 30)
    ask(.lead(2))
    #expect(trainer.latest.step == 30 && trainer.latest.race?.step == 30)
    #expect(trainer.latest.race?.leader == 2 && trainer.latest.baseRate == 1e-3)
    #expect(trainer.latest.parameters == trainer.latest.race?.runs[2].parameters)
    ask(.resume)
    trainer.advance(steps: 60)
    #expect(trainer.latest.step == 90 && trainer.latest.baseRate == 5e-4)
    #expect(trainer.latest.parameters == trainer.latest.race?.runs[2].parameters)
  }

  @Test(
    "What takes nothing back, and what does, leaves a race that catches up at its step",
    arguments: [Control.redo, .branch(999), .undo])
  func catchesUp(control: Control) throws {
    var learner = LearnerState(try Run(RaceTests.valley()), isPaused: false, pace: .infinity)
    func ask(_ control: Control) { learner.handle(Request(ticket: 1, control: control)) }
    func shown() -> Snapshot { learner.snapshot(stepsPerSecond: 0, generation: 0) }
    ask(.race(RaceTests.race(), leader: 0, pace: .infinity))
    while learner.run.step < 500 { _ = learner.advance(500 - learner.run.step) }
    ask(.pause)
    ask(.lead(2))
    _ = learner.advance(100)
    #expect(learner.isCatchingUp && learner.run.step == 100)
    ask(control)
    if control == .undo {
      #expect(shown().race == nil)
      ask(.redo)
      learner.finishCatchingUp()
    }
    #expect(learner.run.step == 500 && shown().race?.step == 500)
    var whole = try RaceCourse(RaceTests.race())
    whole.advance(to: 500)
    #expect(shown().race?.runs.map(\.parameters) == whole.standing().runs.map(\.parameters))
  }

  @Test("While the others catch up, another leader comes to the step that is shown")
  func catchesUpBehind() throws {
    var learner = LearnerState(try Run(RaceTests.valley()), isPaused: false, pace: .infinity)
    func ask(_ control: Control) { learner.handle(Request(ticket: 1, control: control)) }
    ask(.race(RaceTests.race(), leader: 0, pace: .infinity))
    while learner.run.step < 80 { _ = learner.advance(80 - learner.run.step) }
    ask(.seek(step: 30))
    ask(.change(.learningRate(2e-4)))
    _ = learner.advance(10)
    #expect(learner.isCatchingUp)
    ask(.lead(1))
    learner.finishCatchingUp()
    #expect(learner.run.step == 30)
  }

  @Test("A branch that was named is kept when another run is shown; labels are no names")
  func named() throws {
    let (trainer, ask) = try Self.trainer()
    trainer.advance(steps: 40)
    let branch = trainer.latest.session.current
    #expect(trainer.latest.session.rows.last?.name == "race: gd")
    ask(.name(branch, "mine"))
    ask(.lead(1))
    #expect(trainer.latest.session.rows.map(\.name) == ["valley", "mine", "race: momentum"])
    #expect(trainer.latest.branches.map(\.description.name) == ["", "mine", "race: momentum"])
    ask(.lead(0))
    #expect(trainer.latest.session.current == branch && trainer.latest.step == 40)
    #expect(trainer.latest.session.rows.map(\.name) == ["valley", "mine"])
    ask(.name(branch, ""))
    #expect(trainer.latest.session.rows.last?.name == "race: gd")
  }

  @Test("Branches of races go before those that were named, and nothing is kept of them")
  func many() throws {
    var learner = LearnerState(try Run(RaceTests.valley()), isPaused: true, pace: .infinity)
    func ask(_ control: Control) { learner.handle(Request(ticket: 1, control: control)) }
    ask(.name(learner.session.current, "mine"))
    for _ in 0..<Session.branchLimit + 6 {
      ask(.race(RaceTests.race(["gd"]), leader: 0, pace: .infinity))
    }
    #expect(learner.session.branches.count == Session.branchLimit)
    #expect(learner.session.branches.first?.name == "mine")
    let known = Set(learner.session.branches.map(\.id))
    #expect(learner.racing.count == Session.branchLimit - 1)
    #expect(learner.racing.keys.allSatisfy(known.contains))
  }
}

@Suite("What is said of changed runs of a race")
struct RaceChangeTests {
  private static let race = RaceTests.race()

  /// What is said of the first run after some changes.
  private static func words(
    _ commands: [Command] = [], of race: Race = RaceChangeTests.race
  ) throws -> String? {
    var run = try Run(race.members[0].experiment)
    run.advance(10)
    for command in commands { try run.apply(command) }
    return race.replacing(0, with: run).members[0].change
  }

  @Test("Another seed of all runs is no change of one")
  func seeds() throws {
    var mine = Self.race.members[0].experiment
    mine.learningRate = .value(5e-4)
    let changed = Self.race.replacing(0, with: mine)
    for again in [changed.reseeded(7), changed.seeded([7])] {
      #expect(again.members[0].experiment.seed == 7)
      #expect(again.members[0].change == "η 0.0005")
      #expect(try Self.words(of: again) == "η 0.0005")
      #expect(try Self.words([.learningRate(2e-4)], of: again) == "η 0.0002")
    }
    mine.seed = 9
    #expect(Self.race.replacing(0, with: mine).members[0].change == "η 0.0005, seed 9")
  }

  @Test("A run that begins elsewhere says so, one that was put elsewhere too")
  func starts() throws {
    var mine = Self.race.members[0].experiment
    mine.start = Start(parameters: [3, 1])
    let begun = Self.race.replacing(0, with: mine)
    #expect(begun.members[0].change == "another start")
    #expect(try Self.words(of: begun) == "another start")
    let put = Command.set(KeyChange(Setting(key: "start.x", value: "3"), to: mine))
    for command in [put, .parameters([3, 1]), .entries([0: 3])] {
      #expect(try Self.words([command]) == "moved")
      #expect(try Self.words([command, .learningRate(2e-4)]) == "η 0.0002, moved")
    }
  }

  @Test("A run that is as it was says that it was changed on the way, and only if a person did")
  func backAndForth() throws {
    #expect(try Self.words() == nil)
    #expect(try Self.words([.learningRate(2e-4), .learningRate(1e-3)]) == "changed on the way")
    #expect(try Self.words([.ignoreStopRule]) == nil)
    // What the experiment itself changes is no change of it.
    var dated = Self.race.members[0].experiment
    dated.changes = [DatedCommand(step: 5, command: .learningRate(5e-4))]
    let race = Race(key: "x", members: [Race.Member(name: "dated", experiment: dated)])
    #expect(try Self.words(of: race) == nil)
    #expect(try Self.words([.parameters([0, 0])], of: race)?.contains("moved") == true)
  }
}
