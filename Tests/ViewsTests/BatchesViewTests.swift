import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Training

@Suite("Mini-batches on the screen")
struct BatchesViewTests {
  static func run(_ batching: Batching, steps: Int, seed: UInt64 = 1) throws -> Run {
    var experiment = Experiment(
      name: "line",
      problem: .model(ModelProblem(kind: .linear, data: DataSource(.generated(Choice("line"))))))
    experiment.batching = batching
    experiment.seed = seed
    var run = try Run(experiment)
    run.advance(steps)
    return run
  }

  @Test(
    "The batch that is drawn again is the one that the run took",
    arguments: [
      .sequential(size: 7), .shuffled(size: 8), .withReplacement(size: 5), .blocks(size: 5),
      .blockSequence(size: 10, numbers: [3, 1, 4, 1, 5, 9], stepsPerEpoch: 4),
      .explicit(rows: [[0, 3], [99], [5, 6, 7]], stepsPerEpoch: 2),
    ] as [Batching])
  func same(batching: Batching) throws {
    var run = try Self.run(batching, steps: 0)
    for _ in 0..<45 {
      run.advance(1)
      let trace = try #require(BatchTrace(run.snapshot(), recent: 3))
      #expect(trace.batches.last == run.lastBatch)
      #expect(trace.visits.reduce(0, +) > 0)
    }
    // A change of batches starts the count anew.
    try run.apply(.batching(.shuffled(size: 20)))
    run.advance(3)
    let trace = try #require(BatchTrace(run.snapshot(), recent: 9))
    #expect(trace.batches.last == run.lastBatch && trace.batches.count == 3)
    #expect(trace.distinctNow == 60 && trace.position == 3)
  }

  @Test("A shuffled epoch takes every row once")
  func shuffled() throws {
    let trace = try #require(
      BatchTrace(try Self.run(.shuffled(size: 10), steps: 40).snapshot(), recent: 0))
    #expect(trace.visits == [Int](repeating: 1, count: 100))
    #expect(trace.distinct == [100, 100, 100, 100])
    #expect(trace.meanDistinct == 100 && trace.expectedDistinct(.shuffled(size: 10)) == nil)
  }

  @Test("Blocks drawn with replacement: 12.83 of 20 are expected an epoch, and about so many seen")
  func blocks() throws {
    let snapshot = try Self.run(.blocks(size: 5), steps: 4000).snapshot()
    let trace = try #require(BatchTrace(snapshot, recent: 4))
    let expected = try #require(trace.expectedDistinct(.blocks(size: 5)))
    #expect(abs(expected - 12.83) < 5e-3)
    #expect(trace.unitCount == 20 && trace.distinct.count == 200)
    // The deviation of one epoch is 1.3, that of a mean of 200 a tenth of it.
    #expect(abs((trace.meanDistinct ?? 0) - expected) < 0.4)
  }

  @Test("The picture tells the counts and marks the newest batch's rows")
  func picture() throws {
    let snapshot = try Self.run(.blocks(size: 5), steps: 1010).snapshot()
    let view = try #require(views["batches"])
    let trace = try #require(BatchTrace(snapshot, recent: 9))
    var canvas = Canvas(size: Size(width: 102, height: 20))
    view.draw(ViewLawTests.scene(snapshot), canvas.bounds, &canvas)
    #expect(canvas.text.contains("12.83 expected"))
    #expect(canvas.text.contains("this epoch: \(trace.distinctNow) of 20 blocks seen"))
    // A full block is drawn as background.
    #expect(canvas.cells.count { $0.style.background == Theme.dark.ball } == 5)
    #expect(
      view.readout(ViewLawTests.scene(snapshot)).first == "\(trace.distinctNow) of 20 blocks")
    #expect(!view.suits(try Self.run(.full, steps: 3).snapshot()))
  }

  @Test("The fit marks the rows of the last batch, the contour the velocity")
  func highlighting() throws {
    func cells(_ view: String, _ snapshot: Snapshot) throws -> Int {
      var canvas = Canvas(size: Size(width: 100, height: 30))
      try #require(views[view]).draw(ViewLawTests.scene(snapshot), canvas.bounds, &canvas)
      return canvas.cells.count { $0.style.foreground == Theme.dark.ball }
    }
    let batch = try Self.run(.blocks(size: 5), steps: 101).snapshot()
    let full = try Self.run(.full, steps: 101).snapshot()
    // Up to five points (some may share a cell) and the legend's.
    #expect(try (2...6).contains(cells("fit", batch)))
    #expect(try cells("fit", full) == 0)
    var heavy = full
    heavy.experiment.optimizer = Choice("momentum", ["rate_inside": 1])
    heavy.optimizerState = [.init(name: "change", values: [0.8, -0.5])]
    #expect(try cells("contour", heavy) > cells("contour", full) + 5)
  }
}
