import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Every key does what its help says")
struct KeyActionTests {
  /// A state, the presses, and what must be true then.
  struct Action: Sendable, CustomTestStringConvertible {
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
  private static func taught() -> Explorer { Fixture.explorer(Fixture.taught) }
  private static func offering() -> Explorer {
    var explorer = Fixture.explorer()
    explorer.offeredRate = 0.001
    return explorer
  }
  private static func reading() -> Explorer {
    var explorer = taught()
    explorer.type("L")
    return explorer
  }
  private static func goal() -> Explorer {
    var explorer = reading()
    explorer.showLesson(at: 2, isAnswered: false)
    return explorer
  }
  private static func noted() -> Explorer {
    Explorer(
      snapshot: Fixture.snapshot(Fixture.xor), preset: Fixture.xor, vocabulary: Fixture.vocabulary,
      presets: Fixture.presets,
      notes: [
        NotesEntry(
          number: 7, title: "A section", summary: "What it shows.", section: "A chapter",
          lines: 10...20, preset: "xor", remark: "")
      ], appearance: Appearance(), size: Size(width: 80, height: 24))
  }
  /// An explorer whose run has something to take back and to do again.
  private static func changed() -> Explorer {
    var explorer = Fixture.explorer()
    var snapshot = Fixture.snapshot(Fixture.xor, generation: 2)
    let move = SessionSummary.Move(step: 100, isElsewhere: false, label: "η = 0.5")
    snapshot.session.undo = move
    snapshot.session.redo = move
    explorer.see(snapshot)
    return explorer
  }
  private static func zoomed() -> Explorer {
    var explorer = Fixture.explorer()
    explorer.type(">>")
    return explorer
  }

  static let actions: [Action] = [
    Action("pause") { $1 == [.control(.pause)] && $0.standing == .paused },
    Action("step") { $1 == [.control(.step(1))] && $0.standing == .paused },
    Action("step_back") { $1 == [.control(.move(steps: -1))] && $0.standing == .paused },
    Action("step_forward") { $1 == [.control(.move(steps: 1))] },
    Action("far_back") { $1 == [.control(.move(steps: -10))] },
    Action("far_forward") { $1 == [.control(.move(steps: 10))] },
    Action("first_step") { $1 == [.control(.seek(step: 0))] && $0.standing == .paused },
    Action("newest_step") { $1 == [.control(.seek(step: .max))] },
    Action("undo", from: { changed() }) { $1 == [.control(.undo)] },
    Action("redo", from: { changed() }) { $1 == [.control(.redo)] },
    Action("ghosts") { $0.hidesGhosts && $1.isEmpty },
    Action("branches") { $0.text.contains("branches") && $0.overlays.count == 1 && $1.isEmpty },
    Action("next_step_count") { $0.stepCount == 10 && $1.isEmpty },
    Action("exact_step_count") { $0.bottom.contains("step_count = 1") && $1.isEmpty },
    Action("restart") { $1 == [.control(.restart(seed: nil)), .control(.resume)] && $0.isRunning },
    Action("new_seed") { $1 == [.control(.restart(seed: 2)), .control(.resume)] && $0.isRunning },
    Action("halve_rate") {
      $1 == change(.learningRate(0.005)) + [.control(.restart(seed: nil)), .control(.resume)]
        && $0.learningRate == 0.005
    },
    Action(
      "proceed",
      from: { Fixture.explorer(status: .diverged(step: 37, parameter: "x")) }
    ) {
      $1 == change(.learningRate(0.005)) + [.control(.restart(seed: nil)), .control(.resume)]
        && $0.learningRate == 0.005
    },
    Action("faster") { $1 == [.control(.pace(120))] && $0.pace == 120 },
    Action("slower") { $1 == [.control(.pace(30))] && $0.pace == 30 },
    Action("raise_rate") { $1 == change(.learningRate(0.0125)) && $0.learningRate == 0.0125 },
    Action("lower_rate") { $1 == change(.learningRate(0.008)) && $0.learningRate == 0.008 },
    Action("raise_rate_finely") {
      $0.learningRate == 0.0105 && $1 == change(.learningRate(0.0105))
    },
    Action("lower_rate_finely") {
      $0.learningRate == 0.00952 && $1 == change(.learningRate(0.00952))
    },
    Action("exact_rate") { $0.bottom.contains("learning_rate = 0.01") && $1.isEmpty },
    Action("next_optimizer") {
      $1 == change(.optimizer(Choice("adamw"), carryState: false)) && $0.optimizer.name == "adamw"
    },
    Action("previous_optimizer") {
      $1 == change(.optimizer(Choice("momentum"), carryState: false))
        && $0.message.contains("memory")
    },
    Action("take_offer", from: offering) { $1 == change(.learningRate(0.001)) },
    Action("experiment") { $0.isFormFocused && $0.text.contains("experiment") && $1.isEmpty },
    Action("carry_state") { $0.carriesState && $1.isEmpty },
    Action("next_activation") {
      $1 == change(.activation(Choice("relu"))) && $0.message.contains("relu")
    },
    Action("previous_activation") { $0.activation?.name == "leaky_relu" && $1.count == 1 },
    Action("rates") { $0.many.rates != nil && $1.isEmpty },
    Action("map") { $0.toast?.text.contains("in the palette: map") == true && $1.isEmpty },
    Action("next_schedule") {
      $1 == change(.schedule(Choice("step"))) && $0.schedule.name == "step"
    },
    Action("previous_schedule") { $0.schedule.name == "step" && $1.count == 1 },
    Action("smaller_batches") {
      $1 == change(.batching(.shuffled(size: 4))) && $0.batching == .shuffled(size: 4)
    },
    Action("larger_batches") {
      $1 == change(.batching(.shuffled(size: 16))) && $0.batching == .shuffled(size: 16)
    },
    Action("next_pane") { $0.focusedView?.name == "loss" && $1.isEmpty },
    Action("previous_pane") { $0.focusedView?.name == "network" && $1.isEmpty },
    Action("focus_pane") { $0.focusedView?.name == "boundary" && $1.isEmpty },
    Action("zoom_pane") { $0.layout.slots.count == 1 && $1.isEmpty },
    Action("other_view") { $0.layout.slots.first?.name == "parameters" && $1.isEmpty },
    Action("move") { $0.text.contains("cursor [") && $0.panes.crosshairs.count == 1 && $1.isEmpty },
    Action(
      "scroll",
      from: {
        var e = Fixture.explorer(); e.type("4"); return e
      }
    ) {
      $0.panes.states["parameters"]?.scroll == 0 && $1.isEmpty
    },
    Action("log_axis") { $0.panes.states["loss"]?.logarithmic == false && $1.isEmpty },
    Action("zoom_in") { $0.text.contains("zoom 1.25") && $1.isEmpty },
    Action("zoom_out") { $0.text.contains("zoom 0.8") && $1.isEmpty },
    Action("whole_picture", from: zoomed) { !$0.isPictureZoomed && $1.isEmpty },
    Action("next_detail") { $0.panes.states["boundary"]?.selection == 1 && $1.isEmpty },
    Action(
      "previous_detail",
      from: {
        var e = Fixture.explorer(); e.type("dd"); return e
      }
    ) {
      $0.panes.states["boundary"]?.selection == 1 && $1.isEmpty
    },
    Action("next_class") { $0.pointClass == 1 && $1.isEmpty },
    Action("lesson", from: taught) {
      $0.isLessonShown && $0.text.contains("lesson: Valleys") && $1.count == 2
    },
    Action("lesson_next", from: reading) { $0.lesson?.index == 1 && $1.count == 2 },
    Action(
      "lesson_back",
      from: {
        var e = reading(); e.type("g"); return e
      }
    ) { $0.lesson?.index == 0 && $1.count == 2 },
    Action("show_me", from: goal) { explorer, effects in
      guard case .begin(let run)? = effects.first else { return false }
      return run.beginning == .waiting(after: 30) && run.settings.map(\.value) == ["0.2", "0.05"]
    },
    Action("presets") { $0.text.contains("presets") && $0.overlays.first is Picker && $1.isEmpty },
    Action("lecture_notes", from: noted) {
      $0.text.contains("lecture notes") && $0.text.contains(" 7  A section") && $1.isEmpty
    },
    Action("doctor") { $0.overlays.first is DoctorBox && $1.isEmpty },
    Action("formula", from: function) {
      $0.text.contains("f = x sin(x^2 + 1)") && $0.overlays.first is FormulaLine && $1.isEmpty
    },
    Action("save") { $0.bottom.contains("save as = my-xor") && $1.isEmpty },
    Action("save_session") {
      $0.bottom.contains("save with its changes as = my-xor") && $1.isEmpty
    },
    Action("share") { explorer, effects in
      guard case .copy(let text)? = effects.first else { return false }
      return text.hasPrefix("glz1:") && explorer.overlays.first is CopyBox && effects.count == 1
    },
    Action("describe") { $0.overlays.first is Reader && $0.text.contains("loss") && $1.isEmpty },
    Action("save_picture") { $1 == [.picture(.png, .pane)] },
    Action("about", from: function) { $0.text.contains("Eight minima") && $1.isEmpty },
    Action("palette") { $0.overlays.first is Palette && $1.isEmpty },
    Action("help") {
      $0.overlays.first is Help && $0.text.contains("pause, or go on") && $1.isEmpty
    },
    Action(
      "back",
      from: {
        var e = Fixture.explorer(); e.type("z"); return e
      }
    ) {
      !$0.panes.isZoomed && $1.isEmpty
    },
    Action("take_point_away") { $0.message.contains("no point was added") && $1.isEmpty },
    Action("quit") { $1 == [.quit(code: 0)] },
    Action("suspend") { $1 == [.suspend] },
    Action("redraw") { $1 == [.repaint] },
  ]

  @Test("there is a trial of every binding")
  func allAreTried() {
    #expect(Set(Self.actions.map(\.binding)) == Set(keyBindings.names))
  }

  @Test("the first key of each binding does it", arguments: actions)
  func firstKey(action: Action) throws {
    let binding = try #require(keyBindings[action.binding])
    let key = try #require(binding.keys.first)
    var explorer = action.before()
    let effects = explorer.handle(.key(key)).withoutTickets
    #expect(action.holds(explorer, effects), "\(effects) \(explorer.text)")
  }

  @Test("the palette does the same as the key", arguments: actions)
  func palette(action: Action) throws {
    let binding = try #require(keyBindings[action.binding])
    guard binding.isInPalette else { return }
    var explorer = action.before()
    explorer.type(":")
    explorer.type(binding.name.spaced)
    let effects = explorer.press(.enter)
    #expect(action.holds(explorer, effects), "\(effects) \(explorer.text)")
  }

  @Test("the ladder of speeds goes from single steps to full speed and back")
  func ladder() {
    var explorer = Fixture.explorer()
    for _ in 0..<30 { explorer.type("t") }
    #expect(explorer.pace == .infinity)
    #expect(explorer.message.contains("full speed"))
    for _ in 0..<30 { explorer.type("T") }
    #expect(explorer.pace == 1)
    #expect(explorer.standing == .paused)
    #expect(explorer.type(".") == [.control(.step(1))])
  }

  @Test("quick presses add up before any snapshot shows them")
  func pending() {
    var explorer = Fixture.explorer()
    explorer.type("++")
    #expect(explorer.learningRate == 0.0156)
    explorer.type("oo")
    #expect(explorer.optimizer.name == "gd")
    explorer.type("  ")
    #expect(explorer.standing == .running)
    explorer.type("RR")
    #expect(explorer.seed == 3)
  }

  @Test("what was asked is counted on until its ticket is acknowledged, however many frames go by")
  func slowFrames() {
    var explorer = Fixture.explorer()
    var rate = 0.01
    for press in UInt64(1)...10 {
      rate = explorer.rounded(rate * 1.25)
      explorer.type("+")
      // Fifteen snapshots are taken in 250 ms; the newest of them does not know of this press yet.
      for generation in 0..<15 {
        var snapshot = Fixture.snapshot(Fixture.xor, generation: press * 15 + UInt64(generation))
        snapshot.acknowledged = press - 1
        explorer.see(snapshot)
      }
      #expect(explorer.learningRate == rate)
    }
    var last = Fixture.snapshot(Fixture.xor, generation: 1000)
    last.acknowledged = 10
    explorer.see(last)
    #expect(explorer.pending.isEmpty && explorer.learningRate == 0.01)
  }

  @Test("every refusal is told: two in one batch together, the same one again once more")
  func refusals() {
    var explorer = Fixture.explorer(size: Size(width: 160, height: 24))
    func see(_ refusals: [(Request.Ticket, String)], _ acknowledged: Request.Ticket) {
      var snapshot = Fixture.snapshot(Fixture.xor, generation: acknowledged + 1)
      snapshot.refusals = refusals.map { Refusal(ticket: $0.0, reason: $0.1) }
      snapshot.acknowledged = acknowledged
      explorer.see(snapshot)
    }
    see([(1, "no layers"), (3, "no data")], 3)
    #expect(explorer.message.contains("no layers · no data"))
    explorer.advanceClock(to: .seconds(60))
    #expect(explorer.toast == nil)
    see([(1, "no layers"), (3, "no data"), (4, "no data")], 4)
    #expect(explorer.message.contains("no data") && !explorer.message.contains("no layers"))
    see([(3, "no data"), (4, "no data"), (5, "no data"), (6, "no data")], 6)
    #expect(explorer.message.contains("no data (2 times)"))
    // What was told is not told again.
    explorer.advanceClock(to: .seconds(120))
    see([(5, "no data"), (6, "no data")], 7)
    #expect(explorer.toast == nil)
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
