import Lanes
import Models
import Optimization
import Testing
import Training

/// The singular values of a deep linear net against another program's figures, and Saxe's law.
@Suite("Saddle to saddle")
struct SaddleTests {
  private var reference: TheoryReference.Saddles { TheoryReference.all.saddles }

  private func run(_ start: [Double], rate: Double = 0.01, biases: Bool = true) throws -> Run {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.inline(inputs: reference.x, targets: reference.y)),
      hidden: [LayerSpec(units: 4, activation: Choice("identity"))])
    model.loss = Choice("mse")
    model.biases = biases
    var experiment = Experiment(name: "saddles", problem: .model(model))
    experiment.learningRate = .value(rate)
    experiment.start = Start(parameters: start)
    return try Run(experiment)
  }

  @Test("singular values, losses and curves are the reference's")
  func stairs() throws {
    var run = try run(reference.start)
    var trace: SingularTrace?
    for (index, step) in reference.steps.enumerated() where step <= 8000 {
      run.advance(step - run.step)
      #expect(abs(run.loss - reference.losses[index]) < 1e-10)
      trace = SingularTrace.upTo(run.snapshot(), from: trace)
      let last = try #require(trace?.records.last)
      #expect(last.step == step)
      for (ours, theirs) in zip(last.product, reference.values[index]) {
        #expect(abs(ours - theirs) < 1e-10, "step \(step)")
      }
      for (ours, theirs) in zip(last.predicted, reference.closed[index]) {
        #expect(abs(ours - theirs) < 1e-10, "step \(step)")
      }
      let targets: [Double] = [4, 2, 1, 0.5]
      for (k, target) in targets.enumerated() {
        #expect(abs(last.product[k] - last.predicted[k]) < 0.005 * target)
      }
    }
    let law = try #require(trace?.law)
    #expect(law.isAligned)
    #expect(abs(law.slope - 0.125) < 1e-12)
    let halves = try #require(law.halfTimes(rate: 0.01))
    for (ours, theirs) in zip(halves, reference.halfTimes) { #expect(abs(ours - theirs) < 1e-6) }
  }

  @Test("without biases the same")
  func withoutBiases() throws {
    var with = try run(reference.start)
    let start = Array(reference.start[0..<16] + reference.start[20..<36])
    var without = try run(start, biases: false)
    with.advance(1000)
    without.advance(1000)
    #expect(without.objective.parameterCount == 32)
    #expect(abs(with.loss - without.loss) < 1e-12)
  }

  @Test("a start that is not aligned has an estimate, and says so")
  func random() throws {
    let zeros = [Double](repeating: 0, count: 4)
    let weights = [reference.randomW1, reference.randomW2].map { $0.flatMap { $0 } }
    let start: [Double] = weights[0] + zeros + weights[1] + zeros
    var run = try run(start)
    for (step, expected) in zip(reference.randomSteps, reference.randomValues) where step <= 2000 {
      run.advance(step - run.step)
      let last = try #require(SingularTrace.upTo(run.snapshot(), from: nil)?.records.last)
      for (ours, theirs) in zip(last.product, expected) { #expect(abs(ours - theirs) < 1e-10) }
    }
    let law = try #require(SingularTrace.upTo(run.snapshot(), from: nil)?.law)
    #expect(!law.isAligned)
    let halves = try #require(law.halfTimes(rate: 0.01))
    for (ours, theirs) in zip(halves, reference.randomHalfTimes) {
      #expect(abs(ours - theirs) < 1e-6 * theirs)
    }
  }

  @Test("three aligned layers follow the recursion to rounding")
  func threeLayers() throws {
    // W1 = q Vᵀ, W2 = q, W3 = q U: each factor of a mode is q.
    let q = 0.3
    let first = reference.start[0..<16].map { $0 / 0.001.squareRoot() * q }
    let last = reference.start[20..<36].map { $0 / 0.001.squareRoot() * q }
    let middle = (0..<16).map { $0 % 5 == 0 ? q : 0 }
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.inline(inputs: reference.x, targets: reference.y)),
      hidden: [
        LayerSpec(units: 4, activation: Choice("identity")),
        LayerSpec(units: 4, activation: Choice("identity")),
      ])
    model.loss = Choice("mse")
    model.biases = false
    var experiment = Experiment(name: "deep", problem: .model(model))
    experiment.learningRate = .value(0.01)
    experiment.start = Start(parameters: first + middle + last)
    var run = try Run(experiment)
    run.advance(1500)
    let trace = try #require(SingularTrace.upTo(run.snapshot(), from: nil))
    #expect(trace.law?.isAligned == true)
    let record = try #require(trace.records.last)
    for (ours, theirs) in zip(record.product, record.predicted) {
      #expect(abs(ours - theirs) < 1e-10)
    }
  }

  @Test("another optimizer has no such curve")
  func momentum() throws {
    var run = try run(reference.start)
    try run.apply(.optimizer(Choice("momentum"), carryState: false))
    run.advance(10)
    #expect(SingularTrace.upTo(run.snapshot(), from: nil)?.law == nil)
  }
}
