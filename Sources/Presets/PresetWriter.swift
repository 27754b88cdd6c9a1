import Lanes
import Models
import Training

/// Writes a `Preset` as a tree: reading it back gives the same preset, to the last bit.
struct PresetWriter {
  /// The folder that the preset is for: files inside it are named relative to it; nil: by absolute
  /// path.
  var directory: String?

  /// The tree.
  func write(_ preset: Preset) -> PresetNode {
    var draft = PresetDraft(preset)
    draft.directory = directory
    let entries = PresetKeys.top.filter { $0.owner.fits(draft.kind) }.compactMap { key in
      key.write(draft).map { PresetNode.Entry(key.name, $0) }
    }
    return .map([.init("glissade", .number(1))] + entries)
  }

  /// A named change.
  static func variant(_ variant: Variant) -> PresetNode {
    .map([
      .init("name", .text(variant.name)),
      .init("set", settings(variant.settings)),
    ])
  }

  /// Settings as a mapping of keys to values.
  static func settings(_ settings: [Setting]) -> PresetNode {
    .map(settings.map { .init($0.key, SettingText.read($0.value, at: .program)) })
  }

  /// A dated change.
  static func change(_ change: DatedCommand) -> PresetNode {
    var entries: [PresetNode.Entry] = [.init("step", .number(change.step))]
    switch change.command {
    case .learningRate(let rate): entries.append(.init("learning_rate", .number(rate)))
    case .optimizer(let choice, let carryState):
      entries.append(.init("optimizer", .choice(choice)))
      entries.append(.init("carry_state", .flag(carryState)))
    case .hyperparameter(let name, let value):
      entries.append(.init("set", .map([.init(name, .number(value))])))
    case .schedule(let choice): entries.append(.init("schedule", .choice(choice)))
    case .batching(let batching):
      var draft = PresetDraft(name: "")
      draft.batch = BatchDraft(batching)
      entries.append(.init("batch", PresetKey.batch.write(draft) ?? .word("full")))
    case .activation(let choice): entries.append(.init("activation", .choice(choice)))
    case .parameters(let values): entries.append(.init("parameters", .numbers(values)))
    case .entries(let values):
      let ordered = values.sorted { $0.key < $1.key }
      entries.append(
        .init("parameters", .map(ordered.map { .init("\($0.key + 1)", .number($0.value)) })))
    case .set(let change):
      entries.append(.init("set", settings([change.setting])))
      if change.addsSilently { entries.append(.init("silent", .flag(true))) }
      if let place = change.place { entries.append(.init("at", .text(place.text))) }
    case .addPoint(let point): entries.append(.init("add_point", .point(point)))
    case .ignoreStopRule: entries.append(.init("stop", .word("ignored")))
    }
    return .map(entries)
  }
}
