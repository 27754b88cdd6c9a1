package import Lanes

/// A catalogue as presets see it: the names that may be chosen and the settings of each.
package struct ChoiceKind: Sendable {
  /// What the entries are called (`optimizer`).
  package let kind: String
  /// The names, in order.
  package let names: [String]
  /// The settings of each name.
  package let settings: [String: [Hyperparameter]]

  /// What makes several of one (`s`).
  var plural: String { kind.hasSuffix("s") ? "es" : "s" }

  /// The view of a catalogue.
  init<Entry>(_ catalogue: Catalogue<Entry>, settings: (Entry) -> [Hyperparameter]) {
    kind = catalogue.kind
    names = catalogue.names
    self.settings = Dictionary(
      uniqueKeysWithValues: catalogue.entries.map { ($0.name, settings($0)) })
  }
}

extension NodeReader {
  /// A name, or a mapping of a name (under `name`, or under `nameKey`) with settings.
  func choice(
    _ node: PresetNode, _ kind: ChoiceKind, nameKey: String = "name", besides: [String] = []
  ) -> Choice? {
    if case .scalar = node.content {
      return name(node, kind).map { Choice($0) }
    }
    guard case .mapping(let entries) = node.content else {
      expected("a name, or a mapping with a name and settings", node, for: kind.kind)
      return nil
    }
    guard let nameNode = node[nameKey] else {
      problems.add(
        node.origin,
        "the \(kind.kind) has no name; write `\(nameKey):` and one of "
          + kind.names.joined(separator: ", "))
      return nil
    }
    guard let name = name(nameNode, kind) else { return nil }
    let known = kind.settings[name] ?? []
    // Of a series (`milestone1`, `milestone2`, …) further numbers are allowed, and a list of all
    // (`milestones: [30, 80]`).
    let lists = Set(known.compactMap(\.seriesName)).sorted().map { $0 + "s" }
    let further = entries.map(\.key).filter { known.described($0) != nil }
    let allowed = [nameKey] + known.map(\.name) + lists + further + besides
    guard
      let mapping = MappingReader(
        node, "\(kind.kind) \(name)", allowed: allowed, problems: problems)
    else { return nil }
    var choice = Choice(name)
    for entry in entries {
      guard let value = mapping[entry.key] else { continue }
      if let setting = known.described(entry.key) {
        choice.settings[setting.name] = self.setting(value, setting)
      } else if lists.contains(entry.key) {
        for (name, item) in series(String(entry.key.dropLast()), value, known) {
          choice.settings[name] = item
        }
      }
    }
    return choice
  }

  /// A series given as a list: its numbers under `milestone1`, `milestone2`, …, and 0 for those
  /// that the entry has beside.
  func series(
    _ series: String, _ node: PresetNode, _ known: [Hyperparameter]
  ) -> [(String, Double)] {
    let items = self.items(node)
    var values: [(String, Double)] = []
    for (index, item) in items.enumerated() {
      let name = "\(series)\(index + 1)"
      guard let setting = known.described(name) else { continue }
      if let value = self.setting(item, setting) { values.append((name, value)) }
    }
    for setting in known where setting.seriesName == series {
      if !values.contains(where: { $0.0 == setting.name }) { values.append((setting.name, 0)) }
    }
    return values
  }

  /// The value of one setting of a catalogue's entry.
  func setting(_ node: PresetNode, _ setting: Hyperparameter) -> Double? {
    switch setting.scale {
    case .flag: flag(node, setting.name).map { $0 ? 1 : 0 }
    case .integer: wholeNumber(node, setting)
    case .linear, .logarithmic: number(node, setting.name, in: setting.range)
    }
  }

  private func wholeNumber(_ node: PresetNode, _ setting: Hyperparameter) -> Double? {
    guard case .scalar(let text, _) = node.content, ExactDecimal.integer(text) != nil else {
      expected("a whole number", node, for: setting.name)
      return nil
    }
    return number(node, setting.name, in: setting.range)
  }

  /// A name of a catalogue.
  func name(_ node: PresetNode, _ kind: ChoiceKind) -> String? {
    guard case .scalar(let text, _) = node.content, !node.isNothing else {
      expected("a name", node, for: kind.kind)
      return nil
    }
    if kind.names.contains(text) { return text }
    let near = Spelling.nearest(to: text, in: kind.names)
    problems.add(
      node.origin,
      "there is no \(kind.kind) \(EscapedText.quoted(text))"
        + (near.map { "; did you mean \($0)?" }
          ?? "; there are \(kind.names.joined(separator: ", "))"))
    return nil
  }
}

extension Hyperparameter {
  /// A value as it is typed.
  package func text(_ value: Double) -> String {
    scale == .flag ? value == 0 ? "false" : "true" : ExactDecimal.shortest(value)
  }
}
