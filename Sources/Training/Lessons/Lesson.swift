/// What a preset teaches: short steps that are read beside the run, some with a question, some with
/// a goal.
package struct Lesson: Equatable, Sendable {
  /// A title for people.
  package var title: String
  /// The part of the lecture notes it belongs to; may be empty.
  package var section: String
  /// Its place in the tour, the smallest first; nil: after those that have one.
  package var order: Int?
  /// The steps; never empty.
  package var steps: [LessonStep]

  /// A lesson.
  package init(title: String, section: String = "", order: Int? = nil, steps: [LessonStep]) {
    self.title = title
    self.section = section
    self.order = order
    self.steps = steps
  }

  /// The step whose settings are in force at `step`: the nearest one that begins the preset afresh,
  /// itself included.
  package func beginning(of step: Int) -> Int? {
    guard steps.indices.contains(step) else { return nil }
    return steps[...step].lastIndex { $0.settings != nil }
  }
}

/// One step of a lesson.
package struct LessonStep: Equatable, Sendable {
  /// What is to be read.
  package var text: String
  /// Keys to press, as the key table spells them.
  package var keys: [String]
  /// The view to look at; it gets the focus when the step opens.
  package var view: String?
  /// Settings over the preset, which begins afresh with them when the step opens; nil: what runs
  /// goes on.
  package var settings: [Setting]?
  /// Steps that the run takes at once when the step opens, then it waits; nil: it runs at its pace.
  package var advance: Int?
  /// To be answered before the run begins.
  package var question: LessonQuestion?
  /// What the student is to reach.
  package var goal: LessonGoal?
  /// What the text says of runs, as conditions that `glissade check` and the tests try.
  package var facts: [LessonFact]

  /// A step with a text and nothing else.
  package init(text: String) {
    self.text = text
    keys = []
    facts = []
  }
}

/// A question that is answered before the result is shown.
package struct LessonQuestion: Equatable, Sendable {
  /// What would be right.
  package enum Answer: Equatable, Sendable {
    /// One of a few: the choices, and the index of the right one.
    case choice([String], right: Int)
    /// A number within a tolerance.
    case number(Double, tolerance: Double)
  }

  /// The question.
  package var text: String
  /// What would be right.
  package var answer: Answer
  /// Shown once it is answered.
  package var explanation: String
  /// Said after a first answer that is wrong, before the second try; may be empty.
  package var hint: String
  /// The panes that stay in sight while it is open; all others, and the figures of the run, are
  /// covered.
  package var shown: [String]

  /// A question.
  package init(
    text: String, answer: Answer, explanation: String, hint: String = "", shown: [String] = []
  ) {
    self.text = text
    self.answer = answer
    self.explanation = explanation
    self.hint = hint
    self.shown = shown
  }

  /// Whether a number is right.
  package func accepts(_ value: Double) -> Bool {
    guard case .number(let right, let tolerance) = answer else { return false }
    return abs(value - right) <= tolerance
  }
}

/// Something that a lesson says of a run.
package struct LessonFact: Equatable, Sendable {
  /// What holds, in the language of formulas.
  package var condition: String
  /// Settings over those of the step.
  package var settings: [Setting]
  /// Steps after which it holds; nil: as many as the step takes at once, or none.
  package var steps: Int?

  /// A fact; of the step's own run where nothing else is said.
  package init(_ condition: String, settings: [Setting] = [], steps: Int? = nil) {
    self.condition = condition
    self.settings = settings
    self.steps = steps
  }
}

/// What a student is to reach, checked by the program.
package struct LessonGoal: Equatable, Sendable {
  /// What people read; empty: the condition itself.
  package var text: String
  /// The condition, in the language of formulas.
  package var condition: String
  /// A way to reach it; nil: none is given.
  package var solution: LessonSolution?

  /// A goal.
  package init(text: String = "", condition: String, solution: LessonSolution? = nil) {
    self.text = text
    self.condition = condition
    self.solution = solution
  }
}

/// A way to reach a goal: the preset with these settings over those of the step, after so many
/// steps.
package struct LessonSolution: Equatable, Sendable {
  /// Settings over those of the step.
  package var settings: [Setting]
  /// Steps to take.
  package var steps: Int

  /// A solution.
  package init(settings: [Setting], steps: Int) {
    self.settings = settings
    self.steps = steps
  }
}
