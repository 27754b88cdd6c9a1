import Lanes
import Testing

@testable import Training

@Suite("Conditions are looked for after each step")
struct SightingTests {
  @Test("what holds between two snapshots only is seen, with its step and its request")
  func between() throws {
    let learner = try InlineTrainer(AllocationTests.xor(Choice("adam")), isPaused: true)
    learner.send(Request(ticket: 1, control: .watch("step >= 7 and step <= 8")))
    #expect(learner.latest.sighting == nil)
    learner.send(Request(ticket: 2, control: .step(100)))
    #expect(learner.latest.step == 100)
    #expect(learner.latest.sighting == Sighting(ticket: 1, step: 7))
    learner.send(Request(ticket: 3, control: .watch("loss < -1")))
    learner.send(Request(ticket: 4, control: .step(5)))
    #expect(learner.latest.sighting == nil)
    learner.send(Request(ticket: 5, control: .watch(nil)))
    learner.send(Request(ticket: 6, control: .step(5)))
    #expect(learner.latest.sighting == nil && learner.latest.step == 110)
  }

  @Test("a run that is watched has the same bits")
  func bits() throws {
    let runs = try [nil, "loss < -1", "step == 30", "no such name"].map { condition in
      let learner = try InlineTrainer(AllocationTests.xor(Choice("adam")), isPaused: true)
      learner.send(Request(ticket: 1, control: .watch(condition)))
      learner.send(Request(ticket: 2, control: .step(64)))
      return learner.latest.parameters
    }
    #expect(runs.allSatisfy { $0 == runs[0] })
  }
}
