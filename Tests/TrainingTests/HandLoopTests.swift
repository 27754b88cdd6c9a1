import Lanes
import Models
import Testing

@testable import Optimization
@testable import Training

/// A run by hand: one step after the other, with nothing kept at hand between them.
private struct HandLoop {
  var chain: OptimizerChain
  var parameters: Vector
  let objective: any Objective
  var rate: Double
  var curve = LossRecorder(.train)
  private(set) var step = 0

  /// Where a run stands that has not begun.
  init(_ run: Run) throws {
    chain = try OptimizerChain(
      run.experiment.optimizer,
      ParameterShape(count: run.parameters.count, matrices: run.objective.layout.matrices))
    parameters = Vector(run.parameters)
    objective = run.objective
    rate = run.learningRate
  }

  /// Takes a step on all samples, unless the loss is not finite or at most `bound`; returns it.
  @discardableResult
  mutating func take(bound: Double = -.infinity) -> Double {
    var gradient = Vector(zeros: parameters.count)
    let room = max(
      objective.scratchCount(batch: objective.sampleCount), objective.hessianScratchCount ?? 0, 8)
    var scratch = Vector(zeros: room)
    let paddedCount = parameters.paddedCount
    let (objective, rate, step) = (objective, rate, step)
    var loss = 0.0
    parameters.withUnsafePointer { p in
      gradient.withUnsafeMutablePointer { g in
        scratch.withUnsafeMutablePointer { s in
          loss = objective.lossAndGradient(at: p, batch: .all, gradient: g, scratch: s)
          guard loss.isFinite, loss > bound else { return }
          var context = StepContext(
            step: 0, learningRate: rate, epoch: step, beginsEpoch: true, loss: loss,
            surface: BatchSurface(objective: objective, scratch: s))
          chain.update(gradient: g, parameters: p, paddedCount: paddedCount, context: &context)
        }
      }
    }
    curve.append(loss, step: step)
    guard loss.isFinite, loss > bound else { return loss }
    for index in parameters.lanes.indices { parameters.lanes[index] -= gradient.lanes[index] }
    self.step += 1
    return loss
  }

  /// Whether a run has come to the same place with the same memory and curve.
  func expectSame(_ run: Run, _ comment: Comment, at location: SourceLocation = #_sourceLocation) {
    #expect(run.step == step, comment, sourceLocation: location)
    #expect(run.parameters == parameters.values, comment, sourceLocation: location)
    let own = run.core.optimizer
    #expect(own.memory == chain.memory, comment, sourceLocation: location)
    #expect(own.stepsTaken == chain.stepsTaken, comment, sourceLocation: location)
    #expect(own.correctionCount == chain.correctionCount, comment, sourceLocation: location)
    // Where the model is an average, the curve is measured there, now and then.
    guard !own.isMeasuredAtAverage else { return }
    #expect(
      run.snapshot().history.series.first == curve.series, comment, sourceLocation: location)
  }
}

@Suite("A run is a loop by hand")
struct HandLoopTests {
  /// What an optimizer may be asked for beside its own settings.
  static let transformations: [[String: Double]] = [
    [:], ["clip_norm": 0.1], ["clip_value": 0.02], ["weight_decay": 0.1, "decoupled": 0],
    ["weight_decay": 0.1, "decoupled": 1], ["reset_each_epoch": 1], ["step_per_epoch": 1],
  ]

  /// An optimizer with each of `transformations` that it knows.
  static func choices(_ name: String) throws -> [Choice] {
    let optimizer = try #require(Optimizer.catalogue[name])
    let known = Set(optimizer.hyperparameters.map(\.name))
    return transformations.filter { known.isSuperset(of: $0.keys) }.map { Choice(name, $0) }
  }

  @Test("whatever the optimizer and its settings", arguments: optimizers.names)
  func steps(_ name: String) throws {
    for choice in try Self.choices(name) {
      var run = try Run(AllocationTests.xor(choice))
      var hand = try HandLoop(run)
      for piece in [1, 2, 7, 30, 1, 9] {
        run.advance(piece)
        for _ in 0..<piece { hand.take() }
        hand.expectSame(run, "\(choice) after \(hand.step) steps")
      }
    }
  }

  @Test("when a stop rule ends it early, and when it goes on", arguments: optimizers.names)
  func goesOn(_ name: String) throws {
    for choice in try Self.choices(name) {
      var experiment = AllocationTests.xor(choice)
      experiment.learningRate = .value(0.01)
      let start = try Run(experiment)
      var hand = try HandLoop(start)
      // Its rule looks at the average, which a loop by hand does not know.
      if hand.chain.isMeasuredAtAverage { continue }
      for _ in 0..<20 { hand.take() }
      // The loss after twenty steps, which need not be the least on the way.
      let bound = start.objective.loss(at: hand.parameters.values)
      experiment.stop = StopRule(lossBelow: bound)
      var run = try Run(experiment)
      hand = try HandLoop(run)
      run.advance(1_000)
      while hand.take(bound: bound) > bound {}
      #expect(run.status == .finished)
      hand.expectSame(run, "\(choice) stopped at \(hand.step)")
      run.advance(13)
      for _ in 0..<13 { hand.take() }
      hand.expectSame(run, "\(choice) went on to \(hand.step)")
    }
  }

  @Test("when another optimizer takes over without memory", arguments: optimizers.names)
  func switches(_ name: String) throws {
    var run = try Run(AllocationTests.xor(Choice("momentum")))
    var hand = try HandLoop(run)
    run.advance(11)
    for _ in 0..<11 { hand.take() }
    try run.apply(.optimizer(Choice(name), carryState: false))
    hand.chain = try OptimizerChain(
      Choice(name),
      ParameterShape(count: hand.parameters.count, matrices: run.objective.layout.matrices))
    run.advance(20)
    for _ in 0..<20 { hand.take() }
    hand.expectSame(run, "\(name)")
  }

  @Test("when it diverges")
  func diverges() throws {
    let bowl = Bowl(curvatures: [1, 3], minimum: [2, -1])
    var run = try Run(experiment(Choice("momentum"), rate: 10), objective: bowl, start: [0, 0])
    var hand = try HandLoop(run)
    run.advance(10_000)
    while hand.take().isFinite {}
    #expect(run.status == .diverged(step: hand.step, parameter: nil))
    hand.expectSame(run, "diverged at \(hand.step)")
  }

  @Test("when a plateau lowers its rate")
  func plateau() throws {
    var experiment = AllocationTests.xor(Choice("adam"))
    experiment.schedule = Choice(
      "reduce_on_plateau", ["patience": 2, "factor": 0.5, "threshold": 0.5])
    var run = try Run(experiment)
    var hand = try HandLoop(run)
    var rates: Set<Double> = []
    for _ in 0..<30 {
      hand.rate = run.learningRate
      rates.insert(hand.rate)
      run.advance(1)
      hand.take()
      hand.expectSame(run, "step \(hand.step)")
    }
    #expect(rates.count > 3)
  }
}
