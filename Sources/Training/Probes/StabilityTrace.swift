import Lanes
import Models
import Optimization

/// The greatest eigenvalue of the Hessian that the optimizer feels, over the steps of a run,
/// beside the limit of the optimizer in force.
///
/// The run is done again beside the one that is watched; λmax is found at every so many steps, of
/// the loss of all samples.
package struct StabilityTrace: Sendable {
  /// λmax and the limit after a step.
  package struct Record: Sendable, Equatable {
    /// Steps done.
    package var step: Int
    /// The greatest eigenvalue of P^(−½) (H + w) P^(−½).
    package var eigenvalue: Double
    /// The greatest eigenvalue of H, where the optimizer feels another matrix.
    package var plain: Double?
    /// The eigenvalue above which errors grow at the rate in force; nil where there is no such
    /// limit.
    package var limit: Double?
    /// Whether errors grow.
    var isAbove: Bool { limit.map { eigenvalue > $0 } ?? false }
  }

  /// What was found, in the order of steps, the last at the snapshot's step unless the replay is
  /// behind it.
  package private(set) var records: [Record] = []
  /// The first step with an eigenvalue above the limit, among those looked at; nil: none yet.
  package var firstAbove: Int? {
    firstAboveOnGrid ?? records.last.flatMap { $0.isAbove ? $0.step : nil }
  }
  /// The same of the grid's steps: records between go when the run goes on.
  private var firstAboveOnGrid: Int?

  private var replay: ReplayedRun
  /// Steps from one record to the next.
  private var stride: Int
  /// Records that are kept: fewer where each is dear.
  private let most: Int
  /// Whether the last record is not on the grid, and goes when the run goes on.
  private var endsOffGrid = false
  /// Whether the replay stopped to let others work, short of the snapshot.
  package private(set) var isBehind = false
  private var direction: [Double]?
  private var plainDirection: [Double]?

  /// A trace from where the replay of the snapshot begins; nil where no run made it.
  private init?(_ snapshot: Snapshot) {
    guard let replay = ReplayedRun(snapshot) else { return nil }
    self.replay = replay
    // Some thirty products of a Hessian a record, each three gradients' work.
    let objective = snapshot.objective
    let cost = 540.0 * Double(objective.parameterCount) * Double(max(1, objective.sampleCount))
    most = Int(min(max(3e9 / cost, 12), 256))
    stride = 1
    while snapshot.step / stride > most { stride *= 2 }
  }

  /// Beside a run it works so long at a time.
  package static let patience = Duration.milliseconds(40)

  /// The trace up to a snapshot: `earlier` carried on where it leads there, else a new one. Beside
  /// others (`ProbeWork`) it stops short of it where `patience` is over.
  package static func upTo(
    _ snapshot: Snapshot, from earlier: StabilityTrace?,
    patience: Duration = StabilityTrace.patience
  ) -> StabilityTrace? {
    guard snapshot.parameters.count == snapshot.objective.parameterCount else { return nil }
    var trace =
      earlier.flatMap { $0.replay.precedes(snapshot) ? $0 : nil } ?? StabilityTrace(snapshot)
    trace?.advance(to: snapshot, patience: patience)
    return trace
  }

  private mutating func advance(to snapshot: Snapshot, patience: Duration) {
    if records.isEmpty { recordOnGrid() }
    guard replay.run.step < snapshot.step else { return }
    if endsOffGrid {
      records.removeLast()
      endsOffGrid = false
    }
    let isBeside = ProbeWork.current != nil
    let clock = ContinuousClock()
    let begin = clock.now
    isBehind = false
    while replay.step(towards: snapshot) {
      let isRecorded = replay.run.step % stride == 0
      if isRecorded { recordOnGrid() }
      guard isBeside, isRecorded || replay.run.step & 63 == 0 else { continue }
      if begin.duration(to: clock.now) > patience {
        isBehind = replay.run.step < snapshot.step
        break
      }
    }
    // Where the time is over is no step to keep a record of.
    guard !isBehind, records.last?.step != replay.run.step, let last = record() else { return }
    records.append(last)
    endsOffGrid = true
  }

  private mutating func recordOnGrid() {
    guard let record = record() else { return }
    if firstAboveOnGrid == nil, record.isAbove { firstAboveOnGrid = record.step }
    records.append(record)
    guard records.count > most else { return }
    stride *= 2
    records.removeAll { $0.step % stride != 0 }
  }

  /// λmax and the limit at the replay's step; nil where there is none to be found.
  private mutating func record() -> Record? {
    let run = replay.run
    let law = run.core.optimizer.linearStability
    let claim = Optimizer.catalogue[run.experiment.optimizer.name]?.limit
    // It does not know yet what it will divide by.
    if law == nil, case .preconditioned = claim { return nil }
    let rate = run.learningRate
    let rates = law?.correction.flatMap { _ in
      run.core.optimizer.effectiveRate(learningRate: rate)?.values
    }
    guard
      let matrix = PreconditionedHessian(
        run.objective, at: run.parameters, law: law, rates: rates, learningRate: rate),
      let found = matrix.greatest(near: direction)
    else { return nil }
    direction = found.direction
    var record = Record(step: run.step, eigenvalue: found.eigenvalue)
    if matrix.scaling != nil || matrix.addedCurvature != 0 {
      let plain = matrix.plain?.greatest(near: plainDirection)
      plainDirection = plain?.direction
      record.plain = plain?.eigenvalue
    }
    record.limit = law?.eigenvalueLimit(rate: rate)
    return record
  }
}
