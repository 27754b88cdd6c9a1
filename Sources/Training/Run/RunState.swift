package import Lanes
package import Optimization

/// All of a run that changes from step to step, exactly and nothing more: with the settings in
/// force it goes on with the same bits. Small: three vectors as long as the parameters for most
/// optimizers; scratch is the workspace's.
package struct RunState: Equatable, Sendable, Codable {
  /// Steps done.
  package var step: Int
  /// Epochs done.
  package var epoch: Int
  /// Changes that have taken effect.
  package var changeCount: Int
  /// The flat parameters.
  package var parameters: ExactVector
  /// The gradient of the last step.
  package var gradient: ExactVector
  /// What the optimizer remembers, running powers included.
  package var optimizer: OptimizerState
  /// What the schedule remembers.
  package var schedule: ScheduleState
  /// What the stop rule remembers.
  var stop: StopWatch
  /// How the run stands.
  package var status: Snapshot.Status
  var baseRate: ExactDouble
  var position: Int
  var batchingStep: Int
  var batchingEpoch: Int
  var lastRows: [Int32]
  var epochLoss: ExactDouble
  var epochWeight: ExactDouble
  var cadence: MeasuringCadence
  /// The parameters that `l1_rule: clip` has cut for good.
  var cut: [Int32]

  /// The moment of the run's course.
  package var moment: Moment { Moment(step: step, changes: changeCount) }

  /// Bytes of its numbers.
  package var byteCount: Int {
    parameters.byteCount + gradient.byteCount + optimizer.byteCount
      + 4 * (lastRows.count + cut.count) + 256
  }
}

/// A moment in the course of a run: between steps, and between changes that were made at the same
/// step.
package struct Moment: Hashable, Comparable, Sendable, Codable {
  /// Steps done.
  package var step: Int
  /// Changes that have taken effect.
  package var changes: Int

  /// A moment.
  package init(step: Int, changes: Int) {
    self.step = step
    self.changes = changes
  }

  package static func < (a: Moment, b: Moment) -> Bool {
    (a.step, a.changes) < (b.step, b.changes)
  }
}

extension Run {
  /// The moment of its course.
  package var moment: Moment { Moment(step: core.step, changes: core.record.changes.count) }

  /// The run's state; setting it needs the same settings in force.
  package var state: RunState {
    get {
      RunState(
        step: core.step, epoch: core.epoch, changeCount: core.record.changes.count,
        parameters: ExactVector(buffers.parameters), gradient: ExactVector(buffers.gradient),
        optimizer: core.optimizer.state, schedule: core.schedule.state, stop: core.stop,
        status: core.status, baseRate: ExactDouble(core.baseRate), position: core.position,
        batchingStep: core.batchingStep, batchingEpoch: core.batchingEpoch,
        lastRows: Array(buffers.workspace.rows.prefix(core.lastRowCount)),
        epochLoss: ExactDouble(core.epochLoss), epochWeight: ExactDouble(core.epochWeight),
        cadence: core.cadence,
        cut: core.cut.indices.filter { core.cut[$0] }.map { Int32($0) })
    }
    set {
      core.step = newValue.step
      core.epoch = newValue.epoch
      buffers.parameters = newValue.parameters.vector
      buffers.gradient = newValue.gradient.vector
      core.optimizer.state = newValue.optimizer
      core.stop = newValue.stop
      core.status = newValue.status
      core.baseRate = newValue.baseRate.value
      core.position = newValue.position
      core.batchingStep = newValue.batchingStep
      core.batchingEpoch = newValue.batchingEpoch
      core.lastRowCount = newValue.lastRows.count
      if buffers.workspace.rows.count < newValue.lastRows.count {
        buffers.workspace.rows = newValue.lastRows
      } else {
        buffers.workspace.rows.replaceSubrange(0..<newValue.lastRows.count, with: newValue.lastRows)
      }
      core.epochLoss = newValue.epochLoss.value
      core.epochWeight = newValue.epochWeight.value
      core.cadence = newValue.cadence
      core.cut = [Bool](repeating: false, count: newValue.cut.isEmpty ? 0 : parameters.count)
      for index in newValue.cut { core.cut[Int(index)] = true }
      if let schedule = try? ScheduleClock(core.schedule.choice, newValue.schedule) {
        core.schedule = schedule
      }
    }
  }
}
