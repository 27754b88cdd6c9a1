package import Lanes

extension Settings {
  /// Completes `choice` with the defaults of `hyperparameters`.
  ///
  /// - Throws: `ChoiceError` for a setting that the entry does not have, or a value outside its
  ///   range.
  package init(
    _ choice: Choice, hyperparameters: [Hyperparameter], kind: String
  ) throws(ChoiceError) {
    var faults: [Fault] = []
    self.init(choice, of: hyperparameters, faults: &faults)
    guard let fault = faults.first else { return }
    throw ChoiceError(kind: kind, entry: choice.name, problem: ChoiceError.Problem(fault))
  }
}

extension ChoiceError.Problem {
  fileprivate init(_ fault: Settings.Fault) {
    switch fault {
    case .unknown(let name, _, _, let suggestion):
      self = .unknownSetting(name, suggestion: suggestion)
    case .outOfRange(let name, let value, let accepted):
      self = .outOfRange(name, value: value, accepted: accepted)
    }
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
