import Dispatch
import Training
import Views

/// The moment of the run that a cursor reads: a memo, no part of the explorer's state.
///
/// The run stays where it is; the moment is done again beside it, from its last checkpoint. Until
/// that is done, the moment that was read before is shown, under its own step.
final class PeekedMoment: Sendable {
  /// A moment: a step of a course.
  private struct Key: Equatable, Sendable {
    var run: RunID
    var step: Int
  }

  private struct State: Sendable {
    var known: (key: Key, snapshot: Snapshot?)?
    var begun: (key: Key, job: SideWorkers.Job<Snapshot?>)?
    /// Numbers the moments, beyond what any trainer counts to.
    var generation: UInt64 = 1 << 62
  }

  private let state = Locked(State())
  /// A frame waits so long for a moment.
  private static let patience = DispatchTimeInterval.milliseconds(8)

  /// Nothing was read yet.
  init() {}

  /// The run of `snapshot` after `step` steps; nil where it cannot be shown.
  func snapshot(after step: Int, of snapshot: Snapshot, _ workers: SideWorkers?)
    -> Snapshot?
  {
    let key = Key(run: snapshot.run, step: step)
    if let known = state.withLock({ $0.known }), known.key == key { return known.snapshot }
    guard let workers else { return keep(snapshot.past(step: step), key) }
    let job = state.withLock { state -> SideWorkers.Job<Snapshot?> in
      if let begun = state.begun, begun.key == key { return begun.job }
      state.begun?.job.giveUp()
      let job = workers.begin { snapshot.past(step: step) }
      state.begun = (key, job)
      return job
    }
    if let found = workers.wait(for: job, until: .now() + PeekedMoment.patience) {
      return keep(found, key)
    }
    let before = state.withLock { $0.known }
    return before?.key.run == key.run ? before?.snapshot : nil
  }

  private func keep(_ found: Snapshot?, _ key: Key) -> Snapshot? {
    state.withLock { state in
      state.generation += 1
      var found = found
      found?.generation = state.generation
      state.known = (key, found)
      if state.begun?.key == key { state.begun = nil }
      return found
    }
  }
}
