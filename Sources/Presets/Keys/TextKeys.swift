import Training

extension PresetKey {
  /// What lists and readers of a preset see.
  static let texts: [PresetKey] = [
    .text(
      "title", "a title for people", limit: PresetLimits.title,
      standard: { $0.experiment.name }, words: "the name", always: true, at: \.preset.title),
    .text(
      "group", "the heading in lists", limit: PresetLimits.title, standard: { _ in "Mine" },
      words: "Mine", at: \.preset.group),
    .text(
      "summary", "one sentence for lists", limit: PresetLimits.summary, standard: { _ in "" },
      words: "none", at: \.preset.summary),
    .text(
      "notes", "longer text, shown on demand", limit: PresetLimits.notes,
      standard: { _ in "" }, words: "none", at: \.preset.notes),
  ]

  /// How a preset is watched, its named changes, what it teaches.
  static let watching: [PresetKey] = [
    .value(
      "views", "names of panes, in order", .written("loss, boundary"), heading: .preset,
      effect: .none, words: "chosen by the problem", at: \.preset.views,
      standard: { _ in [] }, read: { $0.viewNames($1) }, write: { .texts($0) }),
    .value(
      "variants", "named changes of the preset", .written("[{name: …, set: {key: value}}]"),
      heading: .preset, effect: .none, words: "none", at: \.preset.variants,
      standard: { _ in [] }, read: { $0.variants($1) },
      write: { .list($0.map { PresetWriter.variant($0) }) }),
    .value(
      "race", "a race that begins with the preset: a key and its values",
      .written("optimizer adam, momentum, gd"), heading: .preset, effect: .none, words: "none",
      at: \.preset.race, standard: { _ in "" }, read: { $0.race($1) }, write: { .text($0) }),
    .value(
      "map", "the map that `m` shows: two keys and their ranges",
      .written("learning_rate 1e-4..0.1, momentum 0..0.99"), heading: .preset, effect: .none,
      words: "none", at: \.preset.map, standard: { _ in "" }, read: { $0.map($1) },
      write: { .text($0) }),
    .value(
      "changes", "changes on the way, with the steps at which they take effect",
      .written("[{step: 100, learning_rate: 0.05}]"), heading: .training, effect: .restarts,
      words: "none", at: \.experiment.changes, standard: { _ in [] },
      read: { $0.changes($1) }, write: { .list($0.map { PresetWriter.change($0) }) }),
    PresetKey(
      "branches", "the branches of a saved session, with what they come to",
      .written("written by `W`"), heading: .preset, effect: .none, standard: "none",
      read: { reader, node, draft in
        if let branches = reader.branches(node) { draft.branches = branches }
      },
      write: { draft in
        draft.branches.isEmpty
          ? nil
          : .list(
            draft.branches.map { PresetWriter(directory: draft.directory).branch($0) })
      }, clear: { $0.branches = [] }),
    .value(
      "lesson", "what the preset teaches, step by step", .written("see Lessons"),
      heading: .preset, effect: .none, words: "none", at: \.preset.lesson,
      standard: { _ in nil }, read: { $0.lesson($1) },
      write: { $0.map { PresetWriter.lesson($0) } }),
  ]

  /// The steps per second.
  static let pace = value(
    "pace", "steps a second that are good to watch, or full", .written("60, or full"),
    heading: .preset, effect: .none, always: true, at: \.preset.pace, standard: { _ in 60 },
    read: { $0.pace($1) }, write: { $0 == .infinity ? .word("full") : .number($0) })
}
