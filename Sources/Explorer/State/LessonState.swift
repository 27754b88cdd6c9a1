import Differentiation
import Lanes
import Models
package import Training

/// What a student answered to the question of a step.
package enum LessonAnswer: Equatable, Sendable {
  /// The choice of that index.
  case choice(Int)
  /// A number.
  case number(Double)
  /// None: they asked for the answer.
  case skipped

  /// Whether it is right; nil where none was given.
  func isRight(_ question: LessonQuestion) -> Bool? {
    switch (self, question.answer) {
    case (.choice(let index), .choice(_, let right)): index == right
    case (.number(let value), .number): question.accepts(value)
    default: nil
    }
  }
}

/// A place in a lesson, to be remembered between sessions.
package struct LessonMark: Equatable, Sendable {
  /// The preset.
  package var preset: String
  /// The step, from 0.
  package var step: Int
  /// Whether the last step was left by going on.
  package var isDone: Bool

  /// A place.
  package init(preset: String, step: Int, isDone: Bool = false) {
    self.preset = preset
    self.step = step
    self.isDone = isDone
  }
}

/// A run that a lesson wants: a preset with settings, from its beginning.
package struct LessonRun: Equatable, Sendable {
  /// How it begins.
  package enum Beginning: Equatable, Sendable {
    /// It runs at its pace.
    case running
    /// It waits, after so many steps.
    case waiting(after: Int)
  }

  /// The preset as written.
  package var base: Preset
  /// Settings over it, in order.
  package var settings: [Setting]
  /// How it begins.
  package var beginning: Beginning
}

/// Where a student is in the lesson of the preset that runs.
struct LessonState: Sendable {
  /// The lesson.
  let lesson: Lesson
  /// The preset as written, which steps begin afresh.
  let base: Preset
  /// The step that is shown.
  var index = 0
  /// The page of its text, where it is longer than the panel.
  var page = 0
  /// Answers that closed their questions, by step.
  var answers: [Int: LessonAnswer] = [:]
  /// First answers that were wrong, by step: each question has a second try.
  var firstTries: [Int: LessonAnswer] = [:]
  /// Goals that were reached, by step, with the run's step.
  var reached: [Int: Int] = [:]
  /// Whether the end of the lesson's section was told when the lesson was left.
  var isSectionTold = false
  /// Whether it was said that the last task is open when the lesson was to be left.
  var isLeavingTold = false
  /// Until when Enter is not to turn the page that explains an answer, since a key answered at once
  /// and many press Enter after it; nil once another key was pressed.
  var ignoresEnter: Duration?
  /// Whether the learner looks for a goal after each step.
  var isWatched = false
  /// Keeps an eye on the goal of the step that is shown.
  var watch = GoalWatch()

  /// The step that is shown.
  var step: LessonStep { lesson.steps[index] }
  /// Whether it is the last.
  var isLast: Bool { index == lesson.steps.count - 1 }
  /// The question of the step, while it waits for an answer.
  var openQuestion: LessonQuestion? { answers[index] == nil ? step.question : nil }

  /// The lesson of a preset, at a step; nil when it has none.
  init?(_ base: Preset, at index: Int = 0) {
    guard let lesson = base.lesson, !lesson.steps.isEmpty else { return nil }
    self.lesson = lesson
    self.base = base
    self.index = max(0, min(index, lesson.steps.count - 1))
  }

  /// Whether it waits to be started: what is to be done counts from there. An answer starts it.
  var waitsForStart: Bool {
    guard step.question == nil else { return false }
    return lesson.beginning(of: index).map { lesson.steps[$0] }?.advance == nil && step.goal != nil
  }

  /// Whether the run goes on with the answer, so that it shows what was asked; else the answer only
  /// uncovers what is there.
  var answerRuns: Bool {
    guard step.settings != nil else { return false }
    var answered = self
    answered.answers[index] = .skipped
    return answered.run().beginning != .waiting(after: 0)
  }

  /// What the run is to be at the step that is shown.
  func run(settings more: [Setting] = []) -> LessonRun {
    let begun = lesson.beginning(of: index)
    let step = begun.map { lesson.steps[$0] }
    // Before the answer the result is hidden: the run waits where it begins.
    let waits = openQuestion != nil && begun == index
    return LessonRun(
      base: base, settings: (step?.settings ?? []) + more,
      beginning: waits || waitsForStart
        ? .waiting(after: 0) : step?.advance.map { .waiting(after: $0) } ?? .running)
  }
}

/// Watches whether the goal of a step is reached: after each step by the learner, and in each
/// snapshot, since a setting that is changed while the run waits counts too.
struct GoalWatch: Sendable {
  /// The condition, ready to be asked; nil before the first snapshot came.
  private(set) var reader: ConditionReader?
  /// The request for the run that is watched: snapshots that do not know of it do not count.
  private var awaited: Request.Ticket?
  /// The request that has the learner look after each step.
  private var watching: Request.Ticket?

  /// Begins to wait for the first snapshot of the run that a request loads.
  mutating func await(_ ticket: Request.Ticket) { awaited = ticket }

  /// The learner was asked to look after each step.
  mutating func watch(_ ticket: Request.Ticket) { watching = ticket }

  /// Whether the run of the step is not there yet in `snapshot`.
  func isWaiting(in snapshot: Snapshot) -> Bool {
    guard let awaited else { return false }
    // A run that was refused never comes.
    return snapshot.acknowledged < awaited || snapshot.refused(awaited)
  }

  /// The run's step at which `goal` was reached; nil: it was not yet.
  mutating func reached(_ goal: LessonGoal, in snapshot: Snapshot) -> Int? {
    guard !isWaiting(in: snapshot) else { return nil }
    awaited = nil
    if let sighting = snapshot.sighting, sighting.ticket == watching { return sighting.step }
    if reader?.text != goal.condition { reader = ConditionReader(goal.condition) }
    return reader?.holds(in: snapshot) ?? false ? snapshot.step : nil
  }
}
