import Explorer
import Lanes
import Presets
import Terminal
import Testing
import Training
import Views

@testable import glissade

@Suite("Every section of the notes is at most four keys away")
struct NotesKeysTests {
  /// The explorer as `glissade` opens it, on a screen in memory.
  struct Desk {
    let screen: MemoryScreen
    let trainer: InlineTrainer
    var loop: ExplorerLoop

    init(size: Size = Size(width: 80, height: 24)) throws {
      let shelf = PresetShelf(views: views.names, folder: "/nonexistent")
      let preset = try shelf.load("xsin")
      let library = ExplorerPresets(shelf, opened: ("xsin", preset))
      screen = MemoryScreen(size: size)
      trainer = try InlineTrainer(preset.experiment, isPaused: true)
      loop = ExplorerLoop(
        explorer: Explorer(
          snapshot: trainer.latest, preset: preset, vocabulary: .all, presets: library.entries,
          notes: ExplorerPresets.notes, appearance: Appearance(), size: size),
        screen: screen, learner: trainer, library: library, save: library.save,
        clock: { .zero }, loadingTime: .seconds(60))
      loop.start()
    }

    /// Presses keys and lets the explorer take them in.
    mutating func press(_ keys: [Key]) {
      screen.send(keys.map { .key($0) })
      for _ in 0..<100 where !screen.isIdle { _ = loop.turn() }
      // One more turn shows what the last key did.
      _ = loop.turn()
    }

    /// What is on the screen.
    var text: String { screen.canvas?.text ?? "" }
  }

  /// N, the number of the section, Enter.
  static func keys(to system: NotesSystem) -> [Key] {
    [Key(.character("N"))] + "\(system.number)".unicodeScalars.map { Key(.character($0)) }
      + [Key(.enter)]
  }

  @Test("N, its number and Enter load the preset", arguments: NotesSystem.all.names)
  func four(name: String) throws {
    let system = try #require(NotesSystem.all[name])
    let keys = Self.keys(to: system)
    #expect(keys.count <= 4)
    var desk = try Desk()
    #expect(desk.trainer.latest.experiment.name == "xsin")
    desk.press(keys)
    #expect(desk.trainer.latest.experiment.name == system.preset)
  }

  @Test("The list shows numbers, lines and presets")
  func visible() throws {
    var desk = try Desk()
    desk.press([])
    desk.press([Key(.character("N"))])
    #expect(desk.text.contains("Automatic differentiation"), "\(desk.text)")
    #expect(desk.text.contains("355–406"))
    #expect(desk.text.contains("notes-ad-f1"))
    desk.press([Key(.character("4")), Key(.character("7")), Key(.character("2"))])
    // Line 472 of the notes belongs to stochastic gradient descent.
    #expect(desk.text.contains("12  Stochastic gradient descent"), "\(desk.text)")
    desk.press([Key(.enter)])
    #expect(desk.trainer.latest.experiment.name == "notes-sgd")
  }

  @Test("Words find a section too, Escape clears and then closes")
  func words() throws {
    var desk = try Desk()
    desk.press([Key(.character("N"))] + "boltz".unicodeScalars.map { Key(.character($0)) })
    desk.press([Key(.enter)])
    #expect(desk.trainer.latest.experiment.name == "deep-boltzmann")
    desk.press([Key(.character("N")), Key(.character("x")), Key(.escape)])
    #expect(desk.text.contains("lecture notes"))
    desk.press([Key(.escape)])
    #expect(!desk.text.contains("lecture notes"))
  }

  @Test("The picker lists the notes' presets under the notes' chapters")
  func picker() throws {
    var desk = try Desk(size: Size(width: 120, height: 400))
    desk.press([Key(.character("p"))])
    for section in NotesSystem.Section.allCases {
      #expect(desk.text.contains(section.rawValue), "\(section)")
    }
  }
}
