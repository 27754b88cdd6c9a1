import Foundation
import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@Suite("Universal approximation on the screen")
struct ApproximationViewTests {
  @Test(
    "N stairs of sigmoids miss the reference's curve by the reference's error",
    arguments: [
      (4, 0.2512688164320124), (8, 0.09260712537859123), (16, 0.05023286906825142),
      (32, 0.025629063100659377), (64, 0.012879306245523378), (128, 0.006447771919252054),
    ])
  func errors(count: Int, expected: Double) {
    func curve(_ x: Double) -> Double { sin(2 * Double.pi * x) + 0.5 * x }
    let stairs = StairApproximation(of: curve, over: 0...1, count: count)
    #expect(abs(stairs.greatestError(of: curve) - expected) < 1e-12)
  }

  @Test(
    "Noiseless samples lie on the data set's own curve", arguments: ["sine", "line", "quadratic"])
  func curve(name: String) throws {
    let set = try #require(DataSet.all[name])
    let choice = Choice(name, ["noise": 0, "samples": 20])
    var issues: [ProblemIssue] = []
    let samples = set.generate(
      Settings(choice, of: set.hyperparameters, key: "", issues: &issues), 3)
    let curve = try #require(DataSet.curve(of: choice))
    for sample in 0..<samples.count {
      #expect(curve(samples.inputs[sample]) == samples.targets[sample])
    }
    #expect(DataSet.curve(of: Choice("xor")) == nil)
    #expect(DataSet.curve(of: Choice(name, ["nonsense": 1])) == nil)
  }

  @Test("The selection doubles the number of stairs, round and round")
  func selection() throws {
    let view = try #require(views["approximation"])
    let snapshot = try #require(Specimens.zoo["sine"])
    let texts = try [0, 1, 5, 9].map { selection in
      var state = ViewState()
      state.selection = selection
      var canvas = Canvas(size: Size(width: 100, height: 20))
      view.draw(ViewLawTests.scene(snapshot, state: state), canvas.bounds, &canvas)
      return try #require(canvas.text.firstMatch(of: #/(\d+) stairs?/#)).output.1
    }
    #expect(texts == ["8", "16", "256", "8"])
  }
}
