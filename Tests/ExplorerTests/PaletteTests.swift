import Lanes
import Terminal
import Testing
import Training
import Views

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
      ("reset_each_epoch on", .change(.hyperparameter("reset_each_epoch", 1))),
      ("seed 7", .restart(seed: 7)), ("pace 100", .pace(100)), ("pace full", .pace(.infinity)),
      ("batch_size 16", .change(.batching(.shuffled(size: 16)))),
      ("batch_size full", .change(.batching(.full))), ("steps 25", .step(25)),
      ("batch 4", .change(.batching(.shuffled(size: 4)))),
      ("learning_rate 1/20", .change(.learningRate(0.05))),
      ("learning_rate 0,05", .change(.learningRate(0.05))),
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
      "batch_size 0", "steps 0", "reset_each_epoch perhaps", "step_count 1e3",
    ])
  func refusal(query: String) throws {
    var explorer = Fixture.explorer()
    explorer.type(":\(query)")
    let name = try #require(query.split(separator: " ").first)
    #expect(explorer.text.contains("\(name): "), "\(explorer.text)")
    // What was typed stays, to be mended.
    #expect(explorer.press(.enter).isEmpty)
    #expect(explorer.overlays.first is Palette && explorer.text.contains(query))
  }

  @Test(
    "values have names of their own, whatever is chosen",
    arguments: ["adam", "gd", "rmsprop"], ["constant", "step", "one_cycle"])
  func names(optimizer: String, schedule: String) {
    var preset = Fixture.xor
    preset.optimizer = Choice(optimizer)
    preset.schedule = Choice(schedule)
    let names = Tunable.all(in: Fixture.explorer(preset)).map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test(
    "every key of a preset is understood, with a decimal comma and as a fraction too",
    arguments: [
      ("hidden 8,8", "hidden"), ("data spiral", "data"), ("data.noise 0.3", "data.noise"),
      ("features x1,x2,x1^2", "features"), ("l2 0.01", "l2"), ("loss mse", "loss"),
      ("l2 0,05", "l2"), ("test_fraction 1/4", "test_fraction"), ("steps.x 1", ""),
      ("length 500", "length"),
    ])
  func keys(query: String, name: String) {
    let list = found(query)
    #expect(name.isEmpty ? list.isEmpty : list.first?.title.hasPrefix("\(name) = ") == true)
  }

  @Test("a decimal comma is told, and the effect on the run")
  func told() {
    var explorer = Fixture.explorer()
    explorer.type(":l2 0,05")
    #expect(explorer.text.contains("0,05 is read as 0.05"))
    explorer.press(.enter)
    #expect(explorer.toast?.text.contains("0,05 is read as 0.05; l2: 0 → 0.05") == true)
  }

  @Test(
    "what begins like a number loads nothing and sets nothing: it asks what is meant",
    arguments: [
      "0,05", "0.05", "5", ".5", ",5", "-1", "−1", "+2", "1e-3", "1/20", "2 spirals", "3d", "05",
      "1-2",
    ])
  func number(query: String) {
    var explorer = Fixture.explorer()
    explorer.type(":\(query)")
    #expect(explorer.text.contains("alone sets nothing") || explorer.text.contains("of what?"))
    #expect(explorer.press(.enter).isEmpty)
    #expect(explorer.overlays.first is Palette)
    for item in found(query) {
      guard case .complete = item.action else {
        Issue.record("\(query): \(item.title)")
        continue
      }
    }
  }

  @Test("a number alone is completed to the setting that is meant, which a second Enter sets")
  func meant() {
    var explorer = Fixture.explorer()
    explorer.type(":0,05")
    #expect(found("0,05").map(\.title) == ["learning_rate 0.05?"])
    #expect(found("20").map(\.title).contains("steps 20?"))
    explorer.press(.enter)
    #expect(explorer.text.contains("learning_rate = 0.05"))
    #expect(explorer.press(.enter).first == .control(.change(.learningRate(0.05))))
  }

  @Test(
    "a fuzzy match needs beginnings of words, or nothing fits",
    arguments: ["theme", "hidden", "nothing like it", "ridin", "oise"])
  func wholeBeginnings(query: String) {
    for item in found(query) {
      let text = (item.title + " " + item.summary).lowercased()
      let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
      let first = query.prefix { $0 != " " }
      #expect(words.contains { $0.hasPrefix(first) }, "\(query): \(item.title)")
    }
  }

  @Test("looks and panes are found; entries stand under headings")
  func looks() {
    #expect(found("theme light").first?.action == .theme("light"))
    #expect(found("glyphs ascii").first?.action == .glyphs(.ascii))
    #expect(found("view loss").first?.action == .view("loss"))
    var explorer = Fixture.explorer(size: Size(width: 100, height: 40))
    explorer.type(":theme light")
    explorer.press(.enter)
    #expect(explorer.appearance.theme.name == "light")
    explorer.type(":")
    #expect(explorer.text.contains("set a value"))
  }

  @Test("the rate that a new optimizer usually has is offered, and Y takes it")
  func offer() {
    var preset = Fixture.xor
    preset.optimizer = Choice("gd")
    preset.learningRate = .value(1)
    var explorer = Fixture.explorer(preset)
    explorer.type(":optimizer adam")
    explorer.press(.enter)
    #expect(explorer.toast?.text.contains("Y takes η = 0.001") == true)
    #expect(explorer.type("Y") == [.control(.change(.learningRate(0.001)))])
    #expect(explorer.type("Y").isEmpty)
  }

  @Test("an optimizer of matrices says what it lacks where there are none")
  func lack() {
    var surface = Fixture.explorer()
    surface.type(":optimizer muon")
    surface.press(.enter)
    #expect(surface.toast?.text.contains("muon needs matrices of weights") == true)
    #expect((surface.toast?.text.count ?? 0) < 78)
    surface.type(":optimizer momentum")
    surface.press(.enter)
    #expect(surface.toast?.text.contains("matrices") == false)
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
