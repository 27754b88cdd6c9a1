package import Training

/// What has been computed of snapshots, so that a picture that did not change is not computed again.
package final class ProbeCache {
  private var entries: [String: (key: AnyHashable, value: Any)] = [:]
  private let slow: SlowProbes?
  private var requests: [String: AnyHashable] = [:]

  /// An empty cache. What takes longer than a frame is made by `slow`; without it the caller waits.
  package init(slow: SlowProbes? = nil) { self.slow = slow }

  /// Counts up whenever something that takes long has become finer.
  package var revision: Int { slow?.revision ?? 0 }

  /// The value kept under `slot` if it was computed for the same `key`; else computes and keeps it.
  package func value<Key: Hashable, Value>(
    _ slot: String, for key: Key, compute: () -> Value
  ) -> Value {
    if let entry = entries[slot], entry.key == AnyHashable(key), let value = entry.value as? Value {
      return value
    }
    let value = compute()
    entries[slot] = (AnyHashable(key), value)
    return value
  }

  /// The finest value for `key` that has been made so far, out of stages that grow finer; nil until the first is done.
  ///
  /// Without a thread for what takes long, the last stage at once.
  package func refined<Key: Hashable, Value: Sendable>(
    _ slot: String, for key: Key, stages: [@Sendable () -> Value]
  ) -> Value? {
    guard let slow else {
      return stages.last.map { stage in value(slot, for: key) { stage() } }
    }
    if requests[slot] != AnyHashable(key) {
      requests[slot] = AnyHashable(key)
      slow.begin(slot, stages: stages.map { stage in { stage() } })
    }
    return slow.latest(slot) as? Value
  }

  /// A value that is carried on from the one before (a trace that follows a run); nil until there is one.
  ///
  /// With a thread for what takes long, the value may lie behind `key` for a while, and a new request waits until the last
  /// is done.
  package func carried<Key: Hashable, Value: Sendable>(
    _ slot: String, for key: Key, next: @escaping @Sendable (Value?) -> Value
  ) -> Value? {
    guard let slow else {
      let before = entries[slot]?.value as? Value
      return value(slot, for: key) { next(before) }
    }
    if requests[slot] != AnyHashable(key), !slow.isBusy(slot) {
      requests[slot] = AnyHashable(key)
      let before = slow.latest(slot) as? Value
      slow.begin(slot, carriesOn: true, stages: [{ next(before) }])
    }
    return slow.latest(slot) as? Value
  }
}
