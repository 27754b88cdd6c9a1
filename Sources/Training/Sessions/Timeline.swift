/// Checkpoints of a run's course, close together where it was short and thinned as it grows: any
/// moment is the nearest checkpoint and a short exact replay away.
package struct Timeline: Sendable {
  /// The checkpoints, earliest first.
  package private(set) var checkpoints: [Checkpoint] = []
  /// Steps from one checkpoint to the next at least.
  package private(set) var spacing: Int

  /// No checkpoints yet; the first ones will be `spacing` steps apart.
  package init(spacing: Int = 1) { self.spacing = max(1, spacing) }

  /// Bytes of all checkpoints.
  package private(set) var byteCount = 0

  /// Whether a checkpoint after `step` steps would be far enough from the last.
  package func wants(_ step: Int) -> Bool {
    guard let last = checkpoints.last else { return true }
    return step >= last.moment.step + spacing
  }

  /// Keeps a checkpoint, in place of another one of the same moment.
  package mutating func add(_ checkpoint: Checkpoint) {
    let place = firstIndex(from: checkpoint.moment)
    if place < checkpoints.count, checkpoints[place].moment == checkpoint.moment {
      byteCount -= checkpoints[place].state.byteCount
      checkpoints[place] = checkpoint
    } else {
      checkpoints.insert(checkpoint, at: place)
    }
    byteCount += checkpoint.state.byteCount
  }

  /// The last checkpoint at or before a moment.
  package func nearest(_ moment: Moment) -> Checkpoint? {
    let place = firstIndex(from: moment)
    if place < checkpoints.count, checkpoints[place].moment == moment { return checkpoints[place] }
    return place > 0 ? checkpoints[place - 1] : nil
  }

  /// The run at a moment of its course: the nearest checkpoint, and an exact replay from there. Nil
  /// beyond the course.
  package func run(at moment: Moment, on course: Course) -> Run? {
    guard let nearest = nearest(moment) else { return nil }
    var run = Run(nearest, on: course)
    return run.advance(to: moment) ? run : nil
  }

  /// The checkpoints up to a moment: what a branch shares with the run that it leaves.
  package func through(_ moment: Moment) -> Timeline {
    var part = self
    part.checkpoints.removeAll { $0.moment > moment }
    part.count()
    return part
  }

  /// Drops every second checkpoint but the first and the last; says whether there was one to drop.
  package mutating func thin() -> Bool {
    guard checkpoints.count > 2 else { return false }
    let last = checkpoints.count - 1
    checkpoints = checkpoints.indices.filter { $0 % 2 == 0 || $0 == last }.map { checkpoints[$0] }
    if spacing < 1 << 40 { spacing *= 2 }
    count()
    return true
  }

  /// Drops all checkpoints but the first.
  package mutating func keepFirst() {
    checkpoints.removeLast(max(0, checkpoints.count - 1))
    count()
  }

  private mutating func count() {
    byteCount = checkpoints.reduce(0) { $0 + $1.state.byteCount }
  }

  /// The place of the first checkpoint at or after a moment.
  private func firstIndex(from moment: Moment) -> Int {
    var (low, high) = (0, checkpoints.count)
    while low < high {
      let middle = (low + high) / 2
      if checkpoints[middle].moment < moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
