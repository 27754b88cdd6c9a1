import Lanes
import Models

/// The accuracy on training and test samples over the steps of a run that is done again beside the
/// one that is watched.
///
/// Steps lie evenly on a logarithmic axis: all up to 32, every second one up to 64, and so on.
package struct AccuracyTrace: Sendable {
  /// Both accuracies after a step.
  package struct Record: Sendable, Equatable {
    /// Steps done.
    package var step: Int
    /// The share of training samples that is right.
    package var train: Double
    /// The share of test samples; nil where there are none.
    package var test: Double?
  }

  /// What was found, in the order of steps, the last at the snapshot's step.
  package private(set) var records: [Record] = []
  private var replay: ReplayedRun
  private var endsOffGrid = false

  private init?(_ snapshot: Snapshot) {
    guard snapshot.accuracy != nil, let replay = ReplayedRun(snapshot) else { return nil }
    self.replay = replay
  }

  /// The trace up to a snapshot: `earlier` carried on where it leads there, else a new one.
  package static func upTo(_ snapshot: Snapshot, from earlier: AccuracyTrace?) -> AccuracyTrace? {
    guard snapshot.parameters.count == snapshot.objective.parameterCount else { return nil }
    var trace =
      earlier.flatMap { $0.replay.precedes(snapshot) ? $0 : nil } ?? AccuracyTrace(snapshot)
    trace?.advance(to: snapshot)
    return trace
  }

  /// The first step looked at with a test accuracy of at least `level`, and the same of training.
  package func firstAt(_ level: Double) -> (train: Int?, test: Int?) {
    (
      records.first { $0.train >= level }?.step,
      records.first { ($0.test ?? 0) >= level }?.step
    )
  }

  private mutating func advance(to snapshot: Snapshot) {
    if records.isEmpty { record() }
    guard replay.run.step < snapshot.step else { return }
    if endsOffGrid { records.removeLast() }
    while replay.step(towards: snapshot) {
      if LogarithmicGrid.holds(replay.run.step) { record() }
    }
    if records.last?.step != replay.run.step { record() }
    endsOffGrid = !LogarithmicGrid.holds(replay.run.step)
  }

  private mutating func record() {
    guard let train = replay.run.accuracy(.train) else { return }
    records.append(
      Record(step: replay.run.step, train: train, test: replay.run.accuracy(.test)))
  }
}

/// Steps that lie evenly on a logarithmic axis.
enum LogarithmicGrid {
  /// Whether a step is one of them: `perOctave`, a power of two, from each power of two to the
  /// next.
  static func holds(_ step: Int, perOctave: Int = 32) -> Bool {
    guard step >= 2 * perOctave else { return true }
    let octave = Int.bitWidth - 1 - step.leadingZeroBitCount
    return step & ((1 << octave) / perOctave - 1) == 0
  }
}
