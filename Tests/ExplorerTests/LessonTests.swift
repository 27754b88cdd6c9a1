import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Lessons beside the run")
struct LessonTests {
  /// Presets, two of them with lessons; the second comes first in the tour.
  static var presets: [PresetEntry] {
    var early = Fixture.taught.lesson
    early?.order = 1
    early?.title = "Before valleys"
    return Fixture.presets + [
      PresetEntry(
        name: "taught", title: "Taught", summary: "", group: "Lessons",
        lesson: Fixture.taught.lesson),
      PresetEntry(name: "xor2", title: "Early", summary: "", group: "Lessons", lesson: early),
    ]
  }

  /// A stage on the preset with a lesson, its panel open.
  private static func open(
    size: Size = Size(width: 80, height: 24), marks: [String: LessonMark] = [:],
    remember: @escaping (LessonMark) -> String? = { _ in nil }
  ) -> Stage {
    let stage = Stage(
      Fixture.taught, size: size, presets: presets, lessonMarks: marks, remember: remember)
    stage.screen.type("L")
    stage.settle()
    return stage
  }

  private static func text(_ stage: Stage) -> String { stage.screen.canvas?.text ?? "" }

  @Test("L opens the panel below the pictures, which stay in sight, and hides it again")
  func below() throws {
    let stage = Self.open()
    let shown = Self.text(stage)
    #expect(shown.contains("lesson: Valleys"))
    #expect(shown.contains("1 of 4"))
    #expect(shown.contains("A ball rolls down"))
    #expect(shown.contains("watch 2 loss"))
    #expect(shown.contains("1 function") && shown.contains("2 loss"))
    #expect(stage.loop.explorer.focusedView?.name == "loss")
    let layout = stage.loop.explorer.layout
    #expect(layout.slots.allSatisfy { $0.frame.intersection(layout.panel).isEmpty })
    #expect(layout.slots.allSatisfy { $0.area.height >= 8 })
    stage.screen.type("L")
    stage.settle()
    #expect(!Self.text(stage).contains("lesson: Valleys"))
    #expect(stage.loop.explorer.layout.panel.isEmpty)
  }

  @Test("a wide window has the panel at its side, with what each key does")
  func beside() {
    let stage = Self.open(size: Size(width: 160, height: 48))
    let layout = stage.loop.explorer.layout
    #expect(layout.panel.maxX == 160 && layout.panel.width >= 40)
    #expect(layout.slots.allSatisfy { $0.frame.maxX <= layout.panel.x })
    stage.screen.type("gg3g")
    stage.settle()
    let shown = Self.text(stage)
    #expect(shown.contains("Functions"))
    #expect(shown.contains("lower the learning rate by a fifth"))
    #expect(shown.contains("● ● ● ○"))
  }

  @Test("ordinary keys work while a lesson is read")
  func ordinaryKeys() {
    let stage = Self.open()
    stage.learner.change { $0.status = .running }
    stage.settle()
    stage.screen.type(" +")
    stage.settle()
    #expect(stage.learner.sent.contains(.pause))
    #expect(stage.learner.sent.contains(.change(.learningRate(0.0125))))
    #expect(Self.text(stage).contains("lesson: Valleys"))
  }

  @Test("a step that begins the run has its own pictures, whatever was exchanged before")
  func pictures() {
    let stage = Self.open()
    stage.screen.type("v")
    stage.settle()
    #expect(stage.loop.explorer.panes.order != nil)
    stage.screen.type("g")
    stage.settle()
    #expect(stage.loop.explorer.panes.order == nil)
  }

  @Test("a question comes before the result: the run waits, and the answer lets it go on")
  func question() throws {
    let stage = Self.open()
    stage.screen.type("g")
    stage.settle()
    #expect(stage.learner.latest.baseRate == 0.5)
    #expect(stage.learner.latest.status == .paused && stage.learner.latest.step == 0)
    #expect(Self.text(stage).contains("? Where does it end?"))
    #expect(!Self.text(stage).contains("It jumps"))
    stage.screen.type("g")
    stage.settle()
    #expect(Self.text(stage).contains("before you look"))
    #expect(Self.text(stage).contains("2  right"))
    stage.screen.type("1")
    stage.settle()
    #expect(Self.text(stage).contains("not “left”. Think of the rate."))
    #expect(!Self.text(stage).contains("It jumps"))
    #expect(stage.learner.latest.status == .paused && stage.learner.latest.step == 0)
    stage.screen.type("g")
    stage.settle()
    #expect(Self.text(stage).contains("once more"))
    stage.screen.type("2")
    stage.settle()
    let shown = Self.text(stage)
    #expect(shown.contains("you said right; it is: nowhere"))
    #expect(shown.contains("It jumps from valley to valley."))
    // The step's `advance`, from the beginning.
    #expect(stage.learner.latest.step == 7)
    #expect(stage.learner.latest.status == .paused)
  }

  @Test("an answer is chosen with arrows, by its number, by a click, or not at all")
  func answers() throws {
    func ask() -> Stage {
      let stage = Self.open()
      stage.screen.type("gg")
      stage.settle()
      return stage
    }
    var stage = ask()
    // Nothing is chosen before an arrow was pressed, and Enter alone answers nothing.
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(Self.text(stage).contains("choose one first"))
    #expect(stage.loop.explorer.lesson?.firstTries.isEmpty == true)
    stage.screen.send(.key(Key(.down)), .key(Key(.down)), .key(Key(.down)), .key(Key(.enter)))
    stage.settle()
    #expect(Self.text(stage).contains("right: nowhere"))
    stage = ask()
    stage.screen.type("?")
    stage.settle()
    #expect(Self.text(stage).contains("it is: nowhere"))
    stage = ask()
    stage.screen.send(.key(Key(.escape)))
    stage.settle()
    #expect(stage.loop.explorer.lesson?.answers.isEmpty == true)
    stage.screen.type("g")
    stage.settle()
    let rows = Self.text(stage).split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(rows.firstIndex { $0.contains("3  nowhere") })
    stage.screen.send(.mouse(Mouse(.press, x: 30, y: row)))
    stage.settle()
    #expect(Self.text(stage).contains("right: nowhere"))
  }

  @Test("Enter right after a digit that answered leaves the explanation; the next one goes on")
  func habit() {
    let stage = Self.open()
    stage.screen.type("gg")
    stage.settle()
    stage.screen.type("3")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(stage.loop.explorer.lesson?.index == 1)
    #expect(Self.text(stage).contains("It jumps from valley to valley."))
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(stage.loop.explorer.lesson?.index == 2)
  }

  @Test("G leads from the first step of a lesson to the last of the one before, and says so")
  func backToLessonBefore() throws {
    var explorer = Explorer(
      snapshot: Fixture.snapshot(Fixture.taught), preset: Fixture.taught,
      vocabulary: Fixture.vocabulary, presets: Self.presets, appearance: Appearance(),
      size: Size(width: 100, height: 40),
      lessonMarks: ["xor2": LessonMark(preset: "xor2", step: 3, isDone: true)])
    explorer.type("L")
    #expect(explorer.type("G") == [.load(preset: "xor2", variant: nil)])
    var before = Fixture.taught
    before.name = "xor2"
    _ = explorer.load(before)
    #expect(explorer.lesson?.index == 3)
    #expect(explorer.toast?.text == "back in the lesson before: Valleys")
    // Opened by itself it begins at its beginning.
    _ = explorer.load(before)
    #expect(explorer.lesson?.index == 0)
  }

  @Test("L chooses the lesson that was begun, and says how far it was read")
  func begun() {
    var explorer = Explorer(
      snapshot: Fixture.snapshot(Fixture.function), preset: Fixture.function,
      vocabulary: Fixture.vocabulary, presets: Self.presets, appearance: Appearance(),
      size: Size(width: 100, height: 40),
      lessonMarks: ["taught": LessonMark(preset: "taught", step: 2)])
    explorer.type("L")
    #expect(explorer.text.contains("lesson: step 3 of 4"))
    #expect(explorer.press(.enter) == [.load(preset: "taught", variant: nil)])
    explorer.type(":lesson taught")
    #expect(explorer.text.contains("step 3 of 4  L"))
  }

  @Test("a number is right within its tolerance, and what is no number is refused")
  func number() {
    for (typed, verdict) in [("4.05", "right: 4"), ("5", "you said 5; it is: 4")] {
      let stage = Self.open()
      stage.screen.type("gg3ggg")
      stage.settle()
      #expect(stage.loop.explorer.lesson?.index == 3)
      stage.screen.type("x")
      stage.screen.send(.key(Key(.enter)))
      stage.settle()
      #expect(Self.text(stage).contains("a number: 0.45"))
      stage.screen.send(.key(Key(.backspace)))
      stage.screen.type(typed)
      stage.screen.send(.key(Key(.enter)))
      stage.settle()
      if typed == "5" {
        #expect(Self.text(stage).contains("not 5, it is less: think again"))
        stage.screen.type("g5")
        stage.screen.send(.key(Key(.enter)))
        stage.settle()
      }
      #expect(Self.text(stage).contains(verdict))
      #expect(Self.text(stage).contains("It is four."))
    }
  }

  @Test("a goal is open with its live values until the run reaches it, and stays reached")
  func goal() {
    let stage = Self.open()
    stage.screen.type("gg3g")
    stage.settle()
    #expect(Self.text(stage).contains("○ Take a small rate"))
    stage.learner.advance(by: 20)
    stage.settle()
    #expect(Self.text(stage).contains("now  η 0.200  step 20"))
    stage.learner.change { $0.learningRate = 0.05 }
    stage.settle()
    #expect(Self.text(stage).contains("✓ Take a small rate"))
    #expect(Self.text(stage).contains("reached at step 20"))
    stage.learner.change { $0.learningRate = 0.5 }
    stage.settle()
    #expect(Self.text(stage).contains("✓ Take a small rate"))
  }

  @Test("what another run reached before the step began does not count")
  func staleSnapshots() {
    var watch = GoalWatch()
    let goal = LessonGoal(condition: "step >= 5")
    watch.await(4)
    let seen = [(60, 3), (2, 4), (5, 5)].map { step, acknowledged in
      var snapshot = Fixture.snapshot(Fixture.taught, step: step)
      snapshot.acknowledged = Request.Ticket(acknowledged)
      return snapshot
    }
    #expect(seen.map { watch.reached(goal, in: $0) } == [nil, nil, 5])
  }

  @Test("what the learner saw between two snapshots counts, of this step's goal alone")
  func sightings() {
    let goal = LessonGoal(condition: "step >= 5 and step <= 6")
    for (ticket, reached) in [(Request.Ticket(4), 5), (3, nil)] {
      var watch = GoalWatch()
      watch.watch(4)
      var snapshot = Fixture.snapshot(Fixture.taught, step: 60)
      snapshot.sighting = Sighting(ticket: ticket, step: 5)
      #expect(watch.reached(goal, in: snapshot) == reached)
    }
  }

  @Test("M shows a way to the goal: the solution's settings and steps from the beginning")
  func solution() {
    let stage = Self.open()
    stage.screen.type("gg3gM")
    stage.settle()
    #expect(stage.learner.latest.step == 30)
    #expect(stage.learner.latest.baseRate == 0.05)
    #expect(Self.text(stage).contains("✓ Take a small rate"))
  }

  @Test("G and Backspace go back; the run is again what the step before had")
  func back() {
    let stage = Self.open()
    stage.screen.type("gg3g")
    stage.settle()
    #expect(stage.learner.latest.baseRate == 0.2)
    stage.screen.type("G")
    stage.settle()
    #expect(stage.loop.explorer.lesson?.index == 1)
    #expect(stage.learner.latest.baseRate == 0.5)
    #expect(Self.text(stage).contains("right: nowhere"))
    stage.screen.send(.key(Key(.backspace)))
    stage.settle()
    #expect(stage.loop.explorer.lesson?.index == 0)
    #expect(stage.learner.latest.baseRate == 0.01)
    stage.screen.type("G")
    stage.settle()
    #expect(stage.loop.explorer.lesson?.index == 0)
  }

  @Test("Enter goes on too, but a diverged run and a crosshair come first")
  func enter() {
    let stage = Self.open()
    stage.learner.change { $0.status = .diverged(step: 3, parameter: nil) }
    stage.settle()
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(stage.loop.explorer.lesson?.index == 0)
    stage.learner.change { $0.status = .running }
    stage.settle()
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(stage.loop.explorer.lesson?.index == 1)
  }

  @Test("each place is remembered, the end too; the next lesson of the tour follows")
  func remembering() {
    final class Notes {
      var marks: [LessonMark] = []
    }
    let notes = Notes()
    let stage = Self.open { mark in
      notes.marks.append(mark)
      return nil
    }
    stage.screen.type("gg3ggg?g")
    stage.settle()
    #expect(notes.marks.map(\.step) == [0, 1, 2, 3, 3])
    #expect(notes.marks.map(\.isDone) == [false, false, false, false, true])
    #expect(notes.marks.allSatisfy { $0.preset == "taught" })
    #expect(Self.text(stage).contains("that was the last lesson"))
    #expect(Self.presets.tour.map(\.name) == ["xor2", "taught"])
  }

  @Test("a lesson is taken up where it was left, and from its beginning when it was done")
  func resuming() {
    var stage = Self.open(marks: ["taught": LessonMark(preset: "taught", step: 2)])
    #expect(stage.loop.explorer.lesson?.index == 2)
    #expect(stage.learner.latest.baseRate == 0.2)
    stage = Self.open(marks: ["taught": LessonMark(preset: "taught", step: 3, isDone: true)])
    #expect(stage.loop.explorer.lesson?.index == 0)
    stage = Self.open(marks: ["taught": LessonMark(preset: "taught", step: 999)])
    #expect(stage.loop.explorer.lesson?.index == 3)
  }

  @Test("a place that cannot be kept is said once, and the lesson goes on")
  func unwritable() {
    let stage = Self.open { _ in "the disk is full" }
    #expect(Self.text(stage).contains("the disk is full"))
    stage.wait(.seconds(60))
    stage.settle()
    stage.screen.type("g")
    stage.settle()
    #expect(!Self.text(stage).contains("the disk is full"))
    #expect(stage.loop.explorer.lesson?.index == 1)
  }

  @Test("the picker and the palette know which presets have lessons")
  func offers() {
    var explorer = Explorer(
      snapshot: Fixture.snapshot(Fixture.function), preset: Fixture.function,
      vocabulary: Fixture.vocabulary,
      presets: Self.presets, appearance: Appearance(), size: Size(width: 100, height: 40))
    explorer.type("p")
    let row = explorer.text.split(separator: "\n").first { $0.contains("taught") }
    #expect(row?.contains("lesson") == true)
    explorer.press(.escape)
    // Without a lesson, L offers those that there are.
    explorer.type("L")
    #expect(explorer.text.contains("presets") && explorer.text.contains("taught"))
    #expect(!explorer.text.contains("rosenbrock"))
    explorer.press(.escape, .escape)
    explorer.type(":lesson taught")
    #expect(explorer.text.contains("Valleys"))
    let effects = explorer.press(.enter)
    #expect(effects == [.load(preset: "taught", variant: nil)])
    #expect(explorer.isLessonShown)
  }

  @Test("saving what runs now leaves the lesson behind, and says so")
  func saving() {
    let stage = Self.open()
    #expect(stage.loop.explorer.savedPreset.lesson == nil)
    stage.screen.type("w")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(stage.loop.explorer.toast?.text == "saved as x.yaml, without its lesson")
  }

  @Test(
    "text longer than the panel goes on page by page, and nothing is lost", arguments: [12, 24])
  func pages(height: Int) {
    var experiment = Fixture.taught
    experiment.lesson?.steps[0].text =
      (1...120).map { "word\($0)" }.joined(separator: " ") + " \u{1B}[2J \u{202E}end"
    let stage = Stage(
      experiment, size: Size(width: 60, height: height), presets: Self.presets)
    stage.screen.type("L")
    stage.settle()
    var seen = Self.text(stage)
    for _ in 0..<40 where stage.loop.explorer.lessonOffer == "more" {
      stage.screen.type("g")
      stage.settle()
      seen += Self.text(stage)
      #expect(stage.loop.explorer.lesson?.index == 0)
    }
    for number in 1...120 { #expect(seen.contains("word\(number)"), "\(number)") }
    #expect(!seen.unicodeScalars.contains("\u{1B}") && !seen.unicodeScalars.contains("\u{202E}"))
    #expect(stage.loop.explorer.lessonOffer == "go on")
  }

  @Test("any window holds the panel, or what is left of it", arguments: [40, 79, 119, 120, 300])
  func sizes(width: Int) {
    for height in [12, 13, 16, 24, 60] {
      let stage = Self.open(size: Size(width: width, height: height))
      for _ in 0..<40 where stage.loop.explorer.overlays.isEmpty {
        stage.screen.type("g")
        stage.settle()
      }
      let layout = stage.loop.explorer.layout
      #expect(layout.slots.allSatisfy { $0.frame.height >= 4 && $0.frame.width >= 20 })
      #expect(stage.screen.canvas == stage.fresh)
      #expect(Self.text(stage).contains("1  left"), "\(width)×\(height)\n\(Self.text(stage))")
    }
  }

  @Test("ASCII alone draws nothing but ASCII, and without colours keys are told by attributes")
  func ascii() {
    for step in 0..<4 {
      for size in [Size(width: 60, height: 20), Size(width: 160, height: 48)] {
        var explorer = Explorer(
          snapshot: Fixture.snapshot(Fixture.taught), preset: Fixture.taught,
          vocabulary: Fixture.vocabulary,
          presets: Self.presets, appearance: Appearance(theme: .mono, glyphs: .ascii), size: size,
          lessonMarks: ["taught": LessonMark(preset: "taught", step: step)])
        explorer.type("L")
        #expect(explorer.lesson?.index == step)
        #expect(explorer.frame().cells.allSatisfy { $0.scalar.isASCII })
        explorer.type("g")
        #expect(explorer.frame().cells.allSatisfy { $0.scalar.isASCII })
      }
    }
  }
}
