import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("Many learning rates from one point")
struct RateFinderTests {
  func function(
    _ problem: FunctionProblem, from start: [Double], rate: Double, optimizer: String = "gd"
  ) throws -> RateFinder {
    var experiment = Experiment(name: "f", problem: .function(problem))
    experiment.start = Start(parameters: start)
    experiment.learningRate = .value(rate)
    experiment.optimizer = Choice(optimizer)
    return try RateFinder(experiment)
  }

  func xsin(from start: Double = 1) throws -> RateFinder {
    try function(FunctionProblem(formula: "x sin(x^2 + 1)"), from: [start], rate: 0.01)
  }

  @Test("On x sin(x² + 1) from 1 the largest rate that converges is that of the valley it ends in")
  func sine() throws {
    let search = try xsin().search()
    let limit = try #require(search.limit)
    #expect(abs(limit - 0.3129) < 1e-4)
    let largest = try #require(search.largest)
    #expect(largest <= limit && largest >= limit / 1.02)
    let next = try #require(search.trials.first { $0.rate > largest })
    #expect(next.outcome != .converges && next.rate <= largest * 1.0101)
    #expect(search.fastest.map { $0.rate > 0.1 && $0.rate < 0.2 } == true)
  }

  @Test("A run that has come to rest is looked at from where it began")
  func settled() throws {
    var experiment = Experiment(
      name: "f", problem: .function(FunctionProblem(formula: "x sin(x^2 + 1)")))
    experiment.start = Start(parameters: [1])
    experiment.learningRate = .value(0.05)
    var run = try Run(experiment)
    run.advance(3)
    #expect(!RateFinder(run.snapshot()).beginsAnew)
    run.advance(700)
    let finder = RateFinder(run.snapshot())
    #expect(finder.beginsAnew)
    let largest = try #require(finder.search().largest)
    #expect(abs(largest - 0.3129) < 0.004)
  }

  @Test(
    "On a quadratic it is 2/λmax, and with momentum 2(1+γ)/λmax", arguments: ["gd", "momentum"])
  func quadratic(optimizer: String) throws {
    let search = try function(
      FunctionProblem(formula: "x^2/2 + 50 y^2"), from: [10, 1], rate: 0.01, optimizer: optimizer
    ).search()
    let limit = try #require(search.limit)
    #expect(abs(limit - (optimizer == "gd" ? 0.02 : 0.038)) < 1e-9)
    let largest = try #require(search.largest)
    #expect(largest <= limit && largest >= limit / 1.02)
  }

  @Test("XOR learns beyond 2/λmax, and then no more")
  func xor() throws {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("xor"))),
      hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
    model.loss = Choice("bce")
    var experiment = Experiment(name: "xor", problem: .model(model))
    experiment.learningRate = .value(1)
    let search = try RateFinder(experiment).search()
    let (largest, limit) = (try #require(search.largest), try #require(search.limit))
    #expect(largest > limit)
    let next = try #require(search.trials.first { $0.rate > largest })
    #expect(next.outcome != .converges && next.rate <= largest * 1.0101)
    #expect(search.best.map { $0.loss < 0.01 } == true)
  }

  @Test("A run of the search is the run at that rate, bit by bit")
  func same() throws {
    let finder = try xsin()
    let search = finder.coarse(steps: 50)
    for trial in search.columns where trial.outcome != .diverges {
      var experiment = Experiment(
        name: "f", problem: .function(FunctionProblem(formula: "x sin(x^2 + 1)")))
      experiment.start = Start(parameters: [1])
      experiment.learningRate = .value(trial.rate)
      var run = try Run(experiment)
      run.advance(50)
      #expect(run.parameters == trial.parameters)
    }
  }

  @Test("The window moves where nothing is to be seen in it")
  func window() throws {
    let flat = try function(FunctionProblem(formula: "1e-3 x^2"), from: [1], rate: 0.001)
      .coarse(steps: 30)
    #expect(flat.shift == 2)
    let steep = try function(FunctionProblem(formula: "1e9 x^4"), from: [1], rate: 0.1)
      .coarse(steps: 30)
    #expect(steep.shift == -2)
    #expect(try xsin().coarse(steps: 30).shift == 0)
  }

  @Test("Further rates lie only in gaps between unlike neighbours")
  func gaps() throws {
    let finder = try xsin()
    let coarse = finder.coarse()
    let fine = finder.refined(coarse)
    #expect(fine.trials.map(\.rate) == fine.trials.map(\.rate).sorted())
    for trial in fine.trials where !coarse.trials.contains(trial) {
      let after = try #require(coarse.trials.firstIndex { $0.rate > trial.rate })
      #expect(coarse.trials[after - 1].outcome != coarse.trials[after].outcome)
    }
  }
}
