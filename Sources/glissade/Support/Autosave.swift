import Dispatch
import Explorer
import Foundation
import Presets
import Training

/// Keeps the explorer's session in a file as it grows: the newest state, at most once a second,
/// away from the drawing thread.
final class Autosave: Sendable {
  private struct Content {
    var preset: Preset
    var branches: [KeptBranch]
    var actions: SavedActions

    init(_ explorer: Explorer) {
      preset = explorer.keptSession
      branches = explorer.snapshot.branches
      actions = explorer.snapshot.actions
    }
  }

  private struct Desk {
    var waiting: Content?
    var isScheduled = false
    var written: Preset?
    var failure: String?
  }

  private let store: SessionStore
  private let claim: SessionClaim?
  private let sessions: KeptSessions
  private let desk = Locked(Desk())
  private let queue = DispatchQueue(label: "session")
  private let wake: @Sendable () -> Void

  private static let interval = DispatchTimeInterval.seconds(1)

  /// Whether it keeps a session in another file than the one it comes from, which another explorer
  /// holds.
  let isApart: Bool

  /// Writes to a store, one of `sessions`; nil, or where another explorer holds it: to a file of
  /// its own.
  ///
  /// - Parameters:
  ///   - claim: holds the store; nil: another explorer does.
  ///   - wake: called from another thread when a state could not be written.
  init(
    _ kept: SessionStore?, claim: SessionClaim?, of sessions: KeptSessions,
    wake: @escaping @Sendable () -> Void
  ) {
    self.sessions = sessions
    self.wake = wake
    if let kept, let claim {
      (store, self.claim, isApart) = (kept, claim, false)
    } else {
      store = sessions.begin()
      self.claim = SessionClaim(store.path)
      isApart = kept != nil
    }
  }

  /// Takes in the explorer's newest state; it is written within a second.
  func note(_ explorer: Explorer) {
    let content = Content(explorer)
    let isFirst = desk.withLock { desk in
      desk.waiting = content
      defer { desk.isScheduled = true }
      return !desk.isScheduled
    }
    guard isFirst else { return }
    queue.asyncAfter(deadline: .now() + Autosave.interval) { [self] in write() }
  }

  /// What went wrong when a state was last written; nil: nothing.
  var failure: String? { desk.withLock { $0.failure } }

  /// Writes the last state, and waits until it is written; what went wrong, if anything did.
  func finish(_ explorer: Explorer) -> String? {
    desk.withLock { $0.waiting = Content(explorer) }
    queue.sync { write() }
    return failure
  }

  private func write() {
    let waiting = desk.withLock { desk in
      desk.isScheduled = false
      defer { desk.waiting = nil }
      return desk.waiting
    }
    // Whoever looks around in the past changes nothing.
    guard let waiting else { return }
    let isWritten = desk.withLock { desk in
      guard desk.written == waiting.preset else { return false }
      desk.failure = nil
      return true
    }
    if isWritten { return }
    do {
      try store.write(waiting.preset, waiting.branches, actions: waiting.actions)
      let isFirst = desk.withLock { desk in
        defer {
          desk.written = waiting.preset
          desk.failure = nil
        }
        return desk.written == nil
      }
      if isFirst { sessions.removeOldest(besides: store.path) }
    } catch {
      // It is tried again, for a run that is paused has no newer state.
      let reason = EscapedText.visible("\(error)")
      let (isFirst, isNew) = desk.withLock { desk in
        let isNew = desk.failure != reason
        desk.failure = reason
        if desk.waiting == nil { desk.waiting = waiting }
        defer { desk.isScheduled = true }
        return (!desk.isScheduled, isNew)
      }
      if isFirst {
        queue.asyncAfter(deadline: .now() + Autosave.interval) { [self] in write() }
      }
      if isNew { wake() }
    }
  }
}
