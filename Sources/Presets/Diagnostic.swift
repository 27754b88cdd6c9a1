import Foundation

/// Where a piece of a preset was written.
package enum Origin: Equatable, Sendable {
  /// In a file: its name as the user knows it, line and column from 1 (columns count Unicode
  /// scalars).
  case file(name: String, line: Int, column: Int)
  /// On the command line or in a variant: the setting as written.
  case setting(String)
  /// Nowhere: made by the program.
  case program

  /// The same place, `columns` further to the right.
  func moved(columns: Int) -> Origin {
    guard case .file(let name, let line, let column) = self else { return self }
    return .file(name: name, line: line, column: column + max(0, columns))
  }
}

/// One thing that is wrong with a preset, and where.
package struct Diagnostic: Equatable, Sendable, CustomStringConvertible {
  /// Where it is wrong.
  package var origin: Origin
  /// What is wrong, what is allowed, and what may have been meant.
  package var message: String
  /// Whether it is about a file that cannot be read, not about what stands in one.
  package var isUnreadable = false

  /// A diagnostic.
  package init(_ origin: Origin, _ message: String, isUnreadable: Bool = false) {
    self.origin = origin
    self.message = message
    self.isUnreadable = isUnreadable
  }

  /// What it has in common with others of its kind: the message without the value that was found,
  /// and without numbers.
  var kind: String {
    let head = message.range(of: ", not ").map { String(message[..<$0.lowerBound]) } ?? message
    return head.split { $0.isNumber }.joined(separator: "#")
  }

  /// `file:line:column: message`, safe to print on a terminal.
  package var description: String {
    switch origin {
    case .file(let name, let line, let column):
      EscapedText.visible("\(name):\(line):\(column): \(message)")
    case .setting(let text): EscapedText.visible("\(EscapedText.cut(text, to: 160)): \(message)")
    case .program: EscapedText.visible(message)
    }
  }
}

/// Everything that is wrong with a preset, reported together, in the order of the text.
package struct PresetError: Error, Equatable, CustomStringConvertible {
  /// What is wrong; never empty.
  package var diagnostics: [Diagnostic]

  /// An error of several diagnostics; they are put in the order of the text.
  package init(_ diagnostics: [Diagnostic]) {
    func place(_ diagnostic: Diagnostic) -> (Int, Int) {
      if case .file(_, let line, let column) = diagnostic.origin { return (line, column) }
      return (.max, 0)
    }
    var seen: [Diagnostic] = []
    for diagnostic in diagnostics where !seen.contains(diagnostic) { seen.append(diagnostic) }
    let ordered = seen.enumerated().sorted {
      let (a, b) = (place($0.element), place($1.element))
      return a == b ? $0.offset < $1.offset : a < b
    }.map(\.element)
    self.diagnostics = Self.counted(ordered)
  }

  /// Mistakes of one kind in one file once, at the first place, with how many more there are.
  private static func counted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var result: [(diagnostic: Diagnostic, more: Int)] = []
    var places: [String: Int] = [:]
    for diagnostic in diagnostics {
      guard case .file(let name, _, _) = diagnostic.origin else {
        result.append((diagnostic, 0))
        continue
      }
      let kind = name + "\n" + diagnostic.kind
      if let place = places[kind] {
        result[place].more += 1
      } else {
        places[kind] = result.count
        result.append((diagnostic, 0))
      }
    }
    return result.map { diagnostic, more in
      guard more > 0 else { return diagnostic }
      var diagnostic = diagnostic
      diagnostic.message += " (and \(more) more such mistake\(more == 1 ? "" : "s"))"
      return diagnostic
    }
  }

  /// An error of one diagnostic.
  package init(_ origin: Origin, _ message: String) {
    diagnostics = [Diagnostic(origin, message)]
  }

  /// Whether nothing is wrong but files that cannot be read.
  package var isUnreadable: Bool { diagnostics.allSatisfy(\.isUnreadable) }

  /// One line a diagnostic.
  package var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
