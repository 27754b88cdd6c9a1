import Foundation

/// Reads files of text within bounds.
enum TextFile {
  /// Why a file could not be read.
  struct Failure: Error {
    /// What is wrong, without the file's name.
    let message: String
    /// The line and column of a bad byte; nil when the file itself cannot be had.
    let place: (line: Int, column: Int)?
  }

  /// The text of a regular file (or pipe) of at most `limit` bytes of UTF-8, without a byte order mark.
  static func read(_ path: String, limit: Int) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(message: String(cString: strerror(errno)), place: nil)
    }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(message: "is a directory", place: nil)
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(message: String(cString: strerror(errno)), place: nil) }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit {
        throw Failure(message: "is larger than \(limit) bytes", place: nil)
      }
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return try decode(bytes)
  }

  /// The text of `bytes`, or the place of the first byte that is not UTF-8 (or is zero).
  static func decode(_ bytes: [UInt8]) throws(Failure) -> String {
    if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) { return text }
    var line = 1
    var column = 1
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue("\n"):
        line += 1
        column = 1
      case .scalarValue("\0"):
        throw Failure(message: "a zero byte; is this a text?", place: (line, column))
      case .scalarValue: column += 1
      case .error: throw Failure(message: "a byte that is not UTF-8", place: (line, column))
      case .emptyInput: break decoding
      }
    }
    throw Failure(message: "not UTF-8", place: (line, column))
  }
}
