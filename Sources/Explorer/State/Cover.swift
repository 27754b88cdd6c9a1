import Terminal
import Training

/// What is hidden while the question of a lesson is open: the figures of the run, and all panes but
/// those that the question leaves in sight.
struct Cover: Equatable, Sendable {
  /// Panes that stay in sight.
  let shown: [String]

  /// Whether a pane is covered.
  func hides(_ pane: String) -> Bool { !shown.contains(pane) }

  /// Whether pictures of single units are covered, too: what they show of the plane of inputs, the
  /// boundary shows.
  var hidesUnits: Bool { hides("boundary") }
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

  /// The preset whose question is open; nil: none is. What lists say of it may be the answer.
  var askedPreset: String? { cover == nil ? nil : lesson?.base.name }

  /// What lists say in place of that.
  static let coveredWords = "covered until the lesson's question is answered"

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

  /// Whether a key would answer the question that is open.
  func refuses(_ binding: KeyBinding) -> Bool {
    binding.isRefusedByQuestion && awaitsAnswer || binding.tellsRun && cover != nil
  }

  /// Does what a key does, unless that would answer the question that is open.
  mutating func act(_ binding: KeyBinding, _ key: Key) -> [Effect] {
    if refuses(binding), let refused = refuseCovered() { return refused }
    return binding.act(&self, key)
  }

  /// Keeps in mind that a key answered a question at once.
  mutating func noteAnswer(_ reply: OverlayReply, by key: Key) {
    guard case .closeAnd(.answer) = reply else { return }
    lesson?.ignoresEnter = key.code != .enter ? now + Explorer.habitTime : nil
  }

  /// So soon after a key that answers at once, Enter is one of habit.
  private static let habitTime: Duration = .milliseconds(700)

  /// Whether a key is the Enter that follows such a key out of habit.
  mutating func isEnterAfterAnswer(_ key: Key) -> Bool {
    guard let end = lesson?.ignoresEnter else { return false }
    lesson?.ignoresEnter = nil
    return key.code == .enter && overlays.isEmpty && now < end
  }
}
