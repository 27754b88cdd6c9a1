import Training

/// The presets as lists show them, read when somebody first asks for them.
///
/// Reading all of them takes several times as long as the first picture, which needs none; so the loop has them read
/// ahead on another thread once that picture stands. A list asked for meanwhile waits for the reading to end.
package final class PresetIndex: Sendable {
  private let known: Locked<[PresetEntry]?>
  private let read: (@Sendable () -> [PresetEntry])?

  /// An index that knows its entries.
  package init(_ entries: [PresetEntry]) {
    known = Locked(entries)
    read = nil
  }

  /// An index that reads its entries once, on whatever thread asks first.
  package init(reading read: @escaping @Sendable () -> [PresetEntry]) {
    known = Locked(nil)
    self.read = read
  }

  /// All presets, in teaching order; those of a group stand together.
  package var entries: [PresetEntry] {
    known.withLock { known in
      if let known { return known }
      let entries = read?() ?? []
      known = entries
      return entries
    }
  }

  /// Lets the entries be read anew when they are next asked for: a preset was saved.
  func forget() {
    if read != nil { known.withLock { $0 = nil } }
  }
}
