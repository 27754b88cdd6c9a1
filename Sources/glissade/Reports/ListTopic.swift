import ArgumentParser
import Differentiation
import Doctor
import Explorer
import Lanes
import Models
import Optimization
import Presets
import Training
import Views

/// One thing that can be chosen.
struct ListItem {
  /// Its name.
  var name: String
  /// What it is.
  var summary: String
  /// The heading it stands under.
  var group: String?
  /// The heading below that.
  var section: String?
  /// What text puts before the name: the keys of a key binding.
  var label: String?
  /// What text says below it.
  var note: String?
  /// What can be set.
  var settings: [Hyperparameter] = []
  /// What JSON tells besides.
  var details: [(String, JSONText)] = []

  /// An entry of a catalogue.
  init(
    _ entry: some Named, settings: [Hyperparameter] = [], group: String? = nil,
    section: String? = nil, label: String? = nil, note: String? = nil,
    details: [(String, JSONText)] = []
  ) {
    name = entry.name
    summary = entry.summary
    self.settings = settings
    self.group = group
    self.section = section
    self.label = label
    self.note = note
    self.details = details
  }

  /// The name, after the label where there is one.
  var heading: String {
    label.map { $0 + String(repeating: " ", count: max(1, 12 - $0.count)) + name } ?? name
  }

  /// The thing as an object.
  var json: JSONText {
    var entries: [(String, JSONText)] = [("name", .text(name)), ("summary", .text(summary))]
    if let group { entries.append(("group", .text(group))) }
    if let section { entries.append(("section", .text(section))) }
    entries += details
    if !settings.isEmpty {
      entries.append(("settings", .list(settings.map(Self.json))))
    }
    return .object(entries)
  }

  private static func json(_ setting: Hyperparameter) -> JSONText {
    .object([
      ("name", .text(setting.name)), ("symbol", .text(setting.symbol)),
      ("summary", .text(setting.summary)), ("default", .number(setting.defaultValue)),
      ("range", .numbers([setting.range.lowerBound, setting.range.upperBound])),
      ("scale", .text("\(setting.scale)")),
    ])
  }
}

/// What `glissade list` can list.
enum ListTopic: String, CaseIterable, ExpressibleByArgument {
  case presets, optimizers, schedules, activations, losses, datasets, landscapes, initializers
  case networks, views, keys, functions, settings, notes, conditions, causes

  /// Everything there is of it.
  var items: [ListItem] {
    var items: [ListItem] = []
    forEach { items.append($0) }
    return items
  }

  /// Calls `body` with each thing as soon as it is known: files of presets are read one by one.
  func forEach(_ body: (ListItem) throws -> Void) rethrows {
    guard self == .presets else { return try known.forEach(body) }
    let shelf = Wiring.shelf
    let files = shelf.userFiles()
    for entry in shelf.own(files) { try body(Self.item(entry)) }
    for entry in shelf.builtIn(besides: files) { try body(Self.item(entry)) }
  }

  /// The longest name of all, as lists show it, or a bound for it.
  var width: Int {
    self == .presets
      ? Wiring.shelf.names.map(\.count).max() ?? 0 : known.map(\.heading.count).max() ?? 0
  }

  private static func item(_ entry: PresetShelf.Entry) -> ListItem {
    let variants = entry.preset?.variants.map(\.name) ?? []
    return ListItem(
      entry, group: entry.group, section: Wiring.section(of: entry),
      note: variants.isEmpty ? nil : "variants: " + variants.joined(separator: "; "),
      details: [
        ("title", .text(entry.title)), ("path", entry.path.map { .text($0) } ?? .null),
        ("variants", .list(variants.map { .text($0) })),
      ])
  }

  private var known: [ListItem] {
    switch self {
    case .presets: []
    case .optimizers:
      Optimizer.catalogue.entries.map { entry in
        ListItem(
          entry, settings: entry.hyperparameters,
          details: [
            ("title", .text(entry.title)), ("formula", .text(entry.formula)),
            ("reference", .text(entry.reference)),
            ("suggested_rate", .number(entry.suggestedRate)),
          ])
      }
    case .schedules:
      Schedule.catalogue.entries.map {
        ListItem($0, settings: $0.hyperparameters, details: [("formula", .text($0.formula))])
      }
    case .activations:
      Activation.all.entries.map {
        ListItem($0, settings: $0.hyperparameters, details: [("formula", .text($0.formula))])
      }
    case .losses: Loss.all.entries.map { ListItem($0, settings: $0.hyperparameters) }
    case .datasets: DataSet.all.entries.map { ListItem($0, settings: $0.hyperparameters) }
    case .landscapes:
      Landscape.all.entries.map {
        ListItem($0, settings: $0.hyperparameters, details: [("formula", .text($0.formula))])
      }
    case .initializers: Initializer.all.entries.map { ListItem($0, settings: $0.hyperparameters) }
    case .networks: NetworkKind.all.entries.map { ListItem($0, settings: $0.hyperparameters) }
    case .views: Views.views.entries.map { ListItem($0) }
    case .keys:
      keyBindings.entries.map {
        ListItem(
          $0, group: $0.group.rawValue, label: $0.keyText,
          details: [("keys", .text($0.keyText))])
      }
    case .functions: Function.catalogue.entries.map { ListItem($0) }
    case .conditions: ConditionName.catalogue.entries.map { ListItem($0) }
    case .causes:
      Cause.catalogue.entries.map { cause in
        ListItem(
          cause,
          details: [
            ("title", .text(cause.title)), ("criterion", .text(cause.criterion)),
            ("certainty", .text(cause.certainty.rawValue)), ("words", .text(cause.words)),
            ("remedy", .text(cause.remedy)),
          ])
      }
    case .notes: NotesTable.items
    case .settings:
      PresetKeys.all.map { key in
        ListItem(
          key, group: key.heading.rawValue, note: "\(key.takes); by default \(key.standard)",
          details: [
            ("typed", .text(key.typed)), ("takes", .text(key.takes)),
            ("default", .text(key.standard)), ("effect", .text(key.effect.rawValue)),
          ])
      }
    }
  }
}
