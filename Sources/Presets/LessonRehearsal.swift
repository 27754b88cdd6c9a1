import Differentiation
import Models
package import Training

/// Takes the steps of a lesson without a screen: whether what it says is so, and whether its goals
/// can be reached.
package struct LessonRehearsal: Sendable {
  /// What was found out about one step.
  package struct Finding: Equatable, Sendable, CustomStringConvertible {
    /// The step, from 0.
    package var step: Int
    /// What is wrong.
    package var message: String

    package var description: String { "step \(step + 1): \(message)" }
  }

  private let preset: Preset
  private let lesson: Lesson

  /// A rehearsal of what `preset` teaches; nil when it teaches nothing.
  package init?(_ preset: Preset) {
    guard let lesson = preset.lesson else { return nil }
    self.lesson = lesson
    self.preset = preset
  }

  /// What `step` shows: the preset with the settings of the step that began it last.
  package func preset(at step: Int) throws(PresetError) -> Preset {
    let beginning = lesson.beginning(of: step).map { lesson.steps[$0] }
    return try PresetKeys.apply(beginning?.settings ?? [], to: preset)
  }

  /// Everything that is not as the lesson says: facts that do not hold, goals that hold from the
  /// beginning, and goals that their solution does not reach.
  package func findings() -> [Finding] {
    lesson.steps.indices.flatMap { number in
      do {
        return try messages(at: number).map { Finding(step: number, message: $0) }
      } catch {
        return [Finding(step: number, message: "\(error)")]
      }
    }
  }

  private func messages(at number: Int) throws -> [String] {
    let step = lesson.steps[number]
    let begun = try preset(at: number)
    var messages: [String] = []
    let advance = lesson.beginning(of: number).flatMap { lesson.steps[$0].advance } ?? 0
    // Facts of one run at growing numbers of steps are tried on one run.
    var runs: [(settings: [Setting], run: Run)] = []
    for fact in step.facts.sorted(by: { ($0.steps ?? advance) < ($1.steps ?? advance) }) {
      let steps = fact.steps ?? advance
      var index = runs.firstIndex { $0.settings == fact.settings }
      if index == nil {
        runs.append((fact.settings, try Run(PresetKeys.apply(fact.settings, to: begun))))
        index = runs.count - 1
      }
      guard let index else { continue }
      runs[index].run.advance(steps - runs[index].run.step)
      let snapshot = runs[index].run.snapshot()
      if try !holds(fact.condition, in: snapshot) {
        messages.append(
          "the fact \(EscapedText.quoted(fact.condition)) does not hold after \(steps) steps"
            + (try told(fact.condition, in: snapshot)))
      }
    }
    guard let goal = step.goal else { return messages }
    var run = try Run(begun)
    run.advance(advance)
    if try holds(goal.condition, in: run.snapshot()) {
      messages.append(
        "the goal \(EscapedText.quoted(goal.condition)) holds before anything is done")
    }
    guard let solution = goal.solution else { return messages }
    run = try Run(PresetKeys.apply(solution.settings, to: begun))
    run.advance(solution.steps)
    let snapshot = run.snapshot()
    if try !holds(goal.condition, in: snapshot) {
      messages.append(
        "the solution does not reach the goal \(EscapedText.quoted(goal.condition)) in "
          + "\(solution.steps) steps" + (try told(goal.condition, in: snapshot)))
    }
    return messages
  }

  private func holds(_ text: String, in snapshot: Snapshot) throws -> Bool {
    try Condition(text, layout: snapshot.objective.layout).holds(in: snapshot)
      ?? false
  }

  /// `: loss is 0.3, step is 60`.
  private func told(_ text: String, in snapshot: Snapshot) throws -> String {
    let values = try Condition(text, layout: snapshot.objective.layout)
      .values(in: snapshot)
    guard !values.isEmpty else { return "" }
    return ": "
      + values.map { name, value in
        switch value {
        case .number(let number): "\(name) is \(number)"
        case .word(let word): "\(name) is \(word)"
        }
      }.joined(separator: ", ")
  }
}
