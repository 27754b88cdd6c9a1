import Dispatch
package import Training

/// What has been computed of snapshots, so that a picture that did not change is not computed
/// again. Pictures may be drawn on several threads.
package final class ProbeCache: Sendable {
  private struct Entry: Sendable {
    var key: any Hashable & Sendable
    var value: any Sendable
  }

  private struct State: Sendable {
    var entries: [String: Entry] = [:]
    var requests: [String: any Hashable & Sendable] = [:]
    /// Until when what is carried on rests.
    var rests: [String: ContinuousClock.Instant] = [:]
  }

  private let state = Locked(State())
  private let slow: SlowProbes?

  /// An empty cache. What takes longer than a frame is made by `slow`; without it the caller waits.
  package init(slow: SlowProbes? = nil) { self.slow = slow }

  /// Counts up whenever something that takes long has become finer.
  package var revision: Int { slow?.revision ?? 0 }

  /// The value kept under `slot` if it was computed for the same `key`; else computes and keeps it.
  package func value<Key: Hashable & Sendable, Value: Sendable>(
    _ slot: String, for key: Key, compute: () -> Value
  ) -> Value {
    let known = state.withLock { state -> Value? in
      guard let entry = state.entries[slot], entry.key as? Key == key else { return nil }
      return entry.value as? Value
    }
    if let known { return known }
    let value = compute()
    // What was given up half-way is nobody's.
    if !ProbeWork.isCurrentGivenUp {
      state.withLock { $0.entries[slot] = Entry(key: key, value: value) }
    }
    return value
  }

  /// The finest value for `key` that has been made so far, out of stages that grow finer; nil until
  /// the first is done. What does not take long is waited for.
  ///
  /// Without a thread for what takes long, the last stage at once.
  package func refined<Key: Hashable & Sendable, Value: Sendable>(
    _ slot: String, for key: Key, stages: [@Sendable () -> Value]
  ) -> Value? {
    guard let slow else {
      return stages.last.map { stage in value(slot, for: key) { stage() } }
    }
    guard isNew(key, in: slot) else { return slow.latest(slot) as? Value }
    slow.begin(slot, stages: stages.map { stage in { stage() } })
    return slow.latest(slot, waiting: ProbeCache.patience) as? Value
  }

  /// What was made last under a slot, whatever its key; nil: nothing.
  package func latest<Value: Sendable>(_ slot: String) -> Value? {
    (slow?.latest(slot) as? Value) ?? state.withLock { $0.entries[slot]?.value as? Value }
  }

  /// A value that is carried on from the one before (a trace that follows a run); nil until there
  /// is one.
  ///
  /// With a thread for what takes long, the value may lie behind `key` for a while, and a new
  /// request waits until the last is done.
  ///
  /// - Parameters:
  ///   - share: While keys change (a run goes on), so much of the time is worked, and the rest is
  ///     left to others; 1 where no other key is to come, since nobody asks again after the rest.
  ///   - isBehind: Whether a value has not come to its key yet, and is carried on for it.
  package func carried<Key: Hashable & Sendable, Value: Sendable>(
    _ slot: String, for key: Key, share: Double = 1, isBehind: (Value) -> Bool = { _ in false },
    next: @escaping @Sendable (Value?) -> Value
  ) -> Value? {
    guard let slow else {
      let before = state.withLock { $0.entries[slot]?.value as? Value }
      return value(slot, for: key) { next(before) }
    }
    guard !slow.isBusy(slot) else { return slow.latest(slot) as? Value }
    let before = slow.latest(slot) as? Value
    let (isAsked, isResting) = state.withLock { state in
      (
        state.requests[slot] as? Key == key,
        share < 1 && state.rests[slot].map { ContinuousClock.now < $0 } ?? false
      )
    }
    guard isAsked ? before.map(isBehind) ?? false : !isResting else { return before }
    state.withLock { $0.requests[slot] = key }
    slow.begin(
      slot, carriesOn: true,
      stages: [
        { [self] in
          let begin = ContinuousClock.now
          let value = next(before)
          let end = ContinuousClock.now
          if share < 1 {
            let rest = begin.duration(to: end) * (1 / share - 1)
            state.withLock { state in
              // What was given up is no reason for another problem's picture to wait.
              if !ProbeWork.isCurrentGivenUp { state.rests[slot] = end + rest }
            }
          }
          return value
        }
      ])
    return slow.latest(slot) as? Value
  }

  /// Gives up all that takes long: another problem is shown.
  package func giveUp() {
    slow?.giveUp()
    state.withLock { state in
      state.requests = [:]
      state.rests = [:]
    }
  }

  /// A picture waits so long for what is made beside it.
  private static let patience = DispatchTimeInterval.milliseconds(8)

  /// Whether a key is another than that of the last request in a slot; it is the last from now on.
  private func isNew<Key: Hashable & Sendable>(_ key: Key, in slot: String) -> Bool {
    state.withLock { state in
      guard state.requests[slot] as? Key != key else { return false }
      state.requests[slot] = key
      return true
    }
  }
}
