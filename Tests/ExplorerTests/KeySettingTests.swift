import Lanes
import Models
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Every key of the table is set by palette in a running explorer")
struct KeySettingTests {
  /// An explorer of a real run.
  struct Desk {
    var explorer: Explorer
    let trainer: InlineTrainer

    init(_ name: String, steps: Int = 5) throws {
      let preset = try PresetShelf(folder: "/nonexistent").load(name)
      trainer = try InlineTrainer(preset.experiment)
      trainer.advance(steps: steps)
      explorer = Explorer(
        snapshot: trainer.latest, preset: preset, vocabulary: .all, presets: Fixture.presets,
        appearance: Appearance(), size: Size(width: 100, height: 40))
    }

    mutating func send(_ effects: [Effect]) {
      for case .request(let request) in effects { trainer.send(request) }
      let more = explorer.see(trainer.latest)
      if !more.isEmpty { send(more) }
    }

    mutating func key(_ scalar: Unicode.Scalar) {
      send(explorer.handle(.key(Key(.character(scalar)))))
    }

    mutating func mouse(_ action: Mouse.Action, _ place: Point) {
      send(explorer.handle(.mouse(Mouse(action, x: place.x, y: place.y))))
    }

    mutating func set(_ key: String, _ value: String) {
      explorer.type(":")
      for scalar in "\(key) \(value)".unicodeScalars {
        _ = explorer.handle(.key(Key(.character(scalar))))
      }
      send(explorer.handle(.key(Key(.enter))))
    }
  }

  /// Another value than the present one, as a person would type it.
  static func value(of key: PresetKey, in preset: Preset) -> String? {
    let now = PresetKeys.text(of: key, in: preset) ?? key.standard
    switch key.form {
    case .word(let words): return words.first { $0 != now }
    case .number(let number):
      if number.scale == .flag { return now == "true" ? "false" : "true" }
      let value = Double(now) ?? number.defaultValue
      let other = number.isWhole ? value + 1 : value * 0.5 + 0.013
      return number.text(number.accepts(other) ? other : number.range.lowerBound)
    case .choice(let kind):
      let names = [
        "circle", "mse", "leaky_relu", "step", "he_normal", "rmsprop", "beale", "identity",
      ]
      return names.first { kind.names.contains($0) && $0 != now }
    case .written:
      return written[key.name]
        ?? (key.name.hasPrefix("start.w") || key.name.hasPrefix("function.constants")
          ? "0.75" : nil)
    }
  }

  /// Values of keys that are neither numbers nor names.
  static let written = [
    "title": "Mine", "group": "Ours", "summary": "Short", "notes": "Long",
    "function": "x^2 + 1", "function.formula": "x^4", "function.constants": "{a: 1}",
    "function.x_range": "-1.5, 1.75", "function.y_range": "-3, 3", "model.hidden": "5",
    "model.features": "x1,x2,x1*x2", "data.inputs": "[[0, 0], [1, 1]]",
    "data.rows": "[[0, 0, 1], [1, 1, 0]]",
    "data.added": "[{inputs: [0.5, 0.25], targets: [1]}]", "start": "0.5",
    "start.parameters": "[0.5]",
    "batch": "2", "batch.size": "3", "batch.order": "sequential", "batch.blocks": "0, 1",
    "batch.rows": "[[0, 1], [2]]", "seed": "77", "seed_data": "78", "steps": "123",
    "stop": "{loss_below: 0.001}", "stop.loss_below": "0.002", "stop.patience": "9",
    "pace": "200", "views": "loss",
  ]

  static let presets = ["xor", "moons", "xsin", "rosenbrock", "convolution", "notes-sgd"]

  @Test("The run shows the row's declared effect", arguments: presets)
  func effect(name: String) throws {
    let begun = try Desk(name)
    var tried = 0
    for key in PresetKeys.rows(of: begun.explorer.presetNow) {
      var desk = begun
      desk = try Desk(name)
      guard let value = Self.value(of: key, in: desk.explorer.presetNow) else { continue }
      let before = desk.explorer.snapshot
      let texts = desk.explorer.preset
      desk.set(key.name == "steps" ? "length" : key.name, value)
      #expect(desk.explorer.overlays.isEmpty, "\(key.name) \(value) is not understood")
      let after = desk.explorer.snapshot
      let told = desk.explorer.toast
      guard after.refusals.isEmpty, told?.tone != .bad, told?.text.hasSuffix("already") != true
      else { continue }
      tried += 1
      switch key.effect {
      case .none:
        #expect(after.run == before.run && after.parameters == before.parameters, "\(key.name)")
        #expect(after.changes.isEmpty, "\(key.name)")
        #expect(
          desk.explorer.preset != texts || desk.explorer.pace != texts.pace, "\(key.name)")
      case .keepsAll:
        #expect(after.run == before.run && after.step == before.step, "\(key.name)")
        #expect(after.parameters == before.parameters, "\(key.name)")
        #expect(after.optimizerState.first == before.optimizerState.first, "\(key.name)")
        #expect(after.changes.count == 1, "\(key.name)")
      case .keepsWeights:
        #expect(after.run == before.run && after.parameters == before.parameters, "\(key.name)")
        #expect(after.changes.count == 1, "\(key.name)")
      case .keepsFitting:
        #expect(after.run == before.run && after.step == before.step, "\(key.name)")
        if case .dense(let new) = after.objective.kind, case .dense(let old) = before.objective.kind
        {
          for (index, place) in new.places(in: old).enumerated() {
            if let place { #expect(after.parameters[index] == before.parameters[place]) }
          }
        }
        #expect(after.changes.count == 1, "\(key.name)")
      case .moves:
        #expect(after.run == before.run && after.step == before.step, "\(key.name)")
        #expect(after.parameters != before.parameters, "\(key.name)")
      case .restarts:
        #expect(after.run != before.run && after.step == 0, "\(key.name)")
      }
    }
    #expect(tried >= 12, "\(tried)")
  }

  @Test(
    "These keep the weights that still fit",
    arguments: [
      ("hidden", "6"), ("activation", "relu"), ("data.noise", "0.1"), ("loss", "mse"),
      ("l1", "0.1"),
      ("l2", "0.1"), ("features", "x1,x2,x1^2"), ("batch", "2"), ("optimizer", "rmsprop"),
      ("learning_rate", "0.3"), ("seed_data", "4"), ("data", "circle"),
    ])
  func kept(key: String, value: String) throws {
    var desk = try Desk("xor")
    let before = desk.explorer.snapshot
    desk.set(key, value)
    let after = desk.explorer.snapshot
    #expect(
      after.refusals.isEmpty && after.changes.count == 1, "\(desk.explorer.toast?.text ?? "")")
    guard case .dense(let new) = after.objective.kind, case .dense(let old) = before.objective.kind
    else { return }
    let places = new.places(in: old)
    #expect(places.contains { $0 != nil })
    for (index, place) in places.enumerated() {
      if let place { #expect(after.parameters[index] == before.parameters[place]) }
    }
  }

  @Test("One variable's start, or one weight, is put elsewhere; the others stay")
  func starts() throws {
    var curve = try Desk("xsin")
    curve.set("start.x", "2")
    #expect(curve.explorer.snapshot.parameters == [2])
    var ravine = try Desk("rosenbrock")
    ravine.set("start.y", "0,5")
    #expect(ravine.explorer.snapshot.parameters[1] == 0.5)
    // The other variable stays where it is, and the same value typed again puts it there again.
    let moved = try Desk("rosenbrock", steps: 40)
    ravine = moved
    ravine.set("start.x", "2")
    #expect(
      ravine.explorer.snapshot.parameters == [2, moved.explorer.snapshot.parameters[1]]
        && ravine.explorer.snapshot.step == 40)
    ravine.trainer.advance(steps: 5)
    ravine.send([])
    #expect(ravine.explorer.snapshot.parameters[0] != 2)
    ravine.set("start.x", "2")
    #expect(ravine.explorer.snapshot.parameters[0] == 2)
    var net = try Desk("xor")
    let before = net.explorer.snapshot.parameters
    net.set("start.w1[1,2]", "1/4")
    #expect(net.explorer.snapshot.parameters[1] == 0.25)
    #expect(net.explorer.snapshot.parameters.dropFirst(2) == before.dropFirst(2))
    net.set("start.w9", "1")
    let palette = net.explorer.overlays.last as? Palette
    #expect(palette?.items.first?.summary.contains("no parameter of this run") == true)
  }

  @Test("What was changed by keys replays to the same bits, and comes back from a saved session")
  func session() throws {
    var desk = try Desk("xor")
    let changes = [
      ("hidden", "6"), ("l2", "0.01"), ("features", "x1,x2,x1*x2"), ("data.noise", "0.1"),
      ("hidden", "6,3"), ("optimizer", "rmsprop"), ("start.w1[2,1]", "0.5"), ("seed_data", "9"),
    ]
    for (key, value) in changes {
      desk.set(key, value)
      desk.trainer.advance(steps: 7)
    }
    desk.explorer.see(desk.trainer.latest)
    // The third unit of the first layer, then the layer.
    desk.send(desk.explorer.resize(0, by: -1, at: 2))
    desk.trainer.advance(steps: 7)
    desk.explorer.see(desk.trainer.latest)
    desk.send(desk.explorer.removeLayer(0))
    desk.trainer.advance(steps: 7)
    desk.explorer.see(desk.trainer.latest)
    let text = try PresetFile.text(of: desk.explorer.savedSession)
    let again = try PresetFile.parse(text, file: "s.yaml", name: "xor")
    var run = try Run(again)
    run.advance(desk.trainer.latest.step)
    #expect(run.parameters == desk.trainer.latest.parameters)
    #expect(run.changes.count == changes.count + 2)
    let session = try #require(again.session)
    #expect(session.branches.map { $0.isSame(run) } == [true])
  }

  @Test("An added point is dragged elsewhere, taken away, and brought back by undo")
  func points() throws {
    var desk = try Desk("xor")
    desk.explorer.panes.focused = "boundary"
    let area = try #require(desk.explorer.focusedSlot).area
    // Within the samples' range, which the picture fits.
    let here = Explorer.center(of: area)
    let there = Point(x: here.x + 4, y: here.y + 2)
    desk.mouse(.press, here)
    desk.trainer.advance(steps: 3)
    let weights = desk.trainer.latest.parameters
    let first = desk.explorer.addedPoints
    #expect(first.count == 1)
    desk.mouse(.press, here)
    #expect(desk.explorer.addedPoints == first && desk.explorer.grabbedPoint?.index == 0)
    desk.mouse(.drag, there)
    desk.mouse(.release, there)
    #expect(desk.explorer.addedPoints.count == 1 && desk.explorer.addedPoints != first)
    #expect(desk.trainer.latest.parameters == weights)
    desk.key("x")
    #expect(desk.explorer.addedPoints.isEmpty)
    for count in [1, 1, 0] {
      desk.key("u")
      #expect(desk.explorer.addedPoints.count == count)
    }
    // What was done replays, written down too.
    for _ in 0..<3 { desk.key("U") }
    desk.trainer.advance(steps: 5)
    desk.explorer.see(desk.trainer.latest)
    let text = try PresetFile.text(of: desk.explorer.savedSession)
    let session = try PresetFile.parse(text, file: "s.yaml", name: "xor").session
    let branch = try #require(session?.shown)
    #expect(branch.isSame(try branch.replayed()))
  }

  @Test("q with branches that are not saved says so once; after W it leaves at once")
  func unsaved() throws {
    for isSaved in [false, true] {
      var desk = try Desk("xor")
      desk.trainer.advance(steps: 20)
      desk.send(desk.explorer.seek(step: 5))
      desk.set("learning_rate", "0.3")
      desk.explorer.see(desk.trainer.latest)
      #expect(desk.explorer.snapshot.session.rows.count == 2)
      if isSaved {
        let request = SaveRequest(target: "s", preset: desk.explorer.savedSession)
        desk.explorer.saved(.saved(path: "s.yaml"), request)
      } else {
        #expect(desk.explorer.handle(.key(.type("q"))).isEmpty)
        #expect(desk.explorer.toast?.text.contains("not saved") == true)
      }
      #expect(desk.explorer.handle(.key(.type("q"))) == [.quit(code: 0)])
    }
  }
}
