import Synchronization

/// Names one course of a run in this process: what has the same name passes through the same states
/// at the same steps.
///
/// Stamped where a run begins. A copy of a run keeps its name; a run that leaves the course of
/// another gets one of its own.
package struct RunID: Hashable, Sendable {
  private let number = Stamp.next()
  /// A name that nothing had before.
  package init() {}
}

/// Names one objective in this process: what has the same name is the same function, model and
/// data.
///
/// Stamped where a run gets an objective. Caches of what depends on the objective alone are kept
/// under it.
package struct ObjectiveID: Hashable, Sendable {
  private let number = Stamp.next()
  /// A name that nothing had before.
  package init() {}
}

/// Numbers that are given out once.
private enum Stamp {
  private static let last = Atomic<UInt64>(0)
  static func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
}
