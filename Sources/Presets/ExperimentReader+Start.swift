import Lanes
import Training

extension ExperimentReader {
  /// Keys of a start that are no names of parameters.
  static let startKeys = ["parameters", "initializer", "layers"]

  /// Where the parameters of `experiment` start.
  func start(_ node: PresetNode, of experiment: Experiment) -> Start? {
    switch node.content {
    case .scalar, .sequence:
      return reader.numbers(node, "start").map { Start(parameters: $0) }
    case .mapping(let entries):
      let named = entries.contains { !Self.startKeys.contains($0.key) }
      let names = named ? VariableNames.of(experiment) ?? entries.map(\.key) : []
      guard
        let map = MappingReader(
          node, "start", allowed: names + Self.startKeys, problems: problems)
      else { return nil }
      map.atMostOne(of: Self.startKeys, "start")
      if named { return byName(map, names: names) }
      if let node = map["parameters"] {
        return reader.numbers(node, "parameters").map { Start(parameters: $0) }
      }
      if let node = map["initializer"] {
        return reader.choice(node, .initializers).map { Start(initializer: $0) }
      }
      if let node = map["layers"] { return layers(node).map { Start(layers: $0) } }
      problems.add(
        node.origin, "start needs numbers, or one of \(Problems.alternatives(Self.startKeys))")
      return nil
    }
  }

  /// Parameters by name, over those of `parameters:` when they are given too.
  private func byName(_ map: MappingReader, names: [String]) -> Start? {
    var values: [Double?] = Array(repeating: nil, count: names.count)
    if let node = map["parameters"] {
      guard let numbers = reader.numbers(node, "parameters") else { return nil }
      guard numbers.count == names.count else {
        problems.add(
          node.origin, "there are \(names.count) parameters, but \(numbers.count) numbers")
        return nil
      }
      values = numbers
    }
    for key in ["initializer", "layers"] {
      if let origin = map.keyOrigin(key) {
        problems.add(origin, "start: give either \(key) or parameters by name, not both")
      }
    }
    var complete = true
    for (index, name) in names.enumerated() {
      guard let node = map[name] else { continue }
      if let value = reader.number(node, name) { values[index] = value } else { complete = false }
    }
    let missing = zip(names, values).filter { $0.1 == nil }.map(\.0)
    if case .mapping(let entries) = map.node.content {
      // An unknown name has been told already; it may be one of those that are missing.
      let known = names + Self.startKeys
      complete = complete && entries.allSatisfy { known.contains($0.key) }
    }
    guard complete else { return nil }
    guard missing.isEmpty else {
      problems.add(
        map.node.origin,
        "start gives no value for \(missing.prefix(8).joined(separator: ", "))"
          + (missing.count > 8 ? " and \(missing.count - 8) more" : ""))
      return nil
    }
    return Start(parameters: values.compactMap { $0 })
  }

  private func layers(_ node: PresetNode) -> [LayerValues]? {
    guard case .sequence(let items) = node.content, items.count <= PresetLimits.layers + 1 else {
      reader.expected("a list of at most \(PresetLimits.layers + 1) layers", node, for: "layers")
      return nil
    }
    return reader.all(items) { item in
      guard
        let map = MappingReader(
          item, "a layer", allowed: ["weights", "biases"], problems: problems)
      else { return nil }
      guard let weightNode = map["weights"], let biasNode = map["biases"] else {
        problems.add(item.origin, "a layer needs `weights:` (one row a unit) and `biases:`")
        return nil
      }
      guard let weights = reader.rows(weightNode, "weights"),
        let biases = reader.numbers(biasNode, "biases")
      else { return nil }
      guard weights.count == biases.count else {
        problems.add(
          biasNode.origin,
          "there are \(weights.count) rows of weights, but \(biases.count) biases; both are one a unit"
        )
        return nil
      }
      return LayerValues(weights: weights, biases: biases)
    }
  }
}
