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
  struct Member: Sendable {
    /// Its place among the runs that were given.
    var number: Int
    var rate: Double
    var schedule: ScheduleClock
    var batcher: Batcher
    var bound: Double
  }

  let objectives: [any Objective]
  let optimizer: Choice
  let hasConstantRates: Bool
  /// Whether a step that moves nothing is followed by such steps only.
  let canRest: Bool
  let hasBounds: Bool
  /// The losses of each run, where they are watched.
  var courses: [LossCourse]
  /// Steps of plain descent on the function, many in one go.
  let descent: FunctionObjective.Descent?
  let sampleCount: Int
  var bundle: any BundledObjective
  var members: [Member]
  /// The first lane whose run draws the same batches as that of each lane.
  var leaders: [Int]
  /// Lanes whose run goes on: 1; others: 0.
  var living: [Lanes]
  /// Their number.
  var livingCount: Int
  var chain: OptimizerChain
  /// Parameter p of lane block b at `p * blocks + b`, or as the bundle's halves have it; `place`
  /// says it.
  var parameters: [Lanes]
  /// Runs that have ended, and those that are exactly at rest: they are running, and will not move.
  var ended: [RunBundle.Standing?]
  var workspace: [Lanes] = []
  var rows: [Int32]
  var step = 0
  var epoch = 0
  var position = 0

  var blocks: Int { living.count }
  /// Whether two parameters of four runs share a vector.
  var isHalved: Bool { bundle.isHalved }

  /// Where a lane's parameter stands, counted in numbers.
  @inline(__always)
  static func place(_ parameter: Int, _ lane: Int, blocks: Int, isHalved: Bool) -> Int {
    isHalved
      ? parameter &* 4 &+ lane : (parameter &* blocks &+ lane >> 3) &* 8 &+ lane & 7
  }

  /// Vectors that the parameters of all runs fill.
  static func vectors(_ parameterCount: Int, blocks: Int, isHalved: Bool) -> Int {
    isHalved ? (parameterCount + 1) / 2 : parameterCount * blocks
  }

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

  /// Whether four such runs can share vectors two parameters at a time, for little more than half
  /// of what eight cost where eight doubles are worked at in two halves.
  static func halves(_ run: Run) -> Bool {
    guard case .dense(let network) = run.objective.kind, run.core.stop.bound == -.infinity
    else { return false }
    return NetworkBundle.halves(network, batch: run.core.batcher.greatestSize)
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
    objectives = numbers.map { runs[$0].objective }
    optimizer = first.pointee.experiment.optimizer
    sampleCount = first.pointee.objective.sampleCount
    hasConstantRates = numbers.allSatisfy { runs[$0].core.schedule.isConstant }
    // Whoever counts losses counts those of a run at rest, too.
    canRest = hasConstantRates && first.pointee.core.batcher.isFull && !watchesLosses
    hasBounds = numbers.contains { runs[$0].core.stop.bound > -.infinity }
    descent = objectives[0].kind.function?.descent
    members = numbers.enumerated().map { lane, number in
      Member(
        number: lane, rate: runs[number].core.baseRate, schedule: runs[number].core.schedule,
        batcher: runs[number].core.batcher, bound: runs[number].core.stop.bound)
    }
    leaders = Self.leaders(members)
    ended = Array(repeating: nil, count: members.count)
    let count = first.pointee.objective.parameterCount
    let blocks = (members.count + 7) / 8
    living = Self.lanes(members.count)
    livingCount = members.count
    // Losses are found eight at a time.
    bundle = Self.bundle(
      objectives, halves: !watchesLosses && numbers.allSatisfy { Self.halves(runs[$0]) })
    let isHalved = bundle.isHalved
    let rates = Self.entryRates(numbers, runs, blocks: blocks, isHalved: isHalved)
    let vectors = Self.vectors(count, blocks: blocks, isHalved: isHalved)
    guard
      let chain = try? OptimizerChain(optimizer, ParameterShape(count: vectors * 8, rates: rates))
    else { return nil }
    self.chain = chain
    parameters = Array(repeating: .zero, count: vectors)
    // Room for a stretch, even where none is taken yet: without a run that has left, one may be.
    let drawn = members[0].batcher.greatestSize * Self.shortest
    rows = Array(repeating: 0, count: max(1, drawn) * 8 * blocks)
    for lane in 0..<(isHalved ? 4 : 8 * blocks) {
      for (p, value) in runs[numbers[min(lane, numbers.count - 1)]].parameters.enumerated() {
        let place = Self.place(p, lane, blocks: blocks, isHalved: isHalved)
        parameters[place >> 3][place & 7] = value
      }
    }
  }

  /// The multiple of the rate of each entry, as `parameters` are kept; empty where all are 1.
  private static func entryRates(
    _ numbers: [Int], _ runs: UnsafePointer<Run>, blocks: Int, isHalved: Bool
  ) -> [Double] {
    guard let first = numbers.first else { return [] }
    // Runs have begun with these rates: they fit.
    let own = numbers.map { number in
      (try? Run.entryRates(runs[number].experiment.layerRates, runs[number].objective.layout)) ?? []
    }
    guard own.contains(where: { !$0.isEmpty }) else { return [] }
    let vectors = vectors(
      runs[first].objective.parameterCount, blocks: blocks, isHalved: isHalved)
    var rates = [Double](repeating: 1, count: vectors * 8)
    for lane in 0..<(isHalved ? 4 : 8 * blocks) {
      for (p, rate) in own[min(lane, own.count - 1)].enumerated() {
        rates[place(p, lane, blocks: blocks, isHalved: isHalved)] = rate
      }
    }
    return rates
  }

  static func leaders(_ members: [Member]) -> [Int] {
    members.indices.map { lane in
      if members[lane].batcher.isFull { return 0 }
      return members[..<lane].firstIndex { $0.batcher.drawsLike(members[lane].batcher) } ?? lane
    }
  }

  static func lanes(_ count: Int) -> [Lanes] {
    (0..<(count + 7) / 8).map { block in
      var lanes = Lanes.zero
      for lane in 0..<8 where 8 * block + lane < count { lanes[lane] = 1 }
      return lanes
    }
  }

  static func bundle(_ objectives: [any Objective], halves: Bool) -> any BundledObjective {
    if let function = objectives[0].kind.function { return FunctionBundle(function) }
    return NetworkBundle(
      objectives.map { objective in
        guard case .dense(let network) = objective.kind
        else { preconditionFailure("\(type(of: objective)) has no lanes") }
        return network
      }, halves: halves)
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

  /// How all runs stand, in the order in which they were given.
  var standings: [RunBundle.Standing] {
    let model = model
    var lanes = [Int](repeating: 0, count: ended.count)
    for (lane, member) in members.enumerated() { lanes[member.number] = lane }
    return ended.indices.map { number in
      if var ended = ended[number] {
        if ended.status == .running { ended.step = step }
        return ended
      }
      return RunBundle.Standing(
        status: .running, step: step, parameters: values(model, lanes[number]))
    }
  }

  /// The parameters of the models, as `parameters` are kept.
  var model: [Lanes] { model(at: parameters) }

  func model(at parameters: [Lanes]) -> [Lanes] {
    guard chain.isMeasuredAtAverage else { return parameters }
    var vector = Vector(zeros: 8 * parameters.count)
    vector.lanes = parameters
    return chain.average(vector).lanes
  }

  func values(_ parameters: [Lanes], _ lane: Int) -> [Double] {
    let (blocks, isHalved) = (blocks, isHalved)
    return (0..<bundle.parameterCount).map { parameter in
      let place = Self.place(parameter, lane, blocks: blocks, isHalved: isHalved)
      return parameters[place >> 3][place & 7]
    }
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
}
