import Models
import Optimization
import Testing

@testable import Training

@Suite("How runs end")
struct RunEndingTests {
  @Test(
    "A run that its last step has lost is lost in every column",
    arguments: [("log(x) + 10", 0.6), ("sqrt(x) + 1", 2)])
  func lastStep(formula: String, rate: Double) throws {
    var experiment = Experiment(
      name: "edge", problem: .function(FunctionProblem(formula: formula)))
    experiment.start = Start(parameters: [1])
    experiment.learningRate = .value(rate)
    let run = try Run(experiment)
    func ending(_ steps: Int) throws -> RunEnding {
      try #require(
        RunEnding.endings(of: [run], steps: [steps], watchesLosses: true) { false }?.first)
    }
    let before = try ending(1)
    #expect(MapMeasure.diverged.value(of: before) == 0)
    let lost = try ending(2)
    #expect(MapMeasure.diverged.value(of: lost) == 1)
    #expect(lost.course?.isConverged == false)
    #expect((MapMeasure.convergence.value(of: lost) ?? -1) > 0)
  }

  @Test("Losses that a lost run would have brought are counted once")
  func losses() {
    func course(_ losses: [Double]) -> LossCourse {
      var course = LossCourse()
      for loss in losses { course.add(loss) }
      return course
    }
    for (known, all) in [
      ([1, 0.5, .infinity], [1, 0.5, .infinity, .infinity, .infinity]),
      ([1, 0.5, 0.4, 0.3, .infinity], [1, 0.5, 0.4, 0.3, .infinity]),
      ([1, 0.5, 0.4, 0.3, 0.2], [1, 0.5, 0.4, 0.3, 0.2, .infinity]),
      ([], []),
    ] as [([Double], [Double])] {
      var lost = course(known)
      lost.diverge(until: 5)
      #expect(lost == course(all))
    }
  }
}
