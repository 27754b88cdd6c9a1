import Foundation

/// A file that is written as a whole or not at all: to a new file beside it, flushed to the disk,
/// then renamed.
///
/// Until `commit` the file of that name is as it was, whatever happens: a full disk, a signal, a
/// power cut. The mode of a file that is replaced is kept, its owner where that may be; a symbolic
/// link stays, and what it points to is replaced. Devices, pipes and the program's own streams
/// (`/dev/stdout`) cannot be replaced and are written through.
///
/// New files lie beside the old ones as `.glissade-….new`, locked while they are written. Those
/// that a killed process left are removed when the next file in that folder is begun.
package final class AtomicFile {
  /// The file of that name, after all symbolic links.
  private let target: String
  /// Where bytes go until `commit`; nil: they go to the target itself.
  private var temporary: String?
  private let descriptor: Int32
  private let replacing: Bool
  private var isOpen = true

  /// A file of that name is there already, and is not to be replaced.
  package struct Exists: Error {}

  /// Begins the file at `path`; one that is there already is only replaced when `replacing` is
  /// true.
  ///
  /// - Parameter waitsForReader: whether a pipe is waited for until somebody reads it; otherwise a
  ///   pipe without a reader is a failure.
  /// - Throws: `FileFailure`, or `Exists`.
  package init(_ path: String, replacing: Bool, waitsForReader: Bool = true) throws {
    self.replacing = replacing
    target = try FileLinks.target(of: path)
    if let stream = FileLinks.stream(target) {
      descriptor = fcntl(stream, F_DUPFD_CLOEXEC, 0)
      guard descriptor >= 0 else { throw FileFailure.system() }
      return
    }
    var status = stat()
    let isThere = stat(target, &status) == 0
    if isThere, !replacing { throw Exists() }
    if isThere, let other = FileKind(status).otherThanRegular {
      guard !FileKind(status).isFolder else { throw FileFailure("is \(other), not a file") }
      let patience = waitsForReader ? 0 : O_NONBLOCK
      descriptor = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY | patience)
      guard descriptor >= 0 else {
        throw errno == ENXIO ? FileFailure("is \(other) that nobody reads") : .system()
      }
      return
    }
    let folder = FileLinks.folder(of: target)
    Leftovers.clean(folder)
    (temporary, descriptor) = try Leftovers.begin(in: folder)
    if isThere { Self.keep(status, on: descriptor) }
  }

  deinit {
    guard isOpen else { return }
    if let temporary { unlink(temporary) }
    close(descriptor)
  }

  /// Gives the new file the owner (where that may be) and the mode of the one that it replaces.
  private static func keep(_ status: stat, on descriptor: Int32) {
    let isOwners = fchown(descriptor, status.st_uid, status.st_gid) == 0
    // What runs as its owner must not run as somebody else.
    fchmod(descriptor, status.st_mode & (isOwners ? 0o7777 : 0o777))
  }

  /// Whether bytes go to a terminal.
  package var isTerminal: Bool { temporary == nil && isatty(descriptor) == 1 }

  /// Adds bytes.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    try Descriptor.write(bytes, to: descriptor)
  }

  /// Ends the file: from now on it stands under its name.
  ///
  /// - Throws: `FileFailure`; the file of that name is then as it was. `Exists` when one was made
  ///   meanwhile.
  package func commit() throws {
    guard let temporary else {
      isOpen = false
      guard close(descriptor) == 0 else { throw FileFailure.system() }
      return
    }
    guard fsync(descriptor) == 0 else { throw FileFailure.system("cannot flush") }
    if replacing {
      guard rename(temporary, target) == 0 else { throw FileFailure.system("cannot replace") }
    } else {
      try name(temporary)
    }
    isOpen = false
    close(descriptor)
    let folder = open(FileLinks.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// Gives the new file its name, which must not be taken.
  private func name(_ temporary: String) throws {
    // A hard link fails when the name is taken, where a rename would replace it.
    if link(temporary, target) == 0 {
      unlink(temporary)
      return
    }
    if errno == EEXIST { throw Exists() }
    // File systems without hard links leave a short moment in which the name could be taken.
    var status = stat()
    if lstat(target, &status) == 0 { throw Exists() }
    guard rename(temporary, target) == 0 else { throw FileFailure.system() }
  }

  /// Writes `bytes` to `path` as a whole or not at all, waiting for nobody: for files that the
  /// program keeps itself.
  ///
  /// - Throws: `FileFailure`, or `Exists`.
  package static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws {
    let file = try AtomicFile(path, replacing: replacing, waitsForReader: false)
    try file.write(bytes)
    try file.commit()
  }
}
