import Foundation
import Presets

/// Output that could not be written.
struct OutputFailure: Error, CustomStringConvertible {
  /// What went wrong.
  let description: String
}

/// A file or stream that text is written to, a block at a time.
final class OutputFile {
  /// The standard streams.
  static var standardOutput: OutputFile { OutputFile(STDOUT_FILENO, name: "standard output") }
  static var standardError: OutputFile { OutputFile(STDERR_FILENO, name: "standard error") }

  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []

  private init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// Makes or empties the file at `path`.
  init(creating path: String) throws(OutputFailure) {
    name = EscapedText.visible(path)
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    if descriptor < 0 {
      throw OutputFailure(description: "\(name): \(String(cString: strerror(errno)))")
    }
  }

  /// Adds `text` to what will be written.
  func add(_ text: String) throws(OutputFailure) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Writes `text` and all before it now.
  func write(_ text: String) throws(OutputFailure) { try write(Array(text.utf8)) }

  /// Writes `bytes` and all before them now.
  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    buffer.append(contentsOf: bytes)
    try flush()
  }

  /// Writes what has been added.
  func flush() throws(OutputFailure) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        // The loop runs only while bytes are left, so there is a first one.
        Foundation.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        buffer.removeAll()
        throw OutputFailure(description: "\(name): \(String(cString: strerror(errno)))")
      }
      written += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and closes the file.
  func close() throws(OutputFailure) {
    try flush()
    guard Foundation.close(descriptor) == 0 else {
      throw OutputFailure(description: "\(name): \(String(cString: strerror(errno)))")
    }
  }
}
