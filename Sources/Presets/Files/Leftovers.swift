import Foundation

/// New files on their way to their names, and those that killed processes left behind.
///
/// A process holds a lock on each file that it writes; the system lets go of it however the process
/// ends. So a file whose lock can be had is nobody's.
enum Leftovers {
  private static let prefix = ".glissade-"
  private static let suffix = ".new"

  /// A new file in `folder`, open and locked.
  static func begin(in folder: String) throws(FileFailure) -> (path: String, descriptor: Int32) {
    // Once more when another process took the file for a leftover before it was locked.
    for _ in 0..<8 {
      let number = UInt64.random(in: 0...UInt64.max)
      let path = "\(folder)/\(prefix)\(getpid())-\(String(number, radix: 36))\(suffix)"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard descriptor >= 0 else { throw .system("cannot write here") }
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
      if isStill(path, descriptor) { return (path, descriptor) }
      close(descriptor)
    }
    throw FileFailure("cannot write here")
  }

  /// Whether `path` names the open file.
  private static func isStill(_ path: String, _ descriptor: Int32) -> Bool {
    var named = stat()
    var opened = stat()
    return lstat(path, &named) == 0 && fstat(descriptor, &opened) == 0
      && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }

  /// Removes what killed processes left in `folder`.
  static func clean(_ folder: String) {
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
      let path = folder + "/" + name
      let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      var status = stat()
      if fstat(descriptor, &status) == 0, FileKind(status).otherThanRegular == nil,
        status.st_uid == geteuid(), flock(descriptor, LOCK_EX | LOCK_NB) == 0
      {
        unlink(path)
      }
      close(descriptor)
    }
  }
}
