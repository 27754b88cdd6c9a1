import Models
import Optimization
import Testing

@testable import Training

@Suite("Stability over steps")
struct StabilityTraceTests {
  @Test("A trace that works in pieces finds what one in one piece finds, wherever pieces end")
  func pieces() throws {
    var experiment = Experiment(
      name: "bowl", problem: .function(FunctionProblem(formula: "x^2 + 5*y^2")))
    experiment.start = Start(parameters: [2, 1])
    experiment.learningRate = .value(0.15)
    var run = try Run(experiment)
    run.advance(8070)
    // The limit falls below λmax = 10; the grid is of 128 steps, and pieces may end at 64.
    try run.apply(.learningRate(0.25))
    run.advance(17_000 - 8070)
    let snapshot = run.snapshot()
    let whole = try #require(StabilityTrace.upTo(snapshot, from: nil))
    #expect(whole.firstAbove == 8192 && !whole.isBehind)
    var trace: StabilityTrace?
    var pieces = 0
    let work = ProbeWork()
    repeat {
      trace = work.perform {
        StabilityTrace.upTo(snapshot, from: trace, patience: .seconds(-1))
      }
      pieces += 1
      if trace?.isBehind == true {
        #expect(trace?.records.allSatisfy { $0.step % 128 == 0 } == true)
      }
    } while trace?.isBehind == true
    #expect(pieces > 100)
    #expect(trace?.records == whole.records && trace?.firstAbove == whole.firstAbove)
    #expect(trace?.records.last?.step == 17_000)
  }
}
