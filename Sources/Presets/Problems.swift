/// Gathers everything that is wrong with one preset while it is read.
final class Problems {
  private(set) var diagnostics: [Diagnostic] = []

  /// Notes that something is wrong; beyond a bound the rest is dropped.
  func add(_ origin: Origin, _ message: String) {
    add(Diagnostic(origin, message))
  }

  /// Adds what somebody else found, unless there are too many already.
  func add(_ diagnostic: Diagnostic) {
    if diagnostics.count < PresetLimits.diagnostics { diagnostics.append(diagnostic) }
  }

  /// `: did you mean adam?`, or nothing.
  static func question(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean \($0)?" } ?? ""
  }

  /// `a, b or c`.
  static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
