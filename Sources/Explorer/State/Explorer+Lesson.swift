import Lanes
import Terminal
package import Training

extension Explorer {
  /// The lesson that is on the screen.
  var shownLesson: LessonState? { isLessonShown ? lesson : nil }

  /// Presets that have a lesson, in the order of the tour.
  var tour: [PresetEntry] { presets.tour }

  /// Opens the lesson of the preset that runs, at the step that is remembered.
  package mutating func openLesson() -> [Effect] {
    guard lesson != nil else {
      // Whichever is chosen opens with its lesson.
      isLessonShown = true
      return open(Picker(self, typed: "lesson", chosen: begunLesson))
    }
    isLessonShown = true
    return openStep(lesson?.index ?? 0, isFresh: true)
  }

  /// Shows the lesson of this preset or hides it; where there is none, offers those that have one.
  mutating func toggleLesson() -> [Effect] {
    guard isLessonShown, lesson != nil else { return openLesson() }
    isLessonShown = false
    return []
  }

  /// On with the lesson: answers, turns the page, or opens the next step; at the end the next
  /// lesson.
  mutating func goOnInLesson() -> [Effect] {
    guard let state = shownLesson else { return openLesson() }
    if hasMorePages {
      lesson?.page += 1
      return []
    }
    if let question = state.openQuestion {
      return open(
        AnswerBox(question, step: state.index, tried: state.firstTries[state.index]))
    }
    if !state.isLast { return openStep(state.index + 1) }
    if let goal = state.step.goal, state.reached[state.index] == nil, !state.isLeavingTold {
      lesson?.isLeavingTold = true
      say(
        "the task is still open: g again leaves it"
          + (goal.solution == nil ? "" : ", M shows a way"), .warning)
      return []
    }
    let done = Effect.remember(
      LessonMark(preset: state.base.name, step: state.index, isDone: true))
    guard let next = nextLesson else {
      say("that was the last lesson; L hides the panel", .good)
      return [done]
    }
    let section = state.lesson.section
    let following = next.lesson?.section ?? ""
    if section != following, !section.isEmpty, !following.isEmpty, !state.isSectionTold {
      lesson?.isSectionTold = true
      say("\(section): done. g goes on with \(following), p chooses", .good)
      return [done]
    }
    return [done, .load(preset: next.name, variant: nil)]
  }

  /// Back: a page, or a step.
  mutating func goBackInLesson() -> [Effect] {
    guard let state = shownLesson else { return [] }
    if state.page > 0 {
      lesson?.page -= 1
      return []
    }
    if state.index > 0 { return openStep(state.index - 1) }
    guard let before = neighbor(by: -1) else {
      say("this is the first step of the first lesson")
      return []
    }
    // The step before a first one is the last of the lesson before.
    opensLastStep = before.name
    return [.load(preset: before.name, variant: nil)]
  }

  /// Shows a way to reach the goal: the run begins afresh with the solution's settings, and takes
  /// its steps.
  mutating func showSolution() -> [Effect] {
    guard let state = shownLesson else { return [] }
    guard let solution = state.step.goal?.solution else {
      say("this step has no solution to show", .warning)
      return []
    }
    var run = state.run(settings: solution.settings)
    run.beginning = .waiting(after: solution.steps)
    let settings = solution.settings.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    say("\(settings.isEmpty ? "as it is" : settings): \(NumberText.count(solution.steps)) steps")
    return [.begin(run)]
  }

  /// Takes an answer, and lets the run show the result.
  mutating func answer(step: Int, _ answer: LessonAnswer) -> [Effect] {
    guard let state = shownLesson, state.index == step, let question = state.step.question else {
      return []
    }
    guard state.openQuestion != nil else { return [] }
    lesson?.page = 0
    let isRight = answer.isRight(question)
    if isRight == false, state.firstTries[step] == nil {
      lesson?.firstTries[step] = answer
      say("not quite: g tries again", .warning)
      return []
    }
    lesson?.answers[step] = answer
    switch isRight {
    case true?: say("right", .good)
    case false?: say("not quite", .warning)
    case nil: break
    }
    guard state.step.settings != nil, let run = lesson?.run() else { return [] }
    return [.begin(run)]
  }

  /// The lesson after this one in the tour.
  var nextLesson: PresetEntry? { neighbor(by: 1) }

  private func neighbor(by distance: Int) -> PresetEntry? {
    let tour = tour
    guard let name = lesson?.base.name, let place = tour.firstIndex(where: { $0.name == name })
    else { return nil }
    return tour.indices.contains(place + distance) ? tour[place + distance] : nil
  }

  /// Opens a step; `isFresh`: whatever ran before, the run begins as the lesson has it there.
  private mutating func openStep(_ index: Int, isFresh: Bool = false) -> [Effect] {
    guard var state = lesson, state.lesson.steps.indices.contains(index) else { return [] }
    let before = state.lesson.beginning(of: state.index)
    state.index = index
    state.page = 0
    state.watch = GoalWatch()
    lesson = state
    // What was said is about the step before.
    toast = nil
    // The form's figures are no secret's place.
    if state.openQuestion != nil { form = nil }
    focusLessonView()
    let isDone = lessonMarks[state.base.name]?.isDone ?? false
    let remembered = Effect.remember(
      LessonMark(preset: state.base.name, step: index, isDone: isDone))
    let begins =
      isFresh || state.step.settings != nil || before != state.lesson.beginning(of: index)
    if begins { return [remembered, .begin(state.run())] }
    let effects = [remembered] + watchGoal()
    followGoal()
    return effects
  }

  /// Shows the lesson at a step beside the run as it is.
  mutating func showLesson(at index: Int, isAnswered: Bool) {
    guard var state = lesson, state.lesson.steps.indices.contains(index) else { return }
    state.index = index
    if isAnswered { state.answers[index] = .skipped }
    lesson = state
    isLessonShown = true
    focusLessonView()
    followGoal()
    toast = nil
  }

  /// The focus to the picture that the step speaks of.
  mutating func focusLessonView() {
    guard let view = shownLesson?.step.view else { return }
    panes.focused = view
    panes.isZoomed = false
  }

  /// Begins the run that a lesson asked for.
  package mutating func begin(_ preset: Preset, _ beginning: LessonRun.Beginning)
    -> [Effect]
  {
    pace = preset.pace
    remembered = RememberedChoices()
    // The step's own pictures, whatever was exchanged before.
    panes.order = nil
    let isSame = preset.name == expected.name
    let load = ask(toLoad: preset)
    if !isSame { paneReset = pending.lastTicket }
    lesson?.watch.await(pending.lastTicket)
    let begun = [load] + watchGoal()
    switch beginning {
    case .running: return begun + [setRunning(true)]
    case .waiting(let steps):
      return begun + [setRunning(false)] + (steps > 0 ? [ask(.step(steps))] : [])
    }
  }

  /// Has the learner look after each step whether the goal of the step is reached.
  mutating func watchGoal() -> [Effect] {
    guard let state = shownLesson, state.step.goal != nil || state.isWatched else { return [] }
    let goal = state.reached[state.index] == nil ? state.step.goal : nil
    let request = ask(.watch(goal?.condition))
    lesson?.isWatched = goal != nil
    lesson?.watch.watch(pending.lastTicket)
    return [request]
  }

  /// Takes up the lesson of a preset that was loaded, where it was left; what is to be done when
  /// its panel is open.
  ///
  /// A variant leaves the lesson of its own preset where it is, and hides that of another.
  mutating func takeUpLesson(of preset: Preset, isVariant: Bool) -> [Effect]? {
    if isVariant, lesson?.base.name == preset.name { return nil }
    let isBack = opensLastStep == preset.name && !isVariant
    opensLastStep = nil
    lesson = LessonState(preset, at: isBack ? .max : firstStep(ofLesson: preset.name))
    guard lesson != nil, isLessonShown else { return nil }
    guard !isVariant else {
      isLessonShown = false
      return nil
    }
    let effects = openStep(lesson?.index ?? 0, isFresh: true)
    if isBack { say("back in the lesson before: \(lesson?.lesson.title ?? "")") }
    return effects
  }

  /// Presets whose lessons were read to their ends.
  var doneLessons: Set<String> { Set(lessonMarks.values.filter(\.isDone).map(\.preset)) }

  /// The first lesson of the tour that was begun and not read to its end.
  private var begunLesson: String? {
    tour.first { place(inLesson: $0) != nil }?.name
  }

  /// How far a lesson was read that is not done, as lists show it: `step 3 of 4`; nil: not begun,
  /// or done.
  func place(inLesson preset: PresetEntry) -> String? {
    guard let lesson = preset.lesson, let mark = lessonMarks[preset.name], !mark.isDone else {
      return nil
    }
    return "step \(min(mark.step + 1, lesson.steps.count)) of \(lesson.steps.count)"
  }

  /// The step at which a lesson is taken up: where it was left, or the first when it was read to
  /// its end.
  func firstStep(ofLesson preset: String) -> Int {
    guard let mark = lessonMarks[preset], !mark.isDone else { return 0 }
    return mark.step
  }

  /// Takes in that the place in a lesson could not be kept; said once.
  package mutating func failed(toRemember message: String) {
    guard !hasToldForgetting else { return }
    hasToldForgetting = true
    say(message, .warning)
  }

  /// Looks whether the goal of the step is reached.
  mutating func followGoal() {
    guard isLessonShown, var state = lesson, let goal = state.step.goal,
      state.reached[state.index] == nil
    else { return }
    if let step = state.watch.reached(goal, in: snapshot) {
      state.reached[state.index] = step
      say("goal reached", .good)
    }
    lesson = state
  }
}

extension [PresetEntry] {
  /// Those that have a lesson, in the order of the tour: as the lessons say, then as they stand
  /// here.
  package var tour: [PresetEntry] {
    enumerated().filter { $0.element.lesson != nil }.sorted {
      let (a, b) = ($0.element.lesson?.order ?? .max, $1.element.lesson?.order ?? .max)
      return a == b ? $0.offset < $1.offset : a < b
    }.map(\.element)
  }
}
