import Foundation
import Presets

/// Walks through one line of JSON without making anything of it.
struct JSONScanner {
  /// What stands after a colon.
  enum Value {
    case number(Double)
    /// A text, its escapes as they are.
    case text(UnsafeBufferPointer<UInt8>)
    /// An object begins.
    case object
    /// `null`, `true`, `false`, or a list.
    case nothing
    case damaged
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  /// A walk from the first byte.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  @inline(__always)
  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at].isBlank { at += 1 }
  }

  /// The next byte that is no blank.
  var peek: UInt8? {
    mutating get {
      skipBlanks()
      return at < bytes.count ? bytes[at] : nil
    }
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { mutating get { peek == nil } }

  /// Steps over a byte, if it is next.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  /// Steps over a text; its inside, escapes as they are.
  @inline(__always)
  mutating func text() -> UnsafeBufferPointer<UInt8>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return UnsafeBufferPointer(rebasing: bytes[start..<at - 1])
      }
      at += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// Steps over a value, or into an object.
  mutating func value() -> Value {
    guard let first = peek else { return .damaged }
    switch first {
    case UInt8(ascii: "\""): return text().map { .text($0) } ?? .damaged
    case UInt8(ascii: "{"):
      at += 1
      return .object
    case UInt8(ascii: "["): return skipList() ? .nothing : .damaged
    default: break
    }
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte.isBlank { break }
      at += 1
    }
    let word = UnsafeBufferPointer(rebasing: bytes[start..<at])
    if case .number(let value, _) = DecimalText.read(word, comma: false) { return .number(value) }
    let text = String(decoding: word, as: UTF8.self)
    if ["null", "true", "false"].contains(text) { return .nothing }
    return MetricsWords.number(text).map { .number($0) } ?? .damaged
  }

  private mutating func skipList() -> Bool {
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 {
          at += 1
          return true
        }
      case UInt8(ascii: "\""):
        guard text() != nil else { return false }
        continue
      default: break
      }
      at += 1
    }
    return false
  }

  /// The text that escapes stand for.
  static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "\\")) else { return bytes }
    let quoted = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
    guard let text = try? JSONDecoder().decode(String.self, from: Data(quoted)) else {
      return bytes
    }
    return Array(text.utf8)
  }

  /// Where the cell that begins at `start` ends. Within quotes a delimiter is none, where they are
  /// closed.
  @inline(__always)
  static func cellEnd(
    _ line: UnsafeBufferPointer<UInt8>, from start: Int, _ delimiter: UInt8
  ) -> Int {
    var end = start
    if start < line.count, line[start] == UInt8(ascii: "\"") {
      var quotes = 0
      while end < line.count, quotes & 1 == 1 || line[end] != delimiter {
        if line[end] == UInt8(ascii: "\"") { quotes += 1 }
        end += 1
      }
      if quotes & 1 == 0 { return end }
      end = start
    }
    while end < line.count, line[end] != delimiter { end += 1 }
    return end
  }

  /// The cells of a line, without the blanks and quotes around them.
  static func cells(_ line: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> [String] {
    var cells: [Slice<UnsafeBufferPointer<UInt8>>] = []
    var start = 0
    while start <= line.count {
      let end = cellEnd(line, from: start, delimiter)
      if end > start || delimiter != UInt8(ascii: " ") { cells.append(line[start..<end]) }
      start = end + 1
    }
    return cells.map { cell in
      var cell = cell
      while let first = cell.first, first.isBlank || first == UInt8(ascii: "\"") {
        cell.removeFirst()
      }
      while let last = cell.last, last.isBlank || last == UInt8(ascii: "\"") { cell.removeLast() }
      return String(decoding: cell, as: UTF8.self)
    }
  }
}
