import Models
import Presets
import Testing
import Training

@Suite("The data can be seeded apart from the weights")
struct SeedTests {
  static func run(_ settings: String..., preset: String) throws -> Run {
    let shelf = PresetShelf(folder: "/nonexistent")
    return try Run(
      PresetKeys.apply(settings.map { try PresetKeys.parse($0) }, to: shelf.load(preset)))
  }

  static func inputs(_ run: Run) throws -> [Double] {
    guard case .model(let model) = run.experiment.problem else { return [] }
    return try ObjectiveFactory.samples(
      model.data, seed: run.experiment.dataSeed ?? run.experiment.seed
    ).train.inputs
  }

  @Test("The same weights on other data, other weights on the same data")
  func apart() throws {
    let plain = try Self.run("seed=3", preset: "moons")
    let data = try Self.run("seed=3", "seed_data=4", preset: "moons")
    let weights = try Self.run("seed=4", "seed_data=3", preset: "moons")
    #expect(plain.parameters == data.parameters)
    #expect(try Self.inputs(plain) != Self.inputs(data))
    #expect(plain.parameters != weights.parameters)
    #expect(try Self.inputs(plain) == Self.inputs(weights))
  }

  @Test("Without it the seed draws everything, as one seed for both does")
  func together() throws {
    for preset in ["moons", "boltzmann", "convolution"] {
      var one = try Self.run("seed=5", preset: preset)
      var both = try Self.run("seed=5", "seed_data=5", preset: preset)
      one.advance(3)
      both.advance(3)
      #expect(one.parameters == both.parameters)
    }
  }

  @Test("It is written, read and taken away")
  func written() throws {
    let changed = try PresetKeys.apply(
      [Setting(key: "seed_data", value: "18446744073709551615")],
      to: PresetShelf(folder: "/nonexistent").load("moons"))
    let text = try PresetFile.text(of: changed)
    #expect(try PresetFile.parse(text, file: "p", name: "moons").dataSeed == .max)
    let plain = try PresetKeys.apply([Setting(key: "seed_data", value: "")], to: changed)
    #expect(plain.dataSeed == nil)
  }
}
