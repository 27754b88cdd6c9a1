import Foundation

/// Why a file cannot be read or written.
package struct FileFailure: Error, Equatable, CustomStringConvertible {
  /// What is wrong and, where it is not plain, what to do; without the file's name.
  package let message: String
  /// The line and column of a bad byte, from 1; nil when the file as a whole cannot be had.
  package let place: TextPlace?
  /// Whether the file could be had, and what it holds is wrong.
  package let isContent: Bool

  /// A failure with its reason.
  package init(_ message: String, at place: TextPlace? = nil, isContent: Bool = false) {
    self.message = message
    self.place = place
    self.isContent = isContent
  }

  /// The same, as a mistake in what a file holds.
  var inContent: FileFailure { FileFailure(message, at: place, isContent: true) }

  /// What the system said last (`errno`), after what was tried.
  static func system(_ what: String? = nil) -> FileFailure {
    let reason = String(cString: strerror(errno))
    return FileFailure(what.map { "\($0): \(reason)" } ?? reason)
  }

  package var description: String { message }
}

/// A place in a text as editors count: lines end with LF, CR LF or CR; columns count Unicode
/// scalars. Both from 1.
package struct TextPlace: Equatable, Sendable {
  /// The line.
  package var line: Int
  /// The column.
  package var column: Int

  /// A place; by default the beginning of the text.
  package init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }
}
