import Lanes
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The card of a lesson beside boxes, undo and lists")
struct LessonCardTests {
  typealias Desk = KeySettingTests.Desk

  /// A built-in lesson at a step, its panel open.
  private static func open(
    _ name: String, step: Int = 0, size: Size = Size(width: 80, height: 24)
  ) throws -> Desk {
    var desk = try Desk(name, steps: 0)
    _ = desk.explorer.handle(.resize(size))
    desk.explorer.showLesson(at: step, isAnswered: false)
    return desk
  }

  /// Rows of the panel that a box covers, counted where text stands.
  private static func hidden(_ box: Rect, _ desk: Desk) -> Int {
    let panel = desk.explorer.layout.panel
    let text = Rect(
      x: panel.x, y: panel.y, width: panel.width,
      height: 1 + (LessonPanel(desk.explorer)?.textHeight ?? 0))
    let both = box.intersection(text.intersection(panel))
    return both.isEmpty ? 0 : both.height
  }

  @Test(
    "Neither the question's box nor the palette covers what the lesson says",
    arguments: [(80, 24), (100, 30), (160, 48)])
  func boxes(width: Int, height: Int) throws {
    let size = Size(width: width, height: height)
    for name in ["first-jump", "first-two", "first-slope", "xor-linear", "first-net"] {
      let lesson = try #require(try Desk(name, steps: 0).explorer.lesson?.lesson)
      for (index, step) in lesson.steps.enumerated() {
        var desk = try Self.open(name, step: index, size: size)
        if step.question != nil {
          desk.key("g")
          let box = try #require(desk.explorer.overlays.last as? AnswerBox)
          #expect(Self.hidden(box.area(in: desk.explorer), desk) == 0, "\(name) \(index + 1)")
          continue
        }
        desk.key(":")
        let palette = try #require(desk.explorer.overlays.last as? Palette)
        let area = palette.area(in: desk.explorer)
        #expect(Self.hidden(area, desk) == 0, "\(name) \(index + 1)")
        #expect(area.height >= 10)
      }
    }
  }

  @Test("A step with something to do waits to be started, and the card says by which key")
  func starting() throws {
    for (name, index) in [("first-step", 2), ("first-two", 2), ("first-net", 3)] {
      let desk = try Self.open(name, step: index)
      let state = try #require(desk.explorer.lesson)
      #expect(state.waitsForStart && state.run().beginning == .waiting(after: 0))
      #expect(desk.explorer.text.contains(" space "), "\(name)")
    }
    // Where a question is answered by the run, it goes on by itself.
    var desk = try Self.open("first-slope", step: 1)
    desk.explorer.lesson?.answers[1] = .skipped
    #expect(desk.explorer.lesson?.run().beginning == .running)
  }

  @Test("What was said of a step does not stand in the next")
  func messages() throws {
    var desk = try Self.open("first-loss")
    desk.explorer.say("goal reached", .good)
    desk.explorer.lesson?.reached[0] = 1
    desk.key("g")
    #expect(desk.explorer.toast == nil && desk.explorer.lesson?.index == 1)
  }

  @Test("Undo brings another preset back with the card of its lesson, as it stood; redo the next")
  func undoing() throws {
    var desk = try Self.open("first-loss")
    desk.explorer.lesson?.reached[0] = 1
    desk.send([])
    let next = try PresetShelf(folder: "/nonexistent").load("first-slope")
    for case .begin(let run) in desk.explorer.load(next) {
      desk.send(desk.explorer.begin(run.base, run.beginning))
    }
    #expect(desk.explorer.lesson?.lesson.title == "What a slope tells")
    #expect(desk.explorer.preset.name == "first-slope")
    desk.key("u")
    #expect(desk.explorer.preset.name == "first-loss")
    #expect(desk.explorer.lesson?.lesson.title == "What a loss is")
    #expect(desk.explorer.lesson?.reached[0] == 1)
    desk.key("U")
    #expect(desk.explorer.preset.name == "first-slope")
    #expect(desk.explorer.lesson?.lesson.title == "What a slope tells")
  }

  @Test("Lessons that were read to their ends have a tick in the lists, also when opened again")
  func ticks() throws {
    var explorer = try Desk("xsin").explorer
    explorer.lessonMarks["taught"] = LessonMark(preset: "taught", step: 3, isDone: true)
    let entries = LessonTests.presets
    explorer = Explorer(
      snapshot: explorer.snapshot, preset: explorer.preset, vocabulary: .all, presets: entries,
      appearance: Appearance(), size: Size(width: 100, height: 40),
      lessonMarks: explorer.lessonMarks)
    explorer.type("p")
    #expect(explorer.text.contains("✓ lesson"))
    explorer.press(.escape)
    explorer.type(":lesson taught")
    #expect(explorer.text.contains("✓ L"))
    explorer.press(.escape)
    #expect(explorer.doneLessons == ["taught"])
  }

  @Test("A preset is saved under its new name as its title, unless it was given one")
  func titles() throws {
    func saved(_ desk: inout Desk, as name: String) -> SaveRequest? {
      desk.key("w")
      let effects = name.unicodeScalars.flatMap { desk.explorer.handle(.key(Key(.character($0)))) }
      let all = effects + desk.explorer.handle(.key(Key(.enter)))
      for case .save(let request) in all { return request }
      return nil
    }
    var desk = try Desk("xor")
    #expect(saved(&desk, as: "mine")?.preset.title == "mine")
    #expect(saved(&desk, as: "/tmp/other.yaml")?.preset.title == "other")
    #expect(saved(&desk, as: "xor")?.preset.title == "XOR by a small net")
    desk.set("title", "Gates of mine")
    #expect(saved(&desk, as: "mine")?.preset.title == "Gates of mine")
  }

  @Test("Esc and a letter that come as one are Esc, then the letter")
  func escapeAndLetter() throws {
    var desk = try Desk("xor")
    desk.key(":")
    desk.send(desk.explorer.handle(.key(Key(.character("e"), alt: true))))
    #expect(desk.explorer.overlays.isEmpty && desk.explorer.form != nil)
  }
}
