package import Lanes
package import Models
import Optimization

/// Many runs of one objective at once, from many starts and at many rates, for maps and ensembles:
/// one lane a run.
///
/// `RunBundle` does more: it begins runs of any settings, ends each where it ends alone and says
/// how. A basin map asks only where descents are after so many steps, and gets that here without a
/// run, a standing or a list a pixel: five times as many pixels a second (`map.xsin` in
/// `glissade bench`).
///
/// A run that diverges stays in its lane as data (NaN, ±∞). Points of a function share vectors, and
/// optimizers act entry by entry on all runs of a block; what does not fit that (Newton, L-BFGS,
/// `clip_norm`, networks) is run one by one. The bits do not depend on the number of threads.
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
    /// End parameters: for each parameter one number a run, which is how they are computed.
    package var coordinates: [[Double]]
    /// The training loss there, run by run.
    package var losses: [Double]

    /// End parameters, run by run.
    package var parameters: [[Double]] {
      losses.indices.map { run in coordinates.map { $0[run] } }
    }

    /// Puts further runs behind.
    mutating func append(_ other: Outcome) {
      if losses.isEmpty {
        self = other
        return
      }
      for entry in coordinates.indices { coordinates[entry] += other.coordinates[entry] }
      losses += other.losses
    }
  }

  /// What is minimised.
  package let objective: any Objective
  /// The optimizer and its settings.
  package let optimizer: Choice
  /// The schedule and its settings.
  package let schedule: Choice
  /// Steps of each run.
  package let steps: Int
  /// Whether all runs of a block can share one long vector of parameters.
  private let actsEntrywise: Bool
  /// Whether the optimizer is gradient descent and nothing else.
  private let isPlainDescent: Bool
  /// The schedule at its beginning.
  private let clock: ScheduleClock

  /// A sweep of runs that all take `steps` steps.
  ///
  /// - Throws: `RunError` when optimizer or schedule do not exist or do not have the settings.
  package init(
    _ objective: any Objective, optimizer: Choice = Choice(Optimizer.gd.name),
    schedule: Choice = Choice(Schedule.constant.name), steps: Int
  ) throws(RunError) {
    self.objective = objective
    self.optimizer = optimizer
    self.schedule = schedule
    self.steps = max(0, steps)
    let chain = try Run.optimizer(optimizer, count: objective.parameterCount)
    actsEntrywise = chain.actsEntrywise
    isPlainDescent = chain.isPlain
    do { clock = try ScheduleClock(schedule, totalSteps: self.steps) } catch {
      throw .schedule(error)
    }
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
    let size = kernel == nil ? 1 : 8 * FunctionKernel.mostBlocks
    var blocks: [Block] = []
    for (number, row) in rows.enumerated() {
      for first in stride(from: 0, to: row.starts.count, by: size) {
        blocks.append(Block(row: number, runs: first..<min(first + size, row.starts.count)))
      }
    }
    let work = blocks
    let results = Parallel.map(count: work.count, threads: threads) { index in
      let row = rows[work[index].row]
      let starts = row.starts[work[index].runs]
      return kernel.map { together(starts, rate: row.rate, kernel: $0) }
        ?? alone(starts, rate: row.rate)
    }
    let nothing = Outcome(coordinates: Array(repeating: [], count: count), losses: [])
    var outcomes = Array(repeating: nothing, count: rows.count)
    for (block, result) in zip(work, results) { outcomes[block.row].append(result) }
    return outcomes
  }

  /// Runs of one row that are trained together.
  private struct Block: Sendable {
    var row: Int
    var runs: Range<Int>
  }

  private func kernel() -> FunctionKernel? {
    guard actsEntrywise, !clock.hearsLoss, objective.parameterCount > 0 else { return nil }
    return objective.kind.function.map { FunctionKernel($0) }
  }

  private func together(
    _ starts: ArraySlice<[Double]>, rate: Double, kernel: FunctionKernel
  ) -> Outcome {
    let count = objective.parameterCount
    let blocks = min(FunctionKernel.mostBlocks, (starts.count + 7) / 8)
    var points = Vector(zeros: count * blocks * 8)
    points.withUnsafeMutablePointer { place in
      // Lanes without a run repeat the last one.
      for run in 0..<blocks * 8 {
        starts[min(starts.startIndex + run, starts.endIndex - 1)].withUnsafeBufferPointer { start in
          for entry in 0..<count { place[entry * blocks * 8 + run] = start[entry] }
        }
      }
    }
    var change = Vector(zeros: points.count)
    points.lanes.withUnsafeMutableBufferPointer { points in
      change.lanes.withUnsafeMutableBufferPointer { change in
        // Both hold at least one vector.
        let memory = Memory(
          points: points.baseAddress!, gradients: change.baseAddress!, blocks: blocks,
          lanes: points.count)
        if isPlainDescent {
          descend(memory, rate: rate, kernel: kernel)
        } else {
          optimize(memory, rate: rate, kernel: kernel)
        }
      }
    }
    return points.withUnsafePointer { place in
      let coordinates = (0..<count).map { entry in
        Array(UnsafeBufferPointer(start: place + entry * blocks * 8, count: starts.count))
      }
      return Outcome(
        coordinates: coordinates,
        losses: losses(at: place, blocks: blocks, gradients: &change, coordinates))
    }
  }

  /// What runs that are trained together write to.
  private struct Memory {
    var points: UnsafeMutablePointer<Lanes>
    var gradients: UnsafeMutablePointer<Lanes>
    /// Blocks of eight runs.
    var blocks: Int
    /// Lanes of points in all.
    var lanes: Int
  }

  /// Plain gradient descent: what the optimizer's chain would do, without it; at a constant rate
  /// all steps in one go.
  private func descend(_ memory: Memory, rate: Double, kernel: FunctionKernel) {
    var clock = clock
    let chunk = clock.isConstant ? max(1, steps) : 1
    for step in stride(from: 0, to: steps, by: chunk) {
      kernel.descend(
        memory.points, memory.gradients, blocks: memory.blocks, count: memory.lanes,
        rate: rate * clock.factor(step: step, epoch: step), steps: chunk)
    }
  }

  /// Any optimizer that acts on entries one by one.
  private func optimize(_ memory: Memory, rate: Double, kernel: FunctionKernel) {
    var clock = clock
    // `init` has tried it.
    guard var chain = try? Run.optimizer(optimizer, count: memory.lanes * 8)
    else { preconditionFailure("\(optimizer) was accepted before") }
    var context = StepContext(step: 0, learningRate: rate, beginsEpoch: true)
    for step in 0..<steps {
      kernel.gradients(at: memory.points, memory.gradients, blocks: memory.blocks)
      context.learningRate = rate * clock.factor(step: step, epoch: step)
      context.setEpoch(step, begins: true)
      chain.update(
        gradient: UnsafeMutableRawPointer(memory.gradients).assumingMemoryBound(to: Double.self),
        parameters: UnsafeRawPointer(memory.points).assumingMemoryBound(to: Double.self),
        paddedCount: memory.lanes * 8, context: &context)
      for index in 0..<memory.lanes { memory.points[index] -= memory.gradients[index] }
    }
  }

  /// The training loss of each run; of a function all at once, with the same bits.
  private func losses(
    at points: UnsafePointer<Double>, blocks: Int, gradients: inout Vector,
    _ coordinates: [[Double]]
  ) -> [Double] {
    let runs = coordinates.first?.count ?? 0
    guard let function = objective.kind.function else {
      return (0..<runs).map { run in objective.loss(at: coordinates.map { $0[run] }) }
    }
    var values = Vector(zeros: blocks * 8)
    gradients.lanes.withUnsafeMutableBufferPointer { gradients in
      values.lanes.withUnsafeMutableBufferPointer { values in
        function.evaluate(
          points: UnsafeRawPointer(points).assumingMemoryBound(to: Lanes.self), stride: blocks,
          count: blocks, value: values.baseAddress!, derivatives: gradients.baseAddress!)
      }
    }
    return values.withUnsafePointer { Array(UnsafeBufferPointer(start: $0, count: runs)) }
  }

  /// Runs that fit no kernel, one by one.
  private func alone(_ starts: ArraySlice<[Double]>, rate: Double) -> Outcome {
    var outcome = Outcome(
      coordinates: Array(repeating: [], count: objective.parameterCount), losses: [])
    var experiment = Experiment(name: "sweep", problem: .function(FunctionProblem(formula: "")))
    experiment.optimizer = optimizer
    experiment.schedule = schedule
    experiment.steps = steps
    experiment.learningRate = .value(rate)
    for start in starts {
      // A rate that is not finite leaves the run where it began.
      var run = try? Run(experiment, objective: objective, start: start)
      run?.advance(steps)
      let end = run?.parameters ?? start
      for (entry, value) in end.enumerated() { outcome.coordinates[entry].append(value) }
      outcome.losses.append(objective.loss(at: end))
    }
    return outcome
  }
}
