import Lanes
package import Models
import Optimization

/// An objective moved downhill by an optimizer, from a seed, under a list of dated changes. A
/// value.
///
/// It knows no thread and no clock. A copy is a checkpoint: continued, it gives the same bits as
/// the original. Replaying the experiment of `session` gives them too.
package struct Run: Sendable {
  /// The course that it is on. Copies that go on in the same way keep it.
  package private(set) var id = RunID()
  /// The experiment as it began.
  @Boxed package private(set) var original: Experiment
  /// The experiment with the settings in force now.
  @Boxed package internal(set) var experiment: Experiment
  /// What is minimised.
  package internal(set) var objective: any Objective {
    didSet { objectiveID = ObjectiveID() }
  }
  /// Tells `objective` from every other.
  package internal(set) var objectiveID = ObjectiveID()
  /// The settings in force, where a checkpoint has them already; nil after a change.
  var settings: RunSettings?
  /// Where it began; nil for a run that was taken up at a checkpoint.
  private var origin: Origin?

  private struct Origin: Sendable {
    var objective: any Objective
    var objectiveID: ObjectiveID
    var start: Vector
  }

  var buffers: RunBuffers
  var core: RunCore
  /// Changes of the experiment that are still to come, in order.
  private var pending: ArraySlice<DatedCommand>

  /// A run of `experiment` on a ready objective, from the given parameters.
  ///
  /// - Throws: `RunError` when optimizer, schedule, batches, rate or start do not fit.
  package init(
    _ experiment: Experiment, objective: any Objective, start: [Double]
  ) throws(RunError) {
    guard start.count == objective.parameterCount else {
      throw .parameterCount(given: start.count, needed: objective.parameterCount)
    }
    try self.init(
      experiment, objective: objective, start: start,
      baseRate: try Run.baseRate(experiment.learningRate, objective: objective, at: start),
      batcher: try Run.batcher(experiment, objective: objective))
    origin = Origin(objective: objective, objectiveID: objectiveID, start: buffers.parameters)
  }

  /// A run that has not moved, with what takes long to find out known already.
  init(
    _ experiment: Experiment, objective: any Objective, start: [Double], baseRate: Double,
    batcher: Batcher
  ) throws(RunError) {
    self.experiment = experiment
    original = experiment
    self.objective = objective
    pending = experiment.changes.sorted { $0.step < $1.step }[...]
    core = RunCore(
      optimizer: try Run.optimizer(of: experiment, for: objective),
      schedule: try Run.schedule(experiment, batcher: batcher, step: 0, epoch: 0),
      batcher: batcher, record: RunRecord(objective: objective),
      stop: StopWatch(experiment.stop), baseRate: baseRate)
    buffers = RunBuffers(parameters: start, objective: objective, batchSize: batcher.greatestSize)
  }

  /// The same run, which has not moved yet, at another learning rate, which is a finite number:
  /// what a beginning with that rate would be, and far cheaper.
  package func begun(atRate rate: Double) -> Run {
    precondition(step == 0 && rate.isFinite, "a run that has moved has its rate")
    var run = self
    run.id = RunID()
    run.original.learningRate = .value(rate)
    run.experiment.learningRate = .value(rate)
    run.core.baseRate = rate
    run.settings = nil
    return run
  }

  /// The run before its first step, with its course before it.
  var beginning: Run? {
    guard let origin,
      var run = try? Run(original, objective: origin.objective, start: origin.start.values)
    else { return nil }
    run.objectiveID = origin.objectiveID
    run.setCourse(course, at: Moment(step: 0, changes: 0), endingAt: nil)
    return run
  }

  /// Puts the run on a course at a moment of it; beyond `end` it has no future but what the
  /// experiment says.
  mutating func setCourse(_ course: Course, at moment: Moment, endingAt end: Moment?) {
    id = course.id
    original = course.original
    core.record.take(Array(course.changes.prefix(moment.changes)))
    pending = course.changes.dropFirst(moment.changes)[...]
    if let end { leave(at: end) }
  }

  /// Leaves its course: what is to come is what the experiment as it began says, and nothing else.
  mutating func leave(at end: Moment? = nil, as id: RunID = RunID()) {
    let end = end ?? moment
    self.id = id
    pending =
      (pending.prefix(max(0, end.changes - core.record.changes.count))
      + original.changes.filter { $0.step > end.step })[...]
  }

  /// Takes the changes beyond a moment out of the run's future.
  mutating func takePending(beyond moment: Moment) -> ArraySlice<DatedCommand> {
    let count = max(0, moment.changes - core.record.changes.count)
    defer { pending = pending.prefix(count) }
    return pending.dropFirst(count)
  }

  /// Puts them back.
  mutating func putPending(_ changes: ArraySlice<DatedCommand>) { pending += changes }

  /// Steps done.
  package var step: Int { core.step }
  /// Epochs done.
  package var epoch: Int { core.epoch }
  /// The flat parameters.
  package var parameters: [Double] { buffers.parameters.values }
  /// The flat parameters of the model, of which losses and predictions are: `parameters`, at which
  /// gradients are taken, or the average that the optimizer makes of them.
  package var modelParameters: [Double] { core.optimizer.average(buffers.parameters).values }
  /// How the run stands: running, finished or diverged.
  package var status: Snapshot.Status { core.status }
  /// Changes that took effect, by step.
  package var changes: [DatedCommand] { core.record.changes }
  /// Changes of the experiment that did not fit when they were due.
  package var omissions: [Omission] { core.record.omissions }
  /// Whether losses over all training and test samples are measured from time to time where steps
  /// do not bring them, so that there are curves of them. It changes nothing else; runs whose
  /// curves nobody sees are faster without.
  package var measuresSplits: Bool {
    get { core.measuresSplits }
    set { core.measuresSplits = newValue }
  }
  /// The gradient of the last step's batch, before the optimizer made anything of it; empty before
  /// the first step.
  package var lastGradient: [Double] { core.step > 0 ? buffers.gradient.values : [] }
  /// The loss of the last step's batch at the point of its gradient; not a number before the first.
  var lastStepLoss: Double {
    core.record.lastLoss(isBatch: !core.batcher.isFull || core.optimizer.isMeasuredAtAverage)
  }
  /// Steps in an epoch of the batches in force.
  package var stepsPerEpoch: Int { core.batcher.stepsPerEpoch }
  /// Whether the next step is the first of an epoch.
  package var isAtEpochBeginning: Bool { core.position == 0 }
  /// The rate of the next step: base rate times schedule, both after the dated changes that are due
  /// before it.
  package var learningRate: Double {
    guard core.status == .running, let change = pending.first, change.step <= core.step else {
      return core.rate()
    }
    var next = self
    next.applyDueChanges()
    return next.core.rate()
  }
  /// The experiment as it began, with the changes that took effect: replaying it gives the same
  /// run.
  package var session: Experiment {
    var session = original
    session.changes = core.record.changes + pending
    return session
  }

  /// Takes up to `steps` steps, applying the experiment's own changes when they are due.
  ///
  /// It takes fewer when a stop rule is met or the run diverges. A finished run goes on when asked
  /// again, without the rule that stopped it, which is a dated change like others; a diverged one
  /// stays where it is.
  ///
  /// - Returns: the number of steps taken.
  @discardableResult
  package mutating func advance(_ steps: Int) -> Int {
    let first = core.step
    guard steps > 0 else { return 0 }
    goOn()
    if !buffers.isReady {
      let rows = buffers.workspace.rows
      buffers.fit(objective: objective, batchSize: core.batcher.greatestSize)
      buffers.workspace.rows.replaceSubrange(
        0..<core.lastRowCount, with: rows.prefix(core.lastRowCount))
    }
    let end = first.addingReportingOverflow(steps).overflow ? Int.max : first + steps
    while core.step < end {
      applyDueChanges()
      guard core.status == .running else { break }
      let next = pending.first.map { min(end, $0.step) } ?? end
      Run.advanceChunk(next - core.step, &core, &buffers, objective)
    }
    return core.step - first
  }

  /// Lets a finished run go on without the rule that stopped it.
  package mutating func goOn() {
    applyDueChanges()
    guard core.status == .finished else { return }
    core.ignoreStopRule()
    core.record.add(.ignoreStopRule, step: core.step)
  }

  /// Gives the room for scratch back, for a run that is kept and not advanced.
  package mutating func releaseScratch() { buffers.releaseScratch() }

  private static func advanceChunk(
    _ steps: Int, _ core: inout RunCore, _ buffers: inout RunBuffers, _ objective: any Objective
  ) {
    buffers.withPointers { core.advance(steps, objective: objective, memory: $0) }
  }

  /// Applies the experiment's changes dated at or before the present step; those that do not fit
  /// are left out, and remembered among `omissions`.
  mutating func applyDueChanges() {
    while let change = pending.first, change.step <= core.step {
      pending.removeFirst()
      do { try apply(change.command) } catch {
        core.record.omit(change, because: error)
      }
    }
  }

  /// A run with the settings in force now, from the beginning.
  ///
  /// - Parameter seed: another seed, or nil for the same.
  /// - Throws: `RunError`, as beginning a run does.
  package func restarted(seed: UInt64?) throws(RunError) -> Run {
    var fresh = experiment
    fresh.changes = []
    if let seed {
      fresh.seed = seed
      // Another seed draws other samples here as everywhere.
      if case .model(var model) = fresh.problem {
        model.data.pageSeed = nil
        fresh.problem = .model(model)
      }
    }
    var run = try Run(fresh)
    // The same problem from the same seed is the same objective.
    if fresh.seed == experiment.seed { run.objectiveID = objectiveID }
    return run
  }
}

extension Run {
  static func batcher(
    _ experiment: Experiment, objective: any Objective
  ) throws(RunError) -> Batcher {
    do {
      return try Batcher(
        experiment.batching, sampleCount: objective.sampleCount, seed: experiment.seed)
    } catch { throw .batching(error) }
  }

  static func schedule(
    _ experiment: Experiment, batcher: Batcher, step: Int, epoch: Int
  ) throws(RunError) -> ScheduleClock {
    do {
      return try ScheduleClock(
        experiment.schedule, totalSteps: experiment.steps, stepsPerEpoch: batcher.stepsPerEpoch,
        firstStep: step, firstEpoch: epoch)
    } catch { throw .schedule(error) }
  }

  static func baseRate(
    _ rate: LearningRate, objective: any Objective, at start: [Double]
  ) throws(RunError) -> Double {
    let value: Double
    switch rate {
    case .value(let given):
      value = given
    case .overLargestEigenvalue(let factor):
      guard let largest = Curvature.largestEigenvalue(of: objective, at: start), largest > 0 else {
        throw .learningRate("the loss has no positive curvature at the start to divide by")
      }
      value = factor / largest
    }
    guard value.isFinite else { throw .learningRate("the learning rate must be a finite number") }
    return value
  }
}
