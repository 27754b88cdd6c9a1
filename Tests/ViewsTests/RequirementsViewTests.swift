import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Training

@Suite("Requirements of universal approximation")
struct RequirementsViewTests {
  @Test(
    "What the values show is what the activation says of itself", arguments: Activation.all.names)
  func measured(name: String) throws {
    let activation = try #require(Activation.all[name])
    let setting = activation.hyperparameters.first?.defaultValue ?? 0
    let check = ActivationCheck(activation, setting: setting)
    #expect(check.conditions == activation.conditions)
  }

  @Test("Step, sine and ReLU fail where the notes' list says so, and the place is told")
  func failures() throws {
    func check(_ name: String) throws -> ActivationCheck {
      ActivationCheck(try #require(Activation.all[name]), setting: 0)
    }
    let step = try check("step")
    #expect(step.jump == ActivationCheck.Jump(place: 0, size: 1) && step.conditions.bounded)
    let sine = try check("sine")
    #expect(!sine.conditions.monotone && sine.jump == nil && sine.fall != nil)
    let relu = try check("relu")
    #expect(!relu.conditions.bounded && relu.fall == nil && !relu.conditions.strictlyMonotone)
    for name in ["sigmoid", "tanh"] {
      let good = try check(name)
      #expect(good.conditions.bounded && good.conditions.strictlyMonotone && good.jump == nil)
    }
  }

  @Test("The table puts a tick or a cross under each requirement", arguments: [150, 78, 44])
  func table(width: Int) throws {
    let view = try #require(views["requirements"])
    let scene = ViewLawTests.scene(try #require(Specimens.zoo["xor"]))
    var canvas = Canvas(size: Size(width: width, height: 20))
    view.draw(scene, canvas.bounds, &canvas)
    let rows = canvas.text.split(separator: "\n")
    func marks(_ name: String) -> String? {
      rows.first { $0.dropFirst().hasPrefix(name) }.map { $0.filter { "✓✗".contains($0) } }
    }
    #expect(marks("tanh") == "✓✓✓✓" && marks("sigmoid") == "✓✓✓✓")
    #expect(marks("step") == "✓✓✓✗" && marks("sine") == "✓✓✗✓" && marks("relu") == "✓✗✓✓")
    #expect(rows.first { $0.contains("tanh") }?.hasPrefix("▸") == true)
    #expect(view.readout(scene) == ["tanh: 4 of 4"])
  }
}
