package import Lanes

/// The settings of a chosen catalogue entry, defaults filled in.
package struct Settings: Hashable, Sendable {
  /// Every setting of the entry, by name.
  package let values: [String: Double]
  /// The settings that the user gave; the others are defaults.
  package let given: Set<String>

  /// The value of a setting that the entry declares.
  package subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("no setting is called \(name)") }
    return value
  }

  /// A setting as a whole number; the declared range must fit `Int`.
  package func integer(_ name: String) -> Int { Int(self[name].rounded()) }

  /// Checks the settings of `choice` against those that its entry declares.
  ///
  /// `key` is where the choice stands in a preset; problems are added to `issues`, and defaults
  /// stand in for bad values.
  package init(
    _ choice: Choice, of declared: [Hyperparameter], key: String, issues: inout [ProblemIssue]
  ) {
    var values: [String: Double] = [:]
    for setting in declared { values[setting.name] = setting.defaultValue }
    for (name, value) in choice.settings.sorted(by: { $0.key < $1.key }) {
      guard let setting = declared.first(where: { $0.name == name }) else {
        let names = declared.map(\.name)
        issues.append(
          ProblemIssue(
            key: "\(key).\(name)", value: "\(value)",
            allowed: names.isEmpty
              ? "\(choice.name) has no settings"
              : "the settings of \(choice.name) are \(names.joined(separator: ", "))",
            suggestion: Spelling.nearest(to: name, in: names)))
        continue
      }
      guard setting.accepts(value) else {
        issues.append(
          ProblemIssue(key: "\(key).\(name)", value: "\(value)", allowed: setting.accepted))
        continue
      }
      values[name] = value
    }
    self.values = values
    given = Set(choice.settings.keys).intersection(values.keys)
  }

  /// Defaults only.
  package init(defaultsOf declared: [Hyperparameter]) {
    var none: [ProblemIssue] = []
    self.init(Choice(""), of: declared, key: "", issues: &none)
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
