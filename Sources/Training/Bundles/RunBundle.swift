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
    case alone(Run)

    mutating func advance(to step: Int) {
      switch self {
      case .lanes(var group):
        // Given up here, so that the group is not copied when it is written to.
        self = .alone(group.placeholder)
        group.advance(to: step)
        self = .lanes(group)
      case .alone(var run):
        run.measuresSplits = false
        if run.status == .running { run.advance(max(0, step - run.step)) }
        self = .alone(run)
      }
    }
  }

  private var parts: [Part] = []
  /// The part and the lane of each run.
  private var places: [(part: Int, lane: Int)] = []
  /// What each run minimises.
  private let objectives: [any Objective]

  /// Runs at their beginning.
  package init(_ runs: [Run]) {
    objectives = runs.map(\.objective)
    places = Array(repeating: (0, 0), count: runs.count)
    // Read where they stand: a copy of a run counts many references.
    runs.withUnsafeBufferPointer { runs in
      if let first = runs.baseAddress { group(first, count: runs.count) }
    }
  }

  /// Runs like one that is at its beginning, from other starts and at other rates, one of each a
  /// run: far cheaper than to begin every one.
  ///
  /// - Throws: `RunError` where a start does not fit.
  package init(like run: Run, starts: [[Double]], rates: [Double]) throws(RunError) {
    precondition(starts.count == rates.count, "\(starts.count) starts, \(rates.count) rates")
    let needed = run.objective.parameterCount
    if let wrong = starts.first(where: { $0.count != needed }) {
      throw .parameterCount(given: wrong.count, needed: needed)
    }
    objectives = rates.map { _ in run.objective }
    places.reserveCapacity(rates.count)
    let most = LaneGroup.size(run).map { max($0, run.objective.sampleCount == 0 ? 128 : $0) } ?? 1
    var first = 0
    while first < rates.count {
      var end = min(first + most, rates.count)
      if !run.core.optimizer.isPlain {
        // Beyond eight, rules with memory have one rate a group.
        let same = rates[first..<end].firstIndex { $0 != rates[first] } ?? end
        end = max(same, min(first + 8, end))
      }
      if most > 1,
        let group = LaneGroup(like: run, starts: starts[first..<end], rates: rates[first..<end])
      {
        for lane in 0..<end - first { places.append((parts.count, lane)) }
        parts.append(.lanes(group))
      } else {
        var experiment = run.experiment
        experiment.learningRate = .value(rates[first])
        end = first + 1
        places.append((parts.count, 0))
        parts.append(
          .alone(try Run(experiment, objective: run.objective, start: starts[first])))
      }
      first = end
    }
  }

  private mutating func group(_ runs: UnsafePointer<Run>, count: Int) {
    var open: [(members: [Int], size: Int)] = []
    for number in 0..<count {
      guard let size = LaneGroup.size(runs[number]) else {
        close([number], runs)
        continue
      }
      // Neighbours are alike most of the time: the last group that was opened is asked first.
      let home = open.indices.last { LaneGroup.fit(runs[open[$0].members[0]], runs[number]) }
      guard let home else {
        open.append(([number], size))
        continue
      }
      open[home].members.append(number)
      if open[home].members.count == open[home].size { close(open.remove(at: home).members, runs) }
    }
    for group in open { close(group.members, runs) }
  }

  /// Makes a part of some runs, or one of each.
  private mutating func close(_ members: [Int], _ runs: UnsafePointer<Run>) {
    guard members.count > 1, let group = LaneGroup(members, of: runs) else {
      for number in members {
        places[number] = (parts.count, 0)
        parts.append(.alone(runs[number]))
      }
      return
    }
    for (lane, number) in members.enumerated() { places[number] = (parts.count, lane) }
    parts.append(.lanes(group))
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
    case .alone(let run):
      return Standing(status: run.status, step: run.step, parameters: run.modelParameters)
    }
  }

  /// Where the models of runs that minimise one objective are: for each parameter one number a run,
  /// in order; NaN where it has diverged.
  package var coordinates: [[Double]] {
    let columns = parts.map { part in
      switch part {
      case .lanes(let group): return group.coordinates
      case .alone(let run):
        let isDiverged = if case .diverged = run.status { true } else { false }
        return run.modelParameters.map { [isDiverged ? .nan : $0] }
      }
    }
    return (0..<(objectives.first?.parameterCount ?? 0)).map { index in
      places.map { columns[$0.part][index][$0.lane] }
    }
  }

  /// The objective of a run.
  package func objective(_ number: Int) -> any Objective { objectives[number] }
}
