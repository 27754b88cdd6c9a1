import Lanes
import Models
import Optimization

/// Runs that are trained in the lanes of the same vectors.
///
/// A run that ends is put down with its parameters of that moment; its lane goes on and is not
/// looked at again. Plain gradient descent remembers nothing, so that the runs that are left are
/// packed into fewer vectors now and then; elsewhere a vector is given up when its last run has
/// ended.
struct LaneGroup: Sendable {
  /// What is a run's own.
  private struct Member: Sendable {
    /// Its place among the runs that were given.
    var number: Int
    var rate: Double
    var schedule: ScheduleClock
    var batcher: Batcher
    var bound: Double
  }

  private let objectives: [any Objective]
  private let optimizer: Choice
  private let hasConstantRates: Bool
  /// Whether a step that moves nothing is followed by such steps only.
  private let canRest: Bool
  private let hasBounds: Bool
  /// The losses of each run, where they are watched.
  private var courses: [LossCourse]
  private let sampleCount: Int
  /// A run that takes this group's place while it works.
  let placeholder: Run
  private var bundle: any BundledObjective
  private var members: [Member]
  /// Lanes whose run goes on: 1; others: 0.
  private var living: [Lanes]
  /// Their number.
  private var livingCount: Int
  private var chain: OptimizerChain
  /// Parameter p of lane block b at `p * blocks + b`.
  private var parameters: [Lanes]
  /// Runs that have ended, and those that are exactly at rest: they are running, and will not move.
  private var ended: [RunBundle.Standing?]
  private var workspace: [Lanes] = []
  private var rows: [Int32]
  private var step = 0
  private var epoch = 0
  private var position = 0

  private var blocks: Int { living.count }

  /// The most runs that share a group with `run`; nil where it has to go alone.
  static func size(_ run: Run) -> Int? {
    guard run.core.step == 0, run.core.status == .running, run.experiment.changes.isEmpty,
      run.objective.parameterCount > 0, run.core.optimizer.actsEntrywise,
      !run.core.schedule.hearsLoss, run.core.stop.rule.patience == nil,
      run.core.stop.bound == -.infinity
        || run.core.batcher.isFull && !run.core.optimizer.isMeasuredAtAverage
    else { return nil }
    switch run.objective.kind {
    case .function:
      // With other rules than plain descent, a group has one rate a lane only if it is one vector
      // wide.
      return run.core.optimizer.isPlain ? 128 : 8
    case .dense(let network):
      guard network.sampleCount > 0, network.shrinkage == nil, !network.isLinearized else {
        return nil
      }
      return run.core.optimizer.isPlain ? 32 : 8
    default: return nil
    }
  }

  /// Whether two runs that have a `size` may share a group.
  static func fit(_ a: Run, _ b: Run) -> Bool {
    guard a.experiment.optimizer == b.experiment.optimizer,
      a.experiment.batching == b.experiment.batching,
      a.core.optimizer.isPlain == b.core.optimizer.isPlain
    else { return false }
    switch (a.objective.kind, b.objective.kind) {
    case (.function, .function): return a.experiment.problem == b.experiment.problem
    case (.dense(let one), .dense(let other)): return one === other || one.hasShape(of: other)
    default: return false
    }
  }

  /// Some of `runs`, which fit each other; nil where none is named.
  init?(_ numbers: [Int], of runs: UnsafePointer<Run>, watchesLosses: Bool = false) {
    guard let number = numbers.first else { return nil }
    let first = runs + number
    courses = watchesLosses ? numbers.map { _ in LossCourse() } : []
    placeholder = first.pointee
    objectives = numbers.map { runs[$0].objective }
    optimizer = first.pointee.experiment.optimizer
    sampleCount = first.pointee.objective.sampleCount
    hasConstantRates = numbers.allSatisfy { runs[$0].core.schedule.isConstant }
    // Whoever counts losses counts those of a run at rest, too.
    canRest = hasConstantRates && first.pointee.core.batcher.isFull && !watchesLosses
    hasBounds = numbers.contains { runs[$0].core.stop.bound > -.infinity }
    members = numbers.enumerated().map { lane, number in
      Member(
        number: lane, rate: runs[number].core.baseRate, schedule: runs[number].core.schedule,
        batcher: runs[number].core.batcher, bound: runs[number].core.stop.bound)
    }
    ended = Array(repeating: nil, count: numbers.count)
    let count = first.pointee.objective.parameterCount
    let blocks = (numbers.count + 7) / 8
    living = Self.lanes(numbers.count)
    livingCount = numbers.count
    bundle = Self.bundle(objectives)
    guard
      let chain = try? OptimizerChain(
        optimizer,
        ParameterShape(count: count * blocks * 8, rates: Self.rates(numbers, runs, blocks: blocks)))
    else { return nil }
    self.chain = chain
    parameters = Array(repeating: .zero, count: count * blocks)
    rows = Array(
      repeating: 0, count: max(1, first.pointee.core.batcher.greatestSize) * 8 * blocks)
    for lane in 0..<8 * blocks {
      let run = runs + numbers[min(lane, numbers.count - 1)]
      for (p, value) in run.pointee.parameters.enumerated() {
        parameters[p * blocks + lane >> 3][lane & 7] = value
      }
    }
  }

  /// The multiple of the rate of each entry, as `parameters` are kept; empty where all are 1.
  private static func rates(
    _ numbers: [Int], _ runs: UnsafePointer<Run>, blocks: Int
  ) -> [Double] {
    guard let first = numbers.first else { return [] }
    // Runs have begun with these rates: they fit.
    let own = numbers.map { number in
      (try? Run.entryRates(runs[number].experiment.layerRates, runs[number].objective.layout)) ?? []
    }
    guard own.contains(where: { !$0.isEmpty }) else { return [] }
    var rates = [Double](repeating: 1, count: runs[first].objective.parameterCount * blocks * 8)
    for lane in 0..<8 * blocks {
      for (p, rate) in own[min(lane, numbers.count - 1)].enumerated() {
        rates[(p * blocks + lane >> 3) * 8 + lane & 7] = rate
      }
    }
    return rates
  }

  private static func lanes(_ count: Int) -> [Lanes] {
    (0..<(count + 7) / 8).map { block in
      var lanes = Lanes.zero
      for lane in 0..<8 where 8 * block + lane < count { lanes[lane] = 1 }
      return lanes
    }
  }

  private static func bundle(_ objectives: [any Objective]) -> any BundledObjective {
    if let function = objectives[0].kind.function { return FunctionBundle(function) }
    return NetworkBundle(
      objectives.map { objective in
        guard case .dense(let network) = objective.kind
        else { preconditionFailure("\(type(of: objective)) has no lanes") }
        return network
      })
  }

  /// The losses of a run, where they are watched.
  func course(_ number: Int) -> LossCourse? {
    courses.indices.contains(number) ? courses[number] : nil
  }

  /// How a run stands, by its place among those that were given.
  func standing(_ number: Int) -> RunBundle.Standing {
    if var ended = ended[number] {
      if ended.status == .running { ended.step = step }
      return ended
    }
    // Who has not ended is a member.
    guard let lane = members.firstIndex(where: { $0.number == number })
    else { preconditionFailure("run \(number) is in no lane") }
    return RunBundle.Standing(status: .running, step: step, parameters: values(model, lane))
  }

  /// The parameters of the models, as `parameters` are kept.
  private var model: [Lanes] { model(at: parameters) }

  private func model(at parameters: [Lanes]) -> [Lanes] {
    guard chain.isMeasuredAtAverage else { return parameters }
    var vector = Vector(zeros: 8 * parameters.count)
    vector.lanes = parameters
    return chain.average(vector).lanes
  }

  private func values(_ parameters: [Lanes], _ lane: Int) -> [Double] {
    (0..<bundle.parameterCount).map { parameters[$0 * blocks + lane >> 3][lane & 7] }
  }

  /// Takes all runs that have not ended to a step.
  mutating func advance(to target: Int) {
    while step < target, !members.isEmpty {
      let chunk = chain.isPlain ? min(64, target - step) : target - step
      take(chunk)
      repack()
    }
    if members.isEmpty { step = max(step, target) }
  }

  // MARK: - Steps

  /// Where a chunk of steps works.
  private struct Memory {
    var parameters: UnsafeMutablePointer<Lanes>
    var gradients: UnsafeMutablePointer<Lanes>
    var losses: UnsafeMutablePointer<Lanes>
    var rates: UnsafeMutablePointer<Lanes>
    var bounds: UnsafeMutablePointer<Lanes>
    var scratch: UnsafeMutablePointer<Lanes>
    var rows: UnsafeMutablePointer<Int32>
  }

  private mutating func take(_ steps: Int) {
    let count = parameters.count
    let batch = members[0].batcher.greatestSize
    let needed = 2 * count + 3 * blocks + bundle.scratchLanes(batch: batch, blocks: blocks) + 1
    var space = workspace
    var numbers = rows
    (workspace, rows) = ([], [])
    if space.count < needed { space = Array(repeating: .zero, count: needed) }
    space.withUnsafeMutableBytes { bytes in
      numbers.withUnsafeMutableBufferPointer { numbers in
        // There is at least one vector.
        let first = bytes.baseAddress!.alignedUp(toMultipleOf: 64)
          .assumingMemoryBound(to: Lanes.self)
        let memory = Memory(
          parameters: first, gradients: first + count, losses: first + 2 * count,
          rates: first + (2 * count + blocks), bounds: first + (2 * count + 2 * blocks),
          scratch: first + (2 * count + 3 * blocks), rows: numbers.baseAddress!)
        parameters.withUnsafeBufferPointer {
          memory.parameters.update(from: $0.baseAddress!, count: count)
        }
        for lane in 0..<8 * blocks {
          memory.bounds[lane >> 3][lane & 7] = members[min(lane, members.count - 1)].bound
        }
        var context = StepContext(step: 0, learningRate: members[0].rate)
        setRates(memory, &context)
        for number in 1...steps where !step(memory, &context, isLast: number == steps) { break }
        parameters.withUnsafeMutableBufferPointer {
          $0.baseAddress!.update(from: memory.parameters, count: count)
        }
      }
    }
    (workspace, rows) = (space, numbers)
  }

  /// Rates of the step to come.
  private mutating func setRates(_ memory: Memory, _ context: inout StepContext) {
    for lane in 0..<8 * blocks {
      let member = min(lane, members.count - 1)
      let factor = members[member].schedule.factor(step: step, epoch: epoch)
      memory.rates[lane >> 3][lane & 7] = members[member].rate * factor
    }
    context.learningRate = memory.rates[0][0]
    context.rates = UnsafePointer(memory.rates)
  }

  /// Takes one step; says whether any run goes on. After the last of a chunk, runs that it did not
  /// move are at rest.
  private mutating func step(
    _ memory: Memory, _ context: inout StepContext, isLast: Bool
  ) -> Bool {
    let count = bundle.parameterCount
    let size = members[0].batcher.greatestSize
    var drawn = sampleCount
    if size > 0 {
      for lane in 0..<8 * blocks {
        let place = memory.rows + lane * size
        if lane < members.count {
          drawn = members[lane].batcher.draw(
            step: step, epoch: epoch, position: position, into: place)
        } else {
          place.update(from: memory.rows + (members.count - 1) * size, count: drawn)
        }
      }
    }
    bundle.lossesAndGradients(
      at: memory.parameters, rows: size > 0 ? UnsafePointer(memory.rows) : nil, stride: size,
      count: drawn, blocks: blocks, exact: hasBounds || !courses.isEmpty, losses: memory.losses,
      gradients: memory.gradients,
      scratch: memory.scratch)
    let now = step
    if !courses.isEmpty { watch(memory) }
    for block in 0..<blocks {
      let loss = memory.losses[block]
      var flag = loss * Lanes.zero
      if hasBounds {
        flag += Lanes.zero.replacing(
          with: Lanes(repeating: 1), where: loss .<= memory.bounds[block])
      }
      guard Self.isRaised(flag) else { continue }
      endLanes(flag, block, memory) { lane in
        loss[lane].isFinite ? (.finished, now) : (.diverged(step: now, parameter: nil), now)
      }
    }
    if !hasConstantRates { setRates(memory, &context) }
    if !chain.isPlain {
      context.setEpoch(epoch, begins: position == 0)
      chain.update(
        gradient: UnsafeMutableRawPointer(memory.gradients).assumingMemoryBound(to: Double.self),
        parameters: UnsafeRawPointer(memory.parameters).assumingMemoryBound(to: Double.self),
        paddedCount: count &* blocks &* 8, context: &context)
    }
    step &+= 1
    let rests = isLast && canRest && chain.isPlain
    for block in 0..<blocks {
      let (poison, moved) = move(block, memory, rests: rests)
      if Self.isRaised(poison) {
        endLanes(poison, block, memory) { _ in
          (.diverged(step: now + 1, parameter: nil), now + 1)
        }
      }
      // What a step does not move no later step moves either.
      if rests { endLanes(Lanes(repeating: 1) - moved, block, memory) { _ in (.running, 0) } }
    }
    position &+= 1
    if position >= members[0].batcher.stepsPerEpoch {
      position = 0
      epoch &+= 1
    }
    return livingCount > 0
  }

  /// Whether any lane of a flag is not 0.
  @inline(__always)
  private static func isRaised(_ flag: Lanes) -> Bool {
    // Flags are 0, 1 and NaN: sums do not cancel.
    let four = flag.lowHalf + flag.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1] != 0
  }

  /// Takes the step of a block; says which lanes are not finite any more and, where that is wanted,
  /// which have moved.
  @inline(__always)
  private func move(
    _ block: Int, _ memory: Memory, rests: Bool
  ) -> (poison: Lanes, moved: Lanes) {
    let (parameters, changes) = (memory.parameters + block, memory.gradients + block)
    let (count, blocks) = (bundle.parameterCount, blocks)
    let rate = chain.isPlain ? memory.rates[block] : Lanes(repeating: 1)
    // Zero times anything finite is zero, and NaN otherwise.
    var poison = Lanes.zero
    var moved = Lanes.zero
    if rests {
      for p in 0..<count {
        let old = parameters[p &* blocks]
        let new = old - changes[p &* blocks] * rate
        moved = moved.replacing(with: Lanes(repeating: 1), where: new .!= old)
        parameters[p &* blocks] = new
        poison.addProduct(new, .zero)
      }
    } else {
      for p in 0..<count {
        let new = parameters[p &* blocks] - changes[p &* blocks] * rate
        parameters[p &* blocks] = new
        poison.addProduct(new, .zero)
      }
    }
    return (poison, moved)
  }

  /// Counts the losses of the runs that go on.
  private mutating func watch(_ memory: Memory) {
    for (lane, member) in members.enumerated() where living[lane >> 3][lane & 7] == 1 {
      courses[member.number].add(memory.losses[lane >> 3][lane & 7])
    }
  }

  /// Puts down the runs of a block that live and whose flag is not 0.
  @inline(__always)
  private mutating func endLanes(
    _ flag: Lanes, _ block: Int, _ memory: Memory,
    _ status: (Int) -> (Snapshot.Status, Int)
  ) {
    let alive = living[block]
    let mine = Lanes.zero.replacing(with: flag, where: alive .> .zero)
    if Reduction.sum(mine) == 0 { return }
    let count = bundle.parameterCount * blocks
    let models = model(at: Array(UnsafeBufferPointer(start: memory.parameters, count: count)))
    for lane in 0..<8 where alive[lane] == 1 && flag[lane] != 0 {
      let number = members[8 * block + lane].number
      let (standing, step) = status(lane)
      let parameters = (0..<bundle.parameterCount).map { models[$0 * blocks + block][lane] }
      var status = standing
      if case .diverged(let at, _) = standing,
        let entry = parameters.firstIndex(where: { !$0.isFinite })
      {
        status = .diverged(step: at, parameter: objectives[number].layout.name(of: entry))
      }
      ended[number] = RunBundle.Standing(status: status, step: step, parameters: parameters)
      living[block][lane] = 0
      livingCount -= 1
    }
    shadow(block, memory)
  }

  /// Lets lanes of a block whose runs have ended do what one that goes on does: numbers that are
  /// not finite would make the whole vector slow.
  @inline(never)
  private mutating func shadow(_ block: Int, _ memory: Memory) {
    guard let guide = (0..<8).first(where: { living[block][$0] == 1 }) else { return }
    let source = (0..<8).map { living[block][$0] == 1 ? $0 : guide }
    let count = bundle.parameterCount
    for lane in 0..<8 {
      memory.rates[block][lane] = memory.rates[block][source[lane]]
      for p in 0..<count {
        let at = p * blocks + block
        memory.parameters[at][lane] = memory.parameters[at][source[lane]]
        memory.gradients[at][lane] = memory.gradients[at][source[lane]]
      }
    }
    guard !chain.isPlain else { return }
    chain.rearrange(
      (0..<count * blocks * 8).map { entry in
        (entry >> 3) % blocks == block ? (entry & ~7) + source[entry & 7] : entry
      })
  }

  // MARK: - Packing

  /// Leaves out runs that have ended, where that saves vectors and nothing is remembered of them.
  private mutating func repack() {
    let alive = members.indices.filter { living[$0 >> 3][$0 & 7] == 1 }
    guard !alive.isEmpty else {
      members = []
      return
    }
    let fewer = (alive.count + 7) / 8
    guard chain.isPlain, fewer < blocks else { return }
    var packed = [Lanes](repeating: .zero, count: bundle.parameterCount * fewer)
    for p in 0..<bundle.parameterCount {
      for lane in 0..<8 * fewer {
        let from = alive[min(lane, alive.count - 1)]
        packed[p * fewer + lane >> 3][lane & 7] = parameters[p * blocks + from >> 3][from & 7]
      }
    }
    parameters = packed
    members = alive.map { members[$0] }
    living = Self.lanes(members.count)
    bundle = Self.bundle(members.map { objectives[$0.number] })
    // Counts steps, and nothing else.
    if let chain = try? OptimizerChain(optimizer, parameterCount: packed.count * 8) {
      self.chain = chain
    }
  }
}
