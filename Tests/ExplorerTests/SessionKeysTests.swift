import Presets
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("What the keys say and do of a session")
struct SessionKeysTests {
  typealias Desk = KeySettingTests.Desk

  static func preset(_ name: String) throws -> Preset {
    try PresetShelf(folder: "/nonexistent").load(name)
  }

  @Test("q tells once of all that a person changed and did not save, over several presets")
  func leaving() throws {
    var desk = try Desk("xor")
    #expect(desk.explorer.unsavedBranches.isEmpty)
    for name in ["xsin", "rosenbrock"] {
      desk.key("+")
      let preset = try Self.preset(name)
      desk.send(desk.explorer.load(preset))
    }
    desk.key("+")
    #expect(desk.explorer.unsavedBranches == [1, 2, 3])
    #expect(desk.explorer.handle(.key(Key(.character("q")))) == [])
    #expect(desk.explorer.toast?.text.contains("3 changed runs are not saved") == true)
    #expect(desk.explorer.handle(.key(Key(.character("q")))) == [.quit(code: 0)])
  }

  @Test("What was saved is not told of, until it is changed once more; a restart is no change")
  func saved() throws {
    var desk = try Desk("xor")
    desk.key("r")
    #expect(desk.explorer.unsavedBranches.isEmpty)
    desk.key("+")
    #expect(desk.explorer.unsavedBranches == [2])
    let request = SaveRequest(target: "mine", preset: desk.explorer.savedSession)
    desk.explorer.saved(.saved(path: "/tmp/mine.yaml"), request)
    #expect(desk.explorer.unsavedBranches.isEmpty)
    desk.set("l2", "0.01")
    #expect(desk.explorer.unsavedBranches == [2])
  }

  @Test("The list of branches tells all that differs, cut with a count; nothing where nothing does")
  func differences() throws {
    var desk = try Desk("xor")
    desk.key("r")
    for (key, value) in [
      ("learning_rate", "0.2"), ("learning_rate", "0.3"), ("l2", "0.01"), ("optimizer", "momentum"),
    ] {
      desk.set(key, value)
    }
    desk.key("r")
    let all = desk.explorer.differences.all(in: desk.explorer)
    #expect(all[1]?.parts == [])
    #expect(all[2]?.parts == ["η = 0.3", "l2 0.01", "momentum"])
    #expect(all[3]?.parts.contains("optimizer momentum") == true)
    #expect(all[3]?.parts.contains("learning_rate 0.3") == true)
    let look = Appearance()
    #expect(all[2]?.text(within: 40, look) == "η = 0.3, l2 0.01, momentum")
    #expect(all[2]?.text(within: 20, look) == "η = 0.3, l2 0.01 +1")
    #expect(all[2]?.text(within: 10, look) == "η = 0.3 +2")
    #expect(all[2]?.text(within: 7, look) == "η =… +2")
    desk.key("E")
    #expect(!desk.explorer.text.contains("seed 1"))
    // They are computed when something is changed, not when the run only goes on.
    let count = desk.explorer.differences.count
    desk.trainer.advance(steps: 3)
    desk.send([])
    #expect(desk.explorer.text.contains("momentum"))
    #expect(desk.explorer.differences.count == count)
    desk.key("E")
    desk.set("l2", "0.02")
    desk.key("E")
    #expect(desk.explorer.text.contains("l2 0.02"))
    #expect(desk.explorer.differences.count == count + 1)
  }

  /// The run that a string begins, after so many steps.
  private static func replayed(_ desk: Desk, steps: Int) throws -> Run {
    let string = try ShareString.string(of: desk.explorer.sharedPreset)
    let shared = try PresetShelf(folder: "/nonexistent").load(string)
    var run = try Run(shared.experiment)
    run.advance(steps)
    return run
  }

  @Test(
    "A shared run has its planned changes, those that are ahead too", arguments: [0, 10, 30, 45])
  func sharedPlans(steps: Int) throws {
    var desk = try Desk("notes-ols-momentum-after", steps: steps)
    let preset = try Self.preset("notes-ols-momentum-after")
    #expect(desk.explorer.sharedPreset.changes == preset.changes)
    let line = try ShellCommand.text(of: desk.explorer.sharedPreset, from: preset)
    #expect(line == "glissade notes-ols-momentum-after")
    desk.explorer.show(command: line)
    #expect(desk.explorer.text.contains("the command line; y"))
    desk.send(desk.explorer.handle(.key(Key(.escape))))
    desk.set("learning_rate", "0.05")
    let run = try Self.replayed(desk, steps: 50)
    desk.trainer.advance(steps: 50 - steps)
    #expect(run.parameters == desk.trainer.latest.parameters && run.step == 50)
    #expect(run.experiment.optimizer == desk.trainer.latest.experiment.optimizer)
  }

  @Test("A moment of the past is shared with what it has before it, not with what was done later")
  func sharedPast() throws {
    var desk = try Desk("notes-ols-momentum-after", steps: 10)
    desk.set("learning_rate", "0.05")
    desk.trainer.advance(steps: 10)
    desk.send([])
    desk.set("learning_rate", "0.02")
    desk.set("go", "15")
    #expect(desk.explorer.snapshot.step == 15)
    let changes = desk.explorer.sharedPreset.changes
    #expect(changes.map(\.step) == [10, 30])
    let run = try Self.replayed(desk, steps: 15)
    #expect(run.parameters == desk.explorer.snapshot.parameters)
  }

  @Test("x in the list forgets a branch, and u brings it back at any step")
  func forgetting() throws {
    var desk = try Desk("xor")
    desk.key("r")
    desk.trainer.advance(steps: 2000)
    desk.send([])
    desk.key("E")
    desk.send(desk.explorer.handle(.key(Key(.up))))
    desk.key("x")
    #expect(desk.explorer.snapshot.session.rows.map(\.id) == [2])
    #expect(desk.explorer.toast?.text.contains("u brings it back") == true)
    let step = desk.explorer.snapshot.step
    desk.key("u")
    #expect(desk.explorer.snapshot.session.rows.map(\.id) == [1, 2])
    #expect(desk.explorer.snapshot.step == step)
  }

  @Test("A command line of a run with changes holds them at their steps")
  func commandLine() throws {
    var desk = try Desk("xor")
    desk.key("+")
    let preset = desk.explorer.sharedPreset
    let line = try ShellCommand.text(of: preset, from: try Self.preset("xor"))
    let string = line.split(separator: "'").dropFirst().first.map(String.init) ?? ""
    let shared = try PresetShelf(folder: "/nonexistent").load(string)
    #expect(shared.changes == preset.changes && shared.changes.count == 1)
    desk.explorer.show(command: line)
    #expect(desk.explorer.text.contains("with 1 change at its step"))
  }

  @Test(
    "A key of other runs is told, and why it is not one here",
    arguments: [
      ("xsin", "hidden 8", "p picks"), ("xor", "start.x 2", "w1[1,1]"),
      ("xsin", "data.noise 0.3", "p picks"), ("xor", "learn_bumps true", "p picks"),
      ("xor", "momentum 0.9", "type optimizer momentum first"),
      ("xor", "start.x", "w1[1,1]"), ("xsin", "hidden", "p picks"),
    ])
  func elsewhere(name: String, typed: String, told: String) throws {
    var desk = try Desk(name)
    desk.explorer.type(":")
    desk.explorer.type(typed)
    let palette = try #require(desk.explorer.overlays.last as? Palette)
    let word = typed.split(separator: " ")[0] + ":"
    let item = try #require(palette.items.last, "nothing for \(typed)")
    #expect(item.title.hasPrefix(word), "\(item.title)")
    #expect(item.summary.contains(told), "\(item.summary)")
  }
}
