import Lanes
import Training

/// What the person asked of the learner and no snapshot has shown yet.
///
/// The learner takes wishes between steps, so that a snapshot may be on its way that does not know of them. Until one does,
/// the explorer counts on what was asked, or two quick presses of `+` would be one. A wish is dropped when a snapshot
/// fulfils it, or when two newer snapshots do not: then the learner refused.
struct Wishes: Sendable {
  /// A value that was asked for when the newest snapshot was `generation`.
  struct Wish<Value: Equatable & Sendable>: Sendable {
    var value: Value
    var generation: UInt64
  }

  /// The base learning rate.
  var learningRate: Wish<Double>?
  /// The optimizer.
  var optimizer: Wish<Choice>?
  /// The schedule.
  var schedule: Wish<Choice>?
  /// Mini-batches.
  var batching: Wish<Batching>?
  /// The activation of hidden layers.
  var activation: Wish<Choice>?
  /// Whether it should run.
  var running: Wish<Bool>?

  /// Whether something was asked for that no snapshot has shown yet.
  var areOpen: Bool {
    learningRate != nil || optimizer != nil || schedule != nil || batching != nil
      || activation != nil || running != nil
  }

  /// Drops what `snapshot` shows or should have shown.
  mutating func reconcile(with snapshot: Snapshot) {
    func settle<Value>(_ wish: inout Wish<Value>?, _ shown: Value?) {
      guard let asked = wish else { return }
      let newer = snapshot.generation > asked.generation
      let late = snapshot.generation >= asked.generation &+ 3
      if newer, asked.value == shown || late { wish = nil }
    }
    settle(&learningRate, snapshot.baseRate)
    settle(&optimizer, snapshot.experiment.optimizer)
    settle(&schedule, snapshot.experiment.schedule)
    settle(&batching, snapshot.experiment.batching)
    settle(&activation, snapshot.experiment.hiddenActivation)
    settle(&running, snapshot.status == .running)
  }
}

extension Experiment {
  /// The activation of the first hidden layer, where there is one.
  var hiddenActivation: Choice? {
    guard case .model(let model) = problem else { return nil }
    return model.hidden.first?.activation
  }
}
