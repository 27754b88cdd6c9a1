import Dispatch
import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The moment that a cursor reads")
struct PeekedMomentTests {
  /// A run after so many steps, and on from there.
  private static func trainer(_ steps: Int) throws -> InlineTrainer {
    let trainer = try InlineTrainer(Fixture.xor.experiment)
    trainer.advance(steps: steps)
    return trainer
  }

  @Test("It is the run as it was, with its step")
  func past() throws {
    let early = try Self.trainer(10).latest
    let late = try Self.trainer(30).latest
    let found = try #require(PeekedMoment().snapshot(after: 10, of: late, at: nil, nil))
    #expect(found.step == 10 && found.parameters == early.parameters)
    #expect(found.newestStep == 30 && found.generation > late.generation)
  }

  @Test("A step that the run has not reached is shown once it has", arguments: [false, true])
  func notYet(hasWorkers: Bool) throws {
    let called = DispatchSemaphore(value: 0)
    let workers = hasWorkers ? SideWorkers { called.signal() } : nil
    let (trainer, peeked) = (try Self.trainer(20), PeekedMoment())
    #expect(peeked.snapshot(after: 25, of: trainer.latest, at: nil, workers) == nil)
    trainer.advance(steps: 20)
    var found = peeked.snapshot(after: 25, of: trainer.latest, at: nil, workers)
    if found == nil {
      called.wait()
      found = peeked.snapshot(after: 25, of: trainer.latest, at: nil, workers)
    }
    #expect(found?.step == 25)
  }

  @Test("While the step under a resting cursor changes, what was begun is shown when it is done")
  func growing() throws {
    let called = DispatchSemaphore(value: 0)
    let workers = SideWorkers { called.signal() }
    let (trainer, peeked) = (try Self.trainer(40), PeekedMoment())
    let cell = Hover(view: "loss", cell: Point(x: 3, y: 3))
    var shown: [Int] = []
    for step in 10..<14 {
      trainer.advance(steps: 1)
      // Nobody asks twice for the same step.
      if let found = peeked.snapshot(after: step, of: trainer.latest, at: cell, workers) {
        shown.append(found.step)
      } else {
        called.wait()
      }
    }
    #expect(shown.count >= 2 && zip(shown, shown.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("The moment of another run is never shown")
  func otherRun() throws {
    let peeked = PeekedMoment()
    let (one, other) = (try Self.trainer(20), try Self.trainer(20))
    #expect(peeked.snapshot(after: 10, of: one.latest, at: nil, nil)?.run == one.latest.run)
    #expect(peeked.snapshot(after: 10, of: other.latest, at: nil, nil)?.run == other.latest.run)
    #expect(peeked.snapshot(after: 20, of: other.latest, at: nil, nil) == nil)
  }
}
