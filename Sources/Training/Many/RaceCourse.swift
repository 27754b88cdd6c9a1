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

  /// A race at its start.
  ///
  /// - Throws: `RunError` where one of its experiments does not fit.
  package init(_ race: Race) throws(RunError) {
    self.race = race
    var runs: [Run] = []
    for member in race.members { runs.append(try Run(member.experiment)) }
    bundle = RunBundle(runs)
    record = RaceRecord(count: runs.count)
    keep()
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

  /// Takes all runs to a step.
  package mutating func advance(to target: Int, threads: Int = 1) {
    while step < target {
      let next = min(target, (step / stride + 1) * stride)
      bundle.advance(to: next, threads: threads)
      step = next
      if step % stride == 0 { keep() }
    }
  }

  private mutating func keep() {
    var losses: [Double] = []
    var places: [[Double]] = []
    for number in race.members.indices {
      let standing = bundle.standing(number)
      let objective = bundle.objective(number)
      losses.append(standing.isDiverged ? .nan : objective.loss(at: standing.parameters))
      places.append(objective.parameterCount <= 2 ? standing.parameters : [])
    }
    record.add(step: step, losses: losses, places: places)
    if record.steps.count > Self.limit {
      stride *= 2
      record.thin(to: stride)
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

  mutating func add(step: Int, losses new: [Double], places now: [[Double]]) {
    steps.append(step)
    for index in losses.indices {
      losses[index].append(new[index])
      places[index].append(now[index])
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
