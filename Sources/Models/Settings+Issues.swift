package import Lanes

extension Settings {
  /// Checks the settings of `choice` against those that its entry declares.
  ///
  /// `key` is where the choice stands in a preset; problems are added to `issues`, and defaults
  /// stand in for bad values.
  package init(
    _ choice: Choice, of declared: [Hyperparameter], key: String, issues: inout [ProblemIssue]
  ) {
    var faults: [Fault] = []
    self.init(choice, of: declared, faults: &faults)
    issues += faults.map { ProblemIssue($0, of: choice.name, at: key) }
  }
}

extension ProblemIssue {
  /// What is wrong with a setting of the entry called `entry`, chosen at `key`.
  fileprivate init(_ fault: Settings.Fault, of entry: String, at key: String) {
    switch fault {
    case .unknown(let name, let value, let names, let suggestion):
      self.init(
        key: "\(key).\(name)", value: "\(value)",
        allowed: names.isEmpty
          ? "\(entry) has no settings"
          : "the settings of \(entry) are \(names.joined(separator: ", "))",
        suggestion: suggestion)
    case .outOfRange(let name, let value, let accepted):
      self.init(key: "\(key).\(name)", value: "\(value)", allowed: accepted)
    }
  }
}

extension Catalogue {
  /// The entry that `choice` names; an unknown name is added to `issues`.
  package func entry(
    for choice: Choice, key: String, issues: inout [ProblemIssue]
  ) -> Entry? {
    if let entry = self[choice.name] { return entry }
    issues.append(
      ProblemIssue(
        key: key, value: choice.name,
        allowed: "an \(kind) is one of \(names.joined(separator: ", "))".replacingArticle(),
        suggestion: suggestion(for: choice.name)))
    return nil
  }
}

extension String {
  /// `an loss` read as `a loss`.
  fileprivate func replacingArticle() -> String {
    let noun = dropFirst(3)
    guard let first = noun.first, !"aeiou".contains(first) else { return self }
    return "a " + noun
  }
}
