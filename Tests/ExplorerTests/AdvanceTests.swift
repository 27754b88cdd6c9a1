import Lanes
import Terminal
import Testing

@testable import Explorer
// What the learner still owes is its own affair.
@testable import Training

@Suite("Steps that are taken at once")
struct AdvanceTests {
  private static func show(step: Int, owed: Int, in explorer: inout Explorer) {
    var snapshot = explorer.snapshot
    snapshot.step = step
    snapshot.owedSteps = owed
    _ = explorer.see(snapshot)
  }

  @Test("The top line says from where to where, not that it runs")
  func topLine() {
    var explorer = Fixture.explorer(Fixture.taught, size: Size(width: 140, height: 30))
    Self.show(step: 0, owed: 1500, in: &explorer)
    #expect(explorer.top.contains("taking steps at once"))
    #expect(explorer.top.contains("step 0 → 1500"))
    #expect(!explorer.top.contains("running"))
    // A handful is over before it is read.
    Self.show(step: 1490, owed: 10, in: &explorer)
    #expect(explorer.top.contains("running") && !explorer.top.contains("→"))
    // What was asked for counts before the learner has heard of it.
    _ = explorer.begin(Fixture.taught, .waiting(after: 700))
    #expect(explorer.top.contains("step 0 → 700"))
    _ = explorer.handle(.key(Key(.character(" "))))
    #expect(!explorer.top.contains("→"))
  }

  @Test("The narrow line says it, too")
  func narrow() {
    var explorer = Fixture.explorer(Fixture.taught, size: Size(width: 80, height: 24))
    Self.show(step: 512, owed: 988, in: &explorer)
    #expect(explorer.top.contains("step 512 → 1500"))
  }

  @Test("A snapshot knows how many steps are still owed")
  func owed() throws {
    var learner = LearnerState(
      try Run(Fixture.taught.experiment), isPaused: false, pace: 5)
    learner.handle(Request(ticket: 1, control: .step(300)))
    _ = learner.advance(100)
    #expect(learner.snapshot(stepsPerSecond: 0, generation: 1).owedSteps == 200)
    learner.handle(Request(ticket: 2, control: .resume))
    #expect(learner.snapshot(stepsPerSecond: 0, generation: 2).owedSteps == 0)
  }
}
