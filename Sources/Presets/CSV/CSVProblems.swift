/// What is wrong with the rows of a table: each kind once, at its first place, with a count.
struct CSVProblems {
  /// Kinds of mistakes; those of cells by column.
  enum Kind: Hashable {
    case width
    case notNumber(column: Int)
    case tooLarge(column: Int)
    case notText(column: Int)
    case missing
    case tooSmall(column: Int)
    case wordAmongNumbers
    case numberAmongWords
    case tooManyClasses
  }

  private struct Finding {
    var place: TextPlace
    var message: String
    var count = 1
  }

  private var findings: [Kind: Finding] = [:]

  /// Whether nothing is wrong.
  var isEmpty: Bool { findings.isEmpty }

  /// Notes a mistake; `place` and `message` are asked for the first of its kind only.
  mutating func add(
    _ kind: Kind, at place: @autoclosure () -> TextPlace, _ message: @autoclosure () -> String
  ) {
    if findings[kind] != nil {
      findings[kind]?.count += 1
    } else {
      findings[kind] = Finding(place: place(), message: message())
    }
  }

  /// All of them, as diagnostics of the file at `path`.
  func diagnostics(_ path: String) -> [Diagnostic] {
    findings.map { kind, finding in
      let others = finding.count - 1
      let unit = kind == .width ? "row" : "cell"
      let more = others == 0 ? "" : " (and \(others) more such \(unit)\(others == 1 ? "" : "s"))"
      return Diagnostic(
        .file(name: path, line: finding.place.line, column: finding.place.column),
        finding.message + more)
    }
  }
}
