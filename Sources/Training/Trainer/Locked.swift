import Synchronization

/// A value that one thread at a time may touch, in a way that ThreadSanitizer can follow.
///
/// The lock inside `Mutex` lives in the standard library, which is not instrumented: the sanitizer
/// does not see that one critical section comes after the other, and reports races that are none.
/// So a gate is locked first, and an atomic that the sanitizer does see hands the value over: what
/// was written before the releasing store is known after the acquiring load. It costs a few
/// nanoseconds, and is not for inner loops.
package struct Locked<Value: Sendable>: ~Copyable, Sendable {
  private let gate = Mutex<Void>(())
  private let handover = Atomic<Int>(0)
  private let value: Mutex<Value>

  /// A value that nobody holds.
  package init(_ value: sending Value) { self.value = Mutex(value) }

  /// Calls `body` while no other thread can.
  package borrowing func withLock<Result: Sendable>(
    _ body: @Sendable (inout Value) -> Result
  ) -> Result {
    gate.withLock { _ in
      _ = handover.load(ordering: .acquiring)
      defer { handover.store(1, ordering: .releasing) }
      return value.withLock { value in body(&value) }
    }
  }
}
