import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Optimization
@testable import Training

@Suite("Errors along eigenvectors")
struct EigenErrorViewTests {
  /// The notes' line by plain descent with `factor`/λmax.
  static func line(_ factor: Double, steps: Int) -> Snapshot {
    var experiment = Experiment(
      name: "line",
      problem: .model(ModelProblem(kind: .linear, data: DataSource(.generated(Choice("line"))))))
    experiment.learningRate = .overLargestEigenvalue(factor)
    experiment.start = Start(parameters: [1.0468, 0.5385])
    return Specimens.run(experiment, steps: steps)
  }

  @Test("With η = 1/λmax the error along the top eigenvector dies in one step")
  func topDies() throws {
    let errors = try #require(EigenError(Self.line(1, steps: 40)))
    #expect(abs(errors.errors[0][0]) > 1)
    #expect(abs(errors.errors[0][1]) < 1e-13)
    #expect(abs(errors.errors[1][1]) > 0.1)
  }

  @Test("Each step multiplies each error by |1 − ηλ|", arguments: [0.3, 1, 1.5, 1.9])
  func factors(factor: Double) throws {
    let snapshot = Self.line(factor, steps: 60)
    let errors = try #require(EigenError(snapshot))
    let factors = errors.factors(LinearStability(), rate: snapshot.learningRate)
    var compared = 0
    for (row, predicted) in zip(errors.errors, factors) {
      for step in 1..<row.count where abs(row[step - 1]) > 1e-6 && abs(row[step]) > 1e-6 {
        #expect(abs(abs(row[step] / row[step - 1]) - predicted) < 1e-7)
        compared += 1
      }
    }
    #expect(compared > 50)
  }

  @Test("The errors are coordinates: their squares add up to the distance from the optimum")
  func coordinates() throws {
    let snapshot = Specimens.valley
    let errors = try #require(EigenError(snapshot))
    #expect(abs(errors.optimum[0] - 1) < 1e-8 && abs(errors.optimum[1] - 1) < 1e-8)
    for index in errors.steps.indices {
      let place = snapshot.trajectory.points[2 * index...2 * index + 1].map { $0 - 1 }
      let distance = place.reduce(0) { $0 + $1 * $1 }
      let sum = errors.errors.reduce(0) { $0 + $1[index] * $1[index] }
      #expect(abs(sum - distance) < 1e-6 * max(1, distance))
    }
  }

  @Test("A saddle has no such errors")
  func saddle() {
    let saddle = PlainFunction(
      names: ["x", "y"], value: { $0[0] * $0[0] - $0[1] * $0[1] },
      derivatives: { [2 * $0[0], -2 * $0[1]] })
    let snapshot = Specimens.descent(
      Specimens.experiment("x^2 - y^2", x: -1...1), saddle, from: [1, 0], rate: 0.1, steps: 10)
    #expect(EigenError(snapshot) == nil)
  }

  @Test("The table under the curves names eigenvalues, predicted and measured factors")
  func table() throws {
    let view = try #require(views["eigen_error"])
    let snapshot = Self.line(1, steps: 40)
    let errors = try #require(EigenError(snapshot))
    var canvas = Canvas(size: Size(width: 80, height: 22))
    view.draw(ViewLawTests.scene(snapshot), canvas.bounds, &canvas)
    let rows = canvas.text.split(separator: "\n").suffix(2).map {
      $0.split(separator: " ").map(String.init)
    }
    for (row, value) in zip(rows, errors.spectrum.eigenvalues) {
      #expect(row[1] == NumberText.compact(value, digits: 4))
    }
    #expect(rows[0].contains("0.0000"))
    let small = NumberText.fixed(
      errors.factors(LinearStability(), rate: snapshot.learningRate)[1], decimals: 4)
    #expect(rows[1].count { $0 == small } == 2)
    #expect(view.readout(ViewLawTests.scene(snapshot)) == ["ηλmax = 1.00", "log scale"])
  }
}
