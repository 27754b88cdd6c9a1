import Foundation
import Lanes
import Optimization
import Testing
import Training

/// The greatest eigenvalue at the edge of stability against another program's figures.
@Suite("The edge of stability")
struct EdgeOfStabilityTests {
  struct Reference: Decodable {
    struct Run: Decodable {
      var optimizer: String
      var rate: Double
      var settings: [String: Double]
      var limit: Double
      var steps: [Int]
      var lambdaMax: [Double?]
      /// The last listed step up to which rounding has not yet grown.
      var comparedTo: Int
      /// The mean of λmax/limit from step 6,000 to 10,000.
      var mean: Double
      /// The first multiple of ten with λmax above the limit.
      var firstAbove: Int?
    }
    var x: [Double]
    var y: [Double]
    var parameters: [Double]
    var runs: [Run]
  }

  static let reference: Reference = {
    guard
      let url = Bundle.module.url(
        forResource: "Fixtures/edge-of-stability", withExtension: "json"),
      let data = try? Data(contentsOf: url),
      let reference = try? JSONDecoder().decode(Reference.self, from: data)
    else { preconditionFailure("Fixtures/edge-of-stability.json is missing or no JSON") }
    return reference
  }()

  static func run(_ run: Reference.Run) throws -> Run {
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(inputs: reference.x.map { [$0] }, targets: reference.y.map { [$0] })),
      hidden: [LayerSpec(units: 20, activation: Choice("tanh"))])
    model.loss = Choice("mse")
    var experiment = Experiment(name: "edge", problem: .model(model))
    experiment.optimizer = Choice(run.optimizer, run.settings)
    experiment.learningRate = .value(run.rate)
    experiment.start = Start(parameters: reference.parameters)
    return try Run(experiment)
  }

  @Test(
    "λmax is the reference's to 1e-7 until rounding has grown, then hovers at the limit",
    arguments: reference.runs.indices)
  func run(number: Int) throws {
    let figures = Self.reference.runs[number]
    var run = try Self.run(figures)
    let snapshot = run.snapshot()
    if let law = snapshot.stability {
      #expect(abs((law.eigenvalueLimit(rate: figures.rate) ?? 0) / figures.limit - 1) < 1e-12)
    }
    var compared = 0
    for (step, expected) in zip(figures.steps, figures.lambdaMax)
    where step <= figures.comparedTo {
      run.advance(step - run.step)
      guard let expected else { continue }
      let matrix = try #require(PreconditionedHessian(run.snapshot()))
      let found = try #require(matrix.greatest()).eigenvalue
      #expect(abs(found / expected - 1) < 1e-7, "step \(step): \(found), not \(expected)")
      compared += 1
    }
    #expect(compared >= 10)
    // Every fortieth step is enough for the mean.
    var ratios: [Double] = []
    var direction: [Double]?
    run.advance(6000 - run.step)
    while run.step <= 10_000 {
      let snapshot = run.snapshot()
      let found = try #require(PreconditionedHessian(snapshot)?.greatest(near: direction))
      let limit = try #require(snapshot.stability?.eigenvalueLimit(rate: figures.rate))
      direction = found.direction
      ratios.append(found.eigenvalue / limit)
      run.advance(40)
    }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    let isAdam = ["adam", "rmsprop"].contains(figures.optimizer)
    let tolerance = figures.settings["beta1"] != nil ? 0.08 : isAdam ? 0.04 : 0.02
    #expect(abs(mean - figures.mean) < tolerance, "\(mean), not \(figures.mean)")
  }

  @Test("the trace finds where λmax first passes the limit, and goes on as if made at once")
  func trace() throws {
    let figures = try #require(
      Self.reference.runs.first { $0.optimizer == "gd" && $0.rate == 0.15 })
    var run = try Self.run(figures)
    var trace: StabilityTrace?
    for _ in 0..<7 {
      run.advance(100)
      trace = StabilityTrace.upTo(run.snapshot(), from: trace)
    }
    let carried = try #require(trace)
    #expect(carried.records.last?.step == 700)
    let first = try #require(carried.firstAbove)
    #expect(abs(first - (figures.firstAbove ?? 0)) <= 10)
    let steps = Dictionary(uniqueKeysWithValues: carried.records.map { ($0.step, $0) })
    for (step, expected) in zip(figures.steps, figures.lambdaMax) {
      guard let record = steps[step], let expected else { continue }
      #expect(abs(record.eigenvalue / expected - 1) < 1e-7)
      #expect(abs((record.limit ?? 0) - figures.limit) < 1e-9)
      #expect(record.plain == nil)
    }
    let whole = try #require(StabilityTrace.upTo(run.snapshot(), from: nil))
    #expect(whole.records.last?.step == 700)
    for record in whole.records {
      guard let same = steps[record.step] else { continue }
      #expect(abs(record.eigenvalue / same.eigenvalue - 1) < 1e-8)
    }
    // A change of rate moves the limit at once.
    try run.apply(.learningRate(0.1))
    run.advance(20)
    let changed = try #require(StabilityTrace.upTo(run.snapshot(), from: carried))
    #expect(abs((changed.records.last?.limit ?? 0) - 20) < 1e-9)
    #expect(changed.firstAbove == carried.firstAbove)
  }
}
