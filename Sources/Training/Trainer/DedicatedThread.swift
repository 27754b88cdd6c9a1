import Glibc

/// A thread of its own, outside Swift's cooperative pool.
package struct DedicatedThread: Sendable {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let handle: pthread_t

  /// Starts a thread that runs `body`; without threads the program cannot go on.
  ///
  /// - Parameter isPatient: It leaves the processors to the program's other threads, and works in
  ///   what time they leave.
  init(isPatient: Bool = false, _ body: @escaping @Sendable () -> Void) {
    let started = Self.start {
      if isPatient { Self.lower() }
      body()
    }
    guard let thread = started else {
      preconditionFailure("the system refused a thread")
    }
    self = thread
  }

  private init(handle: pthread_t) { self.handle = handle }

  /// Starts a thread that runs `body`.
  ///
  /// - Parameter stackSize: bytes of its stack; nil: as many as the system gives.
  /// - Returns: nil when the system refuses a thread; `body` is not run then.
  package static func start(
    stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) -> DedicatedThread? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize, pthread_attr_setstacksize(&attributes, stackSize) != 0 { return nil }
    var handle = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let failure = pthread_create(
      &handle, &attributes,
      { pointer in
        // The pointer is the one that was passed below; the thread takes over its reference.
        Unmanaged<Work>.fromOpaque(pointer!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard failure == 0 else {
      work.release()
      return nil
    }
    return DedicatedThread(handle: handle)
  }

  /// Has the system prefer other threads to the calling one, whatever the niceness that the program
  /// was started with (on Linux it is a thread's). Where it refuses, the thread works as others do.
  private static func lower() {
    let which = __priority_which_t(PRIO_PROCESS.rawValue)
    _ = setpriority(which, 0, min(19, getpriority(which, 0) + 10))
  }

  /// Lets the thread end by itself; instead of `join`, once.
  package func detach() { pthread_detach(handle) }

  /// Waits until the thread has ended; to be called once.
  package func join() { pthread_join(handle, nil) }
}
