import Synchronization

/// Runs that have ended, on a line of the terminal where there is one.
final class StudyProgress: Sendable {
  private let state: Mutex<(bar: ProgressBar, done: Int)>
  private let total: Int
  private let isShown = StandardError.isTerminal

  init(total: Int) {
    self.total = total
    state = Mutex((ProgressBar(unit: "runs"), 0))
  }

  /// Some more runs have ended.
  func add(_ count: Int) {
    guard isShown else { return }
    state.withLock { state in
      state.done += count
      state.bar.show(done: state.done, of: total)
    }
  }

  /// Removes the line.
  func clear() { state.withLock { $0.bar.clear() } }
}
