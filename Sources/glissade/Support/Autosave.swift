import Dispatch
import Explorer
import Foundation
import Presets
import Training

/// Keeps the explorer's session in a file as it grows: the newest state, at most once a second,
/// away from the drawing thread.
final class Autosave: Sendable {
  private struct Desk {
    var waiting: (preset: Preset, branches: [KeptBranch])?
    var isScheduled = false
    var hasWritten = false
    var failure: String?
  }

  private let store: SessionStore
  private let desk = Locked(Desk())
  private let queue = DispatchQueue(label: "session")

  private static let interval = DispatchTimeInterval.seconds(1)

  /// Writes to a store.
  init(_ store: SessionStore) { self.store = store }

  /// Takes in the explorer's newest state; it is written within a second.
  func note(_ explorer: Explorer) {
    let (preset, branches) = (explorer.keptSession, explorer.snapshot.branches)
    let isFirst = desk.withLock { desk in
      desk.waiting = (preset, branches)
      defer { desk.isScheduled = true }
      return !desk.isScheduled
    }
    guard isFirst else { return }
    queue.asyncAfter(deadline: .now() + Autosave.interval) { [self] in write() }
  }

  /// Writes the last state, and waits until it is written; what went wrong, if anything did.
  func finish(_ explorer: Explorer) -> String? {
    desk.withLock { $0.waiting = (explorer.keptSession, explorer.snapshot.branches) }
    queue.sync { write() }
    return desk.withLock { $0.failure }
  }

  private func write() {
    let waiting = desk.withLock { desk in
      desk.isScheduled = false
      defer { desk.waiting = nil }
      return desk.waiting
    }
    guard let waiting else { return }
    let isFirst = desk.withLock { desk in
      defer { desk.hasWritten = true }
      return !desk.hasWritten
    }
    if isFirst { store.putAside() }
    do {
      try store.write(waiting.preset, waiting.branches)
    } catch {
      desk.withLock { $0.failure = EscapedText.visible("\(error)") }
    }
  }
}
