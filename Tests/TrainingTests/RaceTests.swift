import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("Races")
struct RaceTests {
  static func valley() -> Experiment {
    var experiment = Experiment(
      name: "valley", problem: .function(FunctionProblem(landscape: Choice("rosenbrock"))))
    experiment.start = Start(parameters: [-1.2, 1])
    experiment.stop = StopRule(lossBelow: 0.5)
    experiment.learningRate = .value(1e-3)
    return experiment
  }

  static func race(_ names: [String] = ["gd", "momentum", "adam"]) -> Race {
    Race(
      key: "optimizer",
      members: names.map { name in
        var experiment = valley()
        experiment.optimizer = Choice(name)
        return Race.Member(name: name, experiment: experiment)
      })
  }

  static func nets(seeds: Int) -> Race {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("xor"))),
      hidden: [LayerSpec(units: 3, activation: Choice("tanh"))])
    model.loss = Choice("bce")
    var experiment = Experiment(name: "xor", problem: .model(model))
    experiment.learningRate = .value(1)
    return Race(
      key: "seed",
      members: (1...seeds).map { seed in
        var mine = experiment
        mine.seed = UInt64(seed)
        return Race.Member(name: "\(seed)", experiment: mine)
      })
  }

  @Test("Each run of a race of a function ends where it ends alone, bit by bit")
  func same() throws {
    let race = Self.race()
    var course = try RaceCourse(race)
    course.advance(to: 40)
    course.advance(to: 2000)
    let standing = course.standing()
    for (number, member) in race.members.enumerated() {
      var alone = try Run(member.experiment)
      alone.advance(2000)
      #expect(alone.parameters == standing.runs[number].parameters)
      #expect(alone.loss == standing.runs[number].loss)
    }
  }

  @Test("Records stay within bounds and lie at even distances")
  func records() throws {
    var course = try RaceCourse(Self.race())
    course.advance(to: 5000)
    let record = course.standing().record
    #expect(record.steps.count <= 513 && record.steps.first == 0)
    let distance = record.steps[1]
    #expect(zip(record.steps, record.steps.dropFirst()).allSatisfy { $1 - $0 == distance })
    #expect(record.losses.allSatisfy { $0.count == record.steps.count })
  }

  @Test("The order is by loss, those that diverged last; the goal is the stop rule's")
  func order() throws {
    var race = Self.race(["gd", "momentum", "adam"])
    var wild = Self.valley()
    wild.learningRate = .value(10)
    race = Race(
      key: "x", members: [Race.Member(name: "wild", experiment: wild)] + race.members)
    #expect(race.goal == nil || race.goal == 0.5)
    var course = try RaceCourse(race)
    course.advance(to: 1500)
    let standing = course.standing()
    #expect(standing.order.last == 0 && standing.runs[0].divergedAt != nil)
    let losses = standing.order.dropLast().map { standing.runs[$0].loss }
    #expect(losses == losses.sorted())
    let best = try #require(standing.order.first)
    #expect(standing.places[best] == 1)
    #expect(abs((0..<4).reduce(0) { $0 + standing.shareLed($1) } - 1) < 1e-12)
    let arrival = try #require(standing.arrival(best, at: 0.5))
    let moment = try #require(standing.record.steps.firstIndex(of: arrival))
    #expect(standing.record.losses[best][moment] <= 0.5)
    #expect(moment == 0 || standing.record.losses[best][moment - 1] > 0.5)
  }

  @Test("In a fair race no run ends above what the preset's own rate gives it")
  func fair() throws {
    let race = Self.race()
    let fair = try race.fair()
    #expect(fair.isFair && fair.goal == race.goal)
    let steps = try RateFinder(race.members[0].experiment).steps
    var courses = (try RaceCourse(race), try RaceCourse(fair))
    courses.0.advance(to: steps)
    courses.1.advance(to: steps)
    for number in race.members.indices {
      // The grid of 64 rates need not hold the preset's rate itself.
      #expect(
        courses.1.standing().runs[number].loss <= courses.0.standing().runs[number].loss * 1.5)
    }
  }

  @Test("The learner moves a race with its leader, and another leader is the same run alone")
  func learner() throws {
    let race = Self.race()
    let trainer = InlineTrainer(try Run(Self.valley()))
    trainer.send(Request(ticket: 1, control: .race(race, leader: 0, pace: .infinity)))
    trainer.advance(steps: 300)
    var shown = trainer.latest
    #expect(shown.race?.step == 300 && shown.step == 300 && shown.race?.leader == 0)
    #expect(shown.experiment.optimizer.name == "gd")
    trainer.send(Request(ticket: 2, control: .lead(2)))
    shown = trainer.latest
    #expect(shown.step == 300 && shown.race?.leader == 2)
    #expect(shown.experiment.optimizer.name == "adam")
    #expect(shown.parameters == shown.race?.runs[2].parameters)
    trainer.send(Request(ticket: 3, control: .restart(seed: nil)))
    #expect(trainer.latest.step == 0 && trainer.latest.race?.step == 0)
    trainer.advance(steps: 5)
    trainer.send(Request(ticket: 4, control: .endRace))
    #expect(trainer.latest.race == nil && trainer.latest.step == 5)
  }

  @Test(
    "A leader that diverges hands on to one that goes on, wherever it stands", arguments: [1, 10])
  func lostLeader(rate: Double) throws {
    var wild = Self.valley()
    wild.learningRate = .value(rate)
    let race = Race(
      key: "optimizer",
      members: [Race.Member(name: "wild", experiment: wild)] + Self.race(["adam"]).members)
    let trainer = InlineTrainer(try Run(wild))
    trainer.send(Request(ticket: 1, control: .race(race, leader: 0, pace: .infinity)))
    for _ in 0..<40 { trainer.advance(steps: 5) }
    let shown = trainer.latest
    #expect(
      shown.race?.leader == 1 && shown.step > 100
        && shown.status != .diverged(step: 0, parameter: nil))
    #expect(shown.race?.order == [1, 0])
  }

  @Test("A change of the leader is a change of that run of the race")
  func change() throws {
    let trainer = InlineTrainer(try Run(Self.valley()))
    trainer.send(Request(ticket: 1, control: .race(Self.race(), leader: 1, pace: .infinity)))
    trainer.advance(steps: 50)
    trainer.send(Request(ticket: 2, control: .change(.learningRate(5e-4))))
    trainer.advance(steps: 50)
    var shown = trainer.latest
    #expect(shown.parameters == shown.race?.runs[1].parameters)
    let others = shown.race?.runs[0].parameters
    trainer.send(Request(ticket: 3, control: .lead(0)))
    trainer.send(Request(ticket: 4, control: .lead(1)))
    shown = trainer.latest
    #expect(shown.parameters == shown.race?.runs[1].parameters && shown.step == 100)
    #expect(shown.race?.runs[0].parameters == others)
  }

  @Test("A change in the past leaves what the race was after it; a restart keeps the new setting")
  func changeInThePast() throws {
    let trainer = InlineTrainer(try Run(Self.valley()))
    trainer.send(Request(ticket: 1, control: .race(Self.race(), leader: 0, pace: .infinity)))
    trainer.advance(steps: 80)
    trainer.send(Request(ticket: 2, control: .seek(step: 30)))
    trainer.send(Request(ticket: 3, control: .change(.learningRate(5e-4))))
    #expect(trainer.latest.race?.step == trainer.latest.step && trainer.latest.step == 30)
    trainer.send(Request(ticket: 4, control: .resume))
    trainer.advance(steps: 10)
    #expect(trainer.latest.race?.step == 40)
    #expect(trainer.latest.parameters == trainer.latest.race?.runs[0].parameters)
    trainer.send(Request(ticket: 5, control: .restart(seed: nil)))
    #expect(trainer.latest.step == 0 && trainer.latest.baseRate == 5e-4)
    #expect(trainer.latest.race?.race.rate(0) == 5e-4)
    #expect(trainer.latest.race?.race.rate(1) == 1e-3)
  }

  @Test("What is changed of one run is said, and undo takes it back in the race")
  func undo() throws {
    let trainer = InlineTrainer(try Run(Self.valley()))
    trainer.send(Request(ticket: 1, control: .race(Self.race(), leader: 0, pace: .infinity)))
    trainer.advance(steps: 50)
    #expect(trainer.latest.race?.race.members.map(\.change) == [nil, nil, nil])
    let plain = trainer.latest.race?.runs.map(\.parameters)
    trainer.send(Request(ticket: 2, control: .change(.learningRate(5e-4))))
    #expect(trainer.latest.race?.race.members[0].change == "η 0.0005")
    trainer.send(
      Request(ticket: 3, control: .change(.optimizer(Choice("momentum"), carryState: false))))
    #expect(trainer.latest.race?.race.members[0].change == "momentum, η 0.0005")
    #expect(trainer.latest.race?.race.members[1].change == nil)
    trainer.advance(steps: 30)
    let changed = trainer.latest
    trainer.send(Request(ticket: 4, control: .undo))
    #expect(trainer.latest.step == 50)
    #expect(trainer.latest.race?.step == 50 && trainer.latest.race?.leader == 0)
    #expect(trainer.latest.race?.race.members[0].change == "η 0.0005")
    trainer.send(Request(ticket: 5, control: .undo))
    #expect(trainer.latest.race?.race.members[0].change == nil)
    #expect(trainer.latest.race?.runs.map(\.parameters) == plain)
    trainer.advance(steps: 30)
    var whole = try RaceCourse(Self.race())
    whole.advance(to: 80)
    #expect(
      trainer.latest.race?.runs.map(\.parameters) == whole.standing().runs.map(\.parameters))
    trainer.send(Request(ticket: 6, control: .redo))
    trainer.send(Request(ticket: 7, control: .redo))
    #expect(trainer.latest.race?.race.members[0].change == "momentum, η 0.0005")
    #expect(trainer.latest.step == 80)
    #expect(trainer.latest.race?.runs.map(\.parameters) == changed.race?.runs.map(\.parameters))
    // Before the race there was a run alone.
    for ticket in 8...10 { trainer.send(Request(ticket: UInt64(ticket), control: .undo)) }
    #expect(trainer.latest.race == nil)
  }

  @Test("Undo takes a restart back, too; another run that is shown leaves no branch behind")
  func branches() throws {
    let trainer = InlineTrainer(try Run(Self.valley()))
    trainer.send(Request(ticket: 1, control: .race(Self.race(), leader: 0, pace: .infinity)))
    trainer.advance(steps: 40)
    let begun = trainer.latest.session.rows.count
    for number in [1, 2, 0, 1, 2] {
      trainer.send(Request(ticket: 2, control: .lead(number)))
      #expect(trainer.latest.race?.leader == number && trainer.latest.step == 40)
      #expect(trainer.latest.session.rows.count == begun)
    }
    trainer.send(Request(ticket: 3, control: .change(.learningRate(5e-4))))
    trainer.send(Request(ticket: 4, control: .lead(0)))
    trainer.send(Request(ticket: 5, control: .lead(2)))
    #expect(trainer.latest.session.rows.count == begun)
    #expect(trainer.latest.race?.race.members[2].change == "η 0.0005")
    #expect(trainer.latest.step == 40)
    #expect(trainer.latest.parameters == trainer.latest.race?.runs[2].parameters)
    trainer.send(Request(ticket: 6, control: .restart(seed: nil)))
    trainer.advance(steps: 7)
    #expect(trainer.latest.race?.step == 7)
    trainer.send(Request(ticket: 7, control: .undo))
    #expect(trainer.latest.race?.step == 40 && trainer.latest.race?.leader == 2)
    #expect(trainer.latest.parameters == trainer.latest.race?.runs[2].parameters)
  }

  @Test("Where the leader diverges, the best run that goes on leads")
  func diverging() throws {
    var wild = Self.valley()
    wild.learningRate = .value(10)
    let race = Race(
      key: "x",
      members: [
        Race.Member(name: "wild", experiment: wild),
        Race.Member(name: "calm", experiment: Self.valley()),
      ])
    let trainer = InlineTrainer(try Run(Self.valley()))
    trainer.send(Request(ticket: 1, control: .race(race, leader: 0, pace: .infinity)))
    for _ in 0..<20 { trainer.advance(steps: 10) }
    #expect(trainer.latest.race?.leader == 1 && trainer.latest.status == .running)
  }

  @Test("Going back shows the race as it was")
  func past() throws {
    let trainer = InlineTrainer(try Run(Self.valley()))
    trainer.send(Request(ticket: 1, control: .race(Self.race(), leader: 0, pace: .infinity)))
    trainer.advance(steps: 100)
    let early = trainer.latest.race
    trainer.advance(steps: 100)
    trainer.send(Request(ticket: 2, control: .seek(step: 100)))
    let past = try #require(trainer.latest.race)
    #expect(past.step == 100)
    #expect(past.runs.map(\.loss) == early?.runs.map(\.loss))
    trainer.send(Request(ticket: 3, control: .seek(step: .max)))
    #expect(trainer.latest.race?.step == 200)
  }

  @Test("Quartiles are ranks of runs, and runs that diverged rank above all")
  func quartiles() throws {
    var course = try RaceCourse(Self.nets(seeds: 9))
    course.advance(to: 60)
    let standing = course.standing()
    let ranked = standing.ranked(standing.record.steps.count - 1)
    #expect(ranked == ranked.sorted())
    let (low, median, high) = RaceStanding.quartiles(9)
    #expect((low, median, high) == (2, 4, 6))
    #expect(RaceStanding.quartiles(1) == (0, 0, 0))
  }

  @Test("Wilson's interval is that of the textbooks")
  func wilson() {
    let half = Wilson(8, of: 16)
    #expect(abs(half.low - 0.27999) < 1e-4 && abs(half.high - 0.72001) < 1e-4)
    #expect(Wilson(0, of: 10).low == 0 && Wilson(10, of: 10).high > 1 - 1e-12)
  }
}
