import Lanes
import Models
package import Training

/// Changes of one preset by `key=value`, as on the command line, in variants and in the palette:
/// each key changes its value in place, and what the settings leave as it was is made once, however
/// many runs begin with it.
package struct SettingEditor: Sendable {
  private let preset: Preset
  private let draft: PresetDraft
  private let objective: (any Objective)?
  private let views: [String]?
  /// Whether it is only asked if a run can begin: it begins with fewer samples then, and seeds do
  /// not matter.
  private let isTrial: Bool

  /// An editor of `preset`.
  ///
  /// - Parameter views: The views that exist; nil when they are not to be checked.
  package init(_ preset: Preset, views: [String]? = nil) {
    self.init(preset, views: views, isTrial: false)
  }

  /// An editor of `preset` that may only be asked whether runs can begin.
  init(_ preset: Preset, views: [String]?, isTrial: Bool) {
    self.isTrial = isTrial
    self.preset = preset
    self.views = views
    draft = PresetDraft(preset)
    objective = try? ObjectiveFactory.objective(of: preset.experiment)
  }

  /// The preset with `settings`, and the run of it: first what is chosen by name (optimizer,
  /// schedule, …), then the settings of what was chosen, each in their order.
  ///
  /// An empty value takes a key away. Settings do not touch what a preset teaches; texts about
  /// another problem go.
  ///
  /// - Throws: `PresetError` with everything that is wrong, each at the setting that says it.
  package func begin(
    _ settings: [Setting]
  ) throws(PresetError) -> (preset: Preset, run: Run) {
    let reader = PresetReader(name: preset.name, directory: ".", views: views)
    var changed = draft
    let rows = settings.map { PresetKeys.row($0.key, in: draft) }
    let choosing = settings.indices.filter { rows[$0]?.chooses == true }
    let others = settings.indices.filter { rows[$0]?.chooses != true }
    for index in choosing + others { apply(settings[index], reader, &changed) }
    let problems = reader.problems
    guard problems.diagnostics.isEmpty else { throw PresetError(problems.diagnostics) }
    let places = changed.places
    let whole = Origin.setting(
      settings.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
    let made = reader.finish(&changed, whole: whole, objective: known)
    guard var made, problems.diagnostics.isEmpty else {
      throw PresetError(
        problems.diagnostics.isEmpty
          ? [Diagnostic(whole, "this is not a preset")] : problems.diagnostics)
    }
    let check = ExperimentCheck(problems: problems) { Self.place($0, in: places, whole: whole) }
    made.dropTexts(of: preset)
    let begun = isTrial ? Self.small(made.experiment) : made.experiment
    guard let run = check.begin(begun, objective: known), problems.diagnostics.isEmpty
    else {
      throw PresetError(problems.diagnostics)
    }
    return (made, run)
  }

  /// What one setting makes of a run that is under way.
  ///
  /// A start whose numbers are of another shape than the changed problem is dropped: the run keeps
  /// its parameters anyway.
  ///
  /// - Returns: The row of the key, and the preset from then on.
  package func change(
    _ setting: Setting
  ) throws(PresetError) -> (key: PresetKey, experiment: Experiment, preset: Preset) {
    let key = PresetKeys.row(setting.key, in: draft)
    do throws(PresetError) {
      let preset = try begin([setting]).preset
      guard let key else {
        throw PresetError(.setting(setting.key), unknown(setting.key, in: draft))
      }
      return (key, preset.experiment, preset)
    } catch {
      var free = preset
      free.start.parameters = nil
      free.start.layers = nil
      free.start.file = nil
      guard let key, key.effect == .keepsFitting, free != preset,
        let preset = try? SettingEditor(free, views: views).begin([setting]).preset
      else { throw error }
      return (key, preset.experiment, preset)
    }
  }

  /// The objective of `changed` where it is that of the experiment.
  private func known(_ changed: Experiment) -> (any Objective)? {
    let isSame =
      changed.problem == preset.problem
      && (draft.kind == .function || isTrial
        || changed.seed == preset.seed && changed.dataSeed == preset.dataSeed)
      && (changed.start == preset.start || !changed.problem.isOfStart)
    return isSame ? objective : nil
  }

  private func apply(
    _ setting: Setting, _ reader: PresetReader, _ draft: inout PresetDraft
  ) {
    let origin = Origin.setting("\(setting.key)=\(setting.value)")
    guard let row = PresetKeys.row(setting.key, in: draft) else {
      return reader.problems.add(origin, unknown(setting.key, in: draft))
    }
    guard row.owner.fits(draft.kind) || row.chooses && row.owner != .data else {
      let noun = row.owner == .function ? "a function" : "a model"
      return reader.problems.add(
        origin,
        "\(setting.key) belongs to \(noun), and this preset has "
          + "a \(draft.kind?.rawValue ?? "problem")"
          + (draft.kind == .network ? " of another kind" : ""))
    }
    let value = SettingText.read(setting.value, at: origin)
    if PresetKeys.fileOnly.contains(row.name), !setting.value.isEmpty {
      return reader.problems.add(origin, "\(row.name) can only be given in a preset file")
    }
    draft.places[row.name] = (origin, origin)
    if setting.value.isEmpty { row.clear(&draft) } else { row.read(reader, value, &draft) }
  }

  private func unknown(_ key: String, in draft: PresetDraft) -> String {
    let near = Spelling.nearest(to: key, in: PresetKeys.names(in: draft))
    let owners = PresetKeys.owners(of: key)
    if !owners.isEmpty {
      return "\(EscapedText.quoted(key)) is a setting of \(owners.joined(separator: ", or ")); "
        + "choose one of them as well"
    }
    return "there is no key \(EscapedText.quoted(key))"
      + (near.map { "; did you mean \($0)?" }
        ?? "; `glissade list settings` shows those of presets, and optimizers, data sets and the "
        + "like have their own")
  }

  /// The setting that says `key` (`hidden[2].activation`, `data.noise`), or all of them.
  private static func place(
    _ key: String, in places: [String: (key: Origin, value: Origin)], whole: Origin
  ) -> Origin {
    var path = key.prefix { $0 != "[" }[...]
    while !path.isEmpty {
      for name in [String(path)] + ["model", "function", "data", "start"].map({ "\($0).\(path)" }) {
        if let place = places[name] { return place.value }
      }
      path = path.prefix(upTo: path.lastIndex(of: ".") ?? path.startIndex)
    }
    return places.keys.sorted().first { $0.hasPrefix(key + ".") }.flatMap { places[$0]?.value }
      ?? whole
  }
}
