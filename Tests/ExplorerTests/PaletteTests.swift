import Lanes
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("The palette")
struct PaletteTests {
  /// What the palette lists for a query.
  private func found(_ query: String) -> [PaletteItem] {
    let explorer = Fixture.explorer()
    var palette = Palette(explorer)
    palette.paste(query, in: explorer)
    return palette.items
  }

  @Test(
    "finds the expected thing first",
    arguments: [
      ("adam", "optimizer adam"), ("adamw", "optimizer adamw"), ("ada", "optimizer adam"),
      ("gd", "optimizer gd"), ("relu", "activation relu"), ("leaky", "activation leaky_relu"),
      ("beta1", "beta1"), ("b2", "beta2"), ("learning_rate", "learning_rate"),
      ("xor", "preset xor"), ("rosen", "preset rosenbrock"), ("preset or", "preset or"),
      ("starts at 2", "preset xsin: starts at 2"), ("pause", "pause"), ("new seed", "new seed"),
      ("nseed", "new seed"), ("zoom pane", "zoom pane"), ("view net", "view network"),
      ("schedule step", "schedule step"), ("pace", "pace"), ("quit", "quit"),
    ])
  func ranking(query: String, expected: String) {
    let list = found(query)
    #expect(list.first?.title == expected, "\(list.prefix(4).map(\.title))")
  }

  @Test("every action, choice, preset and setting is found by its own name")
  func everything() {
    let explorer = Fixture.explorer()
    for item in PaletteItem.all(in: explorer) {
      let list = found(item.title)
      #expect(list.first?.title == item.title, "\(item.title): \(list.prefix(3).map(\.title))")
    }
  }

  @Test("titles are unique")
  func unique() {
    let titles = PaletteItem.all(in: Fixture.explorer()).map(\.title)
    #expect(Set(titles).count == titles.count)
  }

  @Test(
    "a name and a value sets it",
    arguments: [
      ("learning_rate 0.05", Control.change(.learningRate(0.05))),
      ("learning_rate=5e-2", .change(.learningRate(0.05))),
      ("lr 0.05", .change(.learningRate(0.05))),
      ("beta1 0.8", .change(.hyperparameter("beta1", 0.8))),
      ("amsgrad on", .change(.hyperparameter("amsgrad", 1))),
      ("seed 7", .restart(seed: 7)), ("pace 100", .pace(100)), ("pace full", .pace(.infinity)),
      ("batch_size 16", .change(.batching(.shuffled(size: 16)))),
      ("batch_size full", .change(.batching(.full))), ("steps 25", .step(25)),
    ])
  func setting(query: String, control: Control) {
    var explorer = Fixture.explorer()
    explorer.type(":\(query)")
    #expect(explorer.press(.enter).first == .control(control))
    #expect(explorer.overlays.isEmpty)
  }

  @Test(
    "a wrong value says what is right and sets nothing",
    arguments: [
      "learning_rate nan", "learning_rate -1", "learning_rate 0x10", "learning_rate 1e999",
      "beta1 2", "beta1 x", "seed -1", "seed 1.5", "seed 99999999999999999999", "pace 0",
      "batch_size 0", "steps 0", "amsgrad perhaps", "step_count 1e3",
    ])
  func refusal(query: String) throws {
    var explorer = Fixture.explorer()
    explorer.type(":\(query)")
    let name = try #require(query.split(separator: " ").first)
    #expect(explorer.text.contains("\(name): "), "\(explorer.text)")
    #expect(explorer.press(.enter).isEmpty)
    #expect(explorer.overlays.first is Prompt)
  }

  @Test("settings of two catalogues with one name are told apart")
  func prefixes() {
    var vocabulary = Fixture.vocabulary
    let twin = Hyperparameter("beta1", symbol: "b", "Twin", default: 1, in: 0...2)
    vocabulary.schedules = Catalogue(
      kind: "schedule", [.init(name: "constant", summary: "Always 1", hyperparameters: [twin])])
    let explorer = Explorer(
      snapshot: Fixture.snapshot(Fixture.xor), vocabulary: vocabulary, presets: [],
      appearance: Appearance(), size: Size(width: 80, height: 24))
    let names = Tunable.all(in: explorer).map(\.name)
    #expect(names.contains("beta1") && names.contains("schedule.beta1"))
    #expect(Set(names).count == names.count)
  }

  @Test("nothing that fits: Enter does nothing")
  func nothing() {
    var explorer = Fixture.explorer()
    explorer.type(":zzzqqq")
    #expect(explorer.text.contains("nothing fits"))
    #expect(explorer.press(.enter).isEmpty)
    #expect(explorer.overlays.count == 1)
  }
}
