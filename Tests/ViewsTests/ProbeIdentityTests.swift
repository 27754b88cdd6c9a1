import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Training

@Suite("What is kept of a problem")
struct ProbeIdentityTests {
  /// The notes' line; nothing but the part of the problem under test differs between two of these.
  static func line(_ change: (inout ModelProblem) -> Void = { _ in }) -> Snapshot {
    var model = ModelProblem(kind: .linear, data: DataSource(.generated(Choice("line"))))
    model.l2 = 1
    change(&model)
    return Specimens.run(Experiment(name: "line", problem: .model(model)), steps: 0)
  }

  @Test(
    "A variant that changes only the reduction or the penalty's share is drawn afresh",
    arguments: ["spectrum", "contour"], [true, false])
  func variants(view name: String, sums: Bool) throws {
    let view: View = try #require(views[name])
    let probes = ProbeCache()
    func frame(_ snapshot: Snapshot, _ probes: ProbeCache) -> String {
      let scene = Scene(
        snapshot: snapshot, state: ViewState(), theme: .dark, glyphs: .braille, probes: probes)
      var canvas = Canvas(size: Size(width: 70, height: 24))
      view.draw(scene, canvas.bounds, &canvas)
      return canvas.text + view.readout(scene).joined()
    }
    let before = frame(Self.line(), probes)
    let variant = Self.line { model in
      if sums { model.reduction = .sum } else { model.penaltyPerSample = true }
    }
    let after = frame(variant, probes)
    #expect(after == frame(variant, ProbeCache()))
    #expect(after != before)
  }
}
