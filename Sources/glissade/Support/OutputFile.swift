import Foundation
import Presets

/// Output that could not be written.
struct OutputFailure: Error, CustomStringConvertible {
  /// What went wrong.
  let description: String
}

/// A file or standard stream that a command writes to.
///
/// Text goes in as lines, and it is made safe for terminals here, so that no command can forget it:
/// control characters and invisible ones are written as `\u{1B}`. JSON escapes them in its own way.
/// Pictures are bytes and stay as they are, and so do the cells of tables that no terminal shows. A
/// file appears under its name when it is closed, whole;
/// until then the old one stays.
final class OutputFile {
  /// The standard streams.
  static var standardOutput: OutputFile { OutputFile(STDOUT_FILENO, name: "standard output") }
  static var standardError: OutputFile { OutputFile(STDERR_FILENO, name: "standard error") }

  private enum Sink {
    case stream(Int32)
    case file(AtomicFile)
  }

  private let sink: Sink
  private let name: String
  private var buffer: [UInt8] = []

  private init(_ descriptor: Int32, name: String) {
    sink = .stream(descriptor)
    self.name = name
  }

  /// Begins the file at `path`, which will replace one of that name.
  init(creating path: String) throws(OutputFailure) {
    guard !path.isEmpty else {
      throw OutputFailure(description: "the name of the output is empty; - is standard output")
    }
    name = EscapedText.visible(path)
    do {
      sink = .file(try AtomicFile(path, replacing: true))
    } catch {
      throw OutputFailure(description: "\(name): \(error)")
    }
  }

  /// Begins the file at `path`, which somebody has named; `-` is the standard output, as
  /// everywhere. A file that was read to make the output is not replaced by it.
  convenience init(to path: String) throws(OutputFailure) {
    if Self.isStandardOutput(path) {
      self.init(STDOUT_FILENO, name: "standard output")
    } else {
      guard !FilesRead.contains(path) else {
        throw OutputFailure(
          description:
            "\(EscapedText.visible(path)) is what was read; give the output another name")
      }
      try self.init(creating: path)
    }
  }

  /// Begins the output of a command: the file at `path`, or the standard output without one.
  ///
  /// Before the work whose result it will hold, so that a name that cannot be written costs
  /// nothing.
  static func begin(_ path: String?) throws(OutputFailure) -> OutputFile {
    guard let path else { return .standardOutput }
    return try OutputFile(to: path)
  }

  /// Says at once if a file cannot be written that is begun only after the work, by commands that
  /// a signal ends on the spot: nothing is left behind then. Pipes and devices are not opened.
  static func check(_ path: String?) throws(OutputFailure) {
    guard let path, !isStandardOutput(path) else { return }
    if let kind = FileKind.atPath(path), kind.otherThanRegular != nil, !kind.isFolder { return }
    _ = try OutputFile(to: path)
  }

  /// Whether a path stands for the standard output.
  static func isStandardOutput(_ path: String) -> Bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(path)
  }

  /// Adds lines of text, which are written a block at a time.
  func add(lines: [String]) throws(OutputFailure) {
    for line in lines {
      buffer.append(contentsOf: EscapedText.visible(line).utf8)
      buffer.append(UInt8(ascii: "\n"))
    }
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Adds rows of a CSV table. Their cells are data: in a file or a pipe the name of a class is
  /// what it was in the table that was learned from. On a terminal they are made safe, as all text.
  func add(rows: [[String]]) throws(OutputFailure) {
    let lines = rows.map(CSVText.row)
    if isTerminal { return try add(lines: lines) }
    for line in lines {
      buffer.append(contentsOf: line.utf8)
      buffer.append(UInt8(ascii: "\n"))
    }
    if buffer.count >= 1 << 16 { try flush() }
  }

  private var isTerminal: Bool {
    switch sink {
    case .stream(let descriptor): isatty(descriptor) == 1
    case .file(let file): file.isTerminal
    }
  }

  /// Writes rows of a CSV table, and all before them, now.
  func write(rows: [[String]]) throws(OutputFailure) {
    try add(rows: rows)
    try flush()
  }

  /// Adds a JSON value on a line of its own.
  func add(_ json: JSONText) throws(OutputFailure) { try add(lines: [json.line]) }

  /// Writes lines of text, and all before them, now.
  func write(lines: [String]) throws(OutputFailure) {
    try add(lines: lines)
    try flush()
  }

  /// Writes a JSON value on a line of its own now.
  func write(_ json: JSONText) throws(OutputFailure) { try write(lines: [json.line]) }

  /// Writes the bytes of a picture, or of marks that move the cursor, now.
  func write(raw bytes: [UInt8]) throws(OutputFailure) {
    buffer.append(contentsOf: bytes)
    try flush()
  }

  /// Writes what has been added.
  func flush() throws(OutputFailure) {
    defer { buffer.removeAll(keepingCapacity: true) }
    do {
      switch sink {
      case .stream(let descriptor):
        do {
          try Descriptor.write(buffer, to: descriptor) { Interrupt.wasAsked }
        } catch {
          // The signal is why it ends, not the pipe.
          if let signal = Interrupt.signal { exit(128 + signal) }
          throw error
        }
      case .file(let file): try file.write(buffer)
      }
    } catch {
      throw OutputFailure(description: "\(name): \(error)")
    }
  }

  /// Writes what is left and ends the file: from now on it stands under its name.
  func close() throws(OutputFailure) {
    try flush()
    guard case .file(let file) = sink else { return }
    do {
      try file.commit()
    } catch {
      throw OutputFailure(description: "\(name): \(error)")
    }
  }
}

extension String {
  /// The lines of a text; a line break at its end begins no line.
  var lines: [String] {
    let text = hasSuffix("\n") ? dropLast() : self[...]
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
