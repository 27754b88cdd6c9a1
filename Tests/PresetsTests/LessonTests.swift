import Foundation
import Presets
import Testing
import Training

@Suite("Lessons in presets")
struct LessonTests {
  /// A preset with a lesson of one step, written on the lines from 5 on.
  static func preset(_ step: String) -> String {
    """
    glissade: 1
    function: x^2
    start: {x: 1}
    lesson: {title: T, steps: [
    \(step)
    ]}

    """
  }

  static func messages(_ text: String, keys: [String]? = ["r", "+"]) -> [String] {
    do {
      _ = try PresetFile.parse(
        text, file: "p", name: "p", views: ["loss", "function"], keys: keys)
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }

  @Test(
    "A mistake is told at its line and column, with what is allowed",
    arguments: [
      ("{txt: a}", "p:5:2:", "did you mean text?"),
      ("{press: r}", "p:5:1:", "needs `text:`"),
      ("{text: [a]}", "p:5:8:", "must be a text"),
      ("{text: ' '}", "p:5:8:", "text is empty"),
      ("{text: a, press: [r, x]}", "p:5:22:", "there is no key \"x\""),
      ("{text: a, watch: los}", "p:5:18:", "did you mean loss?"),
      ("{text: a, watch: [loss, function]}", "p:5:18:", "1 to 1 views"),
      ("{text: a, set: 3}", "p:5:16:", "must be a mapping"),
      ("{text: a, set: {optimizer: adm}}", "p:5:28:", "step 1: there is no optimizer \"adm\""),
      ("{text: a, set: {learnin_rate: 1}}", "p:5:31:", "did you mean learning_rate?"),
      ("{text: a, advance: 3}", "p:5:11:", "advance needs `set:`"),
      ("{text: a, set: {}, advance: 1e9}", "p:5:29:", "0 to 1000000"),
      ("{text: a, goal: los < 1}", "p:5:17:", "did you mean loss?"),
      ("{text: a, goal: \"1 + los < 1\"}", "p:5:22:", "did you mean loss?"),
      ("{text: a, goal: accuracy > 0}", "p:5:17:", "has no accuracy"),
      ("{text: a, goal: {text: b}}", "p:5:17:", "needs `when:`"),
      ("{text: a, goal: {when: x < 1, solution: {}}}", "p:5:41:", "needs `steps:`"),
      (
        "{text: a, goal: {when: x < 1, solution: {set: {seed: x}, steps: 1}}}", "p:5:54:",
        "step 1, solution: seed must be"
      ),
      ("{text: a, facts: [x > 0, {when: y > 0, steps: 3}]}", "p:5:33:", "y"),
      ("{text: a, ask: {text: b}}", "p:5:16:", "`because:`"),
      ("{text: a, ask: {text: b, because: c}}", "p:5:16:", "needs `choices:`"),
      ("{text: a, ask: {text: b, because: c, choices: [d], answer: 1}}", "p:5:47:", "2 to 9"),
      (
        "{text: a, ask: {text: b, because: c, choices: [d, e], answer: 3}}", "p:5:63:",
        "answer must be 1 to 2"
      ),
      ("{text: a, ask: {text: b, because: c, choices: [d, e]}}", "p:5:47:", "need `answer:`"),
      (
        "{text: a, ask: {text: b, because: c, number: 3, tolerance: x%}}", "p:5:60:", "such as 5%"
      ),
      (
        "{text: a, ask: {text: b, because: c, number: 3, answer: 1}}", "p:5:49:",
        "answer belongs to `choices:`"
      ),
      (
        "{text: a, ask: {text: b, because: c, number: 3, choices: [d, e], answer: 1}}", "p:5:38:",
        "not both"
      ),
    ])
  func mistakes(step: String, place: String, words: String) {
    let messages = Self.messages(Self.preset(step))
    #expect(messages.count >= 1)
    #expect(messages.contains { $0.hasPrefix(place) && $0.contains(words) }, "\(messages)")
  }

  @Test("Several mistakes of a lesson are reported together, and more than the bounds is refused")
  func whole() {
    #expect(Self.messages(Self.preset("{txt: a}, {text: b, watch: los, press: q}")).count == 4)
    let many = Array(repeating: "{text: a}", count: 41).joined(separator: ", ")
    #expect(Self.messages(Self.preset(many)).first?.contains("at most 40") == true)
    let long = "{text: \(String(repeating: "a", count: 1201))}"
    #expect(Self.messages(Self.preset(long)).first?.contains("at most 1200") == true)
    let keys = "{text: a, press: [\(Array(repeating: "r", count: 13).joined(separator: ", "))]}"
    #expect(Self.messages(Self.preset(keys)).first?.contains("1 to 12") == true)
    #expect(Self.messages(Self.preset("{text: a}"), keys: nil).isEmpty)
    #expect(
      Self.messages("glissade: 1\nfunction: x^2\nlesson: {title: a}\n")
        == ["p:3:9: a lesson needs `steps:`"])
  }

  /// A preset with every key of a lesson.
  static let full = preset(
    """
    {text: "One\\n\\ntwo", press: [r, "+"], watch: loss},
    {text: a, set: {learning_rate: 0.25, optimizer: {name: momentum, momentum: 0.5}}, advance: 3,
      ask: {text: q, choices: ["yes", "null", "3"], answer: 2, because: c},
      facts: ["step == 3", {when: "optimizer == \\"gd\\"", set: {optimizer: gd}, steps: 0}]},
    {text: b, set: {}, ask: {text: q, number: -1.5e-3, tolerance: 10%, because: c}},
    {text: c, goal: x < 0.1},
    {text: d, goal: {text: near, when: loss < 0.1, solution: {set: {learning_rate: 0.5}, steps: 1}}}
    """)

  @Test("Every key of a lesson comes back from YAML, and from a saved file")
  func roundTrip() throws {
    let experiment = try PresetFile.parse(Self.full, file: "p", name: "p")
    let lesson = try #require(experiment.lesson)
    #expect(lesson.steps.count == 5)
    #expect(lesson.steps[0].text == "One\ntwo")
    #expect(lesson.steps[1].question?.answer == .choice(["yes", "null", "3"], right: 1))
    #expect(lesson.steps[2].question?.answer == .number(-1.5e-3, tolerance: 1.5e-4))
    #expect(lesson.steps[2].settings == [])
    #expect(lesson.steps[3].settings == nil)
    #expect(try RoundTripTests.again(experiment) == experiment)
  }

  @Test("Settings leave the lesson as it is, and cannot give one")
  func settings() throws {
    let experiment = try PresetFile.parse(Self.full, file: "p", name: "p")
    let changed = try PresetKeys.apply(
      [Setting(key: "learning_rate", value: "0.3")], to: experiment)
    #expect(changed.lesson == experiment.lesson)
    #expect(throws: PresetError.self) {
      try PresetKeys.apply([Setting(key: "lesson.title", value: "x")], to: experiment)
    }
    #expect(!PresetKeys.names(of: experiment).contains("lesson"))
  }

  @Test("A rehearsal finds facts that do not hold and goals that are not reached")
  func rehearsal() throws {
    func findings(_ step: String) throws -> [String] {
      let experiment = try PresetFile.parse(Self.preset(step), file: "p", name: "p")
      return try #require(LessonRehearsal(experiment)).findings().map(\.description)
    }
    #expect(try #require(LessonRehearsal(RoundTripTests.fullFunction) == nil ? true : nil))
    let full = try PresetFile.parse(Self.full, file: "p", name: "p")
    #expect(try #require(LessonRehearsal(full)).findings() == [])
    #expect(
      try findings("{text: a, set: {}, advance: 2, facts: [step == 2, x > 2]}")
        == ["step 1: the fact \"x > 2\" does not hold after 2 steps: x is 0.9604"])
    #expect(try findings("{text: a, goal: x > 0}").first?.contains("before anything") == true)
    #expect(
      try findings("{text: a, goal: {when: x < 0.1, solution: {steps: 5}}}").first?
        .contains("in 5 steps: x is 0.9") == true)
  }
}

@Suite("The diary of lessons")
struct LessonDiaryTests {
  /// Runs `body` with a path in a folder of its own that is not there yet.
  static func withPath(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("glissade-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appendingPathComponent("glissade/lessons.json").path)
  }

  @Test("keeps places and the last lesson, in folders it makes")
  func keeps() throws {
    try Self.withPath { path in
      let diary = LessonDiary(path: path)
      #expect(diary.read().content == LessonDiary.Content())
      #expect(diary.read().problem == nil)
      #expect(diary.note("a", .init(step: 2, done: false)) == nil)
      #expect(LessonDiary(path: path).note("b", .init(step: 0, done: true)) == nil)
      let content = diary.read().content
      #expect(content.last == "b")
      #expect(content.lessons["a"] == .init(step: 2, done: false))
      #expect(content.lessons["b"]?.done == true)
      #expect(diary.forget("a") == nil)
      #expect(diary.read().content.lessons.keys.sorted() == ["b"])
      #expect(diary.forget(nil) == nil)
      #expect(diary.read().content == LessonDiary.Content())
    }
  }

  @Test(
    "begins anew on a broken file, says so, and keeps the broken one beside",
    arguments: [
      "", "{", "[]", "{\"version\":0,\"lessons\":{}}", "\u{0}", "{\"lessons\":{\"a\":1}}",
    ])
  func broken(text: String) throws {
    try Self.withPath { path in
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let diary = LessonDiary(path: path)
      #expect(diary.read().problem != nil)
      #expect(diary.note("a", .init(step: 1, done: false)) == nil)
      #expect(diary.read().problem == nil)
      #expect(diary.read().content.lessons["a"]?.step == 1)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path + ".bad")) == Data(text.utf8))
    }
  }

  @Test("takes steps from the file within bounds")
  func bounds() throws {
    try Self.withPath { path in
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let text = """
        {"version":1,"lessons":{"a":{"step":-5,"done":false},"b":{"step":99999999,"done":false}}}
        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let lessons = LessonDiary(path: path).read().content.lessons
      #expect(lessons["a"]?.step == 0)
      #expect(lessons["b"]?.step == PresetLimits.lessonSteps)
    }
  }

  @Test("says why it cannot be written")
  func unwritable() {
    let diary = LessonDiary(path: "/dev/null/glissade/lessons.json")
    #expect(diary.note("a", .init(step: 1, done: false)) != nil)
    #expect(diary.read().content == LessonDiary.Content())
  }
}
