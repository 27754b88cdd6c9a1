import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Ghosts, messages and keys in words")
struct ShownWordsTests {
  typealias Desk = KeySettingTests.Desk

  /// A desk with two earlier runs, which differ.
  private func desk(width: Int) throws -> Desk {
    var desk = try Desk("xor", steps: 20)
    _ = desk.explorer.handle(.resize(Size(width: width, height: 48)))
    for (key, value) in [("l2", "0.01"), ("momentum", "")] {
      if !value.isEmpty { desk.set(key, value) }
      desk.trainer.advance(steps: 20)
      desk.send([])
      desk.key("r")
    }
    desk.trainer.advance(steps: 10)
    desk.send([])
    return desk
  }

  @Test("The legend of the loss says what earlier runs differ by, where there is room")
  func legend() throws {
    var desk = try desk(width: 160)
    let ghosts = desk.explorer.snapshot.ghosts.filter { !$0.isFuture }
    #expect(!ghosts.isEmpty)
    let names = desk.explorer.scene(of: "loss").branchNames
    #expect(ghosts.allSatisfy { names[$0.branch]?.isEmpty == false })
    #expect(desk.explorer.scene(of: "boundary").branchNames.isEmpty)
    for ghost in ghosts {
      #expect(
        desk.explorer.text.contains("#\(ghost.branch) \(names[ghost.branch] ?? "?")"),
        "\(names)\n\(desk.explorer.text)")
    }
    desk.key("K")
    #expect(desk.explorer.scene(of: "loss").branchNames.isEmpty)
  }

  @Test("Each ghost has a colour of its own, and its row in the list of branches has the same")
  func colors() throws {
    var desk = try desk(width: 160)
    let ghosts = desk.explorer.snapshot.ghosts
    let theme = desk.explorer.appearance.theme
    let shown = ghosts.filter { !$0.isFuture }
    let colors = shown.map { GhostEnd.color($0.branch, of: ghosts, theme) }
    #expect(Set(colors).count == shown.count)
    desk.key("E")
    var canvas = Canvas(size: desk.explorer.size, blank: desk.explorer.appearance.paneBlank)
    let list = try #require(desk.explorer.overlays.last as? BranchList)
    list.draw(desk.explorer, into: &canvas)
    var marks: Set<Color> = []
    for y in 0..<desk.explorer.size.height {
      for x in 0..<desk.explorer.size.width where canvas[x, y].scalar == "◌" {
        marks.insert(canvas[x, y].style.foreground)
      }
    }
    #expect(marks == Set(colors))
  }

  @Test("A plain message goes with the next key, a warning stays its time")
  func messages() throws {
    var desk = try Desk("xsin")
    desk.set("start.x", "2")
    #expect(desk.explorer.toast?.text.contains("start.x") == true)
    desk.key(".")
    #expect(desk.explorer.toast?.text.contains("start.x") != true)
    desk.key("K")
    desk.key("K")
    #expect(desk.explorer.message.contains("ghosts are shown"))
    desk.explorer.say("careful", .warning)
    desk.key(".")
    #expect(desk.explorer.toast?.text == "careful")
  }

  @Test("What the table of keys says of keys is spelt as keys are")
  func spelling() {
    for binding in keyBindings.entries {
      let words = binding.summary.split { !$0.isLetter }
      for wrong in ["Enter", "Return", "Esc", "Escape", "escape", "Space", "Tab"] {
        #expect(!words.contains { $0 == wrong }, "\(binding.name): \(binding.summary)")
      }
    }
  }
}
