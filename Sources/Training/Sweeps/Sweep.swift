package import Lanes
package import Models
import Optimization

/// Many runs of one objective at once, from many starts and at many rates, for maps and ensembles: one lane a run.
///
/// Full batches; a run that diverges stays in its lane as data (NaN, ±∞). Functions and networks without penalties have
/// kernels of their own, and optimizers act entry by entry on all runs of a block; what does not fit that (Newton, L-BFGS,
/// `clip_norm`, penalties) is run one by one. The bits do not depend on the number of threads.
package struct Sweep: Sendable {
  /// Runs that share a learning rate.
  package struct Row: Sendable {
    /// The base rate.
    package var rate: Double
    /// Start parameters, run by run.
    package var starts: [[Double]]
    /// A row of runs.
    package init(rate: Double, starts: [[Double]]) {
      self.rate = rate
      self.starts = starts
    }
  }

  /// Where the runs of a row ended.
  package struct Outcome: Sendable, Equatable {
    /// End parameters, run by run.
    package var parameters: [[Double]]
    /// The training loss there.
    package var losses: [Double]
  }

  /// What is minimised.
  package let objective: any Objective
  /// The optimizer and its settings.
  package let optimizer: Choice
  /// The schedule and its settings.
  package let schedule: Choice
  /// Steps of each run.
  package let steps: Int

  /// A sweep of runs that all take `steps` steps.
  ///
  /// - Throws: `RunError` when optimizer or schedule do not exist or do not have the settings.
  package init(
    _ objective: any Objective, optimizer: Choice = Choice("gd"),
    schedule: Choice = Choice("constant"), steps: Int
  ) throws(RunError) {
    self.objective = objective
    self.optimizer = optimizer
    self.schedule = schedule
    self.steps = max(0, steps)
    _ = try Run.optimizer(optimizer, count: objective.parameterCount)
    _ = try clock()
  }

  /// Runs all rows on up to `threads` threads (the caller waits).
  ///
  /// - Throws: `RunError` when a start does not have the objective's number of parameters.
  package func run(_ rows: [Row], threads: Int = 1) throws(RunError) -> [Outcome] {
    let count = objective.parameterCount
    for row in rows {
      if let wrong = row.starts.first(where: { $0.count != count }) {
        throw .parameterCount(given: wrong.count, needed: count)
      }
    }
    let kernel = kernel()
    let size = kernel.map { 8 * $0.mostBlocks } ?? 1
    var blocks: [Block] = []
    for (number, row) in rows.enumerated() {
      for first in stride(from: 0, to: row.starts.count, by: size) {
        let last = min(first + size, row.starts.count)
        blocks.append(Block(row: number, rate: row.rate, starts: Array(row.starts[first..<last])))
      }
    }
    let work = blocks
    let results = Parallel.map(count: work.count, threads: threads) { index in
      let block = work[index]
      return kernel.map { together(block, kernel: $0) } ?? alone(block)
    }
    var outcomes = rows.map { _ in Outcome(parameters: [], losses: []) }
    for (block, result) in zip(work, results) {
      outcomes[block.row].parameters += result.parameters
      outcomes[block.row].losses += result.losses
    }
    return outcomes
  }

  /// Runs of one row that are trained together.
  private struct Block: Sendable {
    var row: Int
    var rate: Double
    var starts: [[Double]]
  }

  private func clock() throws(RunError) -> ScheduleClock {
    do { return try ScheduleClock(schedule, totalSteps: steps) } catch { throw .schedule(error) }
  }

  private func kernel() -> (any SweepKernel)? {
    let actsOnEntries =
      !["newton", "lbfgs"].contains(optimizer.name)
      && optimizer.settings["clip_norm", default: 0] == 0
      && schedule.name != "reduce_on_plateau"
    guard actsOnEntries, objective.parameterCount > 0 else { return nil }
    if let function = objective as? any FunctionObjective { return FunctionKernel(function) }
    if let network = objective as? DenseNetwork { return NetworkKernel(network) }
    return nil
  }

  /// Whether the optimizer is gradient descent and nothing else.
  private var isPlainDescent: Bool {
    optimizer.name == "gd"
      && ["clip_value", "weight_decay"].allSatisfy { optimizer.settings[$0, default: 0] == 0 }
  }

  private func together(_ block: Block, kernel: any SweepKernel) -> Outcome {
    let count = objective.parameterCount
    let lanes = min(kernel.mostBlocks, (block.starts.count + 7) / 8)
    var points = Vector(zeros: count * lanes * 8)
    // Lanes without a run repeat the last one.
    for run in 0..<lanes * 8 {
      let start = block.starts[min(run, block.starts.count - 1)]
      for entry in 0..<count { points[entry * lanes * 8 + run] = start[entry] }
    }
    // `init` has tried both.
    guard var chain = try? Run.optimizer(optimizer, count: points.count), var clock = try? clock()
    else { preconditionFailure("\(optimizer) or \(schedule) was accepted before") }
    var change = points
    var scratch = [Lanes](repeating: .zero, count: max(1, kernel.scratchLanes))
    var context = StepContext(step: 0, learningRate: block.rate, beginsEpoch: true)
    let paddedCount = points.paddedCount
    let isPlain = isPlainDescent
    points.lanes.withUnsafeMutableBufferPointer { points in
      change.lanes.withUnsafeMutableBufferPointer { change in
        scratch.withUnsafeMutableBufferPointer { scratch in
          // All three hold at least one vector.
          let place = points.baseAddress!
          let slopes = change.baseAddress!
          for step in 0..<steps {
            kernel.slopes(
              at: place, slopes, blocks: lanes, scratch: scratch.baseAddress!)
            context.learningRate = block.rate * clock.factor(step: step, epoch: step)
            if isPlain {
              // What the chain would do, in one pass.
              let rate = Lanes(repeating: context.learningRate)
              for index in 0..<paddedCount / 8 { place[index] -= slopes[index] * rate }
              continue
            }
            context.epoch = step
            chain.update(
              gradient: UnsafeMutableRawPointer(slopes).assumingMemoryBound(to: Double.self),
              parameters: UnsafeRawPointer(place).assumingMemoryBound(to: Double.self),
              paddedCount: paddedCount, context: &context)
            for index in 0..<paddedCount / 8 { place[index] -= slopes[index] }
          }
        }
      }
    }
    let parameters = block.starts.indices.map { run in
      (0..<count).map { points[$0 * lanes * 8 + run] }
    }
    return Outcome(parameters: parameters, losses: losses(at: parameters))
  }

  /// The training loss of each run; of a function all at once, with the same bits.
  private func losses(at parameters: [[Double]]) -> [Double] {
    guard let function = objective as? any FunctionObjective else {
      return parameters.map { objective.loss(at: $0) }
    }
    return function.values(
      at: (0..<objective.parameterCount).map { entry in parameters.map { $0[entry] } })
  }

  private func alone(_ block: Block) -> Outcome {
    var outcome = Outcome(parameters: [], losses: [])
    var experiment = Experiment(name: "sweep", problem: .function(FunctionProblem(formula: "")))
    experiment.optimizer = optimizer
    experiment.schedule = schedule
    experiment.steps = steps
    experiment.learningRate = .value(block.rate)
    for start in block.starts {
      // A rate that is not finite leaves the run where it began.
      var run = try? Run(experiment, objective: objective, start: start)
      run?.advance(steps)
      let end = run?.parameters ?? start
      outcome.parameters.append(end)
      outcome.losses.append(objective.loss(at: end))
    }
    return outcome
  }
}
