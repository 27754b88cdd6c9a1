import Lanes
import Models
import Optimization

extension Run {
  /// Goes on as another experiment: what differs is changed, what still fits keeps its parameters
  /// and its memory.
  ///
  /// A weight still fits when its unit and what comes into it are there in both
  /// (`DenseNetwork.places`); new ones are drawn as the start says. Parameters that the new start
  /// gives one by one are put there, as `Command.parameters` does; where the key is of one of them
  /// (`start.x`), that one alone.
  mutating func become(_ change: KeyChange) throws(RunError) {
    var next = change.experiment
    next.changes = experiment.changes
    let atAverage =
      core.optimizer.isMeasuredAtAverage
      && next.optimizer.name != experiment.optimizer.name
    let present = atAverage ? modelParameters : self.parameters
    let hasOtherProblem = next.problem != experiment.problem
    let draws = next.seed != experiment.seed || next.dataSeed != experiment.dataSeed
    let isOfStart = next.problem.isOfStart && next.start != experiment.start
    let isNew = hasOtherProblem || draws || isOfStart
    let objective = isNew ? try Run.objective(of: next) : self.objective
    let isGiven = next.start.parameters != nil || next.start.layers != nil
    let moves = isGiven && next.start != experiment.start
    let kept = try Run.kept(
      present, of: self.objective, in: objective, as: next, change)
    var parameters = kept.parameters
    if moves {
      let start = try Run.start(of: next, on: objective)
      let entry = objective.parameterNames.firstIndex { change.setting.key == "start.\($0)" }
      if let entry, parameters.count == start.count {
        parameters[entry] = start[entry]
      } else {
        parameters = start
      }
    }
    let chain = try optimizer(for: next, on: objective, places: kept.places)
    let batcher = try Run.batcher(next, objective: objective)
    let rate =
      next.learningRate == experiment.learningRate
      ? core.baseRate : try Run.baseRate(next.learningRate, objective: objective, at: parameters)
    let hasOtherBatches =
      next.batching != experiment.batching || next.seed != experiment.seed
      || objective.sampleCount != self.objective.sampleCount
    let schedule =
      next.schedule == experiment.schedule && next.steps == experiment.steps
      ? core.schedule : try Run.schedule(next, batcher: batcher, step: core.step, epoch: core.epoch)

    if next.stop != experiment.stop { core.stop = StopWatch(next.stop) }
    experiment = next
    core.optimizer = chain
    core.baseRate = rate
    core.schedule = schedule
    if moves {
      core.optimizer.reset()
      if case .diverged = core.status { core.status = .running }
    }
    if atAverage { buffers.parameters = Vector(present) }
    if isNew || moves {
      if objective.parameterCount != self.objective.parameterCount {
        core.record.fit(objective)
      }
      if isNew { self.objective = objective }
      buffers = RunBuffers(
        parameters: parameters, objective: objective, batchSize: batcher.greatestSize)
    }
    if hasOtherBatches { use(batcher) }
  }

  /// The optimizer of `next`: the one at work as far as its settings go, with its memory of what is
  /// kept.
  private func optimizer(
    for next: Experiment, on objective: any Objective, places: [Int?]?
  ) throws(RunError) -> OptimizerChain {
    let isSame =
      next.optimizer == experiment.optimizer && next.layerRates == experiment.layerRates
      && places == nil
    if isSame, !core.optimizer.usesSurface || objective.shrinkage == nil {
      return core.optimizer
    }
    var optimizer = try Run.optimizer(of: next, for: objective)
    guard next.optimizer.name == experiment.optimizer.name else { return optimizer }
    if let places {
      optimizer.adopt(core.optimizer, at: places)
    } else {
      optimizer.adopt(core.optimizer)
    }
    return optimizer
  }

  /// The parameters of `next` that keep those of `old` where they mean the same.
  ///
  /// - Returns: The parameters, and where each stood before; no places when all are as before.
  private static func kept(
    _ values: [Double], of old: any Objective, in new: any Objective, as next: Experiment,
    _ change: KeyChange
  ) throws(RunError) -> (parameters: [Double], places: [Int?]?) {
    if case .dense(let network) = new.kind, case .dense(let before) = old.kind {
      // A net that is linear around another start begins there: elsewhere it is no likeness.
      if let origin = network.origin, origin != before.origin {
        return (origin, origin.map { _ in nil })
      }
      let places = network.places(in: before, at: change.place)
      guard places != Array(values.indices) else { return (values, nil) }
      do {
        let parameters = try ObjectiveFactory.parameters(
          of: network, keeping: values, at: places, as: next.start, seed: next.seed,
          addsSilently: change.addsSilently)
        return (parameters, places)
      } catch { throw .problem(error) }
    }
    guard new.layout != old.layout else { return (values, nil) }
    // Blocks of the same name and shape are the same.
    let places = new.layout.blocks.flatMap { block -> [Int?] in
      let same = old.layout.blocks.first { $0.name == block.name && $0.shape == block.shape }
      guard let same else { return block.range.map { _ in nil } }
      return same.range.map { $0 }
    }
    var fresh = next
    fresh.start.parameters = nil
    let drawn = try start(of: fresh, on: new)
    return (zip(places, drawn).map { place, value in place.map { values[$0] } ?? value }, places)
  }

  private static func start(
    of experiment: Experiment, on objective: any Objective
  ) throws(RunError) -> [Double] {
    do {
      return try ObjectiveFactory.parameters(of: experiment, on: objective)
    } catch { throw .problem(error) }
  }
}
