import Foundation

/// Opens files for reading without ever waiting for one: only regular files, of a bounded size.
///
/// A pipe, a terminal or a device may have no end, or nothing to read until somebody writes;
/// whoever reads one waits. They are told apart before they are opened, because opening some of
/// them waits, too.
package final class RegularFile {
  private let descriptor: Int32
  private let limit: Int
  private var count = 0
  /// The size when it was opened; 0 where the system makes the text up as it is read.
  let size: Int

  /// Opens the file at `path`, of at most `limit` bytes.
  init(_ path: String, limit: Int) throws(FileFailure) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .system() }
    try Self.check(status, limit: limit)
    // Not to wait if the name has been given to something else since.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw .system() }
    do throws(FileFailure) {
      guard fstat(descriptor, &status) == 0 else { throw .system() }
      try Self.check(status, limit: limit)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.limit = limit
    size = Int(status.st_size)
    FilesRead.add(status)
  }

  deinit { close(descriptor) }

  /// All bytes of the regular file at `path`, which has at most `limit`.
  package static func bytes(of path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    try RegularFile(path, limit: limit).bytes()
  }

  private static func check(_ status: stat, limit: Int) throws(FileFailure) {
    if let other = FileKind(status).otherThanRegular {
      throw FileFailure("is \(other), not a file; only files are read")
    }
    guard status.st_size <= limit else { throw tooLarge(limit, Int(status.st_size)) }
  }

  private static func tooLarge(_ limit: Int, _ size: Int) -> FileFailure {
    FileFailure("has \(size) bytes; at most \(limit) are read")
  }

  /// Reads the next bytes into `buffer`; none at the end.
  ///
  /// - Returns: how many bytes there are.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    while true {
      let read = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw .system() }
      count += read
      // It may have grown since it was opened.
      guard count <= limit else { throw Self.tooLarge(limit, count) }
      return read
    }
  }

  /// All bytes that are left.
  func bytes() throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { chunk.deallocate() }
    while true {
      let read = try read(into: chunk)
      if read == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<read])
    }
  }
}

/// What stands under a name in the file system.
package struct FileKind: Equatable {
  private let mode: mode_t

  /// What `stat` said.
  init(_ status: stat) { mode = status.st_mode & S_IFMT }

  /// What lies at a path; nil: nothing that can be seen.
  package static func atPath(_ path: String) -> FileKind? {
    var status = stat()
    return stat(path, &status) == 0 ? FileKind(status) : nil
  }

  /// What it is when it is no regular file (`a folder`, `a pipe`); nil: a regular file.
  package var otherThanRegular: String? {
    switch mode {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "something else"
    }
  }

  /// Whether it is a folder.
  package var isFolder: Bool { mode == S_IFDIR }
}
