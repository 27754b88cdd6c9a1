import Lanes
import Models
import Optimization

/// A run done again beside the one that is watched, in order to see what its snapshots do not keep.
///
/// The experiment as it began with the changes that took effect gives the same bits; so a replay
/// that follows snapshots passes through exactly the parameters and the memory that the run had.
struct ReplayedRun: Sendable {
  /// The most steps that are done again.
  static let limit = 1_000_000
  /// Where a timeline is known, a replay begins at its last checkpoint so many steps back: what is
  /// longer ago is not done again.
  static let window = 1 << 16

  /// The run, at a step that the watched run has reached.
  private(set) var run: Run
  /// The course that it follows.
  private let course: RunID
  private var appliedCount = 0
  /// The objective at the replay's beginning.
  private let firstObjective: ObjectiveID

  /// A replay from the last checkpoint that lies `window` steps back, or from the beginning;
  /// `nudge` moves each parameter there. Nil where no run made the snapshot, or where it cannot
  /// begin or has gone too far.
  init?(_ snapshot: Snapshot, nudge: (Double) -> Double = { $0 }) {
    course = snapshot.run
    let first = Moment(step: max(0, snapshot.step - ReplayedRun.window), changes: 0)
    if let original = snapshot.original,
      let checkpoint = snapshot.timeline?.nearest(first),
      snapshot.step - checkpoint.moment.step <= ReplayedRun.limit
    {
      // What comes after it is taken from the snapshots that are followed.
      let before = Array(snapshot.changes.prefix(checkpoint.moment.changes))
      run = Run(
        checkpoint, on: Course(id: snapshot.run, original: original, changes: before))
      appliedCount = checkpoint.moment.changes
      firstObjective = run.objectiveID
      move(nudge)
      return
    }
    guard let original = snapshot.original, (0...ReplayedRun.limit).contains(snapshot.step) else {
      return nil
    }
    var experiment = original
    // Those that took effect are in the snapshot, with their steps.
    experiment.changes = []
    guard let (objective, start) = try? ObjectiveFactory.make(experiment),
      let run = try? Run(experiment, objective: objective, start: start.map(nudge))
    else { return nil }
    self.run = run
    firstObjective = run.objectiveID
  }

  /// Whether it can go on to the snapshot: the same course, no earlier moment of it.
  func precedes(_ snapshot: Snapshot) -> Bool {
    snapshot.run == course && snapshot.step >= run.step
      && snapshot.step - run.step <= ReplayedRun.limit
      && snapshot.changes.count >= appliedCount
  }

  /// Takes one step, changes that are due before it included; false where the run is at the
  /// snapshot's step or cannot go on.
  mutating func step(towards snapshot: Snapshot) -> Bool {
    apply(snapshot)
    guard run.step < snapshot.step, !ProbeWork.isCurrentGivenUp else { return false }
    return run.advance(1) == 1
  }

  /// Whether all steps so far were plain gradient descent on all samples of one objective, from one
  /// start.
  var isPlainDescentFromStart: Bool {
    let (now, original) = (run.experiment, run.original)
    return Optimizer.isPlainDescent(now.optimizer) && now.batching == .full
      && run.objectiveID == firstObjective && now.start == original.start
  }

  /// Moves each parameter to where `nudge` takes it.
  mutating func move(_ nudge: (Double) -> Double) {
    run.buffers.parameters = Vector(run.parameters.map(nudge))
  }

  /// Lets changes take effect that are dated at or before the present step.
  private mutating func apply(_ snapshot: Snapshot) {
    while appliedCount < snapshot.changes.count {
      let change = snapshot.changes[appliedCount]
      guard change.step <= run.step else { return }
      appliedCount += 1
      try? run.apply(change.command)
    }
  }
}
