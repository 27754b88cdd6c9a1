import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@Suite("What the cursor reads")
struct CursorReadingTests {
  private static func readout(_ name: String, _ kind: String, at cursor: [Double]) throws
    -> [String]
  {
    var state = ViewState()
    state.cursor = cursor
    let snapshot = try #require(Specimens.zoo[kind])
    return try #require(views[name]).readout(ViewLawTests.scene(snapshot, state: state))
  }

  @Test(
    "The border tells the value at the cursor, not at the run",
    arguments: [("function", "sliding", [0.5]), ("contour", "valley", [0.5, -0.25])])
  func values(name: String, kind: String, cursor: [Double]) throws {
    let snapshot = try #require(Specimens.zoo[kind])
    let value = Evaluator(snapshot.objective).loss(at: cursor)
    #expect(value != snapshot.loss)
    let readout = try Self.readout(name, kind, at: cursor)
    #expect(readout.first == "┊ f = " + Scene.number(value))
    #expect(readout.count == 3)
  }

  @Test("On a map of answers it tells the answer and the nearest sample", arguments: [0, 3])
  func nearest(sample: Int) throws {
    let network = try #require(Specimens.zoo["xor"]?.objective.kind.dense)
    let inputs = Array(network.trainSamples.input(sample))
    let readout = try Self.readout("boundary", "xor", at: inputs)
    #expect(readout.first?.hasPrefix("┊ p = ") == true, "\(readout)")
    #expect(readout.last?.hasPrefix("nearest \(sample + 1) (") == true, "\(readout)")
  }
}
