import Foundation

/// Writes to open files and streams.
package enum Descriptor {
  /// Writes all bytes; a stream that does not wait by itself (`O_NONBLOCK`) is waited for.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Foundation.write(
          descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wanted, 1, -1)
        continue
      }
      guard count > 0 else { throw .system() }
      written += count
    }
  }
}
