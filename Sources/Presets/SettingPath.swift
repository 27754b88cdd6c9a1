import Lanes
package import Training

/// `key=value` as on the command line, in variants and in the palette: the same keys as in presets, with dots for inner
/// ones, and short names for those that are asked for most.
package enum SettingPath {
  /// The short names, with the path that each stands for.
  package static let shortNames: [(name: String, path: String)] = [
    ("formula", "function.formula"), ("landscape", "function.landscape"),
    ("x_range", "function.x_range"), ("y_range", "function.y_range"),
    ("kind", "model.kind"), ("hidden", "model.hidden"), ("activation", "model.activation"),
    ("output", "model.output"), ("features", "model.features"),
    ("test_fraction", "data.test_fraction"), ("standardize", "data.standardize"),
    ("initializer", "start.initializer"), ("loss_below", "stop.loss_below"),
    ("patience", "stop.patience"), ("tolerance", "stop.tolerance"),
  ]

  /// `experiment` with `settings` applied in order, checked as a whole.
  package static func apply(
    _ settings: [Setting], to experiment: Experiment, views: [String]? = nil
  ) throws(PresetError) -> Experiment {
    if settings.isEmpty { return experiment }
    let problems = Problems()
    let label = settings.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    var root = ExperimentWriter(complete: true).write(experiment)
      .placed(at: .setting(EscapedText.visible(label)))
    for setting in settings {
      let origin = Origin.setting(EscapedText.visible("\(setting.key)=\(setting.value)"))
      let value = SettingText.read(setting.value, at: origin)
      apply(setting.key, value, to: &root, origin: origin, problems: problems)
    }
    guard problems.diagnostics.isEmpty else { throw PresetError(problems.diagnostics) }
    var reader = ExperimentReader(name: experiment.name, directory: ".", views: views)
    reader.checksVariants = false
    return try reader.read(root)
  }

  /// Reports what is wrong with the variants of `experiment`, where the preset's tree `root` has them.
  static func checkVariants(
    of experiment: Experiment, in root: PresetNode, views: [String]?, problems: Problems
  ) {
    guard case .sequence(let nodes)? = root["variants"]?.content else { return }
    var plain = experiment
    plain.variants = []
    plain.changes = []
    for (variant, node) in zip(experiment.variants, nodes) {
      do {
        _ = try apply(variant.settings, to: plain, views: views)
      } catch {
        for diagnostic in error.diagnostics {
          problems.add(
            place(of: diagnostic, in: node),
            "variant \(EscapedText.quoted(variant.name)): "
              + diagnostic.message)
        }
      }
    }
  }

  /// Where a variant writes the setting that a diagnostic is about.
  private static func place(of diagnostic: Diagnostic, in variant: PresetNode) -> Origin {
    guard case .setting(let label) = diagnostic.origin,
      case .mapping(let entries)? = variant["set"]?.content,
      let entry = entries.first(where: {
        EscapedText.visible("\($0.key)=\(SettingText.write($0.value))") == label
      })
    else { return variant.origin }
    return entry.value.origin
  }

  /// The text `key=value` as a setting, or an error that says what is missing.
  package static func parse(_ text: String) throws(PresetError) -> Setting {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      throw PresetError(.setting(text), "a setting is written key=value")
    }
    return Setting(
      key: text[..<sign].trimmingSpaces, value: text[text.index(after: sign)...].trimmingSpaces)
  }

  /// The keys that can be set on `experiment`, with what is set now, for completion.
  package static func keys(of experiment: Experiment) -> [String] {
    names(in: ExperimentWriter(complete: true).write(experiment))
  }

  private static func apply(
    _ key: String, _ value: PresetNode, to root: inout PresetNode, origin: Origin,
    problems: Problems
  ) {
    guard let path = resolve(key, in: root) else {
      let near = Spelling.nearest(to: key, in: names(in: root))
      problems.add(
        origin,
        "there is no key \(EscapedText.quoted(key))"
          + (near.map { "; did you mean \($0)?" } ?? "; `glissade list keys` shows all"))
      return
    }
    if path == ["glissade"] || path.first == "variants" || path.first == "changes" {
      problems.add(origin, "\(path[0]) can only be given in a preset file")
      return
    }
    root.set(path[...], to: value, parent: "")
    root.settle(after: path)
  }

  /// The full path of `key`, or nil when there is no such key.
  private static func resolve(_ key: String, in root: PresetNode) -> [String]? {
    let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if ExperimentReader.keys.contains(parts[0]) {
      return parts.contains("") || parts.count > PresetLimits.depth / 2 ? nil : parts
    }
    guard parts.count == 1 else { return nil }
    if let short = shortNames.first(where: { $0.name == key }) {
      return short.path.split(separator: ".").map(String.init)
    }
    return dynamicNames(in: root).first { $0.name == key }?.path
  }

  /// Settings of what is chosen now, and the start's parameters, by their own names.
  private static func dynamicNames(in root: PresetNode) -> [(name: String, path: [String])] {
    var result: [(String, [String])] = []
    func settings(_ path: [String], _ kind: ChoiceKind) {
      guard let node = root.descend(path), let name = node.chosenName else { return }
      result += (kind.settings[name] ?? []).map { ($0.name, path + [$0.name]) }
    }
    settings(["optimizer"], .optimizers)
    settings(["data"], .datasets)
    settings(["schedule"], .schedules)
    settings(["function", "landscape"], .landscapes)
    settings(["loss"], .losses)
    if case .mapping(let entries)? = root["function"]?["constants"]?.content {
      result += entries.map { ($0.key, ["function", "constants", $0.key]) }
    }
    return result
  }

  private static func names(in root: PresetNode) -> [String] {
    let isModel = root["model"] != nil
    let keys = ExperimentReader.keys.filter { key in
      if ["glissade", "variants", "changes"].contains(key) { return false }
      return ExperimentReader.modelKeys.contains(key) ? isModel : key != "function" || !isModel
    }
    let short = shortNames.filter {
      let first = $0.path.prefix { $0 != "." }
      return first == "function" ? !isModel : first == "model" || first == "data" ? isModel : true
    }.map(\.name)
    var start: [String] = []
    if case .mapping(let entries)? = root["start"]?.content {
      start = entries.map { "start.\($0.key)" }
    }
    var seen = Set<String>()
    return (keys + short + start + dynamicNames(in: root).map(\.name)).filter {
      seen.insert($0).inserted
    }
  }
}

extension PresetNode {
  /// The node at `path`.
  fileprivate func descend(_ path: [String]) -> PresetNode? {
    path.reduce(PresetNode?.some(self)) { $0?[$1] }
  }

  /// The name of a choice, written alone or in a mapping.
  fileprivate var chosenName: String? {
    switch content {
    case .scalar(let text, _): text
    case .mapping:
      if case .scalar(let text, _)? = self["name"]?.content { text } else { nil }
    case .sequence: nil
    }
  }

  /// Puts `value` at `path`, making mappings of shorter forms on the way.
  fileprivate mutating func set(_ path: ArraySlice<String>, to value: PresetNode, parent: String) {
    guard let key = path.first else {
      self = value
      return
    }
    var entries: [Entry]
    if case .mapping(let own) = content { entries = own } else { entries = unfolded(parent) }
    let index = entries.firstIndex { $0.key == key }
    var child = index.map { entries[$0].value } ?? PresetNode(.mapping([]), at: value.origin)
    child.set(path.dropFirst(), to: value, parent: key)
    let entry = Entry(key, child, at: value.origin)
    if let index { entries[index] = entry } else { entries.append(entry) }
    if key == "name", path.count == 1 {
      // Another entry of the catalogue: the old one's settings mean nothing to it.
      let kept = ["name"] + (parent == "data" ? ExperimentReader.preparationKeys : [])
      entries.removeAll { !kept.contains($0.key) }
    }
    self = PresetNode(.mapping(entries), at: origin)
  }

  /// The mapping that a short form (`adam`, `[1, 2]`, `10`) stands for, under `key`.
  private func unfolded(_ key: String) -> [Entry] {
    let name =
      switch key {
      case "function": "formula"
      case "model": "kind"
      case "start": "parameters"
      case "batch": "size"
      default: "name"
      }
    if key == "batch", case .scalar("full", _) = content { return [] }
    return [Entry(name, self, at: origin)]
  }

  /// Removes what a new value at `path` replaces.
  fileprivate mutating func settle(after path: [String]) {
    func drop(_ keys: [String], from key: String, in root: inout PresetNode) {
      guard case .mapping(var top) = root.content,
        let index = top.firstIndex(where: { $0.key == key }),
        case .mapping(var inner) = top[index].value.content
      else { return }
      inner.removeAll { keys.contains($0.key) }
      top[index].value.content = .mapping(inner)
      root.content = .mapping(top)
    }
    guard path.count >= 2 else { return }
    let exclusive: [[String]] =
      switch path[0] {
      case "function": [["formula"], ["landscape", "x_range", "y_range"]]
      case "start": [["initializer"], ["layers"]]
      case "batch": [["order"], ["blocks", "steps_per_epoch"], ["rows"]]
      case "data": [ExperimentReader.csvKeys, ["rows"], ["inputs", "targets"], ["name"]]
      default: []
      }
    if path[0] == "function", path[1] == "landscape", path.count == 2 || path[2] == "name" {
      drop(["formula", "x_range", "y_range"], from: "function", in: &self)
    } else if path[0] == "function", path[1] == "formula" {
      drop(["landscape"], from: "function", in: &self)
    } else if path[0] == "start" {
      let own = ExperimentReader.startKeys.contains(path[1])
      drop(
        own
          ? ExperimentReader.startKeys.filter { $0 != path[1] } + startNames
          : ["initializer", "layers"], from: "start", in: &self)
    } else if let group = exclusive.first(where: { $0.contains(path[1]) }) {
      drop(exclusive.joined().filter { !group.contains($0) }, from: path[0], in: &self)
    }
    // numpy's skipped words mean nothing to another order.
    if path == ["batch", "order"] { drop(["after"], from: "batch", in: &self) }
    if path.prefix(2) == ["model", "activation"] { stripLayerActivations() }
    if path == ["model", "kind"], case .scalar(let kind, _)? = self["model"]?["kind"]?.content {
      // Another kind of model has another usual loss, and only nets have hidden layers.
      if kind != "mlp" { drop(["hidden", "activation"], from: "model", in: &self) }
      if case .mapping(let top) = content { content = .mapping(top.filter { $0.key != "loss" }) }
    }
  }

  private var startNames: [String] {
    guard case .mapping(let entries)? = self["start"]?.content else { return [] }
    return entries.map(\.key).filter { !ExperimentReader.startKeys.contains($0) }
  }

  /// Lets every hidden layer have the model's activation.
  private mutating func stripLayerActivations() {
    guard case .mapping(var top) = content,
      let model = top.firstIndex(where: { $0.key == "model" }),
      case .mapping(var inner) = top[model].value.content,
      let hidden = inner.firstIndex(where: { $0.key == "hidden" }),
      case .sequence(let layers) = inner[hidden].value.content
    else { return }
    let plain = layers.map { layer -> PresetNode in
      guard case .mapping(let entries) = layer.content else { return layer }
      return PresetNode(.mapping(entries.filter { $0.key != "activation" }), at: layer.origin)
    }
    inner[hidden].value.content = .sequence(plain)
    top[model].value.content = .mapping(inner)
    content = .mapping(top)
  }
}
