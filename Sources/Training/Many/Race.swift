package import Models
import Optimization

/// Runs that differ in one setting and start together: what each is called, and how it begins.
package struct Race: Sendable, Equatable {
  /// One run.
  package struct Member: Sendable {
    /// The value of the setting (`adam`), as people read it.
    package var name: String
    /// Its experiment.
    package var experiment: Experiment

    /// A run of a race.
    package init(name: String, experiment: Experiment) {
      self.name = name
      self.experiment = experiment
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
    for index in race.members.indices { race.members[index].experiment.reseed(seed) }
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
        member.experiment.reseed(seed)
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

  /// The same race with one of its runs changed on the way.
  func replacing(_ number: Int, with experiment: Experiment) -> Race {
    var race = self
    race.id = RunID()
    race.members[number].experiment = experiment
    race.members[number].experiment.stop = StopRule()
    return race
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
