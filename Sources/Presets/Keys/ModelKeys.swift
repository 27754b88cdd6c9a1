import Lanes
import Models
import Training

extension PresetKey {
  /// `model` and its parts.
  static let model = section(
    "model", "a model's kind, or a mapping", .word(ModelKind.allCases.map(\.rawValue)),
    heading: .model, owner: .model, effect: .restarts, standard: "mlp", chooses: true,
    parts: [modelKind, hidden, activation, output, features, biases, scaling, linearized],
    begin: { $0.become(.model) }, short: { modelKind.read($0, $1, &$2) },
    clear: { draft in
      (draft.model.hidden, draft.model.features) = ([], [])
      (draft.model.activation, draft.model.output) = (nil, nil)
      draft.model.biases = true
      draft.model.scaling = []
      draft.model.isLinearized = false
    })

  private static let modelKind = value(
    "model.kind", short: "kind", "what kind of model", .word(ModelKind.allCases.map(\.rawValue)),
    heading: .model, owner: .model, effect: .restarts, chooses: true, always: true,
    at: \.ownModel.kind, standard: { _ in .mlp },
    read: { reader, node in
      reader.reader.word(node, "kind of model", ModelKind.allCases.map { ($0.rawValue, $0) })
    },
    write: { .word($0.rawValue) },
    then: { draft, old in
      guard draft.model.kind != old else { return }
      // Another kind of model has another usual loss, and only nets have hidden layers.
      if draft.model.kind != .mlp { (draft.model.hidden, draft.model.activation) = ([], nil) }
      draft.model.loss = nil
      draft.data?.table?.read = nil
    })

  private static let hidden = value(
    "model.hidden", short: "hidden",
    "units of the hidden layers, first to last: 8,8, or {units: 4, activation: relu}",
    .written("8,8"), heading: .model, owner: .model, effect: .keepsFitting, words: "no layers",
    at: \.model.hidden, standard: { _ in [] },
    read: { reader, node in
      let items = reader.reader.items(node)
      guard items.count <= PresetLimits.layers else {
        reader.problems.add(
          node.origin,
          "\(items.count) hidden layers; at most \(PresetLimits.layers) are allowed")
        return nil
      }
      return reader.reader.all(items) { reader.layer($0) }
    },
    write: { layers in
      .list(
        layers.map { layer in
          guard let activation = layer.activation else { return .number(layer.units) }
          return .map([
            .init("units", .number(layer.units)), .init("activation", .choice(activation)),
          ])
        })
    }
  ).found(under: "grow larger smaller net add remove units layers neurons width depth")

  private static let activation = PresetKey.choice(
    "model.activation", short: "activation", "the activation of all hidden layers", .activations,
    heading: .model, owner: .model, effect: .keepsAll, words: "tanh", always: true,
    get: { $0.model.hidden.isEmpty ? nil : $0.model.activation },
    set: { draft, choice in
      draft.model.activation = choice
      for index in draft.model.hidden.indices { draft.model.hidden[index].activation = nil }
    }, standard: { _ in nil })

  private static let output = PresetKey.choice(
    "model.output", short: "output", "the output layer's activation", .activations,
    heading: .model, owner: .model, effect: .keepsAll, words: "what the loss expects",
    always: true, get: { $0.model.output }, set: { $0.model.output = $1 }, standard: { _ in nil })

  private static let features = value(
    "model.features", short: "features",
    "columns made of the inputs: x1, x2^2, x1*x2, sin(x1), cos(x1), 1, poly(3), first(5),"
      + " fourier(40:25)",
    .written("x1,x2,x1^2"), heading: .model, owner: .model, effect: .keepsFitting,
    words: "the inputs", at: \.model.features, standard: { _ in [] },
    read: { reader, node in
      let items = reader.reader.items(node)
      guard items.count <= PresetLimits.features else {
        reader.problems.add(
          node.origin, "\(items.count) features; at most \(PresetLimits.features) are allowed")
        return nil
      }
      return reader.reader.all(items) { reader.reader.text($0, "a feature", limit: 200) }
    },
    write: { .texts($0) })

  private static let biases = value(
    "model.biases", short: "biases",
    "whether units have biases, and models without hidden layers an intercept",
    .word(["true", "false"]), heading: .model, owner: .model, effect: .keepsFitting,
    at: \.model.biases, standard: { _ in true },
    read: { $0.reader.flag($1, "biases") }, write: { .word($0 ? "true" : "false") })

  private static let scaling = value(
    "model.scaling", short: "scaling",
    "what multiplies the n numbers that come into each layer: 1/sqrt(n), or one a layer",
    .written("1/sqrt(n)"), heading: .model, owner: .model, effect: .keepsAll, words: "none",
    at: \.model.scaling, standard: { _ in [] },
    read: { reader, node in
      let items = reader.reader.items(node)
      guard items.count <= PresetLimits.layers + 1 else {
        reader.problems.add(
          node.origin, "\(items.count) formulas; at most \(PresetLimits.layers + 1) are allowed")
        return nil
      }
      return reader.reader.all(items) { reader.reader.text($0, "a formula of n", limit: 200) }
    },
    write: { .texts($0) })

  private static let linearized = flag(
    "model.linearized", short: "linearized",
    "the net is linear in its parameters, with the derivatives of its start: the tangent kernel's",
    heading: .model, owner: .model, effect: .restarts, at: \.model.isLinearized)

  /// `network` with its settings.
  static let network = PresetKey.choice(
    "network", "a network of another kind", .networks, nameKey: "kind", heading: .model,
    owner: .network, effect: .restarts, always: true, get: { $0.network },
    set: { draft, choice in
      draft.become(.network)
      draft.network = choice
    }, standard: { _ in nil })

  /// What is minimised over the samples.
  static let losses: [PresetKey] = [
    .choice(
      "loss", "what is minimised over the samples", .losses, heading: .loss, owner: .model,
      effect: .keepsAll, words: "mse (linear), bce (logistic, mlp), softmax_ce, perceptron",
      get: { $0.model.loss ?? ModelDraft.usualLoss($0.model.kind) },
      set: { $0.model.loss = $1 }, standard: { ModelDraft.usualLoss($0.model.kind) }),
    .value(
      "reduction", "whether sample losses are averaged or summed",
      .word(LossReduction.allCases.map(\.rawValue)), heading: .loss, owner: .model,
      effect: .keepsAll, at: \.model.reduction, standard: { _ in .mean },
      read: {
        $0.reader.word($1, "reduction", LossReduction.allCases.map { ($0.rawValue, $0) })
      },
      write: { .word($0.rawValue) }),
    .number(
      "l1",
      Hyperparameter(
        "l1", symbol: "λ₁", "L1 penalty: l1 Σ|w| over weights, not biases", default: 0,
        in: 0...1e12, scale: .logarithmic),
      heading: .loss, owner: .model, effect: .keepsAll, at: \.model.l1),
    .value(
      "l1_rule",
      "how steps heed l1: by its subgradient; proximal: towards 0 and no further, after the step; "
        + "clip: as TensorFlow"
        + " Playground, weights that it carries over 0 are cut for good",
      .word(L1Rule.allCases.map(\.rawValue)), heading: .loss, owner: .model, effect: .keepsAll,
      at: \.model.l1Rule, standard: { _ in .subgradient },
      read: { $0.reader.word($1, "l1_rule", L1Rule.allCases.map { ($0.rawValue, $0) }) },
      write: { .word($0.rawValue) }),
    .number(
      "l2",
      Hyperparameter(
        "l2", symbol: "λ₂", "L2 penalty: l2/2 Σw² over weights, not biases", default: 0,
        in: 0...1e12, scale: .logarithmic),
      heading: .loss, owner: .model, effect: .keepsAll, at: \.model.l2),
    .flag(
      "penalty_per_sample",
      "penalties are divided by the number of samples of the batch, as scikit-learn does",
      heading: .loss, owner: .model, effect: .keepsAll, at: \.model.penaltyPerSample),
  ]
}

extension PresetDraft {
  /// The model of a problem that is one from now on.
  var ownModel: ModelDraft {
    get { model }
    set {
      become(.model)
      model = newValue
    }
  }
}

extension PresetReader {
  /// One hidden layer: units, or a mapping of units and an activation.
  func layer(_ node: PresetNode) -> ModelDraft.Layer? {
    if case .scalar = node.content {
      return reader.integer(node, "units of a hidden layer", in: 1...PresetLimits.units)
        .map { ModelDraft.Layer(units: $0) }
    }
    guard
      let map = MappingReader(
        node, "a hidden layer", allowed: ["units", "activation"], problems: problems)
    else { return nil }
    var layer = ModelDraft.Layer(units: 0)
    if let node = map["activation"] {
      guard let choice = reader.choice(node, .activations) else { return nil }
      layer.activation = choice
    }
    guard let unitsNode = map["units"] else {
      problems.add(node.origin, "a hidden layer needs `units:`")
      return nil
    }
    guard let units = reader.integer(unitsNode, "units", in: 1...PresetLimits.units) else {
      return nil
    }
    layer.units = units
    return layer
  }
}
