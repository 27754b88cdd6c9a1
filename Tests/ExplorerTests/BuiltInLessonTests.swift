import Lanes
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Every lesson of a built-in preset")
struct BuiltInLessonTests {
  static let shelf = PresetShelf(
    views: Views.views.names, keys: keyBindings.entries.flatMap { $0.keys.map(\.text) },
    folder: "/nonexistent")

  /// The presets that have lessons.
  static let names: [String] = PresetShelf.builtInNames.filter {
    (try? PresetShelf(folder: "/nonexistent").load($0))?.lesson != nil
  }

  @Test(
    "names keys and views that exist; its facts hold, its goals are open at first and are reached",
    arguments: names)
  func rehearsal(name: String) throws {
    let experiment = try Self.shelf.load(name)
    let lesson = try #require(experiment.lesson)
    #expect((3...7).contains(lesson.steps.count), "\(lesson.steps.count) steps")
    #expect(lesson.order != nil && !lesson.section.isEmpty)
    #expect(lesson.steps.first?.settings != nil, "the first step begins the preset")
    for step in lesson.steps {
      if let goal = step.goal { #expect(goal.solution != nil, "\(goal.condition)") }
    }
    #expect(
      lesson.steps.contains { $0.question != nil } && lesson.steps.contains { $0.goal != nil })
    let findings = try #require(LessonRehearsal(experiment)).findings()
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }

  @Test(
    "fits its panel in a window of 80×24, before and after the answer, and shows the view it names",
    arguments: names)
  func fits(name: String) throws {
    let experiment = try Self.shelf.load(name)
    let lesson = try #require(experiment.lesson)
    let rehearsal = try #require(LessonRehearsal(experiment))
    for (index, step) in lesson.steps.enumerated() {
      let shown = try rehearsal.preset(at: index)
      let snapshot = try Run(shown).snapshot()
      for size in [Size(width: 80, height: 24), Size(width: 160, height: 48)] {
        for isAnswered in [false, true] {
          var explorer = Explorer(
            snapshot: snapshot, preset: shown, vocabulary: .all, presets: [],
            appearance: Appearance(), size: size)
          explorer.showLesson(at: index, isAnswered: isAnswered)
          #expect(
            explorer.lessonOffer != "more",
            "step \(index + 1) at \(size.width)×\(size.height)\(isAnswered ? ", answered" : "")")
          guard let view = step.view else { continue }
          #expect(
            explorer.layout.slots.contains { $0.name == view }, "step \(index + 1): \(view)")
        }
      }
    }
  }

  @Test("stands in the tour in the order of the notes, one at each place")
  func tour() throws {
    let orders = try Self.names.map { try Self.shelf.load($0).lesson?.order ?? 0 }
    #expect(Set(orders).count == orders.count)
  }
}
