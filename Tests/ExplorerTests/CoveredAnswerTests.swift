import Lanes
import Models
import Optimization
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Answers are covered while their questions are open")
struct CoveredAnswerTests {
  /// A question of a built-in lesson.
  struct Asked: Sendable, CustomTestStringConvertible {
    var preset: String
    var index: Int
    var testDescription: String { "\(preset) \(index + 1)" }
  }

  static let questions: [Asked] = BuiltInLessonTests.names.flatMap { name -> [Asked] in
    let lesson = try? BuiltInLessonTests.shelf.load(name).lesson
    return (lesson?.steps ?? []).enumerated().filter { $1.question != nil }.map {
      Asked(preset: name, index: $0.offset)
    }
  }

  /// A question as it opens: the preset in force, the run's snapshot, and the question itself.
  private struct Opened {
    var preset: Preset
    var run: Run
    var step: LessonStep
    var question: LessonQuestion
    var index: Int

    init(_ asked: Asked) throws {
      let written = try BuiltInLessonTests.shelf.load(asked.preset)
      let lesson = try #require(written.lesson)
      preset = try #require(LessonRehearsal(written)).preset(at: asked.index)
      run = try Run(preset)
      index = asked.index
      step = lesson.steps[index]
      question = try #require(step.question)
      // The step goes on with what an earlier one began.
      if step.settings == nil, let begun = lesson.beginning(of: index) {
        run.advance(lesson.steps[begun].advance ?? 0)
      }
    }

    func frame(_ snapshot: Snapshot, isAnswered: Bool = false) -> Canvas {
      explorer(snapshot, isAnswered: isAnswered).frame()
    }

    func explorer(
      _ snapshot: Snapshot, isAnswered: Bool = false, size: Size = Size(width: 100, height: 40)
    ) -> Explorer {
      var explorer = Explorer(
        snapshot: snapshot, preset: preset, vocabulary: .all, presets: [],
        appearance: Appearance(), size: size)
      explorer.showLesson(at: index, isAnswered: isAnswered)
      return explorer
    }

    /// Panes that draw what the biases move.
    private static let followsBiases = [
      "boundary", "fit", "contour", "parameters", "truth_table", "function",
    ]

    /// The places of the biases: they move the boundary and every unit's share of it, but are none
    /// of the network's lines.
    private var biases: [Int] {
      guard let network = run.snapshot().objective.kind.dense else { return [] }
      return network.layers.filter(\.hasBias).flatMap { Array($0.biases..<$0.biases + $0.units) }
    }

    /// The snapshot with all that the panes in sight do not give replaced by other values: rates,
    /// optimizer, schedule, gradient, curvature, what is right and how the run stands; where no
    /// pane is in sight, the loss, the place and what is minimised, too.
    func replaced() throws -> Snapshot {
      var snapshot = run.snapshot()
      let settings =
        switch snapshot.experiment.problem {
        case .model: [Setting(key: "l2", value: "0.37")]
        case .function(let problem):
          [Setting(key: "formula", value: "(\(problem.formula)) * 1.7 + 0.3")]
        default: [Setting]()
        }
      let curved = try? Run(PresetKeys.apply(settings, to: preset)).snapshot()
      if !question.shown.contains(where: Self.followsBiases.contains) {
        for place in biases { snapshot.parameters[place] += 0.777 }
      }
      if question.shown.isEmpty {
        snapshot.loss = 0.777
        snapshot.history = History()
        snapshot.parameters = snapshot.parameters.map { $0 * -0.7 + 0.123 }
        snapshot.lastBatch = []
        snapshot.status = .diverged(step: 3, parameter: nil)
      }
      // These panes draw what is minimised.
      if let curved, !question.shown.contains("function"), !question.shown.contains("contour") {
        snapshot.objective = curved.objective
      }
      snapshot.testLoss = snapshot.testLoss.map { $0 + 1 }
      snapshot.accuracy = snapshot.accuracy.map { 1 - $0 / 2 }
      snapshot.testAccuracy = snapshot.testAccuracy.map { 1 - $0 / 2 }
      snapshot.gradient = snapshot.parameters.map { $0 + 1 }
      snapshot.learningRate *= 3.3
      snapshot.baseRate *= 3.3
      snapshot.stability = nil
      snapshot.optimizerState = []
      snapshot.experiment.optimizer = Choice("adagrad")
      snapshot.experiment.learningRate = .value(0.0123)
      snapshot.experiment.schedule = Choice("cosine")
      snapshot.experiment.seed += 1
      snapshot.stepsPerSecond = 123
      snapshot.generation += 1
      return snapshot
    }
  }

  @Test("another value of what is asked for does not change the frame", arguments: questions)
  func replacing(asked: Asked) throws {
    let opened = try Opened(asked)
    let (shown, other) = try (
      opened.frame(opened.run.snapshot()), opened.frame(opened.replaced())
    )
    let rows = zip(shown.text.split(separator: "\n"), other.text.split(separator: "\n"))
    #expect(shown == other, "\(rows.first { $0 != $1 } ?? ("colours", ""))")
    // It is the question that covers: the same replacement is seen once it is answered.
    #expect(
      try opened.frame(opened.run.snapshot(), isAnswered: true)
        != opened.frame(opened.replaced(), isAnswered: true))
  }

  @Test("A unit's picture is covered with the boundary, and seen with it")
  func unitPictures() throws {
    for (index, isSeen) in [(1, true), (2, false)] {
      let opened = try Opened(Asked(preset: "first-net", index: index))
      var moved = opened.run.snapshot()
      let network = try #require(moved.objective.kind.dense)
      for layer in network.layers.dropLast() { moved.parameters[layer.biases] += 3 }
      #expect((opened.frame(opened.run.snapshot()) != opened.frame(moved)) == isSeen)
    }
  }

  @Test("what stands in the bar and in the card is not refused", arguments: questions)
  func offers(asked: Asked) throws {
    let opened = try Opened(asked)
    for size in [Size(width: 80, height: 24), Size(width: 160, height: 48)] {
      let explorer = opened.explorer(opened.run.snapshot(), size: size)
      let offered = HintBar(explorer).keys
      #expect(!offered.isEmpty)
      for key in offered {
        var pressed = explorer
        _ = pressed.handle(.key(key))
        #expect(pressed.toast?.text.contains("would answer the question") != true, "\(key.text)")
      }
      // The box has the keys to itself.
      var asking = explorer
      asking.overlays = [
        AnswerBox(opened.question, step: asked.index, tried: nil)
      ]
      #expect(!asking.text.contains("g answer"))
      #expect(explorer.text.contains("g answer"))
    }
  }

  @Test(
    "the answer lets the run go on where the card says so, and only there", arguments: questions)
  func going(asked: Asked) throws {
    let opened = try Opened(asked)
    var explorer = opened.explorer(opened.run.snapshot(), size: Size(width: 160, height: 48))
    let words = explorer.text.split { " \n│".contains($0) }.joined(separator: " ")
    let says = words.contains("g answers, and shows what happens")
    #expect(says || words.contains("g answers, and uncovers the rest"))
    let effects = explorer.answer(step: asked.index, .skipped)
    var goes = false
    for case .begin(let run) in effects { goes = run.beginning != .waiting(after: 0) }
    #expect(says == goes)
    // Who is told that it rolls, is not to start it.
    if opened.step.text.contains("then it ") { #expect(goes) }
  }

  @Test(
    "the text of a step with a question speaks of nothing that is covered", arguments: questions)
  func covered(asked: Asked) throws {
    let opened = try Opened(asked)
    let text = opened.step.text.split { " \n".contains($0) }.joined(separator: " ")
    for phrase in [
      "Watch ", "Look at ", "upper right", "of the screen", "Each bar", "Each column here",
      "Below are", "The table has", "see the ",
    ] {
      #expect(!text.contains(phrase), "\(phrase)")
    }
    let covered = opened.preset.views.filter { !opened.question.shown.contains($0) }
    for view in covered {
      #expect(!text.contains("\(view.replacing("_", with: " ")) pane"), "\(view)")
    }
    let explorer = opened.explorer(opened.run.snapshot())
    if let view = opened.step.view, covered.contains(view) {
      #expect(!explorer.text.contains("watch  ") && !explorer.text.contains("watch 1"))
    }
  }

  @Test("lists say nothing of the preset whose lesson asks")
  func lists() throws {
    for name in ["edge-of-stability", "spectral-bias", "double-descent", "grokking"] {
      let opened = try Opened(Asked(preset: name, index: 0))
      let preset = try BuiltInLessonTests.shelf.load(name)
      let entry = PresetEntry(
        name: name, title: preset.title, summary: preset.summary, group: preset.group,
        lesson: preset.lesson)
      for isAnswered in [false, true] {
        var explorer = Explorer(
          snapshot: opened.run.snapshot(), preset: opened.preset, vocabulary: .all,
          presets: [entry], appearance: Appearance(), size: Size(width: 160, height: 48))
        explorer.showLesson(at: 0, isAnswered: isAnswered)
        explorer.type("p")
        let start = String(preset.summary.prefix(20))
        #expect(explorer.text.contains(start) == isAnswered, "\(name)")
      }
    }
  }

  @Test("what the run does next is not seen either", arguments: questions)
  func goingOn(asked: Asked) throws {
    let opened = try Opened(asked)
    guard opened.step.settings != nil else { return }
    var run = opened.run
    run.advance(1)
    let once = opened.frame(run.snapshot())
    run.advance(30)
    #expect(once == opened.frame(run.snapshot()))
  }

  @Test(
    "The box of the answer shows each choice whole, beside what the step says and what it shows",
    arguments: questions)
  func boxes(asked: Asked) throws {
    let opened = try Opened(asked)
    let wrong: LessonAnswer =
      switch opened.question.answer {
      case .choice(_, let right): .choice(right == 0 ? 1 : 0)
      case .number(let value, let tolerance): .number(value + 1 + 2 * tolerance)
      }
    for size in [
      Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 48),
    ] {
      for tried in [nil, wrong] {
        var explorer = opened.explorer(opened.run.snapshot(), size: size)
        explorer.lesson?.firstTries[asked.index] = tried
        explorer.overlays = [AnswerBox(opened.question, step: asked.index, tried: tried)]
        let box = try #require(explorer.overlays.first as? AnswerBox)
        let (area, layout) = (box.area(in: explorer), explorer.layout)
        let lesson = try #require(LessonPanel(explorer))
        let told = Rect(
          x: layout.panel.x, y: layout.panel.y, width: layout.panel.width,
          height: lesson.toldEnd(in: layout.panel) - layout.panel.y)
        let place = "\(size.width)×\(size.height), \(tried == nil ? "first" : "second") try"
        #expect(area.intersection(told).isEmpty, "\(place)")
        for slot in layout.slots where opened.question.shown.contains(slot.name) {
          #expect(area.intersection(slot.frame).isEmpty, "\(place): \(slot.name)")
        }
        var canvas = Canvas(size: size)
        box.draw(explorer, into: &canvas)
        let words = canvas.text.split { " \n│".contains($0) }.joined(separator: " ")
        guard case .choice(let texts, _) = opened.question.answer else { continue }
        for text in texts {
          #expect(words.contains(text.split(separator: " ").joined(separator: " ")), "\(place)")
        }
        #expect(words.contains("? show me the answer"), "\(place)")
      }
    }
  }

  @Test("neither the step's text nor the question holds the answer", arguments: questions)
  func texts(asked: Asked) throws {
    let opened = try Opened(asked)
    let words = "\(opened.step.text) \(opened.question.text)".split { " ,;()".contains($0) }
      .map { word in
        word.reversed().drop { ".:?".contains($0) }.reversed().map(String.init).joined()
      }
    switch opened.question.answer {
    case .number(let value, _):
      // Small whole numbers stand in any text.
      guard value != value.rounded() || value > 10 else { return }
      #expect(words.allSatisfy { Double($0).map { !opened.question.accepts($0) } ?? true })
    case .choice(let texts, let right):
      let text = " " + words.joined(separator: " ") + " "
      #expect(texts[right].count < 4 || !text.contains(" \(texts[right]) "))
    }
  }

  @Test("a wrong answer has a hint, which is not the answer", arguments: questions)
  func hints(asked: Asked) throws {
    let question = try Opened(asked).question
    #expect(!question.hint.isEmpty)
    if case .choice(let texts, let right) = question.answer {
      #expect(texts[right].count < 4 || !question.hint.contains(texts[right]))
    }
    #expect(
      question.shown.allSatisfy {
        [
          "function", "fit", "loss", "contour", "boundary",
          "truth_table", "network", "parameters",
        ].contains($0)
      })
  }
}
