import Dispatch
import Training
import Views

/// The moment of the run that a cursor reads: a memo, no part of the explorer's state.
///
/// The run stays where it is; the moment is done again beside it, from its last checkpoint. Until
/// that is done, the moment that was read before is shown, under its own step. A moment that was
/// begun is done to its end, also when another is wanted by then: while the run goes on, axes grow
/// and the step under a resting cursor changes with every picture.
final class PeekedMoment: Sendable {
  /// A moment: a step of a course.
  private struct Key: Equatable, Sendable {
    var run: RunID
    var step: Int
  }

  /// A moment that is being done again, beside which snapshot.
  private struct Begun: Sendable {
    var key: Key
    var generation: UInt64
    var job: SideWorkers.Job<Snapshot?>
  }

  private struct State: Sendable {
    var known: (key: Key, snapshot: Snapshot)?
    /// A moment that could not be shown; another snapshot may have it.
    var missing: (key: Key, generation: UInt64)?
    var begun: Begun?
    /// Where the cursor stood last.
    var cell: Hover?
    /// Numbers the moments, beyond what any trainer counts to.
    var generation: UInt64 = 1 << 62
  }

  private let state = Locked(State())
  /// A frame in which the cursor moved waits so long for its moment; all others do not wait.
  private static let patience = DispatchTimeInterval.milliseconds(8)

  /// Nothing was read yet.
  init() {}

  /// The run of `snapshot` after `step` steps, which a cursor at `cell` reads; nil where it cannot
  /// be shown.
  func snapshot(
    after step: Int, of snapshot: Snapshot, at cell: Hover?, _ workers: SideWorkers?
  ) -> Snapshot? {
    guard step < snapshot.step else { return nil }
    let key = Key(run: snapshot.run, step: step)
    let hasMoved = state.withLock { state in
      defer { state.cell = cell }
      return state.cell != cell
    }
    let end = hasMoved ? .now() + PeekedMoment.patience : DispatchTime.now()
    while !isAnswered(key, for: snapshot) {
      guard let workers else {
        keep(snapshot.past(step: step), key, snapshot.generation)
        continue
      }
      let begun = begin(key, of: snapshot, workers)
      guard let found = workers.wait(for: begun.job, until: end) else { break }
      keep(found, begun.key, begun.generation)
    }
    return state.withLock { state -> Snapshot? in
      if state.missing?.key == key { return nil }
      return state.known?.key.run == key.run ? state.known?.snapshot : nil
    }
  }

  /// Whether a moment is known, or known to be missing.
  private func isAnswered(_ key: Key, for snapshot: Snapshot) -> Bool {
    state.withLock { state in
      if let missing = state.missing, missing != (key, snapshot.generation) { state.missing = nil }
      return state.missing != nil || state.known?.key == key
    }
  }

  /// The work that is under way, or that for a moment, begun now.
  private func begin(_ key: Key, of snapshot: Snapshot, _ workers: SideWorkers) -> Begun {
    state.withLock { state in
      if let begun = state.begun {
        if begun.key.run == key.run { return begun }
        begun.job.giveUp()
      }
      let job = workers.begin { snapshot.past(step: key.step) }
      let begun = Begun(key: key, generation: snapshot.generation, job: job)
      state.begun = begun
      return begun
    }
  }

  private func keep(_ found: Snapshot?, _ key: Key, _ generation: UInt64) {
    state.withLock { state in
      state.begun = nil
      guard var found else {
        state.missing = (key, generation)
        return
      }
      state.generation += 1
      found.generation = state.generation
      state.known = (key, found)
    }
  }
}
