/// What has been computed of snapshots, so that a picture that did not change is not computed again.
package final class ProbeCache {
  private var entries: [String: (key: AnyHashable, value: Any)] = [:]

  /// An empty cache.
  package init() {}

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
}
