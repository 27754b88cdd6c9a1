import Lanes
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("The key table")
struct KeyTableTests {
  @Test("no two bindings share a key")
  func keysAreUnique() {
    var owners: [Key: String] = [:]
    for binding in keyBindings.entries {
      for key in binding.keys {
        #expect(owners[key] == nil, "\(key.text): \(binding.name) and \(owners[key] ?? "")")
        owners[key] = binding.name
      }
    }
  }

  @Test("every binding has keys and a sentence", arguments: keyBindings.entries)
  func entriesAreWhole(binding: KeyBinding) {
    #expect(!binding.keys.isEmpty)
    #expect(!binding.keyText.isEmpty)
    #expect(binding.summary.count > 3 && !binding.summary.hasSuffix("."))
    #expect(binding.name.allSatisfy { $0.isLowercase || $0 == "_" })
  }

  @Test("every group has keys", arguments: KeyBinding.Group.allCases)
  func groupsAreFull(group: KeyBinding.Group) {
    #expect(keyBindings.entries.contains { $0.group == group })
  }

  @Test("keys that terminals or people need otherwise are free")
  func conventions() {
    let reserved: [Key] = [
      .control("q"), .control("s"), .control("\\"), .type("h"), .type("j"), .type("k"),
    ]
    for key in reserved { #expect(keyBindings.binding(for: key) == nil, "\(key.text)") }
  }

  @Test("the pressed key finds its binding, with Shift reported beside a capital too")
  func lookup() {
    #expect(keyBindings.binding(for: .type("R"))?.name == "new_seed")
    #expect(keyBindings.binding(for: Key(.character("R"), shift: true))?.name == "new_seed")
    #expect(keyBindings.binding(for: Key(.left, shift: true))?.name == "move")
    #expect(keyBindings.binding(for: Key(.character("r"), alt: true)) == nil)
  }

  @Test(
    "the hint bar fits its window and always tells how to quit and where help is",
    arguments: [40, 60, 80, 100, 160, 300])
  func hintsFit(width: Int) {
    for experiment in [Fixture.xor, Fixture.function] {
      for status in [Snapshot.Status.running, .paused] {
        let explorer = Fixture.explorer(
          experiment, size: Size(width: width, height: 24), status: status)
        let text = HintBar(explorer).text
        #expect(text.count <= width - 3)
        #expect(text.contains("q quit"), "\(text)")
        #expect(text.contains("? help"), "\(text)")
      }
    }
  }

  @Test("a click on an offer in the hint bar does what its key does")
  func hintsAreButtons() throws {
    var explorer = Fixture.explorer()
    let column = try #require(explorer.bottom.firstRange(of: "space pause"))
    let x = explorer.bottom.distance(from: explorer.bottom.startIndex, to: column.lowerBound)
    #expect(explorer.click(x + 2, 23) == [.control(.pause)])
  }
}
