/// The settings of a chosen catalogue entry, complete: those that were given, and the defaults of
/// the others.
package struct Settings: Hashable, Sendable {
  /// Every setting of the entry, by name.
  package let values: [String: Double]
  /// The settings that the user gave; the others are defaults.
  package let given: Set<String>

  /// What can be wrong with a setting that was given.
  package enum Fault: Equatable, Sendable {
    /// The entry has no such setting; `names` are those that it has.
    case unknown(String, value: Double, names: [String], suggestion: String?)
    /// The value is not accepted; `accepted` says in words what would be.
    case outOfRange(String, value: Double, accepted: String)
  }

  /// Checks the settings of `choice` against those that its entry declares: the one place where a
  /// setting's name and range are decided.
  ///
  /// - Parameters:
  ///   - choice: what was chosen, with the settings that were given.
  ///   - declared: the settings of the entry.
  ///   - faults: what is wrong is added, in the order of names; defaults stand in for it.
  package init(_ choice: Choice, of declared: [Hyperparameter], faults: inout [Fault]) {
    var values: [String: Double] = [:]
    for setting in declared { values[setting.name] = setting.defaultValue }
    for (name, value) in choice.settings.sorted(by: { $0.key < $1.key }) {
      guard let setting = declared.described(name) else {
        let names = declared.map(\.name)
        faults.append(
          .unknown(
            name, value: value, names: names,
            suggestion: Spelling.nearest(to: name, in: names)))
        continue
      }
      guard setting.accepts(value) else {
        faults.append(.outOfRange(name, value: value, accepted: setting.accepted))
        continue
      }
      values[name] = value
    }
    self.values = values
    given = Set(choice.settings.keys).intersection(values.keys)
  }

  /// Defaults only.
  package init(defaultsOf declared: [Hyperparameter]) {
    var none: [Fault] = []
    self.init(Choice(""), of: declared, faults: &none)
  }

  /// The value of a setting; asking for one that the entry did not declare is a programming error.
  package subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("no setting is called \(name)") }
    return value
  }

  /// Whether a flag is set.
  package func flag(_ name: String) -> Bool { self[name] != 0 }

  /// A setting as a whole number; the declared range must fit `Int`.
  package func integer(_ name: String) -> Int { Int(self[name].rounded()) }

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
