import Lanes

/// Where an entry chosen from a catalogue stands in a draft; its settings are keys of their own
/// (`optimizer.beta1`).
struct ChoicePlace: Sendable {
  /// What may be chosen.
  let kind: ChoiceKind
  /// The key of the name inside a mapping.
  var nameKey = "name"
  /// The choice; nil where none is made.
  let get: @Sendable (PresetDraft) -> Choice?
  /// Makes another.
  let set: @Sendable (inout PresetDraft, Choice?) -> Void
}

extension PresetKey {
  /// A row for what is chosen by name from a catalogue.
  ///
  /// - Parameter standard: The choice without the key.
  static func choice(
    _ name: String, short: String? = nil, _ summary: String, _ kind: ChoiceKind,
    nameKey: String = "name", heading: Heading, owner: Owner = .any, effect: Effect,
    words: String? = nil, always: Bool = false,
    get: @escaping @Sendable (PresetDraft) -> Choice?,
    set: @escaping @Sendable (inout PresetDraft, Choice?) -> Void,
    standard: @escaping @Sendable (PresetDraft) -> Choice?
  ) -> PresetKey {
    PresetKey(
      name, short: short, summary, .choice(kind), heading: heading, owner: owner, effect: effect,
      standard: words ?? standard(PresetDraft(name: ""))?.name ?? "none", chooses: true,
      place: ChoicePlace(kind: kind, nameKey: nameKey, get: get, set: set),
      read: { reader, node, draft in
        guard let choice = reader.reader.choice(node, kind, nameKey: nameKey) else { return }
        // The name alone of what is chosen already leaves its settings as they are.
        if case .scalar = node.content, choice.name == get(draft)?.name { return }
        set(&draft, choice)
      },
      write: { draft in
        guard let choice = get(draft), always || choice != standard(draft) else { return nil }
        return .choice(choice, nameKey: nameKey)
      },
      clear: { set(&$0, standard($0)) })
  }

  /// The rows of the name and of the settings of what is chosen in `draft`.
  func settings(in draft: PresetDraft) -> [PresetKey] {
    guard let place, let choice = place.get(draft) else { return [] }
    let known = place.kind.settings[choice.name] ?? []
    // Series that the entry numbers (`milestone7`) may be longer than what it declares.
    let further = choice.settings.keys.sorted().filter { name in
      !known.contains { $0.name == name }
    }
    return [named(place)]
      + (known + further.compactMap { known.described($0) }).map { setting($0, place) }
      + Set(known.compactMap(\.seriesName)).sorted().map { series($0, known, place) }
  }

  /// The row of a whole series of settings as a list (`schedule.milestones`).
  private func series(
    _ series: String, _ known: [Hyperparameter], _ place: ChoicePlace
  ) -> PresetKey {
    PresetKey(
      "\(name).\(series)s", short: "\(series)s", "all of \(series)1, \(series)2, … as a list",
      .written("30, 80"), heading: heading, owner: owner, effect: effect,
      read: { reader, node, draft in
        guard var choice = place.get(draft) else { return }
        choice.settings = choice.settings.filter { !$0.key.hasPrefix(series) }
        for (name, value) in reader.reader.series(series, node, known) {
          choice.settings[name] = value
        }
        place.set(&draft, choice)
      },
      write: { _ in nil },
      clear: { draft in
        guard var choice = place.get(draft) else { return }
        choice.settings = choice.settings.filter { !$0.key.hasPrefix(series) }
        place.set(&draft, choice)
      })
  }

  /// The row of a setting that a numbered series of the chosen entry goes on with.
  func further(_ name: String, in draft: PresetDraft) -> PresetKey? {
    guard let place, let choice = place.get(draft) else { return nil }
    return place.kind.settings[choice.name]?.described(name).map { setting($0, place) }
  }

  /// The row of the chosen name: another entry drops the settings of the one before.
  func named(_ place: ChoicePlace) -> PresetKey {
    PresetKey(
      "\(name).\(place.nameKey)", "which \(place.kind.kind)", form, heading: heading, owner: owner,
      effect: effect, standard: standard, chooses: true,
      read: { reader, node, draft in
        guard let name = reader.reader.name(node, place.kind), name != place.get(draft)?.name
        else { return }
        place.set(&draft, Choice(name))
      },
      write: { _ in nil }, clear: clear)
  }

  /// The row of one setting of an entry.
  func setting(_ number: Hyperparameter, _ place: ChoicePlace) -> PresetKey {
    PresetKey(
      "\(name).\(number.name)", short: number.name, number.summary, .number(number),
      heading: heading, owner: owner, effect: effect == .keepsWeights ? .keepsAll : effect,
      standard: number.text(number.defaultValue),
      read: { reader, node, draft in
        guard var choice = place.get(draft), let value = reader.reader.setting(node, number)
        else { return }
        choice.settings[number.name] = value
        place.set(&draft, choice)
      },
      write: { draft in
        place.get(draft)?.settings[number.name].map { .word(number.text($0)) }
      },
      clear: { draft in
        guard var choice = place.get(draft) else { return }
        choice.settings[number.name] = nil
        place.set(&draft, choice)
      })
  }
}

extension PresetNode {
  /// A name, or a mapping of a name with settings.
  static func choice(_ choice: Choice, nameKey: String = "name") -> PresetNode {
    if choice.settings.isEmpty { return .word(choice.name) }
    let settings = choice.settings.sorted { $0.key < $1.key }
    return .map(
      [.init(nameKey, .word(choice.name))] + settings.map { .init($0.key, .number($0.value)) })
  }
}
