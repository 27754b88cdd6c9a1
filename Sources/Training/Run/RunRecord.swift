import Lanes
import Models

/// What a run remembers of its course: curves, trajectory, and the changes that took effect.
/// Bounded, whatever the number of steps (the list of changes grows with the keys that were
/// pressed).
struct RunRecord: Sendable {
  private var train: LossRecorder
  private var batch: LossRecorder?
  private var test: LossRecorder?
  private var recorder: TrajectoryRecorder
  private(set) var changes: [DatedCommand] = []
  private(set) var omissions: [Omission] = []

  /// Omissions that are remembered.
  static let omissionLimit = 64

  /// Problems with at most this many parameters leave a trajectory.
  static let trajectoryDimension = 3

  /// An empty record of a run on `objective`.
  init(objective: any Objective) {
    train = LossRecorder(.train)
    test = objective.testCount > 0 ? LossRecorder(.test) : nil
    let dimension =
      objective.parameterCount <= Self.trajectoryDimension ? objective.parameterCount : 0
    recorder = TrajectoryRecorder(dimension: dimension)
  }

  /// What gathers the losses of full batches, at the parameters before each step.
  var tally: LossTally { train.tally }

  /// The same from `step` on, which is beyond the end of the one before.
  mutating func openTally(at step: Int) -> LossTally { train.openTally(at: step) }

  /// Keeps what a tally has gathered.
  mutating func close(_ tally: LossTally) { train.close(tally) }

  /// The loss of a mini-batch at the parameters before the step.
  @inline(__always) mutating func addBatch(_ loss: Double, step: Int) {
    if batch == nil { batch = LossRecorder(.batch) }
    batch?.append(loss, step: step)
  }

  /// The loss of the last step's batch: of `addBatch`, or what the last tally gathered; not a
  /// number before the first.
  func lastLoss(isBatch: Bool) -> Double {
    (isBatch ? batch?.tally : train.tally)?.bucket.last ?? .nan
  }

  /// A measurement on all training samples.
  mutating func addTrain(_ loss: Double, step: Int) { train.append(loss, step: step) }

  /// A measurement on the test samples.
  mutating func addTest(_ loss: Double, step: Int) {
    if test == nil { test = LossRecorder(.test) }
    test?.append(loss, step: step)
  }

  /// Whether places are kept.
  var recordsTrajectory: Bool { recorder.dimension > 0 }

  /// A place on the way.
  @inline(__always)
  mutating func addPoint(_ parameters: UnsafePointer<Double>, step: Int) {
    recorder.append(parameters, step: step)
  }

  /// Goes on with another number of parameters: the trajectory begins anew, losses go on.
  mutating func fit(_ objective: any Objective) {
    let dimension =
      objective.parameterCount <= Self.trajectoryDimension ? objective.parameterCount : 0
    if dimension != recorder.dimension { recorder = TrajectoryRecorder(dimension: dimension) }
  }

  /// Changes that took effect before the record's own.
  mutating func take(_ changes: [DatedCommand]) { self.changes = changes }

  /// A change that did not fit.
  mutating func omit(_ change: DatedCommand, because error: RunError) {
    guard omissions.count < Self.omissionLimit else { return }
    omissions.append(Omission(change: change, reason: error.description))
  }

  /// The record as it was at a moment, as far as it is known: curves up to the last whole bucket.
  func truncated(to moment: Moment) -> RunRecord {
    var record = self
    record.train.truncate(to: moment.step)
    record.batch?.truncate(to: moment.step)
    record.test?.truncate(to: moment.step)
    record.recorder.truncate(to: moment.step)
    record.changes = Array(changes.prefix(moment.changes))
    return record
  }

  /// A change that took effect.
  mutating func add(_ command: Command, step: Int) {
    changes.append(DatedCommand(step: step, command: command))
  }

  /// The curves so far: `train`, `batch`, `test`; those with measurements.
  var history: History {
    var history = History()
    for recorder in [train, batch, test] {
      if let recorder, recorder.count > 0 { history.series.append(recorder.series) }
    }
    return history
  }

  /// The way of the parameters so far.
  var trajectory: Trajectory { recorder.trajectory }
}

/// When the loss over all samples is measured while mini-batches or test samples make it cost
/// extra.
///
/// After each of the first 128 steps, every second one up to 256, every fourth up to 512, and so
/// on: the cost fades, and the curve keeps about one part in sixty-four of the time as its
/// resolution. Where samples are many, measuring waits until the steps themselves have cost as
/// much, beyond a grant of some ten milliseconds.
struct MeasuringCadence: Equatable, Sendable, Codable {
  /// What may be spent before the steps have earned it, in samples times parameters.
  private static let grant = 50_000_000
  /// What the steps have cost less what measuring has, in samples times parameters.
  private var balance = MeasuringCadence.grant

  /// Hears of a step whose batch times parameters is `cost`.
  @inline(__always) mutating func earn(_ cost: Int) { balance &+= cost }

  /// Whether to measure after `step` steps, at `cost` (samples times parameters).
  @inline(__always) mutating func isDue(_ step: Int, cost: Int) -> Bool {
    guard Self.isOnGrid(step) else { return false }
    return pays(cost)
  }

  /// Takes the cost from the balance, when there is enough; the balance never holds more than the
  /// grant.
  @inline(never) private mutating func pays(_ cost: Int) -> Bool {
    balance = min(balance, max(Self.grant, cost))
    guard balance >= cost else { return false }
    balance -= cost
    return true
  }

  /// Whether `step` is one of those after which is measured, cost apart.
  @inline(__always) static func isOnGrid(_ step: Int) -> Bool {
    let share = step >> 6
    guard share > 1 else { return true }
    let spacing = 1 << (Int.bitWidth - 1 - share.leadingZeroBitCount)
    return step & (spacing - 1) == 0
  }
}

/// A dated change that did not fit when it was due.
package struct Omission: Equatable, Sendable {
  /// The change.
  package var change: DatedCommand
  /// What was wrong with it.
  package var reason: String
}

/// Watches for the conditions of a stop rule.
struct StopWatch: Equatable, Sendable, Codable {
  /// The rule.
  let rule: StopRule
  /// Whether the rule has had its effect; the run may then go on without it.
  private(set) var isSpent = false
  private var best = ExactDouble(.infinity)
  private var badEpochs = 0

  /// Watches with a fresh memory.
  init(_ rule: StopRule) { self.rule = rule }

  /// The loss at or below which the run stops; −∞ without such a rule.
  var bound: Double { isSpent ? -.infinity : rule.lossBelow ?? -.infinity }

  /// Whether the run may have to stop at the end of an epoch.
  var heedsEpochs: Bool { !isSpent && (rule.patience != nil || rule.lossBelow != nil) }

  /// Hears the mean loss of an epoch; says whether patience is at its end.
  mutating func epochEnded(loss: Double) -> Bool {
    guard let patience = rule.patience, !isSpent else { return false }
    badEpochs = loss > best.value - rule.tolerance ? badEpochs + 1 : 0
    best.value = min(best.value, loss)
    return badEpochs > patience
  }

  /// Lets the run go on without the rule.
  mutating func spend() { isSpent = true }
}
