import Lanes

extension Experiment {
  /// What a command makes of the settings in force.
  package mutating func apply(_ command: Command) {
    switch command {
    case .learningRate(let rate): learningRate = .value(rate)
    case .optimizer(let choice, _): optimizer = choice
    case .hyperparameter(let name, let value): optimizer.settings[name] = value
    case .schedule(let choice): schedule = choice
    case .batching(let batching): self.batching = batching
    case .activation(let choice):
      changeModel { model in
        for layer in model.hidden.indices { model.hidden[layer].activation = choice }
      }
    case .parameters(let values): start = Start(parameters: values)
    case .entries: break
    case .addPoint(let point): changeModel { $0.data.added.append(point) }
    case .set(let change):
      let own = changes
      self = change.rebased(on: self).experiment
      changes = own
    case .ignoreStopRule: break
    }
  }

  private mutating func changeModel(_ change: (inout ModelProblem) -> Void) {
    guard case .model(var model) = problem else { return }
    change(&model)
    problem = .model(model)
  }
}
