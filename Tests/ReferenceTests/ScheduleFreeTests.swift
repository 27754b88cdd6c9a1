import Lanes
import Models
import Optimization
import Testing
import Training

/// Schedule-Free rules against another program's figures.
@Suite("Schedule-Free")
struct ScheduleFreeTests {
  typealias Reference = TheoryReference.ScheduleFree
  private var reference: Reference { TheoryReference.all.scheduleFree }

  private static func run(_ choice: Choice, rate: Double) throws -> Run {
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]])),
      hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
    model.loss = Choice("bce")
    var experiment = Experiment(name: "xor", problem: .model(model))
    experiment.optimizer = choice
    experiment.learningRate = .value(rate)
    experiment.start = Start(parameters: TheoryReference.all.scheduleFree.start)
    return try Run(experiment)
  }

  static let cases: [(Choice, Double, any KeyPath<Reference, Reference.Xor> & Sendable)] = [
    (Choice("schedule_free_sgd"), 1, \.sgd),
    (Choice("schedule_free_adamw"), 0.05, \.adamw),
    (
      Choice("schedule_free_adamw", ["weight_decay": 0.1, "warmup": 10]), 0.05,
      \.adamwDecayWarmup
    ),
  ]

  @Test("gradient points, average and its losses are the reference's", arguments: cases)
  func xor(
    choice: Choice, rate: Double, figures: any KeyPath<Reference, Reference.Xor> & Sendable
  ) throws {
    let figures = reference[keyPath: figures]
    var run = try Self.run(choice, rate: rate)
    for (step, expected) in zip(figures.steps, figures.points) {
      run.advance(step - run.step)
      for (ours, theirs) in zip(run.parameters, expected) {
        #expect(abs(ours - theirs) < 1e-9, "step \(step)")
      }
      if step % 10 == 0 {
        #expect(abs(run.loss - figures.averageLosses[step / 10]) < 1e-9, "step \(step)")
      }
    }
    for (ours, theirs) in zip(run.modelParameters, figures.average) {
      #expect(abs(ours - theirs) < 1e-9)
    }
    let snapshot = run.snapshot()
    #expect(snapshot.parameters == run.modelParameters)
    #expect(snapshot.gradientPoint == run.parameters)
  }

  @Test("on Rosenbrock's valley, every step", arguments: [false, true])
  func rosenbrock(isAdam: Bool) throws {
    let figures = isAdam ? reference.rosenbrockAdamW : reference.rosenbrockSGD
    var experiment = Experiment(
      name: "rosenbrock", problem: .function(FunctionProblem(landscape: Choice("rosenbrock"))))
    experiment.optimizer = Choice(isAdam ? "schedule_free_adamw" : "schedule_free_sgd")
    experiment.learningRate = .value(isAdam ? 0.05 : 0.001)
    experiment.start = Start(parameters: [-1.2, 1])
    var run = try Run(experiment)
    for (index, step) in figures.steps.enumerated() {
      run.advance(step - run.step)
      for (ours, theirs) in zip(
        run.parameters + run.modelParameters, figures.points[index] + figures.averages[index])
      {
        #expect(abs(ours - theirs) < 1e-9, "step \(step)")
      }
      #expect(abs(run.loss - figures.losses[index]) < 1e-9 * max(1, figures.losses[index]))
    }
  }

  @Test("the curve of the training loss is that of the average; the steps' own is beside it")
  func curves() throws {
    var run = try Self.run(Choice("schedule_free_sgd"), rate: 1)
    run.advance(100)
    let series = run.snapshot().history.series
    let train = try #require(series.first { $0.metric == .train })
    #expect(train.buckets.last { !$0.isGap }?.last == run.loss)
    #expect(series.contains { $0.metric == .batch })
  }

  @Test("another optimizer takes up where the average is")
  func leaving() throws {
    var run = try Self.run(Choice("schedule_free_sgd"), rate: 1)
    run.advance(50)
    let average = run.modelParameters
    try run.apply(.optimizer(Choice("gd"), carryState: true))
    #expect(run.parameters == average)
    #expect(run.snapshot().gradientPoint == nil)
  }

  @Test("a run in lanes, a copy and one from a checkpoint go on with the same bits")
  func copies() throws {
    for (choice, rate, _) in Self.cases {
      var run = try Self.run(choice, rate: rate)
      run.advance(20)
      var copy = Run(run.checkpoint(), on: run.course)
      run.advance(30)
      copy.advance(30)
      #expect(run.parameters == copy.parameters)
      let runs = try [rate, rate / 2, rate / 3].map { try Self.run(choice, rate: $0) }
      var bundle = RunBundle(runs)
      bundle.advance(to: 50)
      #expect(bundle.bundledCount == 3)
      for (number, run) in runs.enumerated() {
        var alone = run
        alone.advance(50)
        let bundled = bundle.standing(number).parameters
        for (ours, theirs) in zip(bundled, alone.modelParameters) {
          #expect(abs(ours - theirs) < 1e-12)
        }
      }
    }
  }
}
