import Lanes
import Models
import Optimization
import Training

extension PresetKey {
  /// `start`: numbers, by name, by an initialiser, or layer by layer.
  static let start = PresetKey(
    "start", "where the parameters begin: numbers in flat order, or a mapping",
    .written("1, 2"), heading: .start, effect: .moves, standard: "what suits the problem",
    chooses: true, parts: startParts,
    read: { reader, node, draft in
      draft.start = StartDraft()
      reader.start(node, into: &draft)
    },
    write: { draft in
      if draft.kind == .function, draft.start.file == nil, let values = draft.start.parameters,
        let layout = draft.layout, layout.count == values.count
      {
        return .map(zip(layout.names, values).map { .init($0.0, .number($0.1)) })
      }
      let entries = startParts.compactMap { part in
        part.write(draft).map { PresetNode.Entry(part.inner, $0) }
      }
      return entries.isEmpty ? nil : .map(entries)
    },
    clear: { $0.start = StartDraft() })

  /// The forms of a start; each takes the others away.
  static let startParts: [PresetKey] = [
    PresetKey(
      "start.parameters", "all parameters in flat order", .written("[1, 2]"), heading: .start,
      effect: .moves, standard: "none", chooses: true,
      read: { reader, node, draft in
        guard let values = reader.reader.numbers(node, "parameters") else { return }
        draft.start.parameters = values
        (draft.start.initializer, draft.start.layers, draft.start.file) = (nil, nil, nil)
      },
      write: { $0.start.file == nil ? $0.start.parameters.map { .numbers($0) } : nil },
      clear: { $0.start = StartDraft() }),
    PresetKey(
      "start.file",
      "parameters by name and shape from a .npz or .json file, as `export` writes them",
      .written("weights.npz"), heading: .start, effect: .moves, standard: "none", chooses: true,
      namesFile: true,
      read: { reader, node, draft in
        guard let path = reader.reader.text(node, "file", limit: 4_096) else { return }
        draft.start = StartDraft()
        draft.start.file = PresetPaths.resolve(path, in: reader.directory)
      },
      write: { draft in
        draft.start.file.map { path in
          .text(draft.directory.map { PresetPaths.relative(path, to: $0) } ?? path)
        }
      },
      clear: { $0.start = StartDraft() }),
    .choice(
      "start.initializer", short: "initializer", "how the parameters are drawn", .initializers,
      heading: .start, effect: .restarts, words: "what suits the problem", always: true,
      get: { $0.start.initializer },
      set: { draft, choice in
        draft.start = StartDraft()
        draft.start.initializer = choice
      }, standard: { _ in nil }),
    PresetKey(
      "start.layers", "weights and biases layer by layer, the output layer last",
      .written("[{weights: [[1, 2]], biases: [0]}]"), heading: .start, owner: .model,
      effect: .moves, standard: "none", chooses: true,
      read: { reader, node, draft in
        guard let layers = reader.layers(node) else { return }
        draft.start = StartDraft()
        draft.start.layers = layers
      },
      write: { draft in
        draft.start.layers.map { layers in
          .list(
            layers.map {
              .map([
                .init("weights", .rows($0.weights)), .init("biases", .numbers($0.biases)),
              ])
            })
        }
      },
      clear: { $0.start = StartDraft() }),
  ]

  /// The row of one parameter's start.
  static func parameter(_ name: String) -> PresetKey {
    PresetKey(
      "start.\(name)", "where \(name) begins", .written(aNumber), heading: .start,
      effect: .moves,
      read: { _, node, draft in
        (draft.start.initializer, draft.start.layers, draft.start.file) = (nil, nil, nil)
        draft.start.named.removeAll { $0.key == name }
        draft.start.named.append(.init(name, node, at: node.origin))
      },
      write: { draft in
        guard let values = draft.start.parameters, let index = draft.layout?.index(of: name),
          values.indices.contains(index)
        else { return nil }
        return .number(values[index])
      },
      clear: { $0.start = StartDraft() })
  }

  /// `layer_rates`, a number a layer.
  static let layerRates = value(
    "layer_rates",
    "multiples of the learning rate layer by layer; layer_rates.2 is that of layer 2",
    .written("1, 0.1"), heading: .training, owner: .data, effect: .keepsAll, words: "all 1",
    at: \.experiment.layerRates, standard: { _ in [] },
    read: { reader, node in
      let rates = reader.reader.numbers(node, "layer_rates", in: 0...1e300)
      guard let rates, rates.count > PresetLimits.layers + 1 else { return rates }
      reader.problems.add(
        node.origin, "\(rates.count) rates; at most \(PresetLimits.layers + 1) are allowed")
      return nil
    },
    write: { .numbers($0) })

  /// The row of one layer's rate, layers counted from 1.
  static func layerRate(_ layer: Int) -> PresetKey {
    let number = Hyperparameter(
      "layer_rates.\(layer)", symbol: "η\(layer)/η",
      "the learning rate of layer \(layer), as a multiple of learning_rate", default: 1,
      in: 0...1e300, scale: .logarithmic)
    @Sendable func put(_ rate: Double, _ draft: inout PresetDraft) {
      var rates = draft.experiment.layerRates
      while rates.count < layer { rates.append(1) }
      rates[layer - 1] = rate
      draft.experiment.layerRates = rates
    }
    return PresetKey(
      number.name, number.summary, .number(number), heading: .training, owner: .data,
      effect: .keepsAll, standard: "1",
      read: { reader, node, draft in
        if let rate = reader.reader.setting(node, number) { put(rate, &draft) }
      },
      write: { draft in
        let rates = draft.experiment.layerRates
        return layer <= rates.count && rates[layer - 1] != 1 ? .number(rates[layer - 1]) : nil
      },
      clear: { put(1, &$0) })
  }

  /// How the parameters move.
  static let training: [PresetKey] = [
    .choice(
      "optimizer", "the rule of the steps", .optimizers, heading: .training,
      effect: .keepsWeights, always: true, get: { $0.experiment.optimizer },
      set: { $0.experiment.optimizer = $1 ?? Choice("gd") }, standard: { _ in Choice("gd") }),
    PresetKey(
      "learning_rate", "the base learning rate η, or C/lambda_max of the loss's Hessian",
      .number(LearningRate.number), heading: .training, effect: .keepsAll,
      standard: "the optimizer's usual one",
      read: { reader, node, draft in
        if let rate = reader.learningRate(node) { draft.rate = rate }
      },
      write: { draft in
        switch draft.learningRate {
        case .value(let value): .number(value)
        case .overLargestEigenvalue(let factor):
          .word("\(ExactDecimal.shortest(factor))/lambda_max")
        }
      },
      clear: { $0.rate = nil }),
    layerRates,
    .choice(
      "schedule", "multiplies the rate", .schedules, heading: .training, effect: .keepsAll,
      get: { $0.experiment.schedule },
      set: { $0.experiment.schedule = $1 ?? Choice("constant") },
      standard: { _ in Choice("constant") }),
    batch,
    .value(
      "seed", "seeds data, start and batches, each from a stream of its own",
      .written("a whole number from 0 to \(UInt64.max)"), heading: .training, effect: .restarts,
      always: true, at: \.experiment.seed, standard: { _ in 1 }, read: { $0.seed($1, "seed") },
      write: { .number($0) }),
    .value(
      "seed_data", "seeds the data apart from start and batches",
      .written("a whole number from 0 to \(UInt64.max)"), heading: .data, owner: .data,
      effect: .keepsAll, words: "the seed", at: \.experiment.dataSeed, standard: { _ in nil },
      read: { $0.seed($1, "seed_data") }, write: { $0.map { .number($0) } }),
    .value(
      "steps", "how many steps a run without a screen takes", .written("1000"),
      heading: .training, effect: .keepsAll, always: true, at: \.experiment.steps,
      standard: { _ in 1000 },
      read: { $0.reader.integer($1, "steps", in: 0...PresetLimits.steps) },
      write: { .number($0) }),
  ]

  /// `stop` and its parts.
  static let stop = section(
    "stop", "when to stop before all steps are done", .written("{loss_below: 0.01}"),
    heading: .training, effect: .keepsAll, standard: "none",
    parts: [
      .value(
        "stop.loss_below", short: "loss_below", "stop at a training loss of this or less",
        .written(aNumber), heading: .training, effect: .keepsAll,
        at: \.experiment.stop.lossBelow, standard: { _ in nil },
        read: { $0.reader.number($1, "loss_below") }, write: { $0.map { .number($0) } }),
      .value(
        "stop.patience", short: "patience",
        "stop when the loss has not improved for more than so many epochs",
        .written("a whole number"), heading: .training, effect: .keepsAll,
        at: \.experiment.stop.patience, standard: { _ in nil },
        read: { $0.reader.integer($1, "patience", in: 1...PresetLimits.steps) },
        write: { $0.map { .number($0) } }),
      .number(
        "stop.tolerance", short: "tolerance",
        Hyperparameter(
          "tolerance", symbol: "", "by how much the loss must improve for `patience`",
          default: StopRule().tolerance, in: 0...1e300, scale: .logarithmic),
        heading: .training, effect: .keepsAll, at: \.experiment.stop.tolerance),
    ], clear: { $0.experiment.stop = StopRule() })
}

extension LearningRate {
  /// The rate as a number: its range and the way it is stepped.
  static let number = Hyperparameter(
    "learning_rate", symbol: "η", "the base learning rate", default: 0.01, in: 0...1e300,
    scale: .logarithmic)
}
