import Foundation
import Synchronization

/// The files that this program has read, so that no output replaces what it was made from.
package enum FilesRead {
  /// A file, whatever its name.
  private struct Identity: Hashable {
    var device: dev_t
    var number: ino_t
  }

  private static let all = Mutex<Set<Identity>>([])

  /// Keeps in mind what was opened for reading.
  static func add(_ status: stat) {
    let file = Identity(device: status.st_dev, number: status.st_ino)
    all.withLock { _ = $0.insert(file) }
  }

  /// Whether the file at `path`, after all links, was read.
  package static func contains(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let file = Identity(device: status.st_dev, number: status.st_ino)
    return all.withLock { $0.contains(file) }
  }
}
