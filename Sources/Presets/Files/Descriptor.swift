import Foundation

/// Writes to open files and streams.
package enum Descriptor {
  /// Bytes that a pipe takes at once when it says that it takes any (`PIPE_BUF`).
  private static let portion = 4096
  /// How often a writer whom nobody reads looks whether it is to give up, in milliseconds.
  private static let patience: Int32 = 200

  /// Writes all bytes; a stream that takes none now is waited for, whether it waits by itself or
  /// not (`O_NONBLOCK`).
  ///
  /// - Parameter isGivenUp: asked again and again while nobody takes the bytes; when it is true the
  ///   rest is not written, which is a failure.
  package static func write(
    _ bytes: [UInt8], to descriptor: Int32, isGivenUp: () -> Bool = { false }
  ) throws(FileFailure) {
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    var written = 0
    while written < bytes.count {
      if !isFile {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&wanted, 1, patience) > 0 else {
          if isGivenUp() { throw FileFailure("nobody takes the output") }
          continue
        }
      }
      let rest = bytes.count - written
      let count = bytes.withUnsafeBytes { buffer in
        Foundation.write(
          descriptor, buffer.baseAddress.map { $0 + written }, isFile ? rest : min(rest, portion))
      }
      if count < 0, [EINTR, EAGAIN, EWOULDBLOCK].contains(errno) { continue }
      guard count > 0 else { throw .system() }
      written += count
    }
  }
}
