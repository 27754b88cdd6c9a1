import Lanes
import Synchronization
import Terminal
import Training

/// A learner that does at once what it is told, as far as the explorer can see.
final class FakeLearner: Learner {
  private struct State {
    var snapshot: Snapshot
    var sent: [Control] = []
  }
  private let state: Mutex<State>
  private let waker: Waker?

  init(_ snapshot: Snapshot, waker: Waker? = nil) {
    state = Mutex(State(snapshot: snapshot))
    self.waker = waker
  }

  var latest: Snapshot { state.withLock { $0.snapshot } }
  var sent: [Control] { state.withLock { $0.sent } }

  func send(_ request: Request) {
    state.withLock { state in
      if state.sent.count < 1000 { state.sent.append(request.control) }
      Self.apply(request.control, to: &state.snapshot)
      state.snapshot.acknowledged = request.ticket
      state.snapshot.generation += 1
    }
    waker?.wake()
  }

  /// Some steps go by.
  func advance(by steps: Int = 1) {
    state.withLock { state in
      state.snapshot.step += steps
      state.snapshot.generation += 1
    }
    waker?.wake()
  }

  /// Something happens to the run.
  func change(_ body: @Sendable (inout Snapshot) -> Void) {
    state.withLock { state in
      body(&state.snapshot)
      state.snapshot.generation += 1
    }
    waker?.wake()
  }

  private static func apply(_ control: Control, to snapshot: inout Snapshot) {
    switch control {
    case .resume: snapshot.status = .running
    case .pause: snapshot.status = .paused
    case .step(let count):
      snapshot.step = snapshot.step &+ count
      snapshot.status = .paused
    case .race(let race, let leader, _):
      apply(.load(race.members[leader].experiment, pace: .infinity), to: &snapshot)
      snapshot.race = try? RaceCourse(race).standing(leader: leader)
    case .lead(let number):
      snapshot.race = snapshot.race.flatMap { try? RaceCourse($0.race).standing(leader: number) }
    case .endRace: snapshot.race = nil
    case .pace, .watch, .undo, .redo, .branch, .name, .delete, .open: break
    case .seek(let step):
      snapshot.step = min(max(0, step), snapshot.step)
      snapshot.status = .paused
    case .move(let steps):
      snapshot.step = max(0, min(snapshot.step &+ steps, snapshot.step))
      snapshot.status = .paused
    case .restart(let seed):
      snapshot.run = RunID()
      snapshot.step = 0
      if let seed { snapshot.experiment.seed = seed }
    case .part(let step, let commands, _):
      snapshot.run = RunID()
      snapshot.step = min(step, snapshot.step)
      for command in commands { apply(command, to: &snapshot) }
    case .load(let experiment, _), .beginAgain(let experiment, _):
      let generation = snapshot.generation
      let waits = snapshot.status == .paused
      snapshot = Fixture.snapshot(
        Preset(experiment), step: 0, status: waits ? .paused : .running, generation: generation)
    case .change(let command): apply(command, to: &snapshot)
    }
  }

  private static func apply(_ command: Command, to snapshot: inout Snapshot) {
    switch command {
    case .learningRate(let rate):
      snapshot.baseRate = rate
      snapshot.experiment.learningRate = .value(rate)
    case .optimizer(let choice, _): snapshot.experiment.optimizer = choice
    case .hyperparameter(let name, let value):
      snapshot.experiment.optimizer.settings[name] = value
    case .schedule(let choice): snapshot.experiment.schedule = choice
    case .batching(let batching): snapshot.experiment.batching = batching
    case .activation(let choice):
      if case .model(var model) = snapshot.experiment.problem {
        for index in model.hidden.indices { model.hidden[index].activation = choice }
        snapshot.experiment.problem = .model(model)
      }
    case .parameters(let values): snapshot.parameters = values
    case .entries(let values):
      for (place, value) in values where snapshot.parameters.indices.contains(place) {
        snapshot.parameters[place] = value
      }
    case .addPoint, .ignoreStopRule: break
    case .set(let change): snapshot.experiment = change.experiment
    }
  }
}
