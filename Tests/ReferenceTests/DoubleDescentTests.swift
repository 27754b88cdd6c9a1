import Differentiation
import Lanes
import Models
import Optimization
import Testing
import Training

/// Least-norm solutions against another program's figures.
@Suite("Double descent")
struct DoubleDescentTests {
  private var reference: TheoryReference.Features { TheoryReference.all.features }

  private func columns(_ xs: [Double], count: Int) -> [[Double]] {
    xs.map { x in
      (0..<count).map { Elementary.cos(reference.w[$0] * x + reference.b[$0]) }
    }
  }

  @Test("train and test error, norm and rank are the reference's for every number of features")
  func explicit() throws {
    let points = (0..<101).map { -1 + 2 * Double($0) / 100 }
    let truth = points.map {
      Elementary.sin(.pi * $0) + 0.3 * Elementary.cos(3 * .pi * $0)
    }
    for row in reference.rows {
      let train = columns(reference.x, count: row.p)
      var model = ModelProblem(
        kind: .linear,
        data: DataSource(.inline(inputs: train, targets: reference.y.map { [$0] })))
      model.biases = false
      model.loss = Choice("mse")
      var experiment = Experiment(name: "features", problem: .model(model))
      experiment.start = Start(initializer: Choice("least_norm"))
      let run = try Run(experiment)
      let weights = run.parameters
      #expect(weights.count == row.p)
      #expect(abs(run.loss - row.train) < 1e-8)
      let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - row.norm) < 1e-8 * max(1, row.norm))
      let tests = columns(points, count: row.p)
      let error =
        zip(tests, truth).reduce(0) { sum, pair in
          let value = zip(pair.0, weights).reduce(0) { $0 + $1.0 * $1.1 } - pair.1
          return sum + value * value
        } / 101
      #expect(abs(error - row.test) < 1e-8 * max(1, row.test), "p \(row.p)")
      let parts = SingularValues(train.flatMap { $0 }, rows: train.count, columns: row.p)
      #expect(parts.rank() == row.rank)
    }
  }

  @Test("descent from 0 tends to the least norm")
  func descent() throws {
    var model = ModelProblem(
      kind: .linear,
      data: DataSource(
        .inline(inputs: reference.gdX, targets: reference.gdY.map { [$0] })))
    model.biases = false
    model.loss = Choice("mse")
    var experiment = Experiment(name: "descent", problem: .model(model))
    experiment.learningRate = .overLargestEigenvalue(1)
    experiment.start = Start(initializer: Choice("zeros"))
    var run = try Run(experiment)
    run.advance(1000)
    for (ours, theirs) in zip(run.parameters, reference.leastNorm) {
      #expect(abs(ours - theirs) < 1e-12)
    }
  }

  /// The data of the isotropic table: as many inputs as the model has weights, all of them true.
  private func isotropic(_ p: Int) -> Choice {
    Choice(
      "linear_truth", ["samples": 40, "dimension": Double(p), "signal": 1, "noise": 0.5])
  }

  @Test("with all inputs given, risk and limit are the isotropic table's")
  func table() throws {
    let set = try #require(DataSet.all["linear_truth"])
    let error = try #require(set.leastNormError)
    #expect(reference.isotropic.count == 12)
    for row in reference.isotropic {
      var issues: [ProblemIssue] = []
      let settings = Settings(
        isotropic(row.p), of: set.hyperparameters, key: "data", issues: &issues)
      let (exact, limit) = error(settings, 40, row.p)
      #expect(issues.isEmpty)
      // The table has the excess over the noise of the targets.
      #expect(abs(exact - 0.25 - row.exact) < 1e-12 * row.exact, "p \(row.p)")
      #expect(abs(limit - 0.25 - row.asymptotic) < 1e-12 * row.asymptotic, "p \(row.p)")
    }
  }

  @Test(
    "runs of many draws have the isotropic table's risk", .enabled(if: TheoryReference.isSlow))
  func draws() throws {
    for row in reference.isotropic {
      let draws = row.p < 150 ? 600 : 200
      let truth = 1 / Double(row.p).squareRoot()
      let risks = try (0..<draws).map { draw in
        var model = ModelProblem(kind: .linear, data: DataSource(.generated(isotropic(row.p))))
        model.biases = false
        model.loss = Choice("mse")
        var experiment = Experiment(name: "isotropic", problem: .model(model))
        experiment.seed = UInt64(draw + 1)
        experiment.start = Start(initializer: Choice("least_norm"))
        // Inputs are independent, so that the excess risk is the distance of the weights.
        return try Run(experiment).parameters.reduce(0) {
          $0 + ($1 - truth) * ($1 - truth)
        }
      }
      let mean = risks.reduce(0, +) / Double(draws)
      let variance = risks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws - 1)
      let error = (variance / Double(draws)).squareRoot()
      print(
        "isotropic p \(row.p): \(mean) ± \(error), exact \(row.exact), limit \(row.asymptotic)")
      #expect(abs(mean - row.exact) < 3 * error, "p \(row.p)")
    }
  }

  @Test("the exact mean is the reference's")
  func formula() throws {
    let set = try #require(DataSet.all["linear_truth"])
    let error = try #require(set.leastNormError)
    var issues: [ProblemIssue] = []
    let settings = Settings(
      Choice("linear_truth", ["dimension": 100, "noise": 0.2]), of: set.hyperparameters,
      key: "data",
      issues: &issues)
    for row in reference.misspecified {
      #expect(abs(error(settings, 20, row.p).exact - row.expected) < 1e-9 * row.expected)
    }
  }

  @Test("medians peak where there are as many features as samples, and lie by the exact mean")
  func curve() throws {
    var model = ModelProblem(
      kind: .linear,
      data: DataSource(
        .generated(Choice("linear_truth", ["samples": 200, "dimension": 100, "noise": 0.2]))))
    model.data.testFraction = 0.9
    model.biases = false
    model.features = ["first(20)"]
    model.loss = Choice("mse")
    var experiment = Experiment(name: "curve", problem: .model(model))
    experiment.start = Start(initializer: Choice("least_norm"))
    let snapshot = try Run(experiment).snapshot()
    #expect(FeatureCountCurve.suits(snapshot))
    let draws = TheoryReference.isSlow ? 200 : 12
    let curve = try #require(FeatureCountCurve(snapshot, seeds: draws))
    let worst = try #require(curve.points.max { $0.test[1] < $1.test[1] })
    #expect(abs(worst.count - 20) <= 1)
    for point in curve.points where abs(point.count - 20) > 5 {
      let exact = try #require(point.exact)
      #expect(abs(point.test[1] - exact) < 0.4 * exact, "p \(point.count)")
    }
  }
}
