import Lanes
import Models
import Optimization

/// What is in force between two changes of a run: shared by all checkpoints in between.
final class RunSettings: Sendable {
  let experiment: Experiment
  let objective: any Objective
  let objectiveID: ObjectiveID
  let batcher: Batcher

  init(
    experiment: Experiment, objective: any Objective, objectiveID: ObjectiveID, batcher: Batcher
  ) {
    self.experiment = experiment
    self.objective = objective
    self.objectiveID = objectiveID
    self.batcher = batcher
  }
}

/// A moment of a run to which one can come back: its state, and the settings in force.
package final class Checkpoint: Sendable {
  /// The state.
  package let state: RunState
  let settings: RunSettings

  init(state: RunState, settings: RunSettings) {
    self.state = state
    self.settings = settings
  }

  /// The moment.
  package var moment: Moment { state.moment }
}

/// The course of a run, as far as its checkpoints do not tell it.
package struct Course: Sendable {
  /// Its name.
  package var id: RunID
  /// The experiment as it began.
  package var original: Experiment
  /// Its changes in order: those that took effect, then those that are to come.
  package var changes: [DatedCommand]
}

extension Run {
  /// The course that the run is on.
  package var course: Course { Course(id: id, original: original, changes: session.changes) }

  /// The present moment, to come back to.
  package mutating func checkpoint() -> Checkpoint {
    let settings =
      settings
      ?? RunSettings(
        experiment: experiment, objective: objective, objectiveID: objectiveID,
        batcher: core.batcher)
    self.settings = settings
    return Checkpoint(state: state, settings: settings)
  }

  /// A run at a checkpoint of a course.
  ///
  /// - Parameters:
  ///   - end: the moment at which the run's future begins that is left out; nil: it has all of its
  ///     course before it.
  package init(_ checkpoint: Checkpoint, on course: Course, endingAt end: Moment? = nil) {
    let settings = checkpoint.settings
    let state = checkpoint.state
    do {
      try self.init(
        settings.experiment, objective: settings.objective,
        start: state.parameters.vector.values, baseRate: state.baseRate.value,
        batcher: settings.batcher)
    } catch {
      preconditionFailure("settings that were in force fit: \(error)")
    }
    setCourse(course, at: state.moment, endingAt: end)
    objectiveID = settings.objectiveID
    self.settings = settings
    self.state = state
  }

  /// A run as it stood, from what was written of it: the experiment as it began, the changes of its
  /// course, and the state.
  ///
  /// - Throws: `RunError` where the experiment does not fit, or the state is not one of it.
  package init(
    _ original: Experiment, changes: [DatedCommand], at state: RunState
  ) throws(RunError) {
    var experiment = original
    experiment.changes = []
    var run = try Run(experiment)
    guard (0...changes.count).contains(state.changeCount) else {
      throw .notApplicable("the state is of another course: it has \(state.changeCount) changes")
    }
    // The settings in force then; where they put parameters and memory, the state says better.
    for change in changes.prefix(state.changeCount) { try run.apply(change.command) }
    let needed = run.objective.parameterCount
    for vector in [state.parameters, state.gradient] where vector.vector.count != needed {
      throw .parameterCount(given: vector.vector.count, needed: needed)
    }
    run.setCourse(
      Course(id: run.id, original: original, changes: changes), at: state.moment, endingAt: nil)
    run.settings = nil
    run.state = state
    self = run
  }

  /// Goes on to a moment of the run's course, whose future is as before.
  ///
  /// - Returns: whether it came there; a run that diverges or ends before it does not.
  @discardableResult
  package mutating func advance(to moment: Moment) -> Bool {
    guard moment >= self.moment else { return false }
    let ahead = takePending(beyond: moment)
    if moment.step > step { advance(moment.step - step) }
    applyDueChanges()
    putPending(ahead)
    return self.moment == moment
  }

  /// The last moment at which everything was finite, for a run that diverged: before the step that
  /// made a parameter non-finite, or before the loss was asked for where that was the first.
  ///
  /// - Parameter earlier: an earlier moment of the same course to replay from; nil: its beginning.
  /// - Returns: nil for a run that has not diverged, or that can no longer be replayed.
  package func lastFinite(from earlier: Checkpoint? = nil) -> Run? {
    guard case .diverged(let step, let parameter) = core.status else { return nil }
    let end = Moment(step: parameter == nil ? step : step - 1, changes: core.record.changes.count)
    var run: Run
    if let earlier, earlier.moment.step <= end.step {
      run = Run(earlier, on: course)
    } else {
      guard let first = beginning else { return nil }
      run = first
    }
    run.core.measuresSplits = core.measuresSplits
    if end.step > run.step { run.advance(end.step - run.step) }
    return run.step == end.step ? run : nil
  }
}
