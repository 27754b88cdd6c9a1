package import Lanes

/// The settings of a catalogue entry, complete: those that were given, and the defaults of the
/// others.
package struct ResolvedSettings: Sendable, Equatable {
  private var values: [String: Double]

  /// Completes `choice` with the defaults of `hyperparameters`.
  ///
  /// - Throws: `ChoiceError` for a setting that the entry does not have, or a value outside its
  ///   range.
  package init(
    _ choice: Choice, hyperparameters: [Hyperparameter], kind: String
  ) throws(ChoiceError) {
    values = [:]
    for parameter in hyperparameters { values[parameter.name] = parameter.defaultValue }
    for (name, value) in choice.settings.sorted(by: { $0.key < $1.key }) {
      guard let parameter = hyperparameters.described(name) else {
        throw ChoiceError(
          kind: kind, entry: choice.name,
          problem: .unknownSetting(
            name, suggestion: Spelling.nearest(to: name, in: hyperparameters.map(\.name))))
      }
      guard parameter.accepts(value) else {
        throw ChoiceError(
          kind: kind, entry: choice.name,
          problem: .outOfRange(name, value: value, accepted: parameter.accepted))
      }
      values[name] = value
    }
  }

  /// The value of a setting; asking for one that the entry did not declare is a programming error.
  package subscript(name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("no setting is called \(name)") }
    return value
  }

  /// Whether a flag is set.
  package func flag(_ name: String) -> Bool { self[name] != 0 }

  /// A setting as a whole number of at least `least`, whatever was written.
  package func count(_ name: String, atLeast least: Int = 0) -> Int {
    let value = self[name].rounded()
    guard value.isFinite, value > Double(least) else { return least }
    return value < 9e15 ? Int(value) : 9_000_000_000_000_000
  }

  /// The settings of a series (`milestone1`, `milestone2`, …) as whole numbers, in no order.
  package func counts(_ series: String) -> [Int] {
    values.keys.filter { $0.hasPrefix(series) }.map { count($0) }
  }
}

/// What is wrong with a choice from a catalogue.
package struct ChoiceError: Error, Equatable, CustomStringConvertible {
  /// The ways in which a choice can be wrong.
  package enum Problem: Equatable, Sendable {
    /// The catalogue has no such entry.
    case unknownEntry(suggestion: String?)
    /// The entry has no such setting.
    case unknownSetting(String, suggestion: String?)
    /// The value is not accepted.
    case outOfRange(String, value: Double, accepted: String)
  }
  /// What was chosen, in the singular (`optimizer`).
  package let kind: String
  /// The entry's name as written.
  package let entry: String
  /// What is wrong.
  package let problem: Problem

  /// An error about a choice.
  package init(kind: String, entry: String, problem: Problem) {
    self.kind = kind
    self.entry = entry
    self.problem = problem
  }

  package var description: String {
    switch problem {
    case .unknownEntry(let suggestion):
      return "there is no \(kind) called “\(entry)”" + Self.question(suggestion)
    case .unknownSetting(let name, let suggestion):
      return "\(kind) \(entry) has no setting “\(name)”" + Self.question(suggestion)
    case .outOfRange(let name, let value, let accepted):
      return "\(name) of \(kind) \(entry) must be \(accepted), not \(value)"
    }
  }

  private static func question(_ suggestion: String?) -> String {
    suggestion.map { ": did you mean \($0)?" } ?? ""
  }
}
