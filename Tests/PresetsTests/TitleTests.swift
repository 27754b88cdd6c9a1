import Presets
import Testing
import Training

@Suite("A title tells what runs")
struct TitleTests {
  static func apply(_ settings: String..., to name: String) throws -> Preset {
    try PresetKeys.apply(
      settings.map { try PresetKeys.parse($0) }, to: PresetShelf(folder: "/nonexistent").load(name))
  }

  @Test("A variant says its name")
  func variant() throws {
    let preset = try PresetShelf(folder: "/nonexistent").load("xsin")
    for variant in preset.variants {
      let changed = try preset.variant(variant.name)
      #expect(changed.title == "\(preset.title): \(variant.name)" && changed.name == preset.name)
    }
  }

  @Test("Another problem does not run under the old one's texts")
  func problem() throws {
    let moons = try Self.apply("data=moons", to: "xor")
    #expect(moons.title == "mlp on moons" && moons.notes.isEmpty && moons.summary.isEmpty)
    #expect(try Self.apply("function=x^4", to: "xsin").title == "x^4")
    #expect(try Self.apply("landscape=beale", to: "rosenbrock").title == "beale")
    #expect(try Self.apply("kind=linear", "loss=mse", "start=", to: "xor").title == "linear on xor")
    #expect(try Self.apply("data=moons", "title=Mine", to: "xor").title == "Mine")
  }

  @Test("Settings of the same problem leave the texts")
  func settings() throws {
    let xor = try PresetShelf(folder: "/nonexistent").load("xor")
    let changed = try Self.apply("hidden=8,8", "data.noise=0.2", "l2=0.1", to: "xor")
    #expect(changed.title == xor.title && changed.notes == xor.notes)
    #expect(changed.title(of: changed.experiment) == xor.title)
  }

  @Test("A run's picture holds what replays and no texts")
  func small() throws {
    let one = try PresetShelf(folder: "/nonexistent").load("xor")
    var other = one
    other.title = "Another"
    other.lesson = nil
    #expect(try Run(one).snapshot().experiment == Run(other).snapshot().experiment)
  }
}
