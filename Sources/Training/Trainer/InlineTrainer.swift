/// A learner that moves only when told to: for tests and pictures. Requests take effect at once.
package final class InlineTrainer: Learner {
  private struct State: Sendable {
    var learner: LearnerState
    var generation: UInt64 = 1
    var newest: Snapshot?
  }

  private let state: Locked<State>

  /// A learner on an experiment that has not moved.
  ///
  /// - Throws: `RunError` when the experiment does not fit.
  package convenience init(
    _ experiment: Experiment, isPaused: Bool = false, pace: Double = .infinity
  ) throws(RunError) {
    self.init(try Run(experiment), isPaused: isPaused, pace: pace)
  }

  /// A learner that goes on with a run.
  package init(_ run: Run, isPaused: Bool = false, pace: Double = .infinity) {
    state = Locked(State(learner: LearnerState(run, isPaused: isPaused, pace: pace)))
  }

  /// Lets a request take effect; steps that are asked for are taken at once.
  package func send(_ request: Request) {
    state.withLock { state in
      state.learner.handle(request)
      state.learner.finishCatchingUp()
      while state.learner.isActive, state.learner.owedSteps > 0 {
        _ = state.learner.advance(state.learner.owedSteps)
      }
      state.generation += 1
      state.newest = nil
    }
  }

  /// Takes up to `steps` steps unless paused, finished or diverged; returns how many it took.
  @discardableResult
  package func advance(steps: Int) -> Int {
    state.withLock { state in
      let taken = state.learner.advance(steps)
      state.learner.finishCatchingUp()
      if taken > 0, state.learner.wantsCheckpoint { state.learner.keepCheckpoint() }
      if taken > 0 || !state.learner.isActive {
        state.generation += 1
        state.newest = nil
      }
      return taken
    }
  }

  /// The run as it is now.
  package var run: Run { state.withLock { $0.learner.run } }

  /// Steps per second that the user requests.
  package var pace: Double { state.withLock { $0.learner.pace } }

  package var latest: Snapshot {
    state.withLock { state in
      if let newest = state.newest { return newest }
      let snapshot = state.learner.snapshot(stepsPerSecond: 0, generation: state.generation)
      state.newest = snapshot
      return snapshot
    }
  }
}
