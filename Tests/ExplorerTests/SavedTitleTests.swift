import Lanes
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Titles of presets that are saved")
struct SavedTitleTests {
  typealias Desk = KeySettingTests.Desk

  /// What `w` (or `W`) writes under a name.
  private static func saved(
    _ desk: inout Desk, as name: String, by key: Unicode.Scalar = "w"
  ) -> Preset? {
    desk.key(key)
    let effects = name.unicodeScalars.flatMap { desk.explorer.handle(.key(Key(.character($0)))) }
    let all = effects + desk.explorer.handle(.key(Key(.enter)))
    for case .save(let request) in all { return request.preset }
    return nil
  }

  /// An explorer of a preset file's run.
  private static func open(_ name: String, title: String) throws -> Desk {
    var desk = try Desk("xor")
    var preset = desk.explorer.preset
    (preset.name, preset.title) = (name, title)
    desk.explorer = Explorer(
      snapshot: desk.explorer.snapshot, preset: preset, vocabulary: .all,
      presets: Fixture.presets, appearance: Appearance(), size: desk.explorer.size)
    return desk
  }

  @Test("A built-in preset is called as it is saved, unless it was given a title")
  func builtIn() throws {
    var desk = try Desk("xor")
    #expect(Self.saved(&desk, as: "mine")?.title == "mine")
    #expect(Self.saved(&desk, as: "/tmp/other.yaml")?.title == "other")
    #expect(Self.saved(&desk, as: "xor")?.title == "XOR by a small net")
    desk.set("title", "Gates of mine")
    #expect(Self.saved(&desk, as: "mine")?.title == "Gates of mine")
  }

  @Test("A title that a person wrote stays", arguments: ["mine", "mine2", "lab/mine.yaml"])
  func written(target: String) throws {
    var desk = try Self.open("mine", title: "Gates of mine")
    desk.set("learning_rate", "0.37")
    #expect(Self.saved(&desk, as: target)?.title == "Gates of mine")
    #expect(Self.saved(&desk, as: target, by: "W")?.title == "Gates of mine")
    desk = try Self.open("shared", title: "Gates that were sent")
    #expect(Self.saved(&desk, as: target)?.title == "Gates that were sent")
  }

  @Test("A title that is only the file's name follows the name")
  func named() throws {
    var desk = try Self.open("mine", title: "mine")
    #expect(Self.saved(&desk, as: "mine2")?.title == "mine2")
  }

  @Test("Undo brings a preset back with the title that it was given")
  func undone() throws {
    var desk = try Desk("xor")
    desk.set("title", "Gates of mine")
    let next = try PresetShelf(folder: "/nonexistent").load("moons")
    desk.send(desk.explorer.load(next))
    #expect(desk.explorer.preset.name == "moons")
    desk.key("u")
    #expect(desk.explorer.preset.title == "Gates of mine")
    #expect(Self.saved(&desk, as: "mine")?.title == "Gates of mine")
  }

  @Test("A long name makes a title that can be read again")
  func long() throws {
    var desk = try Desk("xor")
    let name = String(repeating: "n", count: 119)
    #expect(Self.saved(&desk, as: "/tmp/\(name).yaml")?.title == name)
    let title = try #require(Self.saved(&desk, as: "/tmp/\(name)nnn.yaml")?.title)
    #expect(title.count == PresetLimits.title && title.hasPrefix(name))
  }

  @Test("Titles of all built-in presets are known as such")
  func known() {
    for entry in PresetShelf(folder: "/nonexistent").builtIn(besides: []) {
      #expect(PresetShelf.isBuiltIn(title: entry.title), "\(entry.name)")
    }
    #expect(!PresetShelf.isBuiltIn(title: "Gates of mine"))
  }
}
