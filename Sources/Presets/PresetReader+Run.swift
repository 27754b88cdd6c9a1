import Lanes
import Models
import Training

extension PresetReader {
  /// How mini-batches are drawn: `full`, a size, or a mapping.
  func batch(_ node: PresetNode, into draft: inout PresetDraft) {
    if case .scalar(let text, _) = node.content {
      if text == "full" { return }
      guard ExactDecimal.integer(text) != nil else {
        reader.expected("`full`, a size, or a mapping", node, for: "batch")
        return
      }
      // A size that cannot be taken has been told; it leaves all samples.
      draft.batch.size = reader.integer(node, "batch", in: 1...Int(Int32.max))
      draft.batch.order = draft.batch.size.map { _ in .shuffled }
      return
    }
    guard
      let map = MappingReader(
        node, "batch", allowed: PresetKey.batchParts.map(\.inner), problems: problems)
    else { return }
    map.atMostOne(of: ["order", "blocks", "rows"], "batch")
    map.atMostOne(of: ["size", "rows"], "batch")
    let parts = PresetKey.batchParts
    for part in parts.filter(\.chooses) + parts.filter({ !$0.chooses }) {
      take(part, from: map, as: part.inner, into: &draft)
    }
  }

  /// Numbers of blocks.
  func blocks(_ node: PresetNode) -> [Int]? {
    let items = reader.items(node)
    guard !items.isEmpty else {
      problems.add(node.origin, "blocks must hold at least one number")
      return nil
    }
    return reader.all(items) { reader.integer($0, "a block number", in: 0...Int(Int32.max)) }
  }

  /// Sample numbers of each step.
  func batchRows(_ node: PresetNode) -> [[Int]]? {
    guard case .sequence(let items) = node.content, !items.isEmpty else {
      reader.expected("a list of lists of sample numbers", node, for: "rows")
      return nil
    }
    return reader.all(items) { item -> [Int]? in
      let numbers = reader.items(item)
      guard !numbers.isEmpty else {
        problems.add(item.origin, "a batch must hold at least one sample number")
        return nil
      }
      return reader.all(numbers) {
        reader.integer($0, "a sample number", in: 0...Int(Int32.max))
      }
    }
  }

  /// Named changes of the experiment.
  func variants(_ node: PresetNode) -> [Variant]? {
    guard case .sequence(let items) = node.content else {
      reader.expected("a list", node, for: "variants")
      return nil
    }
    guard items.count <= PresetLimits.variants else {
      problems.add(
        node.origin, "\(items.count) variants; at most \(PresetLimits.variants) are allowed")
      return nil
    }
    return reader.all(items) { item in
      guard
        let map = MappingReader(
          item, "a variant", allowed: ["name", "set"], problems: problems)
      else { return nil }
      guard let nameNode = map["name"], let setNode = map["set"] else {
        problems.add(item.origin, "a variant needs `name:` and `set:`")
        return nil
      }
      guard let name = reader.text(nameNode, "name", limit: PresetLimits.title) else { return nil }
      guard case .mapping(let entries) = setNode.content, !entries.isEmpty else {
        reader.expected("a mapping of keys to values", setNode, for: "set")
        return nil
      }
      return Variant(name: name, settings: Self.settings(entries))
    }
  }

  /// The settings that a mapping of keys to values writes.
  static func settings(_ entries: [PresetNode.Entry]) -> [Setting] {
    entries.map { Setting(key: $0.key, value: SettingText.write($0.value)) }
  }

  /// Commands with the step at which they take effect.
  func changes(_ node: PresetNode) -> [DatedCommand]? {
    guard case .sequence(let items) = node.content else {
      reader.expected("a list", node, for: "changes")
      return nil
    }
    guard items.count <= PresetLimits.changes else {
      problems.add(
        node.origin, "\(items.count) changes; at most \(PresetLimits.changes) are allowed")
      return nil
    }
    var last = 0
    return reader.all(items) { item in
      guard let change = change(item) else { return nil }
      if change.step < last {
        problems.add(
          item.origin, "changes must be in the order of their steps: \(change.step) after \(last)")
      }
      last = max(last, change.step)
      return change
    }
  }

  private func change(_ node: PresetNode) -> DatedCommand? {
    let commands = [
      "learning_rate", "optimizer", "set", "schedule", "batch", "activation", "parameters",
      "add_point", "stop",
    ]
    guard
      let map = MappingReader(
        node, "a change", allowed: ["step", "carry_state", "silent", "at"] + commands,
        problems: problems)
    else { return nil }
    guard let stepNode = map["step"] else {
      problems.add(node.origin, "a change needs `step:`")
      return nil
    }
    let given = map.given(commands)
    guard given.count == 1, let key = given.first, let value = map[key] else {
      problems.add(
        node.origin, "a change needs exactly one of \(Problems.alternatives(commands))")
      return nil
    }
    if let origin = map.keyOrigin("carry_state"), key != "optimizer" {
      problems.add(origin, "carry_state belongs to a change of the optimizer")
    }
    if let origin = map.keyOrigin("silent"), key != "set" {
      problems.add(origin, "silent belongs to a change by `set:`")
    }
    if let origin = map.keyOrigin("at"), key != "set" {
      problems.add(origin, "at belongs to a change by `set:`")
    }
    guard let step = reader.integer(stepNode, "step", in: 0...PresetLimits.steps),
      var command = command(key, value, carry: map["carry_state"])
    else { return nil }
    if case .set(var change) = command, let node = map["silent"] {
      change.addsSilently = reader.flag(node, "silent") ?? false
      command = .set(change)
    }
    if case .set(var change) = command, let node = map["at"] {
      guard case .scalar(let text, _) = node.content, let place = HiddenPlace(text: text) else {
        reader.expected("`layer 2` or `layer 2 unit 3`", node, for: "at")
        return nil
      }
      change.place = place
      command = .set(change)
    }
    return DatedCommand(step: step, command: command)
  }

  /// Single parameters by their numbers from 1.
  private func entries(_ entries: [PresetNode.Entry]) -> Command? {
    var values: [Int: Double] = [:]
    for entry in entries {
      guard let number = Int(entry.key), number >= 1 else {
        problems.add(
          entry.keyOrigin,
          "\(EscapedText.visible(entry.key)) is no number of a parameter; they count from 1")
        continue
      }
      if values[number - 1] != nil {
        problems.add(entry.keyOrigin, "parameter \(number) is given more than once")
      }
      values[number - 1] = reader.number(entry.value, "parameters")
    }
    return values.count == entries.count ? .entries(values) : nil
  }

  private func command(_ key: String, _ value: PresetNode, carry: PresetNode?) -> Command? {
    switch key {
    case "learning_rate":
      return reader.number(value, "learning_rate", in: 0...1e300).map { .learningRate($0) }
    case "optimizer":
      let carryState = carry.flatMap { reader.flag($0, "carry_state") } ?? false
      return reader.choice(value, .optimizers).map { .optimizer($0, carryState: carryState) }
    case "schedule": return reader.choice(value, .schedules).map { .schedule($0) }
    case "batch": return batching(value).map { .batching($0) }
    case "activation": return reader.choice(value, .activations).map { .activation($0) }
    case "parameters":
      if case .mapping(let entries) = value.content { return self.entries(entries) }
      return reader.numbers(value, "parameters").map { .parameters($0) }
    case "add_point": return point(value).map { .addPoint($0) }
    case "stop":
      guard case .scalar("ignored", _) = value.content else {
        reader.expected("`ignored`: a change can only go on past the rule", value, for: "stop")
        return nil
      }
      return .ignoreStopRule
    default:
      guard case .mapping(let entries) = value.content, entries.count == 1 else {
        reader.expected("one key with its value", value, for: "set")
        return nil
      }
      let name = entries[0].key
      let known = Set(ChoiceKind.optimizers.settings.values.joined().map(\.name)).sorted()
      guard known.contains(name) else {
        // What it makes of the experiment is found out once that has been read.
        let setting = Setting(key: name, value: SettingText.write(entries[0].value))
        return .set(KeyChange(setting, to: PresetDraft(name: self.name).experiment))
      }
      if case .scalar(let text, _) = entries[0].value.content, text == "true" || text == "false" {
        return .hyperparameter(name, text == "true" ? 1 : 0)
      }
      return reader.number(entries[0].value, name).map { .hyperparameter(name, $0) }
    }
  }
}
