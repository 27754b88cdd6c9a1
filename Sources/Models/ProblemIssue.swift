/// One thing that is wrong with the description of a problem: where, what was given, and what is
/// allowed.
package struct ProblemIssue: Equatable, Sendable, CustomStringConvertible {
  /// The key in presets (`hidden[2].activation`, `data.noise`).
  package var key: String
  /// The value that was given.
  package var value: String
  /// What would be accepted.
  package var allowed: String
  /// What was probably meant, for mistyped names.
  package var suggestion: String?

  /// An issue.
  package init(key: String, value: String, allowed: String, suggestion: String? = nil) {
    self.key = key
    self.value = value
    self.allowed = allowed
    self.suggestion = suggestion
  }

  package var description: String {
    let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
    return "\(key): \(value): \(allowed)\(hint)"
  }
}

/// A problem that cannot be built; all its issues together.
package struct InvalidProblem: Error, Equatable, CustomStringConvertible {
  /// What is wrong; at least one issue.
  package var issues: [ProblemIssue]
  /// An error with its issues.
  package init(_ issues: [ProblemIssue]) { self.issues = issues }
  package var description: String { issues.map(\.description).joined(separator: "\n") }
}
