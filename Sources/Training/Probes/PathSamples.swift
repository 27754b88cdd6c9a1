import Models
/// Where a run's parameters have been, at steps that are evenly spaced: found by replaying it, a
/// hundred or two places however long it is.
package struct PathSamples: Sendable {
  /// The steps of the places.
  package private(set) var steps: [Int] = []
  /// Parameters at those steps; of the newest snapshot last.
  package private(set) var points: [[Double]] = []

  /// The most places that are kept.
  package static let most = 200
  /// The most steps times samples times parameters that are done again.
  private static let mostWork = 20_000_000_000.0

  private var replay: ReplayedRun?
  private var stride = 1

  /// The path to a snapshot, carried on from an earlier one of the same course where there is one.
  package init(_ snapshot: Snapshot, before: PathSamples?) {
    if let before, let replay = before.replay, replay.precedes(snapshot) {
      self = before
      if let last = steps.last, last % stride != 0 {
        steps.removeLast()
        points.removeLast()
      }
    } else {
      let size = max(1, snapshot.objective.sampleCount) * max(1, snapshot.objective.parameterCount)
      guard Double(snapshot.step) * Double(size) <= PathSamples.mostWork else { return }
      replay = ReplayedRun(snapshot)
      keep()
    }
    while replay?.step(towards: snapshot) == true { keep() }
    if steps.last != replay?.run.step, let run = replay?.run {
      steps.append(run.step)
      points.append(run.parameters)
    }
  }

  private mutating func keep() {
    guard let run = replay?.run, run.step % stride == 0, steps.last != run.step else { return }
    steps.append(run.step)
    points.append(run.parameters)
    guard steps.count > PathSamples.most else { return }
    stride *= 2
    let kept = steps.indices.filter { steps[$0] % stride == 0 }
    steps = kept.map { steps[$0] }
    points = kept.map { points[$0] }
  }
}
