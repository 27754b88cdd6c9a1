import Differentiation
import Lanes
import Models
import Training

extension ExperimentReader {
  /// What is minimised: a function, or a model with data.
  func problem(_ map: MappingReader) -> Problem? {
    if let node = map["function"] {
      for key in map.given(Self.modelKeys) {
        problems.add(
          map.keyOrigin(key) ?? node.origin,
          "\(key) belongs to a model, and this preset has a function; give either, not both")
      }
      return function(node).map { .function($0) }
    }
    if let node = map["network"] {
      for key in map.given(Self.modelKeys) where key != "data" {
        problems.add(
          map.keyOrigin(key) ?? node.origin,
          "\(key) belongs to a model, and this preset has a network of another kind")
      }
      guard let kind = reader.choice(node, .networks, nameKey: "kind") else { return nil }
      guard let source = map["data"] else {
        problems.add(node.origin, "a network needs `data:`")
        return nil
      }
      return data(source, classes: true).map { .network(NetworkProblem(kind: kind, data: $0)) }
    }
    guard map["model"] != nil || map["data"] != nil else {
      problems.add(
        map.node.origin,
        "a preset needs `function:` (with a formula or a landscape) or `model:` and `data:`")
      return nil
    }
    return model(map).map { .model($0) }
  }

  private func function(_ node: PresetNode) -> FunctionProblem? {
    if case .scalar = node.content {
      return formula(node, constants: [:]).map { FunctionProblem(formula: $0) }
    }
    let keys = ["formula", "landscape", "constants", "x_range", "y_range"]
    guard let map = MappingReader(node, "function", allowed: keys, problems: problems) else {
      return nil
    }
    map.atMostOne(of: ["formula", "landscape"], "function")
    var problem: FunctionProblem?
    let constants = map["constants"].flatMap(constants)
    if let node = map["formula"] {
      problem = formula(node, constants: constants ?? [:]).map { FunctionProblem(formula: $0) }
    } else if let node = map["landscape"] {
      problem = reader.choice(node, .landscapes).map { choice in
        var problem = FunctionProblem(landscape: choice)
        if let landscape = Landscape.all[choice.name] {
          problem.xRange = landscape.xRange
          problem.yRange = landscape.yRange
        }
        return problem
      }
    } else {
      problems.add(
        node.origin,
        "function needs a `formula:` (such as x^2), or a `landscape:` of "
          + ChoiceKind.landscapes.names.joined(separator: ", "))
    }
    let xRange = map["x_range"].flatMap { range($0, "x_range") }
    let yRange = map["y_range"].flatMap { range($0, "y_range") }
    if let constants { problem?.constants = constants }
    if let xRange { problem?.xRange = xRange }
    if let yRange { problem?.yRange = yRange }
    return problem
  }

  private func formula(_ node: PresetNode, constants: [String: Double]) -> String? {
    guard let text = reader.text(node, "formula", limit: 4_000) else { return nil }
    guard !text.allSatisfy(\.isWhitespace) else {
      problems.add(node.origin, "formula is empty")
      return nil
    }
    do {
      _ = try Formula(text, constants: constants)
    } catch {
      // The place inside the text is known where the text stands on one line as it is.
      var column = text.contains("\n") ? 0 : error.position
      if case .scalar(_, quoted: true) = node.content, column > 0 { column += 1 }
      problems.add(
        node.origin.moved(columns: column),
        "formula \(EscapedText.quoted(text)): \(error.explanation)")
      return nil
    }
    return text
  }

  private func constants(_ node: PresetNode) -> [String: Double]? {
    guard case .mapping(let entries) = node.content else {
      reader.expected("a mapping of names to numbers", node, for: "constants")
      return nil
    }
    var constants: [String: Double] = [:]
    for entry in entries {
      if constants[entry.key] != nil {
        problems.add(entry.keyOrigin, "\(EscapedText.quoted(entry.key)) is given more than once")
      }
      if let value = reader.number(entry.value, entry.key) { constants[entry.key] = value }
    }
    return constants
  }

  private func range(_ node: PresetNode, _ what: String) -> ClosedRange<Double>? {
    guard let ends = reader.numbers(node, what, in: -1e100...1e100) else { return nil }
    guard ends.count == 2, ends[0] < ends[1] else {
      problems.add(node.origin, "\(what) must be two numbers, the lesser first: [-3, 3]")
      return nil
    }
    return ends[0]...ends[1]
  }

  private func model(_ map: MappingReader) -> ModelProblem? {
    var kind = ModelKind.mlp
    var inner: MappingReader?
    if let node = map["model"] {
      if case .scalar = node.content {
        guard let word = self.kind(node) else { return nil }
        kind = word
      } else {
        let keys = ["kind", "hidden", "activation", "output", "features"]
        inner = MappingReader(node, "model", allowed: keys, problems: problems)
        if let kindNode = inner?["kind"], let word = self.kind(kindNode) { kind = word }
      }
    }
    let source: DataSource?
    if let node = map["data"] {
      source = data(node, classes: kind != .linear)
    } else {
      source = nil
      problems.add(
        map.node.origin,
        "a model needs `data:`: one of "
          + ChoiceKind.datasets.names.joined(separator: ", ")
          + ", rows of numbers, or a CSV file")
    }
    var model = ModelProblem(
      kind: kind, data: source ?? DataSource(.inline(inputs: [], targets: [])))
    if let inner { architecture(inner, into: &model) }
    if let node = map["loss"], let loss = reader.choice(node, .losses) { model.loss = loss }
    if let node = map["reduction"],
      let word = reader.word(
        node, "reduction", LossReduction.allCases.map { ($0.rawValue, $0) })
    {
      model.reduction = word
    }
    if let node = map["l1"], let value = reader.number(node, "l1", in: 0...1e12) {
      model.l1 = value
    }
    if let node = map["l2"], let value = reader.number(node, "l2", in: 0...1e12) {
      model.l2 = value
    }
    if let node = map["penalty_per_sample"],
      let value = reader.flag(node, "penalty_per_sample")
    {
      model.penaltyPerSample = value
    }
    return source == nil ? nil : model
  }

  private func kind(_ node: PresetNode) -> ModelKind? {
    reader.word(node, "kind of model", ModelKind.allCases.map { ($0.rawValue, $0) })
  }

  private func architecture(_ map: MappingReader, into model: inout ModelProblem) {
    var common = Choice("tanh")
    if let node = map["activation"], let choice = reader.choice(node, .activations) {
      common = choice
    }
    if let node = map["output"] { model.output = reader.choice(node, .activations) }
    if let node = map["features"] {
      let items = reader.items(node)
      if items.count > PresetLimits.features {
        problems.add(
          node.origin, "\(items.count) features; at most \(PresetLimits.features) are allowed")
      } else {
        model.features = reader.all(items) { reader.text($0, "a feature", limit: 200) } ?? []
      }
    }
    for key in ["hidden", "activation"] where model.kind != .mlp {
      if let origin = map.keyOrigin(key) {
        problems.add(
          origin, "\(key) belongs to models of kind mlp, not \(model.kind.rawValue)")
      }
    }
    guard let node = map["hidden"] else { return }
    let items = reader.items(node)
    guard items.count <= PresetLimits.layers else {
      problems.add(
        node.origin, "\(items.count) hidden layers; at most \(PresetLimits.layers) are allowed")
      return
    }
    model.hidden = reader.all(items) { layer($0, common: common) } ?? []
  }

  private func layer(_ node: PresetNode, common: Choice) -> LayerSpec? {
    if case .scalar = node.content {
      return reader.integer(node, "units of a hidden layer", in: 1...PresetLimits.units)
        .map { LayerSpec(units: $0, activation: common) }
    }
    guard
      let map = MappingReader(
        node, "a hidden layer", allowed: ["units", "activation"], problems: problems)
    else { return nil }
    var activation: Choice? = common
    if let node = map["activation"] { activation = reader.choice(node, .activations) }
    guard let unitsNode = map["units"] else {
      problems.add(node.origin, "a hidden layer needs `units:`")
      return nil
    }
    guard let units = reader.integer(unitsNode, "units", in: 1...PresetLimits.units),
      let activation
    else { return nil }
    return LayerSpec(units: units, activation: activation)
  }
}
