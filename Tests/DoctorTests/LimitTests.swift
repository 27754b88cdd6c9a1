import Lanes
import Models
import Optimization
import Testing
import Training

@testable import Doctor

@Suite("Limits of rates")
struct LimitTests {
  private static let choices: [Choice] = [
    Choice("gd"), Choice("gd", ["weight_decay": 0.3]),
    Choice("momentum", ["momentum": 0.5]), Choice("momentum", ["momentum": 0.9]),
    Choice("momentum", ["momentum": 0.9, "dampening": 0.5]),
    Choice("nesterov", ["momentum": 0.5]), Choice("nesterov", ["momentum": 0.9]),
  ]

  /// A run on λ/2 x² with λ = 4, from 1.
  private func run(_ choice: Choice, rate: Double) throws -> Run {
    var experiment = Experiment(
      name: "t", problem: .function(FunctionProblem(formula: "2 x^2")))
    experiment.optimizer = choice
    experiment.learningRate = .value(rate)
    experiment.start = Start(parameters: [1])
    return try Run(experiment)
  }

  /// The error after some steps.
  private func error(_ choice: Choice, rate: Double, steps: Int) throws -> Double {
    var run = try run(choice, rate: rate)
    run.advance(steps)
    return abs(run.parameters[0])
  }

  /// What the doctor takes for the law of a choice.
  private func law(_ choice: Choice) throws -> LinearStability? {
    Examination(Course(try run(choice, rate: 0.01), steps: 3)).law
  }

  @Test(
    "a thousandth below the limit errors shrink, a thousandth above they grow", arguments: choices)
  func limitParts(choice: Choice) throws {
    let law = try #require(try law(choice))
    let limit = law.limit(eigenvalue: 4)
    #expect(try error(choice, rate: limit * 0.999, steps: 20_000) < 1e-3)
    #expect(try error(choice, rate: limit * 1.001, steps: 20_000) > 1e3)
    #expect(abs(law.radius(rate: limit, eigenvalue: 4) - 1) < 1e-12)
  }

  @Test("the spectral radius is the factor that is measured", arguments: choices)
  func radiusIsMeasured(choice: Choice) throws {
    let law = try #require(try law(choice))
    // Above the limit the leading eigenvalue is real and alone.
    let rate = law.limit(eigenvalue: 4) * 1.3
    let factor = try error(choice, rate: rate, steps: 101) / error(choice, rate: rate, steps: 100)
    let radius = law.radius(rate: rate, eigenvalue: 4)
    #expect(abs(factor - radius) < 1e-6 * radius, "\(factor) \(radius)")
  }

  @Test(
    "optimizers without such a law have none", arguments: ["adam", "rmsprop", "lion", "newton"])
  func others(name: String) throws {
    #expect(try law(Choice(name)) == nil)
  }
}
