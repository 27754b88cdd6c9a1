import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe that ends a poll: signal handlers write to it, and `wake()` from any thread.
final class WakePipe: Sendable {
  /// To poll and read.
  let readEnd: Int32
  /// For signal handlers.
  let writeEnd: Int32
  private let pending = Atomic<Bool>(false)

  /// Opens it, not blocking at either end.
  init() throws(NcursesError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system("pipe", errno) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Wakes; calls before the next `take()` are one.
  func wake() {
    guard !pending.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// Empties the pipe; true when somebody called `wake()`.
  func take() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 256)
    while read(readEnd, &buffer, buffer.count) == buffer.count {}
    return pending.exchange(false, ordering: .acquiringAndReleasing)
  }
}
