import Lanes
package import Training

extension PresetKeys {
  /// A key that a preset does not have.
  package struct Elsewhere: Equatable, Sendable {
    /// What it is.
    package var summary: String
    /// Why the preset has none, and what to do.
    package var reason: String
  }

  /// What a key is that other presets have, and why `preset` has none; nil where it is a key of
  /// this preset, or of none.
  ///
  /// - Parameter parameters: the names of the parameters of its run, for `start.NAME`.
  package static func elsewhere(
    _ key: String, for preset: Preset, parameters: [String]
  ) -> Elsewhere? {
    let draft = PresetDraft(preset)
    if key.hasPrefix("start."), key.count > 6, !key.hasPrefix("start.initializer"),
      !all.contains(where: { $0.name == key }), let row = row(key, in: draft),
      !parameters.contains(String(key.dropFirst(6)))
    {
      let names = parameters.prefix(3).joined(separator: ", ")
      let more = parameters.count > 3 ? ", … (\(parameters.count))" : ""
      return Elsewhere(
        summary: row.summary,
        reason: "no parameter of this run is called so: it has start.NAME for \(names)\(more)")
    }
    if let row = all.first(where: { $0.name == key || $0.short == key }) {
      guard !row.owner.fits(draft.kind) else { return nil }
      return Elsewhere(summary: row.summary, reason: reason(row.owner, draft.kind))
    }
    guard row(key, in: draft) == nil else { return nil }
    let last = String(key.split(separator: ".").last ?? "")
    for row in all {
      guard let place = row.place, last == key || key == "\(row.name).\(last)",
        row.name != "model.output"
      else { continue }
      let owners = place.kind.names.filter { name in
        place.kind.settings[name]?.contains { $0.name == last } == true
      }
      guard let first = owners.first,
        let setting = place.kind.settings[first]?.first(where: { $0.name == last })
      else { continue }
      let now = row.owner.fits(draft.kind) ? place.get(draft)?.name : nil
      let names = owners.prefix(4).joined(separator: ", ")
      let more = owners.count > 4 ? " and \(owners.count - 4) more" : ""
      let todo =
        row.owner.fits(draft.kind)
        ? "type \(row.typed) \(first) first" : reason(row.owner, draft.kind)
      return Elsewhere(
        summary: setting.summary,
        reason: "it belongs to the \(place.kind.kind)\(owners.count > 1 ? place.kind.plural : "") "
          + "\(names)\(more)\(now.map { "; \($0) is in force" } ?? ""): \(todo)")
    }
    return nil
  }

  private static func reason(_ owner: PresetKey.Owner, _ kind: PresetDraft.Kind?) -> String {
    let now =
      switch kind {
      case .function: "a function is minimised here"
      case .model: "a model learns from data here"
      case .network: "a net of another kind learns here"
      case nil: "this run has none"
      }
    return switch owner {
    case .function: "it belongs to functions, and \(now): f types one, p picks one"
    case .model: "it belongs to models on data, and \(now): p picks one, as xor or moons"
    case .network: "it belongs to nets of other kinds, and \(now): p picks one"
    case .data: "it belongs to what learns from data, and \(now): p picks one, as xor or moons"
    case .any: now
    }
  }
}
