import Lanes
import Models
import Optimization

extension Run {
  /// Lets a change take effect before the next step, and dates it.
  ///
  /// - Throws: `RunError` when it does not fit; the run is then as before.
  package mutating func apply(_ command: Command) throws(RunError) {
    var command = command
    switch command {
    case .learningRate(let rate):
      core.baseRate = try Run.baseRate(.value(rate), objective: objective, at: [])
      experiment.learningRate = .value(rate)
    case .optimizer(let choice, let carryState):
      var optimizer = try optimizer(choice)
      if carryState { optimizer.adopt(core.optimizer) }
      leaveAverage(for: choice)
      core.optimizer = optimizer
      experiment.optimizer = choice
    case .hyperparameter(let name, let value):
      var choice = experiment.optimizer
      choice.settings[name] = value
      var optimizer = try optimizer(choice)
      optimizer.adopt(core.optimizer)
      core.optimizer = optimizer
      experiment.optimizer = choice
    case .schedule(let choice):
      var next = experiment
      next.schedule = choice
      core.schedule = try Run.schedule(
        next, batcher: core.batcher, step: core.step, epoch: core.epoch)
      experiment = next
    case .batching(let batching):
      var next = experiment
      next.batching = batching
      use(try Run.batcher(next, objective: objective))
      experiment = next
    case .activation(let activation):
      try replaceProblem { model throws(RunError) in
        guard !model.hidden.isEmpty else {
          throw .notApplicable("there are no hidden layers whose activation could change")
        }
        for layer in model.hidden.indices { model.hidden[layer].activation = activation }
      }
    case .parameters(let values):
      guard values.count == objective.parameterCount else {
        throw .parameterCount(given: values.count, needed: objective.parameterCount)
      }
      buffers.parameters = Vector(values)
      core.optimizer.reset()
      core.cut = []
      if case .diverged = core.status { core.status = .running }
      experiment.start = Start(parameters: values)
    case .entries(let values): try put(values)
    case .set(let change):
      let change = change.rebased(on: experiment)
      command = .set(change)
      try become(change)
    case .addPoint(let point):
      try replaceProblem(drawsBatchesAnew: true) { model throws(RunError) in
        model.data.added.append(point)
      }
    case .ignoreStopRule:
      core.ignoreStopRule()
    }
    settings = nil
    core.record.add(command, step: core.step)
  }

  /// Another optimizer in the place of the one at work.
  private func optimizer(_ choice: Choice) throws(RunError) -> OptimizerChain {
    var next = experiment
    next.optimizer = choice
    return try Run.optimizer(of: next, for: objective)
  }

  /// Gives single parameters other values.
  ///
  /// Where the model is an average of the parameters, they move by as much as the model does.
  private mutating func put(_ values: [Int: Double]) throws(RunError) {
    let model = modelParameters
    for place in values.keys.sorted() where !model.indices.contains(place) {
      throw .notApplicable("there is no parameter \(place + 1): the problem has \(model.count)")
    }
    for (place, value) in values where !value.isFinite {
      throw .notApplicable("parameter \(place + 1) cannot be \(value)")
    }
    for (place, value) in values {
      buffers.parameters[place] =
        core.optimizer.isMeasuredAtAverage
        ? buffers.parameters[place] + (value - model[place]) : value
      if core.cut.indices.contains(place) { core.cut[place] = false }
    }
    if case .diverged = core.status, parameters.allSatisfy(\.isFinite) { core.status = .running }
  }

  /// Puts the parameters elsewhere and keeps the optimizer's memory: for comparing a run with one a
  /// hair apart.
  ///
  /// Not a command, and not recorded.
  package mutating func displace(to values: [Double]) {
    precondition(
      values.count == objective.parameterCount,
      "\(values.count) of \(objective.parameterCount) parameters")
    buffers.parameters = Vector(values)
  }

  /// Puts the parameters where the model is, before another optimizer takes them up: an average is
  /// of no use to it.
  mutating func leaveAverage(for choice: Choice) {
    guard core.optimizer.isMeasuredAtAverage, choice.name != experiment.optimizer.name else {
      return
    }
    buffers.parameters = core.optimizer.average(buffers.parameters)
  }

  /// Draws batches another way from now on; a new epoch begins.
  mutating func use(_ batcher: Batcher) {
    core.batcher = batcher
    core.batchingStep = core.step
    core.batchingEpoch = core.epoch
    core.position = 0
    core.epochLoss = 0
    core.epochWeight = 0
    core.lastRowCount = 0
    buffers.fit(objective: objective, batchSize: batcher.greatestSize)
  }

  /// Changes the model, keeping the parameters; all that can fail comes before the first change.
  private mutating func replaceProblem(
    drawsBatchesAnew: Bool = false, _ change: (inout ModelProblem) throws(RunError) -> Void
  ) throws(RunError) {
    guard case .model(var model) = experiment.problem else {
      throw .notApplicable("a plain function has neither layers nor data")
    }
    try change(&model)
    var next = experiment
    next.problem = .model(model)
    let objective = try Run.objective(of: next)
    guard objective.parameterCount == self.objective.parameterCount else {
      throw .parameterCount(
        given: self.objective.parameterCount, needed: objective.parameterCount)
    }
    let batcher = drawsBatchesAnew ? try Run.batcher(next, objective: objective) : nil
    experiment = next
    self.objective = objective
    if let batcher {
      use(batcher)
    } else {
      buffers.fit(objective: objective, batchSize: core.batcher.greatestSize)
    }
  }
}
