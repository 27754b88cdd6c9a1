import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Holds a session's file for one explorer: two that kept the same file would overwrite each other.
///
/// It is a lock on an empty file beside the session (`.NAME.lock`), which the system lets go when
/// the process ends, however it ends. Where locks cannot be had (a file system without them, a
/// folder that cannot be written), every claim is granted.
package final class SessionClaim: Sendable {
  private let descriptor: Int32
  private let session: String

  /// Claims the session in a file; nil: another explorer holds it.
  package init?(_ session: String) {
    self.session = session
    try? Folder.make(FileLinks.folder(of: session))
    let path = SessionClaim.path(of: session)
    var tries = 8
    while true {
      let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if opened >= 0, flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(opened)
        return nil
      }
      // The file may have been removed between the two: whoever comes next makes another. Some file
      // systems never tell that two are one.
      tries -= 1
      if opened < 0 || tries == 0 || SessionClaim.isFile(opened, at: path) {
        descriptor = opened
        return
      }
      close(opened)
    }
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var (mine, there) = (stat(), stat())
    guard fstat(descriptor, &mine) == 0, lstat(path, &there) == 0 else { return false }
    return mine.st_dev == there.st_dev && mine.st_ino == there.st_ino
  }

  /// Lets it go. The lock's file goes where the session was never written.
  deinit {
    guard descriptor >= 0 else { return }
    if !FileManager.default.fileExists(atPath: session) { unlink(SessionClaim.path(of: session)) }
    // A program that is being started at this moment has the file open, too.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// The lock of the session in a file.
  static func path(of session: String) -> String {
    let name = session.split(separator: "/").last ?? ""
    return "\(FileLinks.folder(of: session))/.\(name)\(ending)"
  }

  /// The session of a lock, by their names; nil: it is no lock.
  static func session(of name: String) -> String? {
    guard name.hasPrefix("."), name.hasSuffix(ending) else { return nil }
    return String(name.dropFirst().dropLast(ending.count))
  }

  private static let ending = ".lock"
}
