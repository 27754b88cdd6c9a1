import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Logarithmic axes")
struct LogAxisTests {
  @Test(
    "switch where values are positive, and say why they cannot where some are not",
    arguments: [("x^2 + 1", true), ("x^2 - 1", false)])
  func switching(formula: String, canBe: Bool) throws {
    let shelf = PresetShelf(folder: "/nonexistent")
    var preset = try PresetKeys.apply(
      [Setting(key: "formula", value: formula)], to: shelf.load("parabola"))
    preset.views = ["loss"]
    var run = try Run(preset)
    run.advance(200)
    var explorer = Explorer(
      snapshot: run.snapshot(), preset: preset, vocabulary: .all, presets: [],
      appearance: Appearance(), size: Size(width: 80, height: 24))
    let before = explorer.text.contains("log scale")
    explorer.type("l")
    #expect(explorer.text.contains("log scale") == (canBe ? !before : false))
    #expect((explorer.toast?.text.contains("stays linear") ?? false) == !canBe)
  }
}
