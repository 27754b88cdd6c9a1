import Lanes
package import Models
import Optimization

/// An objective moved downhill by an optimizer, from a seed, under a list of dated changes. A value.
///
/// It knows no thread and no clock. A copy is a checkpoint: continued, it gives the same bits as the original. Replaying the
/// experiment of `session` gives them too.
package struct Run: Sendable {
  /// The course that it is on. Copies that go on in the same way keep it.
  package let id = RunID()
  /// The experiment as it began.
  package private(set) var original: Experiment
  /// The experiment with the settings in force now.
  package internal(set) var experiment: Experiment
  /// What is minimised.
  package internal(set) var objective: any Objective {
    didSet { objectiveID = ObjectiveID() }
  }
  /// Tells `objective` from every other.
  package private(set) var objectiveID = ObjectiveID()

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
    self.experiment = experiment
    original = experiment
    self.objective = objective
    pending = experiment.changes.sorted { $0.step < $1.step }[...]
    let batcher = try Run.batcher(experiment, objective: objective)
    core = RunCore(
      optimizer: try Run.optimizer(experiment.optimizer, count: start.count),
      schedule: try Run.schedule(experiment, batcher: batcher, step: 0, epoch: 0),
      batcher: batcher,
      record: RunRecord(objective: objective),
      stop: StopWatch(experiment.stop),
      baseRate: try Run.baseRate(experiment.learningRate, objective: objective, at: start))
    buffers = RunBuffers(parameters: start, objective: objective, batchSize: batcher.greatestSize)
  }

  /// Steps done.
  package var step: Int { core.step }
  /// Epochs done.
  package var epoch: Int { core.epoch }
  /// The flat parameters.
  package var parameters: [Double] { buffers.parameters.values }
  /// How the run stands: running, finished or diverged.
  package var status: Snapshot.Status { core.status }
  /// Changes that took effect, by step.
  package var changes: [DatedCommand] { core.record.changes }
  /// Whether losses over all training and test samples are measured from time to time where steps do not bring them, so that
  /// there are curves of them. It changes nothing else; runs whose curves nobody sees are faster without.
  package var measuresSplits: Bool {
    get { core.measuresSplits }
    set { core.measuresSplits = newValue }
  }
  /// The gradient of the last step's batch, before the optimizer made anything of it; empty before
  /// the first step.
  package var lastGradient: [Double] { core.step > 0 ? buffers.gradient.values : [] }
  /// Steps in an epoch of the batches in force.
  package var stepsPerEpoch: Int { core.batcher.stepsPerEpoch }
  /// Whether the next step is the first of an epoch.
  package var isAtEpochBeginning: Bool { core.position == 0 }
  /// The rate of the next step: base rate times schedule, both after the dated changes that are due before it.
  package var learningRate: Double {
    guard core.status == .running, let change = pending.first, change.step <= core.step else {
      return core.rate()
    }
    var next = self
    next.applyDueChanges()
    return next.core.rate()
  }
  /// The experiment as it began, with the changes that took effect: replaying it gives the same run.
  package var session: Experiment {
    var session = original
    session.changes = core.record.changes + pending
    return session
  }

  /// Takes up to `steps` steps, applying the experiment's own changes when they are due.
  ///
  /// It takes fewer when a stop rule is met or the run diverges. A finished run goes on when asked again, without the rule
  /// that stopped it; a diverged one stays where it is.
  ///
  /// - Returns: the number of steps taken.
  @discardableResult
  package mutating func advance(_ steps: Int) -> Int {
    let first = core.step
    guard steps > 0 else { return 0 }
    goOn()
    let end = first.addingReportingOverflow(steps).overflow ? Int.max : first + steps
    while core.step < end, core.status == .running {
      applyDueChanges()
      let next = pending.first.map { min(end, $0.step) } ?? end
      Run.advanceChunk(next - core.step, &core, &buffers, objective)
    }
    return core.step - first
  }

  /// Lets a finished run go on without the rule that stopped it.
  package mutating func goOn() {
    guard core.status == .finished else { return }
    core.status = .running
    core.stop.spend()
  }

  private static func advanceChunk(
    _ steps: Int, _ core: inout RunCore, _ buffers: inout RunBuffers, _ objective: any Objective
  ) {
    buffers.withPointers { core.advance(steps, objective: objective, memory: $0) }
  }

  /// Applies the experiment's changes dated at or before the present step; those that do not fit are left out.
  private mutating func applyDueChanges() {
    while let change = pending.first, change.step <= core.step {
      pending.removeFirst()
      try? apply(change.command)
    }
  }

  /// A run with the settings in force now, from the beginning.
  ///
  /// - Parameter seed: another seed, or nil for the same.
  /// - Throws: `RunError`, as beginning a run does.
  package func restarted(seed: UInt64?) throws(RunError) -> Run {
    var fresh = experiment
    fresh.changes = []
    if let seed { fresh.seed = seed }
    var run = try Run(fresh)
    // The same problem from the same seed is the same objective.
    if fresh.seed == experiment.seed { run.objectiveID = objectiveID }
    return run
  }
}

extension Run {
  static func optimizer(_ choice: Choice, count: Int) throws(RunError) -> OptimizerChain {
    do { return try OptimizerChain(choice, parameterCount: count) } catch {
      throw .optimizer(error)
    }
  }

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
