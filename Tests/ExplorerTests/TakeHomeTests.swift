import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("What is taken out of the explorer")
struct TakeHomeTests {
  /// The presets of the fixtures, and any string.
  struct Library: PresetLibrary {
    func load(_ name: String, variant: String?) throws(PresetFailure) -> Preset {
      guard ShareString.isOne(name) else { return try FakeLibrary().load(name, variant: variant) }
      throw PresetFailure("it reads points.csv", unaskedFile: "points.csv")
    }
    func loadAllowingFiles(_ reference: String) throws(PresetFailure) -> Preset { Fixture.function }
    func apply(_ settings: [Setting], to preset: Preset) throws(PresetFailure) -> Preset { preset }
  }

  @Test("y copies the run in one line, y again its command line; the mouse is free meanwhile")
  func copying() throws {
    let home = FakeTakeHome()
    let stage = Stage(takeHome: home)
    stage.screen.type("y")
    stage.settle()
    let line = try #require(stage.screen.copied.first)
    #expect(home.copied == [line])
    #expect(!stage.screen.reportsMouse)
    #expect(stage.loop.explorer.top.isEmpty == false)
    let back = try PresetShelf(folder: "/nonexistent").load(line)
    #expect(back.problem == Fixture.xor.problem)
    // It begins in the first column and has no border.
    let text = stage.loop.explorer.text
    #expect(text.split(separator: "\n").contains { $0.hasPrefix(line.prefix(70)) })
    stage.screen.type("y")
    stage.settle()
    #expect(stage.screen.copied.count == 2)
    #expect(stage.screen.copied[1].hasPrefix("glissade"))
    stage.screen.send(.key(Key(.escape)))
    stage.settle()
    #expect(stage.screen.reportsMouse && stage.loop.explorer.overlays.isEmpty)
  }

  @Test("V tells the run in words, with the numbers of the status at the end")
  func words() {
    var explorer = Fixture.explorer()
    #expect(explorer.type("V").isEmpty)
    let text = explorer.text
    #expect(text.contains("in words") && text.contains("training samples"))
    #expect(text.contains("step \(explorer.snapshot.step), loss"))
  }

  @Test("pictures hold the focused pane alone or the whole screen, without boxes")
  func pictures() throws {
    let home = FakeTakeHome()
    let stage = Stage(takeHome: home)
    stage.screen.type("P")
    stage.settle()
    let explorer = stage.loop.explorer
    let name = try #require(explorer.focusedView?.name)
    let slot = try #require(explorer.layout.slots.first { $0.name == name })
    #expect(home.written == ["\(slot.frame.width)x\(slot.frame.height).png"])
    stage.screen.type(":picture svg")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(home.written.last == "80x24.svg")
    stage.screen.type(":export python")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(home.written.last == "xor.py")
    var boxed = stage.loop.explorer
    boxed.type("?")
    #expect(boxed.picture(of: .screen) == stage.loop.explorer.picture(of: .screen))
  }

  @Test(
    "a string pasted into picker or palette is opened; one that reads a file asks first",
    arguments: ["p", ":"])
  func sent(key: String) throws {
    let string = try ShareString.string(of: Fixture.xor)
    var explorer = Fixture.explorer()
    explorer.type(key)
    _ = explorer.handle(.paste(string))
    #expect(explorer.press(.enter) == [.load(preset: string, variant: nil)])

    let stage = Stage(library: Library())
    stage.screen.type(key)
    stage.screen.send([.paste(string), .key(Key(.enter))])
    stage.settle()
    #expect(stage.loop.explorer.text.contains("points.csv"))
    #expect(stage.learner.latest.experiment.name != Fixture.function.name)
    stage.screen.type("y")
    stage.settle()
    #expect(
      stage.learner.sent.contains { control in
        if case .load(let experiment, _) = control {
          return experiment.problem == Fixture.function.problem
        }
        return false
      })
  }
}
