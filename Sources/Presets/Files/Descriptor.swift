import Foundation

/// Writes to open files and streams.
package enum Descriptor {
  /// Writes all bytes; a stream that does not wait by itself (`O_NONBLOCK`) is waited for.
  ///
  /// - Parameter isGivenUp: asked when a signal came while nobody takes the bytes; what is left is
  ///   then not written, which is a failure.
  package static func write(
    _ bytes: [UInt8], to descriptor: Int32, isGivenUp: () -> Bool = { false }
  ) throws(FileFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Foundation.write(
          descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR {
        guard isGivenUp() else { continue }
        // Whoever reads slowly may have a moment.
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&wanted, 1, 300) > 0 { continue }
        throw FileFailure("nobody takes the output")
      }
      if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&wanted, 1, -1) < 0, errno == EINTR, isGivenUp() {
          throw FileFailure("nobody takes the output")
        }
        continue
      }
      guard count > 0 else { throw .system() }
      written += count
    }
  }
}
