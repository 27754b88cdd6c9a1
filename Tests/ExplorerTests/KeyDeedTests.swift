import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Every key does what its help says")
struct KeyDeedTests {
  /// A state, the presses, and what must be true then.
  struct Deed: Sendable, CustomTestStringConvertible {
    var binding: String
    var before: @Sendable () -> Explorer
    var holds: @Sendable (Explorer, [Effect]) -> Bool
    var testDescription: String { binding }

    init(
      _ binding: String, from before: @escaping @Sendable () -> Explorer = { Fixture.explorer() },
      _ holds: @escaping @Sendable (Explorer, [Effect]) -> Bool
    ) {
      self.binding = binding
      self.before = before
      self.holds = holds
    }
  }

  private static func change(_ command: Command) -> [Effect] { [.control(.change(command))] }
  private static func function() -> Explorer { Fixture.explorer(Fixture.function) }
  private static func noted() -> Explorer {
    Explorer(
      snapshot: Fixture.snapshot(Fixture.xor), vocabulary: Fixture.vocabulary,
      presets: Fixture.presets,
      notes: [
        NotesEntry(
          number: 7, title: "A section", summary: "What it shows.", section: "A chapter",
          lines: 10...20, preset: "xor", remark: "")
      ], appearance: Appearance(), size: Size(width: 80, height: 24))
  }
  private static func zoomed() -> Explorer {
    var explorer = Fixture.explorer()
    explorer.type(">>")
    return explorer
  }

  static let deeds: [Deed] = [
    Deed("pause") { $1 == [.control(.pause)] && $0.standing == .paused },
    Deed("step") { $1 == [.control(.step(1))] && $0.standing == .paused },
    Deed("next_step_count") { $0.stepCount == 10 && $1.isEmpty },
    Deed("exact_step_count") { $0.bottom.contains("step_count = 1") && $1.isEmpty },
    Deed("restart") { $1 == [.control(.restart(seed: nil)), .control(.resume)] && $0.isRunning },
    Deed("new_seed") { $1 == [.control(.restart(seed: 2)), .control(.resume)] && $0.isRunning },
    Deed("halve_rate") {
      $1 == change(.learningRate(0.005)) + [.control(.restart(seed: nil)), .control(.resume)]
        && $0.learningRate == 0.005
    },
    Deed(
      "proceed",
      from: { Fixture.explorer(status: .diverged(step: 37, parameter: "x")) }
    ) {
      $1 == change(.learningRate(0.005)) + [.control(.restart(seed: nil)), .control(.resume)]
        && $0.learningRate == 0.005
    },
    Deed("faster") { $1 == [.control(.pace(120))] && $0.pace == 120 },
    Deed("slower") { $1 == [.control(.pace(30))] && $0.pace == 30 },
    Deed("raise_rate") { $1 == change(.learningRate(0.0125)) && $0.learningRate == 0.0125 },
    Deed("lower_rate") { $1 == change(.learningRate(0.008)) && $0.learningRate == 0.008 },
    Deed("raise_rate_finely") { $0.learningRate == 0.0105 && $1 == change(.learningRate(0.0105)) },
    Deed("lower_rate_finely") {
      $0.learningRate == 0.00952 && $1 == change(.learningRate(0.00952))
    },
    Deed("exact_rate") { $0.bottom.contains("learning_rate = 0.01") && $1.isEmpty },
    Deed("next_optimizer") {
      $1 == change(.optimizer(Choice("adamw"), carryState: false)) && $0.optimizer.name == "adamw"
    },
    Deed("previous_optimizer") {
      $1 == change(.optimizer(Choice("momentum"), carryState: false))
        && $0.bottom.contains("memory")
    },
    Deed("carry_state") { $0.carriesState && $1.isEmpty },
    Deed("next_activation") {
      $1 == change(.activation(Choice("relu"))) && $0.bottom.contains("relu")
    },
    Deed("previous_activation") { $0.activation?.name == "leaky_relu" && $1.count == 1 },
    Deed("next_schedule") { $1 == change(.schedule(Choice("step"))) && $0.schedule.name == "step" },
    Deed("previous_schedule") { $0.schedule.name == "step" && $1.count == 1 },
    Deed("smaller_batches") {
      $1 == change(.batching(.shuffled(size: 4))) && $0.batching == .shuffled(size: 4)
    },
    Deed("larger_batches") {
      $1 == change(.batching(.shuffled(size: 16))) && $0.batching == .shuffled(size: 16)
    },
    Deed("next_pane") { $0.focusedView?.name == "loss" && $1.isEmpty },
    Deed("previous_pane") { $0.focusedView?.name == "network" && $1.isEmpty },
    Deed("focus_pane") { $0.focusedView?.name == "boundary" && $1.isEmpty },
    Deed("zoom_pane") { $0.layout.slots.count == 1 && $1.isEmpty },
    Deed("other_view") { $0.layout.slots.first?.name == "parameters" && $1.isEmpty },
    Deed("move") { $0.text.contains("cursor [") && $0.panes.crosshairs.count == 1 && $1.isEmpty },
    Deed(
      "scroll",
      from: {
        var e = Fixture.explorer(); e.type("4"); return e
      }
    ) {
      $0.panes.states["parameters"]?.scroll == 0 && $1.isEmpty
    },
    Deed("log_axis") { $0.panes.states["loss"]?.logarithmic == false && $1.isEmpty },
    Deed("zoom_in") { $0.text.contains("zoom 1.25") && $1.isEmpty },
    Deed("zoom_out") { $0.text.contains("zoom 0.8") && $1.isEmpty },
    Deed("whole_picture", from: zoomed) { !$0.isPictureZoomed && $1.isEmpty },
    Deed("next_detail") { $0.panes.states["boundary"]?.selection == 1 && $1.isEmpty },
    Deed(
      "previous_detail",
      from: {
        var e = Fixture.explorer(); e.type("dd"); return e
      }
    ) {
      $0.panes.states["boundary"]?.selection == 1 && $1.isEmpty
    },
    Deed("next_class") { $0.pointClass == 1 && $1.isEmpty },
    Deed("presets") { $0.text.contains("presets") && $0.overlays.first is Picker && $1.isEmpty },
    Deed("lecture_notes", from: noted) {
      $0.text.contains("lecture notes") && $0.text.contains(" 7  A section") && $1.isEmpty
    },
    Deed("formula", from: function) {
      $0.text.contains("f = x sin(x^2 + 1)") && $0.overlays.first is FormulaLine && $1.isEmpty
    },
    Deed("save") { $0.bottom.contains("save as = my-xor") && $1.isEmpty },
    Deed("about", from: function) { $0.text.contains("Eight minima") && $1.isEmpty },
    Deed("palette") { $0.overlays.first is Palette && $1.isEmpty },
    Deed("help") { $0.overlays.first is Help && $0.text.contains("pause, or go on") && $1.isEmpty },
    Deed(
      "back",
      from: {
        var e = Fixture.explorer(); e.type("z"); return e
      }
    ) {
      !$0.panes.isZoomed && $1.isEmpty
    },
    Deed("quit") { $1 == [.quit(code: 0)] },
    Deed("suspend") { $1 == [.suspend] },
    Deed("redraw") { $1 == [.repaint] },
  ]

  @Test("there is a trial of every binding")
  func allAreTried() {
    #expect(Set(Self.deeds.map(\.binding)) == Set(keyBindings.names))
  }

  @Test("the first key of each binding does it", arguments: deeds)
  func firstKey(deed: Deed) throws {
    let binding = try #require(keyBindings[deed.binding])
    let key = try #require(binding.keys.first)
    var explorer = deed.before()
    let effects = explorer.handle(.key(key))
    #expect(deed.holds(explorer, effects), "\(effects) \(explorer.text)")
  }

  @Test("the palette does the same as the key", arguments: deeds)
  func palette(deed: Deed) throws {
    let binding = try #require(keyBindings[deed.binding])
    guard binding.isInPalette else { return }
    var explorer = deed.before()
    explorer.type(":")
    explorer.type(binding.name.spaced)
    let effects = explorer.press(.enter)
    #expect(deed.holds(explorer, effects), "\(effects) \(explorer.text)")
  }

  @Test("the ladder of speeds goes from single steps to full speed and back")
  func ladder() {
    var explorer = Fixture.explorer()
    for _ in 0..<30 { explorer.type("t") }
    #expect(explorer.pace == .infinity)
    #expect(explorer.bottom.contains("full speed"))
    for _ in 0..<30 { explorer.type("T") }
    #expect(explorer.pace == 1)
    #expect(explorer.standing == .paused)
    #expect(explorer.type(".") == [.control(.step(1))])
  }

  @Test("quick presses add up before any snapshot shows them")
  func wishes() {
    var explorer = Fixture.explorer()
    explorer.type("++")
    #expect(explorer.learningRate == 0.0156)
    explorer.type("oo")
    #expect(explorer.optimizer.name == "gd")
    explorer.type("  ")
    #expect(explorer.standing == .running)
  }

  @Test("what the learner refuses is forgotten after two newer snapshots")
  func refusedWishes() {
    var explorer = Fixture.explorer()
    explorer.type("+")
    for generation in UInt64(2)...3 {
      explorer.see(Fixture.snapshot(Fixture.xor, generation: generation))
      #expect(explorer.learningRate == 0.0125)
    }
    explorer.see(Fixture.snapshot(Fixture.xor, generation: 4))
    #expect(explorer.learningRate == 0.01)
  }

  @Test("an optimizer that is come back to has the settings it was left with")
  func remembered() {
    var explorer = Fixture.explorer()
    explorer.type(":beta1 0.5")
    explorer.press(.enter)
    explorer.type("o")
    #expect(
      explorer.type("O")
        == [.control(.change(.optimizer(Choice("adam", ["beta1": 0.5]), carryState: false)))])
  }

  @Test("batches go round: all, halves, down to one, all")
  func batches() {
    var explorer = Fixture.explorer()
    var sizes: [Int?] = []
    for _ in 0..<8 {
      explorer.type("b")
      sizes.append(explorer.batching.size)
    }
    #expect(sizes == [4, 2, 1, nil, 32, 16, 8, 4])
  }
}
