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

  /// Rows of the panel that a box covers, counted where text stands; of a question's box, where
  /// there is text that it does not say itself.
  private static func hidden(_ box: Rect, _ desk: Desk, saysQuestion: Bool = false) -> Int {
    let panel = desk.explorer.layout.panel
    let lesson = LessonPanel(desk.explorer)
    let text = Rect(
      x: panel.x, y: panel.y, width: panel.width,
      height: saysQuestion
        ? (lesson?.toldEnd(in: panel) ?? 0) - panel.y : 1 + (lesson?.textHeight ?? 0))
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
          let area = box.area(in: desk.explorer)
          #expect(Self.hidden(area, desk, saysQuestion: true) == 0, "\(name) \(index + 1)")
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
      var desk = try Self.open(name, step: index)
      desk.send([desk.explorer.setRunning(false)])
      let state = try #require(desk.explorer.lesson)
      #expect(state.waitsForStart && state.run().beginning == .waiting(after: 0))
      #expect(Self.keys(desk).contains("space"), "\(name)")
    }
    // Where a question is answered by the run, it goes on by itself.
    var desk = try Self.open("first-slope", step: 1)
    desk.explorer.lesson?.answers[1] = .skipped
    #expect(desk.explorer.lesson?.run().beginning == .running)
    // What a step before began goes on, and is not to be started again.
    desk = try Self.open("xor-linear", step: 4)
    try #require(desk.explorer.lesson?.step.settings == nil)
    desk.send([desk.explorer.setRunning(false)])
    #expect(Self.keys(desk).first == "space")
    desk.send([desk.explorer.setRunning(true)])
    desk.trainer.advance(steps: 3)
    desk.send([])
    #expect(!Self.keys(desk).contains("space"))
  }

  /// The keys that the card asks for.
  private static func keys(_ desk: Desk) -> [String] {
    guard let lesson = desk.explorer.shownLesson else { return [] }
    return LessonText(desk.explorer, lesson, width: 76, isRoomy: false).lines.joined()
      .filter { $0.tone == .key }.map { $0.text.split(separator: " ").joined() }
  }

  @Test("A card asks for no key that the open question refuses")
  func refusedKeys() throws {
    var counts = (open: 0, answered: 0)
    for name in ["first-slope", "first-net", "notes-gd-x2", "xor-linear", "trainability"] {
      let steps = try #require(try Desk(name, steps: 0).explorer.lesson?.lesson.steps)
      for (index, step) in steps.enumerated() where step.question != nil && step.settings != nil {
        var desk = try Self.open(name, step: index)
        for key in Self.keys(desk) {
          let binding = keyBindings.entries.first { $0.keys.contains { $0.text == key } }
          #expect(binding?.isRefusedByQuestion == false, "\(name) \(index + 1): \(key)")
        }
        counts.open += Self.keys(desk).count
        desk.explorer.lesson?.answers[index] = .skipped
        desk.send([desk.explorer.setRunning(false)])
        counts.answered += Self.keys(desk).count
      }
    }
    #expect(counts.answered > counts.open)
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

  @Test("The learner looks for the goal of the lesson that undo brings back")
  func undoneGoal() throws {
    var desk = try Self.open("first-loss")
    let goal = try #require(desk.explorer.lesson?.step.goal)
    desk.send([])
    let next = try PresetShelf(folder: "/nonexistent").load("first-slope")
    for case .begin(let run) in desk.explorer.load(next) {
      desk.send(desk.explorer.begin(run.base, run.beginning))
    }
    for case .request(let request) in desk.explorer.handle(.key(Key(.character("u")))) {
      desk.trainer.send(request)
    }
    let effects = desk.explorer.see(desk.trainer.latest)
    #expect(effects.compactMap(\.control) == [.watch(goal.condition)])
    #expect(desk.explorer.lesson?.isWatched == true)
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
}
