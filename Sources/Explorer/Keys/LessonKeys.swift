import Terminal
import Training

extension KeyBinding {
  /// Keys of lessons.
  static let lessons: [KeyBinding] = [
    KeyBinding(
      "lesson", [.type("L")], .lessons, "show this preset's lesson, or hide it",
      hint: { explorer in
        guard explorer.lesson != nil else { return nil }
        return explorer.isLessonShown ? Hint("hide lesson", 34) : Hint("lesson", 73)
      },
      act: { explorer, _ in explorer.toggleLesson() }),
    KeyBinding(
      "lesson_next", [.type("g")], .lessons,
      "go on in the lesson: answer, next step, next lesson",
      hint: { explorer in explorer.lessonOffer.map { Hint($0, 91) } },
      act: { explorer, _ in explorer.goOnInLesson() }),
    KeyBinding(
      "lesson_back", [.type("G"), Key(.backspace)], .lessons, "back to the lesson's step before",
      hint: { explorer in
        guard let state = explorer.shownLesson, state.index > 0 else { return nil }
        return Hint("back", 74)
      },
      act: { explorer, _ in explorer.goBackInLesson() }),
    KeyBinding(
      "show_me", [.type("M")], .lessons, "show a way to reach the lesson's goal", tellsRun: true,
      hint: { $0.canShowSolution ? Hint("show me", 71) : nil },
      act: { explorer, _ in explorer.showSolution() }),
  ]
}
