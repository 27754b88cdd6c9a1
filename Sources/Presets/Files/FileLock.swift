import Foundation

/// Lets one process at a time change the files of a folder: a lock on the folder itself, which
/// leaves nothing behind.
enum FileLock {
  /// How long others are waited for. They hold the lock for milliseconds, unless they were stopped
  /// meanwhile.
  private static let patience: Duration = .seconds(5)

  /// Calls `body` while nobody else holds the lock on `folder`.
  ///
  /// File systems that know no locks let it through.
  ///
  /// - Throws: `FileFailure` when somebody holds the lock for too long.
  static func hold<Result>(
    _ folder: String, _ body: () throws(FileFailure) -> Result
  ) throws(FileFailure) -> Result {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(EscapedText.visible(folder)) }
    // A program that is being started at this moment has the folder open, too.
    defer {
      flock(descriptor, LOCK_UN)
      close(descriptor)
    }
    let end = ContinuousClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { break }
      guard ContinuousClock.now < end else {
        throw FileFailure("another glissade is writing there")
      }
      usleep(2_000)
    }
    return try body()
  }
}
