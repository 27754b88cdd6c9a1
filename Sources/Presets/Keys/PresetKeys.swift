import Lanes
package import Training

/// The table of keys.
package enum PresetKeys {
  /// The keys of a preset, in the order in which they are written.
  static let top: [PresetKey] = {
    let groups: [[PresetKey]] = [
      PresetKey.texts, [.function, .model, .network, .data], PresetKey.losses, [.start],
      PresetKey.training, [.pace, .stop], PresetKey.watching,
    ]
    return groups.flatMap { $0 }
  }()

  /// Every row that stands in the table whatever is chosen: the keys, and the parts of their
  /// mappings.
  package static let all: [PresetKey] = top.flatMap { [$0] + $0.parts }

  /// Keys whose values are paths of files that are read.
  static let namingFiles = all.filter(\.namesFile)

  /// Keys that hold more than fits on a command line.
  static let fileOnly = ["glissade", "variants", "changes", "branches", "lesson"]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  private static let byShort = Dictionary(
    uniqueKeysWithValues: all.compactMap { key in key.short.map { ($0, key) } })

  /// The rows of what is chosen in `draft`: names and settings of choices, constants of the
  /// formula.
  static func chosen(in draft: PresetDraft) -> [PresetKey] {
    all.filter { $0.place != nil && $0.owner.fits(draft.kind) }.sorted { rank($0) < rank($1) }
      .flatMap { $0.settings(in: draft) }
      + draft.function.constants.keys.sorted().map { PresetKey.constant($0) }
      + draft.experiment.layerRates.indices.map { PresetKey.layerRate($0 + 1) }
  }

  /// Of settings that share a name those of the optimizer come first.
  private static func rank(_ key: PresetKey) -> Int {
    ["optimizer", "data", "schedule", "network"].firstIndex(of: key.name) ?? 4
  }

  /// The row that `key` means for `draft`; nil: there is none.
  static func row(_ written: String, in draft: PresetDraft) -> PresetKey? {
    let key = unfolded(written)
    if let row = byName[key] ?? byShort[key], row.owner.fits(draft.kind) || row.chooses {
      return row
    }
    if key.hasPrefix("start."), !key.hasPrefix("start.initializer."), key.count > 6 {
      return .parameter(String(key.dropFirst(6)))
    }
    if key.hasPrefix(PresetKey.layerRates.name + "."),
      let layer = Int(key.dropFirst(PresetKey.layerRates.name.count + 1)),
      (1...PresetLimits.layers + 1).contains(layer)
    {
      return .layerRate(layer)
    }
    let chosen = chosen(in: draft)
    if let row = chosen.first(where: { $0.name == key }) ?? chosen.first(where: { $0.short == key })
    {
      return row
    }
    for row in all {
      guard let place = row.place else { continue }
      if key == "\(row.name).\(place.nameKey)" { return row.named(place) }
      let name = key.hasPrefix(row.name + ".") ? String(key.dropFirst(row.name.count + 1)) : key
      if row.owner.fits(draft.kind), let further = row.further(name, in: draft) { return further }
    }
    if key.hasPrefix("function.constants."), key.count > 19 {
      return .constant(String(key.dropFirst(19)))
    }
    return byName[key] ?? byShort[key]
  }

  /// `activation.slope` as `model.activation.slope`.
  private static func unfolded(_ key: String) -> String {
    guard let dot = key.firstIndex(of: "."), let row = byShort[String(key[..<dot])] else {
      return key
    }
    return row.name + key[dot...]
  }

  /// What can be typed for `draft`, for suggestions and completion.
  static func names(in draft: PresetDraft) -> [String] {
    var seen = Set<String>()
    return
      (all.filter { $0.owner.fits(draft.kind) && !fileOnly.contains($0.name) }
      + chosen(in: draft)).map(\.typed).filter { seen.insert($0).inserted }
  }

  /// Those that have a setting called `key` but are not chosen now: `the optimizers momentum,
  /// nesterov`.
  static func owners(of key: String) -> [String] {
    let last = String(key.split(separator: ".").last ?? "")
    return all.compactMap { row in
      guard let place = row.place else { return nil }
      guard last == key || key == "\(row.name).\(last)" else { return nil }
      let names = place.kind.names.filter { name in
        place.kind.settings[name]?.contains { $0.name == last } == true
      }
      guard !names.isEmpty, row.name != "model.output" else { return nil }
      return "the \(place.kind.kind)\(names.count > 1 ? place.kind.plural : "") "
        + names.joined(separator: ", ")
    }
  }

  /// The keys that can be set on `preset`, as they are typed, for completion.
  package static func names(of preset: Preset) -> [String] {
    names(in: PresetDraft(preset))
  }

  /// Every row that `preset` has and that fits on a line: keys, their parts, and the settings of
  /// what is chosen.
  package static func rows(of preset: Preset) -> [PresetKey] {
    let draft = PresetDraft(preset)
    return all.filter { $0.owner.fits(draft.kind) && !fileOnly.contains($0.name) }
      + chosen(in: draft)
  }

  /// The rows on whose values two presets differ, leaving out texts.
  package static func differing(_ preset: Preset, from other: Preset) -> [PresetKey] {
    rows(of: preset).filter { row in
      row.parts.isEmpty && row.heading != .preset
        && text(of: row, in: preset) != text(of: row, in: other)
    }
  }

  /// The row of that name, as it is typed, in `preset`; nil: there is none.
  package static func row(_ name: String, of preset: Preset) -> PresetKey? {
    row(name, in: PresetDraft(preset))
  }

  /// Why `text` cannot be the value of `key`, as far as the value alone tells; nil: it can.
  package static func refusal(_ text: String, of key: PresetKey, in preset: Preset) -> String? {
    let reader = PresetReader(name: preset.name, directory: ".", views: nil)
    var draft = PresetDraft(preset)
    if text.isEmpty { return nil }
    key.read(reader, SettingText.read(text, at: .program), &draft)
    return reader.problems.diagnostics.first?.message
  }

  /// The value of `key` in `preset` as it would be typed; nil when it stands at its default.
  package static func text(of key: PresetKey, in preset: Preset) -> String? {
    key.write(PresetDraft(preset)).map(SettingText.write)
  }

  /// The value of `key` in `preset` for people: of a choice its name, of a list no brackets; the
  /// default in words.
  package static func shown(_ key: PresetKey, in preset: Preset) -> String {
    let draft = PresetDraft(preset)
    if let place = key.place {
      if let choice = place.get(draft) { return choice.name }
      if key.name == "data", let data = draft.data {
        return data.table.map { $0.path.split(separator: "/").last.map(String.init) ?? $0.path }
          ?? "given samples"
      }
      return key.standard
    }
    guard let node = key.write(draft) else { return key.standard }
    guard case .sequence(let items) = node.content, !items.contains(where: \.isCompound) else {
      return SettingText.write(node)
    }
    return items.map(SettingText.write).joined(separator: ", ")
  }

  /// The text `key=value` as a setting, or an error that says what is missing.
  package static func parse(_ text: String) throws(PresetError) -> Setting {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      throw PresetError(.setting(text), "a setting is written key=value")
    }
    return Setting(
      key: text[..<sign].trimmingSpaces, value: text[text.index(after: sign)...].trimmingSpaces)
  }

  /// `preset` with `settings` applied and checked as a whole.
  package static func apply(
    _ settings: [Setting], to preset: Preset, views: [String]? = nil
  ) throws(PresetError) -> Preset {
    if settings.isEmpty { return preset }
    return try SettingEditor(preset, views: views).begin(settings).preset
  }
}
