import Lanes
import Models
import Presets
import Training

/// The experiment as a form: its keys in groups, with their values and what the preset says.
struct ExperimentForm: Sendable {
  /// One line of the form.
  struct Row: Sendable {
    /// What a line is about.
    enum Kind: Sendable {
      /// A group; `folded` of its rows are not shown.
      case heading(folded: Int)
      /// A key of the table.
      case key(PresetKey)
      /// The units of a hidden layer, by its number from 0.
      case layer(Int)
      /// Columns made of the inputs.
      case features([Feature])
    }

    /// The name that the cursor remembers.
    var id: String
    /// The group that it belongs to.
    var group: String
    /// What it is called.
    var label: String
    /// The value in force or asked for, as it is typed.
    var value: String
    /// The preset's value.
    var original: String
    var kind: Kind
    /// Whether the value differs from the preset's.
    var isChanged: Bool { value != original }
    /// Whether it is a heading.
    var isHeading: Bool { if case .heading = kind { true } else { false } }
  }

  /// A column made of the inputs, and whether it is in use.
  struct Feature: Equatable, Sendable {
    var name: String
    var isOn: Bool
  }

  /// The lines, top to bottom.
  let rows: [Row]

  /// The form of what runs; groups that are not `unfolded` leave out what is seldom needed and
  /// stands at its default.
  init(_ explorer: Explorer, unfolded: Set<String>) {
    let now = explorer.presetNow
    var original = explorer.expectedPreset
    original.experiment.changes = []
    let keys = Self.ordered(PresetKeys.rows(of: now))
    var rows: [Row] = []
    for group in Self.groups(of: now.problem) {
      var members = keys.filter { group.holds($0, now.problem) }
        .map { Self.row($0, group.name, now, original) }
      if group.name == "features", case .model = now.problem {
        members = Self.features(explorer, now, original)
      }
      if group.name == "network" {
        let place = members.firstIndex { $0.id == "model.kind" }.map { $0 + 1 } ?? 0
        members.insert(contentsOf: Self.layers(now, original), at: place)
      }
      if group.name == "start" { members = Self.starts(explorer, now, original) + members }
      let isFolded = !unfolded.contains(group.name)
      let kept = isFolded ? members.filter { !Self.isSeldom($0) } : members
      guard !members.isEmpty else { continue }
      rows.append(
        Row(
          id: "group.\(group.name)", group: group.name, label: group.name, value: "", original: "",
          kind: .heading(folded: members.count - kept.count)))
      rows += kept
    }
    self.rows = rows
  }

  /// How many rows differ from the preset.
  var changes: Int { rows.count { $0.isChanged } }

  // MARK: Groups

  /// Settings of what is chosen right after the choice.
  private static func ordered(_ keys: [PresetKey]) -> [PresetKey] {
    let settings = Dictionary(grouping: keys.filter { !names.contains($0.name) }) { key in
      key.name.lastIndex(of: ".").map { String(key.name[..<$0]) } ?? ""
    }
    return keys.filter { names.contains($0.name) }.flatMap { key in
      [key] + (settings[key.name] ?? [])
    }
  }

  /// The names that are keys whatever is chosen.
  private static let names = Set(PresetKeys.all.map(\.name))

  /// A group of the form and the keys in it.
  private struct Group {
    var name: String
    var holds: (PresetKey, Problem) -> Bool
  }

  private static func groups(of problem: Problem) -> [Group] {
    func heading(_ headings: PresetKey.Heading...) -> (PresetKey, Problem) -> Bool {
      { key, problem in headings.contains(key.heading) && isShown(key, in: problem) }
    }
    switch problem {
    case .function:
      return [
        Group(name: "function", holds: heading(.function)),
        Group(name: "start", holds: heading(.start)),
        Group(name: "training", holds: heading(.training)),
      ]
    case .model, .network:
      return [
        Group(name: "data", holds: heading(.data)), Group(name: "features") { _, _ in false },
        Group(name: "network", holds: heading(.model, .start)),
        Group(name: "loss", holds: heading(.loss)),
        Group(name: "training", holds: heading(.training)),
      ]
    }
  }

  /// Mappings and lists of numbers.
  private static let whole: Set = [
    "function", "model", "start", "start.parameters", "start.layers", "stop", "batch",
    "batch.blocks", "batch.rows", "batch.steps_per_epoch", "batch.after", "data.inputs",
    "data.targets", "data.rows", "data.added", "model.hidden", "model.features",
  ]

  /// Mappings, names inside mappings, and lists of numbers are not for a line of a form.
  private static func isShown(_ key: PresetKey, in problem: Problem) -> Bool {
    if whole.contains(key.name) || key.name.hasSuffix(".name") || key.name == "network.kind" {
      return false
    }
    guard case .function(let function) = problem else { return true }
    return key.name != (function.landscape == nil ? "function.landscape" : "function.formula")
  }

  private static func row(
    _ key: PresetKey, _ group: String, _ now: Preset, _ original: Preset
  ) -> Row {
    Row(
      id: key.name, group: group, label: key.typed,
      value: PresetKeys.shown(key, in: now), original: PresetKeys.shown(key, in: original),
      kind: .key(key))
  }

  /// Settings of the optimizer and what stands at its default elsewhere are seldom needed.
  private static func isSeldom(_ row: Row) -> Bool {
    guard case .key(let key) = row.kind, !row.isChanged, row.value == key.standard else {
      return false
    }
    let parent = key.name.prefix { $0 != "." }
    return ["optimizer", "schedule", "stop", "loss"].contains(parent) && key.name != parent
      || ["data.csv", "data.columns", "data.target", "data.header", "data.delimiter"]
        .contains(key.name)
      || key.name == "function.constants"
  }

  /// The start of each variable of a function.
  private static func starts(_ explorer: Explorer, _ now: Preset, _ original: Preset) -> [Row] {
    let original = original.withStart(of: explorer.snapshot.objective, seed: now.seed)
    return explorer.startKeys.map { row($0.key, "start", $0.preset, original) }
  }

  // MARK: Rows that are no keys of their own

  private static func layers(_ now: Preset, _ original: Preset) -> [Row] {
    guard case .model(let model) = now.problem, model.kind == .mlp else { return [] }
    var before: [LayerSpec] = []
    if case .model(let problem) = original.problem { before = problem.hidden }
    return model.hidden.indices.map { index in
      Row(
        id: "layer.\(index)", group: "network", label: "layer \(index + 1)",
        value: "\(model.hidden[index].units)",
        original: before.indices.contains(index) ? "\(before[index].units)" : "none",
        kind: .layer(index))
    }
  }

  private static func features(_ explorer: Explorer, _ now: Preset, _ original: Preset) -> [Row] {
    guard case .model(let model) = now.problem,
      let inputs = explorer.snapshot.objective.kind.mapping?.inputCount
    else { return [] }
    func names(_ features: [String]) -> [String] {
      features.isEmpty ? (1...max(1, inputs)).map { "x\($0)" } : features
    }
    let used = names(model.features)
    var known = names([])
    if inputs <= 4 {
      known += (1...max(1, inputs)).map { "x\($0)^2" }
      if inputs >= 2 { known.append("x1*x2") }
      known += (1...max(1, inputs)).map { "sin(x\($0))" }
    }
    let all = known + used.filter { !known.contains($0) }
    var before: [String] = []
    if case .model(let problem) = original.problem { before = names(problem.features) }
    return [
      Row(
        id: "features", group: "features", label: "", value: used.joined(separator: ","),
        original: before.joined(separator: ","),
        kind: .features(all.map { Feature(name: $0, isOn: used.contains($0)) }))
    ]
  }
}

/// Where the person is in the form.
struct FormState: Sendable {
  /// The row with the cursor.
  var cursor = ""
  /// The feature with the cursor.
  var feature = 0
  /// It takes the keys.
  var isFocused = true
  /// A value being typed.
  var field: TextField?
  /// Why what was typed cannot be taken.
  var refusal: String?
  /// Groups that show all of their rows.
  var unfolded: Set<String> = []
  /// A slider in the mouse's hand: its row, and the value where it would be let go.
  var drag: (row: String, value: String)?
}

extension Explorer {
  /// The start of each variable of a function, as keys of the preset in force with its start
  /// written out; empty for models.
  var startKeys: [(key: PresetKey, preset: Preset)] {
    let objective = snapshot.objective
    guard objective.kind.function != nil else { return [] }
    let preset = presetNow.withStart(of: objective, seed: presetNow.seed)
    return objective.parameterNames.prefix(8).compactMap { name in
      PresetKeys.row("start.\(name)", of: preset).map { ($0, preset) }
    }
  }
}

extension Preset {
  /// The same with the start written out that it has without one.
  fileprivate func withStart(of objective: any Objective, seed: UInt64) -> Preset {
    guard self.start.parameters == nil else { return self }
    var preset = self
    preset.start = Start(parameters: objective.usualStart(seed: seed))
    return preset
  }
}
