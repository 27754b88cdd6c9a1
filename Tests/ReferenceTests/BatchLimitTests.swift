import Lanes
import Models
import Optimization
import Testing
import Training

/// What a limit of full batches does not say: of batches of one, and of second moments that live.
@Suite("Limits of batches, and of what is not frozen")
struct BatchLimitTests {
  private var reference: TheoryReference.Batches { TheoryReference.all.batches }

  /// Samples of curvature a: `½ (√a θ)²`, from θ = 1.
  private func experiment(_ batching: Batching, rate: Double) -> Experiment {
    var model = ModelProblem(
      kind: .linear,
      data: DataSource(
        .inline(
          inputs: reference.curvatures.map { [$0.squareRoot()] },
          targets: reference.curvatures.map { _ in [0] })))
    model.biases = false
    model.loss = Choice("half_mse")
    var experiment = Experiment(name: "batches", problem: .model(model))
    experiment.batching = batching
    experiment.learningRate = .value(rate)
    experiment.start = Start(parameters: [1])
    return experiment
  }

  @Test("all samples at once have the limit 2 / mean of a")
  func full() throws {
    for (share, grows) in [(0.999, false), (1.001, true)] {
      var run = try Run(experiment(.full, rate: share * reference.full))
      run.advance(1000)
      #expect((abs(run.parameters[0]) > 1) == grows)
    }
  }

  @Test("of all sequences of batches of one, the mean square grows beyond its own, lower limit")
  func sequences() throws {
    let a = reference.curvatures
    let mean = a.reduce(0, +) / 3
    #expect(
      abs(2 * mean / (a.reduce(0) { $0 + $1 * $1 } / 3) - reference.limit) < 1e-12)
    for (share, wanted) in [(0.8, reference.below), (1.2, reference.above)] {
      let rate = share * reference.limit
      // Eight steps are two halves of four: each of 3⁴ halves is a run, and a run of linear steps
      // goes on from the end of another by its factor.
      let halves = try (0..<81).map { number in
        let rows = (0..<4).map { [number / [1, 3, 9, 27][$0] % 3] }
        var run = try Run(experiment(.explicit(rows: rows, stepsPerEpoch: 4), rate: rate))
        run.advance(4)
        return run.parameters[0]
      }
      let ends = halves.flatMap { first in halves.map { first * $0 } }
      #expect(ends.count == 6561)
      let square = ends.reduce(0) { $0 + $1 * $1 } / 6561
      #expect(abs(square - wanted.enumerated) < 1e-12 * wanted.enumerated)
      let median = ends.map(abs).sorted()[3280]
      #expect(abs(median - wanted.median) < 1e-12)
      // A whole run of eight is what its halves say.
      let rows = [0, 2, 1, 1, 2, 0, 0, 2].map { [$0] }
      var run = try Run(experiment(.explicit(rows: rows, stepsPerEpoch: 8), rate: rate))
      run.advance(8)
      let factors = rows.map { 1 - rate * a[$0[0]] }.reduce(1, *)
      #expect(abs(run.parameters[0] - factors) < 1e-12)
    }
  }

  @Test("far above the frozen limit, second moments that live keep Adam and RMSprop bounded")
  func alive() throws {
    for row in reference.alive {
      var problem = FunctionProblem(formula: "2 x^2")
      problem.xRange = -4...4
      var experiment = Experiment(name: "alive", problem: .function(problem))
      experiment.optimizer =
        row.rule == "adam" ? Choice("adam") : Choice("rmsprop", ["rho": 0.999])
      experiment.learningRate = .value(row.eta)
      experiment.start = Start(parameters: [1])
      var run = try Run(experiment)
      var (greatest, last) = (0.0, 0.0)
      while run.step < 20_000 {
        run.advance(1)
        let x = abs(run.parameters[0])
        greatest = max(greatest, x)
        if run.step > 19_000 { last = max(last, x) }
        if run.step == 1000 { #expect(abs(x - row.at1000) < 1e-12, "\(row.rule) \(row.eta)") }
      }
      #expect(abs(greatest - row.greatest) < 1e-9 * row.greatest, "\(row.rule) \(row.eta)")
      // When bursts come is decided by rounding: RMSprop has none only where x is 0 to the last
      // bit.
      #expect(last <= greatest, "\(row.rule) \(row.eta): \(last)")
      if row.rule == "adam" { #expect(last < 2 * row.last) }
      #expect(run.status == .running)
    }
  }
}
