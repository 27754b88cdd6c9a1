import Lanes
package import Models
import Optimization

/// Runs that differ in one setting and start together: what each is called, and how it begins.
package struct Race: Sendable, Equatable {
  /// One run.
  package struct Member: Sendable {
    /// The value of the setting (`adam`), as people read it.
    package var name: String
    /// Its experiment.
    @Boxed package var experiment: Experiment
    /// What a person changed of it, in words (`momentum, η 0.02`); nil: nothing.
    package fileprivate(set) var change: String?
    /// Its experiment before that.
    @Boxed fileprivate var original: Experiment? = nil

    /// A run of a race.
    package init(name: String, experiment: Experiment) {
      self.name = name
      self.experiment = experiment
    }

    /// Another seed, which nobody changed by hand.
    fileprivate mutating func reseed(_ seed: UInt64) {
      experiment.reseed(seed)
      original?.reseed(seed)
    }
  }

  /// Tells it from other races.
  package private(set) var id = RunID()
  /// The setting that differs (`optimizer`).
  package let key: String
  /// The runs, in the order in which they were asked for.
  package private(set) var members: [Member]
  /// Whether each run has a rate of its own: the best that the rate finder found for it.
  package let isFair: Bool
  /// The loss at which a run has arrived; nil: none was named.
  package let goal: Double?

  /// The most runs of a race.
  package static let limit = 64

  /// A race. Stop rules do not end its runs: what they wait for is the goal.
  package init(key: String, members: [Member], isFair: Bool = false) {
    self.key = key
    self.isFair = isFair
    goal = members.first?.experiment.stop.lossBelow
    self.members = members.map { member in
      var member = member
      member.experiment.stop = StopRule()
      return member
    }
  }

  /// The same race with each run at its own best rate: of 64 over six decades, that with the least
  /// loss after the finder's steps. A run that no rate helps keeps its own.
  package func fair(steps: Int? = nil) throws(RunError) -> Race {
    var fair: [Member] = []
    for member in members {
      var member = member
      if let best = try RateFinder(member.experiment).coarse(steps: steps).best {
        member.experiment.learningRate = .value(best.rate)
      }
      fair.append(member)
    }
    var race = Race(key: key, members: fair, isFair: true, goal: goal)
    race.id = RunID()
    return race
  }

  private init(key: String, members: [Member], isFair: Bool, goal: Double?) {
    self.key = key
    self.members = members
    self.isFair = isFair
    self.goal = goal
  }

  /// The same race from another seed; where the seed is what differs it stays as it is.
  func reseeded(_ seed: UInt64) -> Race {
    var race = self
    race.id = RunID()
    guard key != "seed" else { return race }
    for index in race.members.indices { race.members[index].reseed(seed) }
    return race
  }

  /// The same race from each of some seeds: run i of seed s is number `i * seeds.count + s`.
  package func seeded(_ seeds: [UInt64]) -> Race {
    var race = self
    race.id = RunID()
    // Where the seed is what differs there is one of each.
    guard key != "seed" || seeds.count > 1 else { return race }
    race.members = members.flatMap { member in
      seeds.map { seed in
        var member = member
        member.reseed(seed)
        return member
      }
    }
    return race
  }

  /// A race of some of its runs, with the same goal.
  package func selecting(_ numbers: ClosedRange<Int>) -> Race {
    var race = Race(
      key: key, members: Array(members[numbers]), isFair: isFair, goal: goal)
    race.id = RunID()
    return race
  }

  /// The same race with one of its runs as it has become.
  func replacing(_ number: Int, with run: Run) -> Race {
    let original = members[number].original ?? members[number].experiment
    // What the experiment itself changes on its way is nobody's doing.
    let changes = run.changes.map(\.command).filter { command in
      command != .ignoreStopRule && !original.changes.contains { $0.command == command }
    }
    var words: [String] = []
    if !changes.isEmpty || run.original != original {
      words = Race.words(from: original, to: run.experiment)
      if run.original.start != original.start { words.append("another start") }
      if run.experiment.start != run.original.start || changes.contains(where: \.isMove) {
        words.append("moved")
      }
      if words.isEmpty, !changes.isEmpty { words = ["changed on the way"] }
    }
    return replacing(number, with: run.session, words)
  }

  /// The same race with one of its runs beginning otherwise.
  func replacing(_ number: Int, with experiment: Experiment) -> Race {
    let original = members[number].original ?? members[number].experiment
    var words = Race.words(from: original, to: experiment)
    if experiment.start != original.start { words.append("another start") }
    return replacing(number, with: experiment, words)
  }

  private func replacing(_ number: Int, with experiment: Experiment, _ words: [String]) -> Race {
    var race = self
    race.id = RunID()
    race.members[number].original = members[number].original ?? members[number].experiment
    race.members[number].experiment = experiment
    race.members[number].experiment.stop = StopRule()
    race.members[number].change = words.isEmpty ? nil : words.joined(separator: ", ")
    return race
  }

  /// What differs between a run as it was asked for and as it is, but for the start, most telling
  /// first.
  private static func words(from old: Experiment, to new: Experiment) -> [String] {
    var words: [String] = []
    if old.optimizer.name != new.optimizer.name {
      words.append(new.optimizer.name)
    } else {
      let (before, now) = (old.optimizer.settings, new.optimizer.settings)
      for key in Set(before.keys).union(now.keys).sorted() where before[key] != now[key] {
        words.append(now[key].map { "\(key) \($0)" } ?? "usual \(key)")
      }
    }
    if old.learningRate != new.learningRate {
      if case .value(let rate) = new.learningRate {
        words.append("η \(rate)")
      } else {
        words.append("another η")
      }
    }
    if old.schedule != new.schedule { words.append(new.schedule.name) }
    if old.layerRates != new.layerRates { words.append("rates of layers") }
    if old.seed != new.seed { words.append("seed \(new.seed)") }
    if old.batching != new.batching { words.append("other batches") }
    if old.problem != new.problem { words.append("another problem") }
    return words
  }

  /// The base rate of a run, where it is given as a number.
  package func rate(_ number: Int) -> Double? {
    if case .value(let rate) = members[number].experiment.learningRate { return rate }
    return nil
  }

  package static func == (a: Self, b: Self) -> Bool { a.id == b.id }
}

/// What a race's horizontal axis counts.
package enum RaceAxis: String, Sendable, CaseIterable {
  /// Steps.
  case steps
  /// Gradients of single samples (of the function, where there are none).
  case evaluations
  /// Seconds that the steps took, each run measured alone.
  case seconds
}

extension Experiment {
  /// Another seed, which draws other samples as everywhere.
  fileprivate mutating func reseed(_ seed: UInt64) {
    self.seed = seed
    if case .model(var model) = problem {
      model.data.pageSeed = nil
      problem = .model(model)
    }
  }
}
