import Lanes
import Training

extension PresetReader {
  /// Where parameters start: numbers, or a mapping of one of the forms or of names.
  func start(_ node: PresetNode, into draft: inout PresetDraft) {
    guard case .mapping(let entries) = node.content else {
      draft.start.parameters = reader.numbers(node, "start")
      return
    }
    let keys = PresetKey.startParts.map(\.inner)
    let named = entries.map(\.key).filter { !keys.contains($0) }
    guard let map = MappingReader(node, "start", allowed: named + keys, problems: problems) else {
      return
    }
    map.atMostOne(of: keys, "start")
    if !named.isEmpty {
      for key in ["initializer", "layers", "file"] {
        if let origin = map.keyOrigin(key) {
          problems.add(origin, "start: give either \(key) or parameters by name, not both")
        }
      }
    }
    for part in PresetKey.startParts { take(part, from: map, as: part.inner, into: &draft) }
    for name in named where draft.start.named.allSatisfy({ $0.key != name }) {
      if let value = map[name], let origin = map.keyOrigin(name) {
        draft.start.named.append(.init(name, value, at: origin))
      }
    }
    if entries.isEmpty {
      problems.add(
        node.origin, "start needs numbers, or one of \(Problems.alternatives(keys))")
    }
  }

  /// Weights and biases layer by layer.
  func layers(_ node: PresetNode) -> [LayerValues]? {
    guard case .sequence(let items) = node.content, items.count <= PresetLimits.layers + 1 else {
      reader.expected("a list of at most \(PresetLimits.layers + 1) layers", node, for: "layers")
      return nil
    }
    return reader.all(items) { item in
      guard
        let map = MappingReader(
          item, "a layer", allowed: ["weights", "biases"], problems: problems)
      else { return nil }
      guard let weightNode = map["weights"] else {
        problems.add(
          item.origin, "a layer needs `weights:` (one row a unit) and, where it has them, `biases:`"
        )
        return nil
      }
      guard let weights = reader.rows(weightNode, "weights") else { return nil }
      guard let biasNode = map["biases"] else { return LayerValues(weights: weights, biases: []) }
      guard let biases = reader.numbers(biasNode, "biases") else { return nil }
      guard biases.isEmpty || weights.count == biases.count else {
        problems.add(
          biasNode.origin,
          "there are \(weights.count) rows of weights, but \(biases.count) biases; both are one a "
            + "unit"
        )
        return nil
      }
      return LayerValues(weights: weights, biases: biases)
    }
  }
}
