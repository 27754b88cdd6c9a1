import Lanes
import Models
import Optimization
import Testing

@testable import Training

@Suite("A moment of the past beside the run")
struct PastMomentTests {
  private static func plane() -> Experiment {
    var experiment = Experiment(
      name: "plane",
      problem: .function(FunctionProblem(formula: "x^2 + 3 y^2 + sin(x y)")))
    experiment.start = Start(parameters: [1.5, -0.75])
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(0.05)
    return experiment
  }

  @Test("It has the bits that the run had there, and the run stays where it is")
  func bits() throws {
    var session = Session(try Run(Self.plane()))
    var seen: [Int: Snapshot] = [0: session.snapshot()]
    for step in 1...120 {
      if step == 41 { try session.apply(.learningRate(0.02)) }
      if step == 81 { try session.apply(.optimizer(Choice("momentum"), carryState: false)) }
      _ = session.advance(1)
      if step % 7 == 0 { session.keepCheckpoint() }
      seen[step] = session.snapshot()
    }
    let now = session.snapshot()
    for step in 0..<120 {
      let past = try #require(now.past(step: step), "step \(step)")
      let then = try #require(seen[step])
      #expect(past.step == step && past.parameters == then.parameters)
      #expect(past.gradient == then.gradient && past.loss == then.loss)
      #expect(past.newestStep == 120 && past.trajectory.steps.last == step)
      #expect(Array(past.trajectory.points.suffix(2)) == then.parameters)
    }
    #expect(session.snapshot().parameters == now.parameters)
    #expect(now.past(step: 120) == nil && now.past(step: -1) == nil)
  }

  @Test("Who goes back step by step has moments near before him, all the way")
  func nearMoments() throws {
    var session = Session(try Run(Self.plane()))
    _ = session.advance(60_000)
    session.seek(step: 50_000)
    var total = 0
    for step in stride(from: 49_999, to: 49_000, by: -1) {
      let timeline = try #require(session.snapshot().timeline)
      let nearest = try #require(timeline.nearest(Moment(step: step, changes: 0)))
      total += step - nearest.moment.step
      session.seek(step: step)
      #expect(session.run.step == step)
    }
    #expect(total <= 999 * 128, "\(total / 999) steps are done again for one")
  }

  @Test("Pictures that no run made have no past")
  func none() throws {
    var snapshot = try Run(Self.plane()).snapshot()
    snapshot.step = 10
    #expect(snapshot.past(step: 3) == nil)
  }
}
