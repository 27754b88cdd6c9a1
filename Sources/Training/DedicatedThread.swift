import Glibc

/// A thread of its own, outside Swift's cooperative pool.
struct DedicatedThread: Sendable {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let handle: pthread_t

  /// Starts a thread that runs `body`.
  init(_ body: @escaping @Sendable () -> Void) {
    var handle = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let failure = pthread_create(
      &handle, nil,
      { pointer in
        // The pointer is the one that was passed below; the thread takes over its reference.
        Unmanaged<Work>.fromOpaque(pointer!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    precondition(failure == 0, "the system refused a thread (error \(failure))")
    self.handle = handle
  }

  /// Lets the thread end by itself; instead of `join`, once.
  func detach() { pthread_detach(handle) }

  /// Waits until the thread has ended; to be called once.
  func join() { pthread_join(handle, nil) }
}
