import Lanes
import Training

/// Writes an `Experiment` as the tree of a preset: reading it back gives the same experiment, to the last bit.
struct ExperimentWriter {
  /// The folder that the preset is for: files inside it are named relative to it; nil: by absolute path.
  var directory: String?
  /// Whether keys that stand at their defaults are written too.
  var complete = false

  /// The tree.
  func write(_ experiment: Experiment) -> PresetNode {
    let plain = Experiment(name: experiment.name, problem: experiment.problem)
    var entries: [PresetNode.Entry] = [.init("glissade", .number(1))]
    func put(_ key: String, _ node: PresetNode) { entries.append(.init(key, node)) }
    put("title", .text(experiment.title))
    if experiment.group != plain.group { put("group", .text(experiment.group)) }
    if !experiment.summary.isEmpty { put("summary", .text(experiment.summary)) }
    if !experiment.notes.isEmpty { put("notes", .text(experiment.notes)) }
    switch experiment.problem {
    case .function(let problem): put("function", function(problem))
    case .model(let problem): entries += model(problem)
    case .network(let problem):
      put("network", choice(problem.kind, nameKey: "kind"))
      put("data", data(problem.data))
    }
    if let start = start(experiment) { put("start", start) }
    put("optimizer", choice(experiment.optimizer))
    put("learning_rate", rate(experiment.learningRate))
    if complete || experiment.schedule != plain.schedule {
      put("schedule", choice(experiment.schedule))
    }
    if complete || experiment.batching != plain.batching {
      put("batch", batching(experiment.batching))
    }
    put("seed", .number(experiment.seed))
    put("steps", .number(experiment.steps))
    put("pace", experiment.pace == .infinity ? .word("full") : .number(experiment.pace))
    if experiment.stop != plain.stop { put("stop", stop(experiment.stop)) }
    if !experiment.views.isEmpty { put("views", .list(experiment.views.map { .text($0) })) }
    if !experiment.variants.isEmpty {
      put("variants", .list(experiment.variants.map(variant)))
    }
    if !experiment.changes.isEmpty { put("changes", .list(experiment.changes.map(change))) }
    if let lesson = experiment.lesson { put("lesson", self.lesson(lesson)) }
    return .map(entries)
  }

  /// A name, or a mapping of a name with settings.
  func choice(_ choice: Choice, nameKey: String = "name") -> PresetNode {
    if choice.settings.isEmpty { return .word(choice.name) }
    let settings = choice.settings.sorted { $0.key < $1.key }
    return .map(
      [.init(nameKey, .word(choice.name))] + settings.map { .init($0.key, .number($0.value)) })
  }

  private func numbers(_ values: some Sequence<Double>) -> PresetNode {
    .list(values.map { .number($0) })
  }

  private func rows(_ rows: [[Double]]) -> PresetNode { .list(rows.map { numbers($0) }) }

  private func function(_ problem: FunctionProblem) -> PresetNode {
    var entries: [PresetNode.Entry] = []
    if let landscape = problem.landscape {
      entries.append(.init("landscape", choice(landscape)))
    } else {
      entries.append(.init("formula", .text(problem.formula)))
    }
    if !problem.constants.isEmpty {
      let constants = problem.constants.sorted { $0.key < $1.key }
      entries.append(
        .init("constants", .map(constants.map { .init($0.key, .number($0.value)) })))
    }
    for (key, range) in [("x_range", problem.xRange), ("y_range", problem.yRange)] {
      entries.append(.init(key, numbers([range.lowerBound, range.upperBound])))
    }
    return .map(entries)
  }

  private func model(_ problem: ModelProblem) -> [PresetNode.Entry] {
    let plain = ModelProblem(kind: problem.kind, data: problem.data)
    var inner: [PresetNode.Entry] = [.init("kind", .word(problem.kind.rawValue))]
    if !problem.hidden.isEmpty {
      let activation = problem.hidden[0].activation
      if problem.hidden.allSatisfy({ $0.activation == activation }) {
        inner.append(.init("hidden", .list(problem.hidden.map { .number($0.units) })))
        inner.append(.init("activation", choice(activation)))
      } else {
        inner.append(.init("hidden", .list(problem.hidden.map(layer))))
      }
    }
    if let output = problem.output { inner.append(.init("output", choice(output))) }
    if !problem.features.isEmpty {
      inner.append(.init("features", .list(problem.features.map { .text($0) })))
    }
    var entries: [PresetNode.Entry] = [
      .init("model", .map(inner)), .init("data", data(problem.data)),
    ]
    if complete || problem.loss != plain.loss {
      entries.append(.init("loss", choice(problem.loss)))
    }
    if problem.reduction != plain.reduction {
      entries.append(.init("reduction", .word(problem.reduction.rawValue)))
    }
    if problem.l1 != 0 { entries.append(.init("l1", .number(problem.l1))) }
    if problem.l2 != 0 { entries.append(.init("l2", .number(problem.l2))) }
    if problem.penaltyPerSample { entries.append(.init("penalty_per_sample", .word("true"))) }
    return entries
  }

  private func layer(_ layer: LayerSpec) -> PresetNode {
    .map([
      .init("units", .number(layer.units)), .init("activation", choice(layer.activation)),
    ])
  }

  private func data(_ source: DataSource) -> PresetNode {
    var entries: [PresetNode.Entry] = []
    switch source.origin {
    case .generated(let choice):
      entries.append(.init("name", .word(choice.name)))
      for (key, value) in choice.settings.sorted(by: { $0.key < $1.key }) {
        entries.append(.init(key, .number(value)))
      }
    case .inline(let inputs, let targets):
      entries.append(.init("inputs", rows(inputs)))
      entries.append(
        .init(
          "targets",
          targets.allSatisfy { $0.count == 1 } ? numbers(targets.map { $0[0] }) : rows(targets)))
    case .csv(let path, let columns, let target, _, _):
      let shown = directory.map { PresetPaths.relative(path, to: $0) } ?? path
      entries.append(.init("csv", .text(shown)))
      if !columns.isEmpty { entries.append(.init("columns", .list(columns.map { .text($0) }))) }
      if !target.isEmpty { entries.append(.init("target", .list(target.map { .text($0) }))) }
      if let header = source.csv.header { entries.append(.init("header", flag(header))) }
      if let delimiter = source.csv.delimiter {
        entries.append(
          .init(
            "delimiter", .text(delimiter == "\t" ? "tab" : delimiter == " " ? "space" : delimiter))
        )
      }
    }
    if source.testFraction != 0 {
      entries.append(.init("test_fraction", .number(source.testFraction)))
    }
    if source.standardize { entries.append(.init("standardize", flag(true))) }
    if !source.added.isEmpty { entries.append(.init("added", .list(source.added.map(point)))) }
    if entries.count == 1, entries[0].key == "name" { return entries[0].value }
    return .map(entries)
  }

  private func flag(_ value: Bool) -> PresetNode { .word(value ? "true" : "false") }

  private func point(_ point: AddedPoint) -> PresetNode {
    .map([.init("inputs", numbers(point.inputs)), .init("targets", numbers(point.targets))])
  }

  private func start(_ experiment: Experiment) -> PresetNode? {
    let start = experiment.start
    if let parameters = start.parameters {
      if case .function = experiment.problem, let names = VariableNames.of(experiment),
        names.count == parameters.count
      {
        return .map(zip(names, parameters).map { .init($0.0, .number($0.1)) })
      }
      return .map([.init("parameters", numbers(parameters))])
    }
    if let layers = start.layers {
      let nodes = layers.map { layer in
        PresetNode.map([
          .init("weights", rows(layer.weights)), .init("biases", numbers(layer.biases)),
        ])
      }
      return .map([.init("layers", .list(nodes))])
    }
    return start.initializer.map { .map([.init("initializer", choice($0))]) }
  }

  private func rate(_ rate: LearningRate) -> PresetNode {
    switch rate {
    case .value(let value): .number(value)
    case .overLargestEigenvalue(let factor): .word("\(NumberText.shortest(factor))/lambda_max")
    }
  }

  private func stop(_ rule: StopRule) -> PresetNode {
    var entries: [PresetNode.Entry] = []
    if let value = rule.lossBelow { entries.append(.init("loss_below", .number(value))) }
    if let value = rule.patience { entries.append(.init("patience", .number(value))) }
    if rule.tolerance != StopRule().tolerance {
      entries.append(.init("tolerance", .number(rule.tolerance)))
    }
    return .map(entries)
  }

  private func batching(_ batching: Batching) -> PresetNode {
    func sized(_ size: Int, _ order: String) -> PresetNode {
      .map([.init("size", .number(size)), .init("order", .word(order))])
    }
    switch batching {
    case .full: return .word("full")
    case .sequential(let size): return sized(size, "sequential")
    case .shuffled(let size): return sized(size, "shuffled")
    case .withReplacement(let size): return sized(size, "with_replacement")
    case .blocks(let size): return sized(size, "blocks")
    case .numpyBlocks(let size, let after):
      return .map([
        .init("size", .number(size)), .init("order", .word("numpy_blocks")),
        .init("after", .number(after)),
      ])
    case .blockSequence(let size, let numbers, let perEpoch):
      return .map([
        .init("size", .number(size)), .init("blocks", .list(numbers.map { .number($0) })),
        .init("steps_per_epoch", .number(perEpoch)),
      ])
    case .explicit(let rows, let perEpoch):
      return .map([
        .init("rows", .list(rows.map { .list($0.map { .number($0) }) })),
        .init("steps_per_epoch", .number(perEpoch)),
      ])
    }
  }

  private func variant(_ variant: Variant) -> PresetNode {
    .map([
      .init("name", .text(variant.name)),
      .init("set", settings(variant.settings)),
    ])
  }

  /// Settings as a mapping of keys to values.
  func settings(_ settings: [Setting]) -> PresetNode {
    .map(settings.map { .init($0.key, SettingText.read($0.value, at: .program)) })
  }

  private func change(_ change: DatedCommand) -> PresetNode {
    var entries: [PresetNode.Entry] = [.init("step", .number(change.step))]
    switch change.command {
    case .learningRate(let rate): entries.append(.init("learning_rate", .number(rate)))
    case .optimizer(let choice, let carryState):
      entries.append(.init("optimizer", self.choice(choice)))
      entries.append(.init("carry_state", flag(carryState)))
    case .hyperparameter(let name, let value):
      entries.append(.init("set", .map([.init(name, .number(value))])))
    case .schedule(let choice): entries.append(.init("schedule", self.choice(choice)))
    case .batching(let batching): entries.append(.init("batch", self.batching(batching)))
    case .activation(let choice): entries.append(.init("activation", self.choice(choice)))
    case .parameters(let values): entries.append(.init("parameters", numbers(values)))
    case .addPoint(let point): entries.append(.init("add_point", self.point(point)))
    }
    return .map(entries)
  }
}
