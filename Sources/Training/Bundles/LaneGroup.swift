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
  /// Whether all runs have one rate.
  let sharesRate: Bool
  /// Steps of plain descent on the function, many in one go.
  let descent: FunctionObjective.Descent?
  let sampleCount: Int
  /// A run that takes this group's place while it works.
  let placeholder: Run
  var bundle: any BundledObjective
  var members: [Member]
  /// Lanes whose run goes on: 1; others: 0.
  var living: [Lanes]
  /// Their number.
  var livingCount: Int
  var chain: OptimizerChain
  /// Parameter p of lane block b at `p * blocks + b`.
  var parameters: [Lanes]
  /// Runs that have ended, and those that are exactly at rest: they are running, and will not move.
  var ended: [RunBundle.Standing?]
  var workspace: [Lanes] = []
  var rows: [Int32]
  var step = 0
  var epoch = 0
  var position = 0

  var blocks: Int { living.count }

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
      guard network.sampleCount > 0, network.shrinkage == nil else { return nil }
      return run.core.optimizer.isPlain ? 32 : 8
    default: return nil
    }
  }

  /// Whether two runs that have a `size` may share a group.
  static func fit(_ a: Run, _ b: Run) -> Bool {
    guard a.experiment.optimizer == b.experiment.optimizer,
      a.experiment.batching == b.experiment.batching
    else { return false }
    switch (a.objective.kind, b.objective.kind) {
    case (.function, .function): return a.experiment.problem == b.experiment.problem
    case (.dense(let one), .dense(let other)): return one === other || one.hasShape(of: other)
    default: return false
    }
  }

  /// Some of `runs`, which fit each other; nil where none is named.
  init?(_ numbers: [Int], of runs: UnsafePointer<Run>) {
    guard let first = numbers.first else { return nil }
    self.init(
      placeholder: runs[first], objectives: numbers.map { runs[$0].objective },
      members: numbers.enumerated().map { lane, number in
        Member(
          number: lane, rate: runs[number].core.baseRate, schedule: runs[number].core.schedule,
          batcher: runs[number].core.batcher, bound: runs[number].core.stop.bound)
      }, sharesRate: false
    ) { runs[numbers[$0]].parameters }
  }

  /// Runs like `run` from other starts and at other rates, one lane each; more than eight share
  /// lanes of a rule with memory only if they share their rate.
  init?(like run: Run, starts: ArraySlice<[Double]>, rates: ArraySlice<Double>) {
    guard let rate = rates.first else { return nil }
    self.init(
      placeholder: run, objectives: rates.map { _ in run.objective },
      members: rates.enumerated().map { lane, rate in
        Member(
          number: lane, rate: rate, schedule: run.core.schedule, batcher: run.core.batcher,
          bound: run.core.stop.bound)
      }, sharesRate: rates.allSatisfy { $0 == rate }
    ) { starts[starts.startIndex + $0] }
  }

  private init?(
    placeholder: Run, objectives: [any Objective], members: [Member], sharesRate: Bool,
    start: (_ lane: Int) -> [Double]
  ) {
    let objective = placeholder.objective
    let batcher = placeholder.core.batcher
    self.placeholder = placeholder
    self.objectives = objectives
    self.members = members
    self.sharesRate = sharesRate
    optimizer = placeholder.experiment.optimizer
    sampleCount = objective.sampleCount
    hasConstantRates = members.allSatisfy(\.schedule.isConstant)
    canRest = hasConstantRates && batcher.isFull
    hasBounds = members.contains { $0.bound > -.infinity }
    descent = objective.kind.function?.descent
    ended = Array(repeating: nil, count: members.count)
    let count = objective.parameterCount
    let blocks = (members.count + 7) / 8
    living = Self.lanes(members.count)
    livingCount = members.count
    bundle = Self.bundle(objectives)
    guard let chain = try? OptimizerChain(optimizer, parameterCount: count * blocks * 8)
    else { return nil }
    self.chain = chain
    parameters = Array(repeating: .zero, count: count * blocks)
    rows = Array(repeating: 0, count: max(1, batcher.greatestSize) * 8 * blocks)
    for lane in 0..<8 * blocks {
      for (p, value) in start(min(lane, members.count - 1)).enumerated() {
        parameters[p * blocks + lane >> 3][lane & 7] = value
      }
    }
  }

  static func lanes(_ count: Int) -> [Lanes] {
    (0..<(count + 7) / 8).map { block in
      var lanes = Lanes.zero
      for lane in 0..<8 where 8 * block + lane < count { lanes[lane] = 1 }
      return lanes
    }
  }

  static func bundle(_ objectives: [any Objective]) -> any BundledObjective {
    if let function = objectives[0].kind.function { return FunctionBundle(function) }
    return NetworkBundle(
      objectives.map { objective in
        guard case .dense(let network) = objective.kind
        else { preconditionFailure("\(type(of: objective)) has no lanes") }
        return network
      })
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

  /// Where the runs are: for each parameter one number a run; NaN where it has diverged.
  var coordinates: [[Double]] {
    let models = model
    var coordinates = [[Double]](
      repeating: [Double](repeating: .nan, count: ended.count), count: bundle.parameterCount)
    for p in coordinates.indices {
      for (lane, member) in members.enumerated() {
        coordinates[p][member.number] = models[p * blocks + lane >> 3][lane & 7]
      }
      for (number, standing) in ended.enumerated() {
        guard let standing else { continue }
        coordinates[p][number] = standing.isDiverged ? .nan : standing.parameters[p]
      }
    }
    return coordinates
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
}
