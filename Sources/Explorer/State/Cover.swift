import Training

/// What is hidden while the question of a lesson is open: the figures of the run, and all panes but
/// those that the question leaves in sight.
struct Cover: Equatable, Sendable {
  /// Panes that stay in sight.
  let shown: [String]

  /// Whether a pane is covered.
  func hides(_ pane: String) -> Bool { !shown.contains(pane) }
}

extension Explorer {
  /// What is covered; nil while no question is open.
  ///
  /// Panes stay in sight only while the run waits where the question was asked: what comes after is
  /// what most questions are about.
  var cover: Cover? {
    guard let state = shownLesson, let question = state.openQuestion else { return nil }
    let hasMoved =
      state.step.settings != nil
      && (state.watch.isWaiting(in: snapshot) || snapshot.step > 0 || snapshot.newestStep != nil
        || !snapshot.changes.isEmpty)
    return Cover(shown: hasMoved ? [] : question.shown)
  }

  /// Whether a question is open that the run will answer: it begins when the answer is given.
  var awaitsAnswer: Bool {
    guard let state = shownLesson else { return false }
    return state.openQuestion != nil && state.step.settings != nil
  }

  /// Says that something is covered; nil: nothing is.
  mutating func refuseCovered() -> [Effect]? {
    guard cover != nil else { return nil }
    say("that would answer the question: g answers it first", .warning)
    return []
  }
}
