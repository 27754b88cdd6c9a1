import Lanes
package import Models

/// A race under way: its runs side by side in a bundle, with thinned curves of their losses.
///
/// Runs end, to the bit, where they would end alone. Losses are measured at even distances, which
/// double when there are too many; so are places, where there are at most two parameters.
package struct RaceCourse: Sendable {
  /// The race.
  package private(set) var race: Race
  /// Steps done by all runs that go on.
  package private(set) var step = 0
  private var bundle: RunBundle
  private var record: RaceRecord
  private var stride = 1

  /// The most moments that are kept.
  private static let limit = 512

  /// Seconds that a step of all runs took lately.
  private var secondsPerStep = 0.0

  /// Work that is not worth a second thread, in seconds.
  private static let leastWork = 2e-4

  /// A race at its start, which so many threads are to work at.
  ///
  /// - Throws: `RunError` where one of its experiments does not fit.
  package init(_ race: Race, threads: Int = 1) throws(RunError) {
    self.race = race
    var runs: [Run] = []
    for member in race.members { runs.append(try Run(member.experiment)) }
    bundle = RunBundle(runs, threads: threads)
    record = RaceRecord(count: runs.count)
    let moments = bundle.advance(through: [0], to: 0, threads: 1)
    record.add(step: 0, moments[0])
  }

  /// Whether a run goes on.
  package func goesOn(_ number: Int) -> Bool { bundle.standing(number).status == .running }

  /// Whether any run goes on.
  package var isRunning: Bool { race.members.indices.contains { goesOn($0) } }

  /// Lets one run go on as `run`, which stands at the race's step.
  mutating func replace(_ number: Int, by run: Run) {
    precondition(run.step == step, "a run at step \(run.step) in a race at step \(step)")
    race = race.replacing(number, with: run)
    bundle.replace(number, by: run)
  }

  /// Takes all runs to a step, on several threads where that is worth it.
  package mutating func advance(to target: Int, threads: Int = 1) {
    while step < target {
      // As many measurements as there are before some are left out.
      let room = Self.limit + 1 - record.steps.count
      let marks = Array(
        Swift.stride(from: (step / stride + 1) * stride, through: target, by: stride).prefix(room))
      let end = marks.count == room ? marks.last ?? target : target
      let isWorthIt = Double(end - step) * secondsPerStep > Self.leastWork
      let clock = ContinuousClock()
      let begin = clock.now
      let moments = bundle.advance(through: marks, to: end, threads: isWorthIt ? threads : 1)
      let seconds = (clock.now - begin) / .seconds(1)
      secondsPerStep = seconds / Double(end - step)
      step = end
      for (mark, moment) in zip(marks, moments) { record.add(step: mark, moment) }
      if record.steps.count > Self.limit {
        stride *= 2
        record.thin(to: stride)
      }
    }
  }

  /// How the race stands now.
  package func standing(leader: Int = 0) -> RaceStanding {
    let runs = race.members.indices.map { number in
      let standing = bundle.standing(number)
      let objective = bundle.objective(number)
      let loss = standing.isDiverged ? .nan : objective.loss(at: standing.parameters)
      let isDiverged = !loss.isFinite
      return RaceStanding.Runner(
        loss: isDiverged ? .nan : loss,
        accuracy: isDiverged ? nil : objective.accuracy(at: standing.parameters),
        parameters: standing.parameters, objective: objective,
        divergedAt: isDiverged ? standing.step : nil)
    }
    return RaceStanding(race: race, leader: leader, step: step, record: record, runs: runs)
  }
}

/// Losses of all runs of a race, and where they were, at steps that lie at even distances.
package struct RaceRecord: Sendable {
  /// The steps.
  package private(set) var steps: [Int] = []
  /// The losses of each run at these steps; NaN once it has diverged.
  package private(set) var losses: [[Double]]
  /// The parameters of each run at these steps; empty where there are more than two.
  package private(set) var places: [[[Double]]]

  init(count: Int) {
    losses = Array(repeating: [], count: count)
    places = Array(repeating: [], count: count)
  }

  mutating func add(step: Int, _ moments: [RunBundle.Moment]) {
    steps.append(step)
    for index in losses.indices {
      losses[index].append(moments[index].loss)
      places[index].append(moments[index].place)
    }
  }

  /// Forgets what came after a moment.
  mutating func cut(after moment: Int) {
    steps = Array(steps.prefix(moment + 1))
    for index in losses.indices {
      losses[index] = Array(losses[index].prefix(moment + 1))
      places[index] = Array(places[index].prefix(moment + 1))
    }
  }

  /// Keeps the moments that lie `stride` apart.
  mutating func thin(to stride: Int) {
    let kept = steps.indices.filter { steps[$0] % stride == 0 }
    steps = kept.map { steps[$0] }
    for index in losses.indices {
      losses[index] = kept.map { losses[index][$0] }
      places[index] = kept.map { places[index][$0] }
    }
  }
}
