import Lanes
package import Models

/// How a race stands at a step: losses so far, the order, who leads.
package struct RaceStanding: Sendable {
  /// A run as it is now.
  package struct Runner: Sendable {
    /// The training loss; NaN where it diverged.
    package var loss: Double
    /// The share of training samples classified rightly, for classifiers.
    package var accuracy: Double?
    /// The flat parameters.
    package var parameters: [Double]
    /// What it minimises.
    package var objective: any Objective
    /// The step at which it diverged; nil: it goes on.
    package var divergedAt: Int?
  }

  /// The race.
  package let race: Race
  /// The run that all other pictures show.
  package let leader: Int
  /// The step of all runs that go on.
  package let step: Int
  /// Losses so far.
  package let record: RaceRecord
  /// The runs now, in the race's order.
  package let runs: [Runner]

  /// The race as it stood at an earlier step: losses of the last measured moment before it.
  func past(_ step: Int) -> RaceStanding {
    guard let moment = record.steps.lastIndex(where: { $0 <= step }), step < self.step else {
      return self
    }
    var record = record
    record.cut(after: moment)
    let earlier = runs.indices.map { number in
      var runner = runs[number]
      runner.loss = record.losses[number][moment]
      runner.accuracy = nil
      if let at = runner.divergedAt, at > step { runner.divergedAt = nil }
      if let place = record.places[number].last, !place.isEmpty { runner.parameters = place }
      return runner
    }
    return RaceStanding(race: race, leader: leader, step: step, record: record, runs: earlier)
  }

  /// The number of runs.
  package var count: Int { runs.count }

  /// Whether the race is over seeds: what counts is how they spread.
  package var isOverSeeds: Bool { race.key == "seed" }

  /// The runs from the lowest loss up; those that have diverged last, the latest first.
  package var order: [Int] {
    runs.indices.sorted { a, b in
      switch (runs[a].divergedAt, runs[b].divergedAt) {
      case (nil, nil): (Self.rank(runs[a].loss), a) < (Self.rank(runs[b].loss), b)
      case (nil, _): true
      case (_, nil): false
      case (let one?, let other?): (other, a) < (one, b)
      }
    }
  }

  /// What is no number is behind all that are.
  private static func rank(_ loss: Double) -> Double { loss.isNaN ? .infinity : loss }

  /// The place of each run from 1; equal losses share one.
  package var places: [Int] {
    var places = [Int](repeating: 1, count: count)
    let order = order
    for (rank, number) in order.enumerated() where rank > 0 {
      let before = order[rank - 1]
      places[number] =
        runs[number].loss == runs[before].loss && runs[number].divergedAt == nil
        ? places[before] : rank + 1
    }
    return places
  }

  /// The first measured step at which a run's loss was at or below `level`; nil: it has not been.
  package func arrival(_ number: Int, at level: Double) -> Int? {
    record.losses[number].firstIndex { $0 <= level }.map { record.steps[$0] }
  }

  /// Who had the lowest loss at each measured step.
  package var leads: [Int] {
    record.steps.indices.map { moment in
      runs.indices.filter { !record.losses[$0][moment].isNaN }
        .min { record.losses[$0][moment] < record.losses[$1][moment] } ?? 0
    }
  }

  /// The share of measured steps at which a run had the lowest loss.
  package func shareLed(_ number: Int) -> Double {
    let leads = leads.dropFirst()
    guard !leads.isEmpty else { return 0 }
    return Double(leads.count { $0 == number }) / Double(leads.count)
  }

  /// How many steps a run takes for a tenth of its loss, over the last eighth of the way; nil where
  /// the loss does not go down, or less than a hundredth of a tenfold in that time: then it stands,
  /// and what it moves is noise; nil too where it is not above 0.
  package func stepsPerDecade(_ number: Int) -> Double? {
    let losses = record.losses[number]
    guard let last = losses.last, last > 0, losses.count >= 4 else { return nil }
    let back = max(0, losses.count - 1 - max(2, losses.count / 8))
    let before = losses[back]
    guard before > last, last.isFinite, before.isFinite else { return nil }
    let decades = Elementary.log10(before / last)
    guard decades >= 0.01 else { return nil }
    return Double(record.steps[losses.count - 1] - record.steps[back]) / decades
  }

  /// Losses at a measured moment, ranked, those that diverged last (infinite).
  package func ranked(_ moment: Int) -> [Double] {
    runs.indices.map { record.losses[$0][moment] }.map { $0.isNaN ? .infinity : $0 }.sorted()
  }

  /// The ranks of the median and of the quartiles among `count`, each of them one of the runs.
  package static func quartiles(_ count: Int) -> (low: Int, median: Int, high: Int) {
    func rank(_ share: Double) -> Int {
      max(0, min(count - 1, Int((share * Double(count)).rounded(.up)) - 1))
    }
    return (rank(0.25), rank(0.5), rank(0.75))
  }

  /// Samples whose gradients a step of a run takes; 1 for functions.
  package func evaluationsPerStep(_ number: Int) -> Int {
    let objective = runs[number].objective
    guard objective.sampleCount > 0 else { return 1 }
    let all = objective.sampleCount
    guard let batcher = try? Run.batcher(race.members[number].experiment, objective: objective)
    else { return all }
    return batcher.isFull ? all : batcher.greatestSize
  }

  /// Seconds that a step of each run takes alone, measured now over some milliseconds each.
  package func measuredSeconds() -> [Double] {
    race.members.map { member in
      guard var run = try? Run(member.experiment) else { return 0 }
      run.measuresSplits = false
      let clock = ContinuousClock()
      var steps = 1
      var best = Double.infinity
      for _ in 0..<12 {
        let before = run.step
        let time = clock.measure { run.advance(steps) }
        let taken = run.step - before
        guard taken > 0 else { break }
        let seconds =
          Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
        best = min(best, seconds / Double(taken))
        if seconds > 0.004 { break }
        steps *= 4
      }
      return best.isFinite ? best : 0
    }
  }
}
