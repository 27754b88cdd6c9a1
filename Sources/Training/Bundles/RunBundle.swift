import Lanes
package import Models
import Optimization

/// Many runs side by side: those that fit share the lanes of vectors, eight and more at a time, the
/// others go one by one.
///
/// Runs share lanes when they minimise the same function, or dense networks of one shape (samples
/// may differ), by the same optimizer that acts on entries alone, with batches of the same kind;
/// rates, schedules, seeds and starts are each run's own. A run ends where it ends alone, to the
/// bit; the bits do not depend on the other runs, nor on the number of threads. Losses are not
/// recorded.
package struct RunBundle: Sendable {
  /// How one run stands.
  package struct Standing: Sendable, Equatable {
    /// Running, finished or diverged.
    package var status: Snapshot.Status
    /// Steps done.
    package var step: Int
    /// The flat parameters.
    package var parameters: [Double]
  }

  private enum Part: Sendable {
    case lanes(LaneGroup)
    case alone(Run, LossCourse?)

    mutating func advance(to step: Int) {
      switch self {
      case .lanes(var group):
        // Given up here, so that the group is not copied when it is written to.
        self = .alone(group.placeholder, nil)
        group.advance(to: step)
        self = .lanes(group)
      case .alone(var run, var course):
        run.measuresSplits = false
        guard course != nil else {
          if run.status == .running { run.advance(max(0, step - run.step)) }
          self = .alone(run, nil)
          return
        }
        while run.status == .running, run.step < step {
          let before = run.step
          run.advance(1)
          if run.step > before || run.status != .running { course?.add(run.lastStepLoss) }
        }
        self = .alone(run, course)
      }
    }
  }

  private var parts: [Part] = []
  /// The part and the lane of each run.
  private var places: [(part: Int, lane: Int)] = []
  /// What each run minimises.
  private var objectives: [any Objective]

  /// Runs at their beginning.
  ///
  /// - Parameter watchesLosses: whether the losses of all steps are counted, for `course`.
  package init(_ runs: [Run], watchesLosses: Bool = false) {
    objectives = runs.map(\.objective)
    places = Array(repeating: (0, 0), count: runs.count)
    // Read where they stand: a copy of a run counts many references.
    runs.withUnsafeBufferPointer { runs in
      if let first = runs.baseAddress {
        group(first, count: runs.count, watchesLosses: watchesLosses)
      }
    }
  }

  private mutating func group(_ runs: UnsafePointer<Run>, count: Int, watchesLosses: Bool) {
    var open: [(members: [Int], size: Int)] = []
    func close(_ members: [Int]) { self.close(members, runs, watchesLosses: watchesLosses) }
    for number in 0..<count {
      guard let size = LaneGroup.size(runs[number]) else {
        close([number])
        continue
      }
      // Neighbours are alike most of the time: the last group that was opened is asked first.
      let home = open.indices.last { LaneGroup.fit(runs[open[$0].members[0]], runs[number]) }
      guard let home else {
        open.append(([number], size))
        continue
      }
      open[home].members.append(number)
      if open[home].members.count == open[home].size { close(open.remove(at: home).members) }
    }
    for group in open { close(group.members) }
  }

  /// Makes a part of some runs, or one of each.
  private mutating func close(
    _ members: [Int], _ runs: UnsafePointer<Run>, watchesLosses: Bool
  ) {
    guard members.count > 1,
      let group = LaneGroup(members, of: runs, watchesLosses: watchesLosses)
    else {
      for number in members {
        places[number] = (parts.count, 0)
        parts.append(.alone(runs[number], watchesLosses ? LossCourse() : nil))
      }
      return
    }
    for (lane, number) in members.enumerated() { places[number] = (parts.count, lane) }
    parts.append(.lanes(group))
  }

  /// Lets a run go on as another, alone from now on.
  mutating func replace(_ number: Int, by run: Run) {
    objectives[number] = run.objective
    // One that is alone already makes room for the new one.
    if case .alone = parts[places[number].part] {
      parts[places[number].part] = .alone(run, nil)
      return
    }
    places[number] = (parts.count, 0)
    parts.append(.alone(run, nil))
  }

  /// The number of runs.
  package var count: Int { places.count }

  /// How many runs share lanes with others.
  package var bundledCount: Int {
    places.count { place in if case .lanes = parts[place.part] { true } else { false } }
  }

  /// Takes every run to a step, unless it has ended before.
  package mutating func advance(to step: Int, threads: Int = 1) {
    if threads == 1 || parts.count == 1 {
      for index in parts.indices { parts[index].advance(to: step) }
      return
    }
    let before = parts
    parts = Parallel.map(count: before.count, threads: threads) { index in
      var part = before[index]
      part.advance(to: step)
      return part
    }
  }

  /// How a run stands.
  package func standing(_ number: Int) -> Standing {
    let place = places[number]
    switch parts[place.part] {
    case .lanes(let group): return group.standing(place.lane)
    case .alone(let run, _):
      return Standing(status: run.status, step: run.step, parameters: run.modelParameters)
    }
  }

  /// How all runs stand, in order: each part is read once.
  package var standings: [Standing] {
    let parts = parts.map { part in
      switch part {
      case .lanes(let group): group.standings
      case .alone(let run, _):
        [Standing(status: run.status, step: run.step, parameters: run.modelParameters)]
      }
    }
    return places.map { parts[$0.part][$0.lane] }
  }

  /// The losses of a run, where they are watched.
  package func course(_ number: Int) -> LossCourse? {
    let place = places[number]
    switch parts[place.part] {
    case .lanes(let group): return group.course(place.lane)
    case .alone(_, let course): return course
    }
  }

  /// What a run minimises as it stands: a dated change may have put another objective in the place
  /// of that of the beginning.
  package func objective(_ number: Int) -> any Objective {
    if case .alone(let run, _) = parts[places[number].part] { return run.objective }
    return objectives[number]
  }
}
