import Lanes
package import Models
import Optimization

/// Many runs side by side: those that fit share the lanes of vectors, eight and more at a time, the
/// others go one by one.
///
/// Runs share lanes when they minimise the same function, or dense networks of one shape (samples
/// may differ), by the same optimizer that acts on entries alone, with batches of the same kind;
/// rates, schedules, seeds and starts are each run's own. A run ends where it ends alone, to the
/// bit; the bits do not depend on the other runs, nor on the number of threads.
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

  /// A run on its way: its training loss, NaN where it has diverged, and where it is, if it has no
  /// more than two parameters.
  struct Moment: Sendable {
    var loss: Double
    var place: [Double]
  }

  /// A run that shares no lanes.
  private struct Single: Sendable {
    var run: Run
    var course: LossCourse?

    mutating func advance(to step: Int) {
      run.measuresSplits = false
      guard course != nil else {
        if run.status == .running { run.advance(max(0, step - run.step)) }
        return
      }
      while run.status == .running, run.step < step {
        let before = run.step
        run.advance(1)
        if run.step > before || run.status != .running { course?.add(run.lastStepLoss) }
      }
    }

    var standing: Standing {
      Standing(status: run.status, step: run.step, parameters: run.modelParameters)
    }
  }

  /// Runs that go their way together, or one.
  private enum Part: Sendable {
    case lanes(LaneGroup)
    case alone(Single)
    /// One that is being advanced.
    case nothing

    /// Goes from mark to mark, measuring at each, and on to a step.
    mutating func advance(
      through marks: [Int], to step: Int, _ gauge: inout LossGauge
    ) -> [[Moment]] {
      switch self {
      case .lanes(var group):
        self = .nothing
        let moments = marks.map { mark in
          group.advance(to: mark)
          return group.standings.enumerated().map { number, standing in
            gauge.moment(standing, group.objectives[number])
          }
        }
        group.advance(to: step)
        self = .lanes(group)
        return moments
      case .alone(var single):
        self = .nothing
        let moments = marks.map { mark in
          single.advance(to: mark)
          return [gauge.moment(single.standing, single.run.objective)]
        }
        single.advance(to: step)
        self = .alone(single)
        return moments
      case .nothing: preconditionFailure("a part is advanced by two at once")
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
  /// - Parameters:
  ///   - watchesLosses: whether the losses of all steps are counted, for `course`.
  ///   - threads: how many threads are to work at them. Few runs are spread over two where four
  ///     take half as long as eight; bits do not depend on it.
  package init(_ runs: [Run], watchesLosses: Bool = false, threads: Int = 1) {
    objectives = runs.map(\.objective)
    places = Array(repeating: (0, 0), count: runs.count)
    // Read where they stand: a copy of a run counts many references.
    runs.withUnsafeBufferPointer { runs in
      if let first = runs.baseAddress {
        let limit =
          threads > 1 && runs.count <= 8 && !watchesLosses && LaneGroup.halves(first.pointee)
          ? 4 : Int.max
        group(first, count: runs.count, limit: limit, watchesLosses: watchesLosses)
      }
    }
  }

  private mutating func group(
    _ runs: UnsafePointer<Run>, count: Int, limit: Int, watchesLosses: Bool
  ) {
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
        open.append(([number], min(size, limit)))
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
        parts.append(
          .alone(Single(run: runs[number], course: watchesLosses ? LossCourse() : nil)))
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
      parts[places[number].part] = .alone(Single(run: run))
      return
    }
    places[number] = (parts.count, 0)
    parts.append(.alone(Single(run: run)))
  }

  /// The number of runs.
  package var count: Int { places.count }

  /// How many runs share lanes with others.
  package var bundledCount: Int {
    places.count { place in if case .lanes = parts[place.part] { true } else { false } }
  }

  /// Takes every run to a step, unless it has ended before.
  package mutating func advance(to step: Int, threads: Int = 1) {
    _ = advance(through: [], to: step, threads: threads)
  }

  /// Takes every run through some steps, at which it is measured, and on to another, unless it has
  /// ended before.
  ///
  /// - Returns: how the runs stood, one list a step.
  mutating func advance(through marks: [Int], to step: Int, threads: Int) -> [[Moment]] {
    var moments: [[[Moment]]] = []
    if threads == 1 || parts.count == 1 {
      var gauge = LossGauge()
      for index in parts.indices {
        moments.append(parts[index].advance(through: marks, to: step, &gauge))
      }
    } else {
      // Each is held by nobody else while it works, or it would be copied.
      let waiting = Locked(parts)
      parts = []
      let done = Parallel.map(count: waiting.withLock { $0.count }, threads: threads) { index in
        var part = waiting.withLock { parts in
          let part = parts[index]
          parts[index] = .nothing
          return part
        }
        var gauge = LossGauge()
        let moments = part.advance(through: marks, to: step, &gauge)
        return (part, moments)
      }
      parts = done.map(\.0)
      moments = done.map(\.1)
    }
    return marks.indices.map { mark in
      places.map { moments[$0.part][mark][$0.lane] }
    }
  }

  /// How a run stands.
  package func standing(_ number: Int) -> Standing {
    let place = places[number]
    switch parts[place.part] {
    case .lanes(let group): return group.standing(place.lane)
    case .alone(let single): return single.standing
    case .nothing: preconditionFailure("a part is read while it is advanced")
    }
  }

  /// How all runs stand, in order: each part is read once.
  package var standings: [Standing] {
    let parts = parts.map { part in
      switch part {
      case .lanes(let group): group.standings
      case .alone(let single): [single.standing]
      case .nothing: preconditionFailure("a part is read while it is advanced")
      }
    }
    return places.map { parts[$0.part][$0.lane] }
  }

  /// The losses of a run, where they are watched.
  package func course(_ number: Int) -> LossCourse? {
    let place = places[number]
    switch parts[place.part] {
    case .lanes(let group): return group.course(place.lane)
    case .alone(let single): return single.course
    case .nothing: return nil
    }
  }

  /// What a run minimises as it stands: a dated change may have put another objective in the place
  /// of that of the beginning.
  package func objective(_ number: Int) -> any Objective {
    if case .alone(let single) = parts[places[number].part] { return single.run.objective }
    return objectives[number]
  }
}
