import Lanes
import Models
import Optimization

/// All of a run that changes from step to step, beside the buffers.
struct RunCore: Sendable {
  var optimizer: OptimizerChain
  var schedule: ScheduleClock
  var batcher: Batcher
  var record: RunRecord
  var stop: StopWatch
  /// The rate before the schedule's factor.
  var baseRate: Double
  /// Steps done.
  var step = 0
  /// Epochs done.
  var epoch = 0
  /// Steps done of the present epoch.
  var position = 0
  /// Steps and epochs done when the batching took effect.
  var batchingStep = 0
  var batchingEpoch = 0
  /// Samples in the last batch; 0 for all.
  var lastRowCount = 0
  /// Sum of losses times weights, and of weights, over the present epoch.
  var epochLoss = 0.0
  var epochWeight = 0.0
  /// The weights that the L1 penalty has cut for good, one flag a parameter; empty where its rule
  /// cuts none.
  var cut: [Bool] = []
  /// Whether losses over whole splits are measured between steps, for curves.
  var measuresSplits = true
  /// When they are.
  var cadence = MeasuringCadence()
  /// How the run stands: `running`, `finished` or `diverged`.
  var status = Snapshot.Status.running

  /// Goes on without the stop rule.
  mutating func ignoreStopRule() {
    stop.spend()
    if status == .finished { status = .running }
  }

  /// The rate of the next step.
  func rate() -> Double {
    var schedule = schedule
    return baseRate * schedule.factor(step: step, epoch: epoch)
  }

  /// Takes up to `limit` steps; fewer when the run finishes or diverges. Steps allocate nothing
  /// once the optimizer has made its memory (objectives that say so excepted); the surface of
  /// optimizers that look around is made once a call.
  mutating func advance(
    _ limit: Int, objective: any Objective, memory: RunBuffers.Pointers
  ) {
    if step == 0 {
      record.addPoint(UnsafePointer(memory.parameters), step: 0)
      if measuresSplits {
        measure(
          objective, memory, at: memory.parameters,
          train: !batcher.isFull || optimizer.isMeasuredAtAverage, test: objective.testCount > 0)
      }
    }
    var rule = optimizer.takeRule()
    let surface =
      rule.usesSurface ? BatchSurface(objective: objective, scratch: memory.scratch) : nil
    take(limit, objective, by: &rule, memory: memory, surface: surface)
    optimizer.put(rule)
  }

  /// Takes the steps of `advance`, by a rule and on an objective that are opened for all of them:
  /// at each step anew, that takes a good part of a small network's time.
  private mutating func take<Goal: Objective, Rule: GradientTransformation>(
    _ limit: Int, _ objective: Goal, by rule: inout Rule,
    memory: RunBuffers.Pointers, surface: BatchSurface?
  ) {
    let isFull = batcher.isFull
    let hasAverage = rule.isMeasuredAtAverage
    // Whether the loss of a step is that of the model on all samples.
    let isMeasured = isFull && !hasAverage
    var tally = isMeasured ? record.tally : LossTally()
    defer { record.close(tally) }
    let hasTest = objective.testCount > 0
    let measuresApart = measuresSplits && (!isMeasured || hasTest)
    let (sampleCount, parameterCount) = (objective.sampleCount, objective.parameterCount)
    let measuringCost = ((isMeasured ? 0 : sampleCount) + objective.testCount) * parameterCount
    // Asked once: it takes long.
    let stochastic = objective as? any StochasticObjective
    let isStochastic = stochastic != nil
    let parameters = UnsafePointer(memory.parameters)
    let shrinkage = objective.shrinkage
    let (isBare, isPlain) = (optimizer.isBare, optimizer.isPlain && shrinkage == nil)
    if shrinkage != nil, cut.count != parameterCount {
      cut = [Bool](repeating: false, count: parameterCount)
    }
    let hasConstantRate = schedule.isConstant
    let recordsTrajectory = record.recordsTrajectory
    let epochsMatter = schedule.hearsLoss || stop.heedsEpochs
    let bound = isMeasured ? stop.bound : -.infinity
    var context = StepContext(
      step: optimizer.stepsTaken, learningRate: baseRate, surface: surface)
    defer { if isBare { optimizer.count(to: context.step) } }
    for _ in 0..<limit {
      var batch = Batch.all
      if !isFull {
        lastRowCount = batcher.draw(
          step: step - batchingStep, epoch: epoch - batchingEpoch, position: position,
          into: memory.rows)
        batch = memory.batch(lastRowCount)
      }
      let loss =
        if isStochastic, let stochastic {
          stochastic.lossAndGradient(
            at: parameters, batch: batch, draw: UInt64(step), gradient: memory.gradient,
            scratch: memory.scratch)
        } else {
          objective.lossAndGradient(
            at: parameters, batch: batch, gradient: memory.gradient, scratch: memory.scratch)
        }
      if isMeasured {
        if step >= tally.end {
          record.close(tally)
          tally = record.openTally(at: step)
        }
        tally.add(loss)
      } else {
        record.addBatch(loss, step: step)
      }
      guard loss.isFinite else {
        status = .diverged(step: step, parameter: nil)
        return
      }
      if loss <= bound {
        status = .finished
        return
      }

      if !hasConstantRate {
        context.learningRate = baseRate * schedule.factor(step: step, epoch: epoch)
      }
      let isFinite: Bool
      if isPlain {
        // The gradient is gone over once: large networks do not fit the first-level cache.
        context.step &+= 1
        isFinite = memory.descend(rate: context.learningRate)
      } else {
        context.setEpoch(epoch, begins: position == 0)
        context.loss = loss
        if let surface { surface.batch = batch }
        if isBare {
          context.step &+= 1
          rule.update(
            memory.gradient, into: memory.change, parameters: parameters,
            paddedCount: memory.paddedCount, context: context)
        } else {
          optimizer.update(
            by: &rule, memory.gradient, into: memory.change, parameters: parameters,
            paddedCount: memory.paddedCount, context: &context)
        }
        if let shrinkage {
          shrinkage.apply(
            memory.parameters, change: memory.change, rate: context.learningRate,
            samples: isFull ? sampleCount : lastRowCount, dead: &cut)
        }
        isFinite = memory.subtractChange()
      }
      step &+= 1
      var model = parameters
      if hasAverage, recordsTrajectory || measuresApart || epochsMatter {
        // The change has been taken; there is room in its place.
        rule.average(parameters, into: memory.change, paddedCount: memory.paddedCount)
        model = UnsafePointer(memory.change)
      }
      if recordsTrajectory { record.addPoint(model, step: step) }
      guard isFinite else {
        status = .diverged(step: step, parameter: nameOfFirstNonFinite(parameters, objective))
        return
      }

      let weight = isFull ? 1 : Double(lastRowCount)
      epochLoss += loss * weight
      epochWeight += weight
      position &+= 1
      if measuresApart {
        cadence.earn((isFull ? sampleCount : lastRowCount) &* parameterCount)
        if cadence.isDue(step, cost: measuringCost) {
          measure(objective, memory, at: model, train: !isMeasured, test: hasTest)
        }
      }
      if position >= batcher.stepsPerEpoch {
        let (sum, count) = (epochLoss, epochWeight)
        epoch &+= 1
        position = 0
        epochLoss = 0
        epochWeight = 0
        if epochsMatter,
          epochEnded(mean: sum / count, objective, memory, at: model, isMeasured: isMeasured)
        {
          status = .finished
          return
        }
      }
    }
  }

  /// Tells those who listen of an epoch that has ended; says whether a stop rule is met.
  private mutating func epochEnded(
    mean: Double, _ objective: some Objective, _ memory: RunBuffers.Pointers,
    at model: UnsafePointer<Double>, isMeasured: Bool
  ) -> Bool {
    if schedule.hearsLoss { schedule.epochEnded(loss: mean) }
    let isImpatient = stop.epochEnded(loss: mean)
    if !isMeasured, stop.bound > -.infinity,
      let loss = measure(objective, memory, at: model, train: true, test: false),
      loss <= stop.bound
    {
      return true
    }
    return isImpatient
  }

  /// Measures losses over whole splits; returns the training loss if asked for.
  @discardableResult
  private mutating func measure(
    _ objective: some Objective, _ memory: RunBuffers.Pointers, at model: UnsafePointer<Double>,
    train: Bool, test: Bool
  ) -> Double? {
    var result: Double?
    if train {
      let loss = objective.loss(at: model, split: .train, scratch: memory.scratch)
      record.addTrain(loss, step: step)
      result = loss
    }
    if test {
      let loss = objective.loss(at: model, split: .test, scratch: memory.scratch)
      record.addTest(loss, step: step)
    }
    return result
  }

  private func nameOfFirstNonFinite(
    _ parameters: UnsafePointer<Double>, _ objective: some Objective
  ) -> String? {
    (0..<objective.parameterCount).first { !parameters[$0].isFinite }
      .map { objective.parameterNames[$0] }
  }
}
