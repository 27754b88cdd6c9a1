import Differentiation
import Lanes
import Models
import Training

extension PresetReader {
  /// The preset that `draft` describes, once all its keys are read; reports parts that do not fit
  /// together.
  ///
  /// - Parameters:
  ///   - whole: Where the preset, or the settings, stand.
  ///   - objective: The objective of an experiment where it is known already.
  func finish(
    _ draft: inout PresetDraft, whole: Origin,
    objective: (Experiment) -> (any Objective)? = { _ in nil }
  ) -> Preset? {
    let places = Places(draft.places, whole: whole)
    let problem = problem(&draft, places)
    var experiment = draft.experiment
    if let problem { experiment.problem = problem }
    experiment.learningRate = draft.learningRate
    if let batching = batching(draft, places) { experiment.batching = batching }
    experiment.start = Start()
    // Without a problem the start is read as one of a problem with any names, so that all mistakes
    // are told.
    let layout = {
      problem == nil ? nil : objective(experiment)?.layout ?? ParameterLayout.of(experiment)
    }
    if let start = start(draft.start, places, layout: layout) { experiment.start = start }
    // What dated changes make of the experiment hangs on all other settings.
    if problem != nil {
      experiment.changes = followed(
        experiment.changes, from: experiment, at: places.value("changes"))
    }
    draft.experiment = experiment
    // Settings given beside a session make another experiment, whose branches are not those.
    let hasSession = problem != nil && places.has("branches")
    draft.preset.session = hasSession ? session(draft.branches, of: experiment, places) : nil
    return problem == nil ? nil : draft.preset
  }

  /// Finds out what changes of any key make of the experiment, one after the other.
  func followed(
    _ changes: [DatedCommand], from experiment: Experiment, at origin: Origin
  ) -> [DatedCommand] {
    guard changes.contains(where: { if case .set = $0.command { true } else { false } }) else {
      return changes
    }
    var changes = changes
    var current = experiment
    current.changes = []
    for index in changes.indices {
      if case .set(var change) = changes[index].command {
        do {
          change.experiment = try SettingEditor(Preset(current)).change(change.setting).experiment
          change.base = current
          changes[index].command = .set(change)
        } catch {
          for diagnostic in error.diagnostics {
            problems.add(
              origin,
              "change \(index + 1), \(EscapedText.visible(change.setting.key)): "
                + diagnostic.message)
          }
        }
      }
      current.apply(changes[index].command)
    }
    return changes
  }

  /// Where keys were written.
  struct Places {
    private let places: [String: (key: Origin, value: Origin)]
    /// Where the preset, or the settings, stand.
    let whole: Origin

    init(_ places: [String: (key: Origin, value: Origin)], whole: Origin) {
      self.places = places
      self.whole = whole
    }

    /// Whether the key was given.
    func has(_ name: String) -> Bool { places[name] != nil }

    /// Where the value of `name` stands, or that of the mapping around it.
    func value(_ name: String) -> Origin {
      places[name]?.value ?? places[String(name.prefix { $0 != "." })]?.value ?? whole
    }

    /// Where `name` itself stands.
    func key(_ name: String) -> Origin { places[name]?.key ?? value(name) }
  }

  private func problem(_ draft: inout PresetDraft, _ places: Places) -> Problem? {
    switch draft.kind {
    case nil: return nil
    case .function: return function(draft, places).map { .function($0) }
    case .model:
      for key in ["hidden", "activation"]
      where draft.model.kind != .mlp && places.has("model.\(key)") {
        problems.add(
          places.key("model.\(key)"),
          "\(key) belongs to models of kind mlp, not \(draft.model.kind.rawValue)")
      }
      guard draft.data != nil || places.has("data") else {
        problems.add(
          places.whole,
          "a model needs `data:`: one of " + ChoiceKind.datasets.names.joined(separator: ", ")
            + ", rows of numbers, or a CSV file")
        return nil
      }
      return source(&draft, places, classes: draft.model.kind != .linear)
        .map { .model(draft.model.problem(on: $0).withoutFalseClasses) }
    case .network:
      guard draft.data != nil || places.has("data") else {
        problems.add(places.value("network"), "a network needs `data:`")
        return nil
      }
      guard let source = source(&draft, places, classes: true), let kind = draft.network else {
        return nil
      }
      return .network(NetworkProblem(kind: kind, data: source))
    }
  }

  private func function(_ draft: PresetDraft, _ places: Places) -> FunctionProblem? {
    guard let problem = draft.function.problem else {
      if !places.has("function.formula"), !places.has("function.landscape") {
        problems.add(
          places.value("function"),
          "function needs a `formula:` (such as x^2), or a `landscape:` of "
            + ChoiceKind.landscapes.names.joined(separator: ", "))
      }
      return nil
    }
    guard problem.landscape == nil,
      let node = draft.formulaNode
        ?? (draft.places.keys.contains { $0.hasPrefix("function.constants") }
          ? PresetNode(
            .scalar(problem.formula, quoted: false), at: places.value("function.constants"))
          : nil)
    else { return problem }
    do {
      _ = try Formula(problem.formula, constants: problem.constants)
      return problem
    } catch {
      // The place inside the text is known where the text stands on one line as it is.
      var column = problem.formula.contains("\n") ? 0 : error.position
      if case .scalar(_, quoted: true) = node.content, column > 0 { column += 1 }
      problems.add(
        node.origin.moved(columns: column),
        "formula \(EscapedText.quoted(problem.formula)): \(error.explanation)")
      return nil
    }
  }

  /// Where samples come from; `classes`: targets must be of more than one class.
  func source(
    _ draft: inout PresetDraft, _ places: Places, classes: Bool
  ) -> DataSource? {
    guard let data = draft.data, data.table != nil || !places.has("data.csv") else { return nil }
    for key in PresetKey.table where data.table == nil && places.has(key.name) {
      problems.add(places.key(key.name), "\(key.inner) belongs to data from a CSV file")
    }
    var source: DataSource
    if let choice = data.choice {
      source = DataSource(.generated(choice))
    } else if let table = data.table {
      guard let read = table.read ?? read(table, places, classes: classes) else { return nil }
      draft.data?.table?.read = read
      source = DataSource(.csv(read))
      source.csv = table.format
    } else {
      guard let (inputs, targets) = rows(data, places) else { return nil }
      source = DataSource(.inline(inputs: inputs, targets: targets))
    }
    source.testFraction = data.testFraction
    source.standardize = data.standardize
    source.pageSeed = data.pageSeed
    source.added = data.added
    return source
  }

  /// The table that `node`, the data of a preset, names; what is wrong is reported.
  func table(_ node: PresetNode) -> FileTable? {
    var draft = PresetDraft(name: name)
    draft.become(.model)
    PresetKey.data.read(self, node, &draft)
    guard problems.diagnostics.isEmpty,
      case .csv(let table)? = source(
        &draft, Places(draft.places, whole: node.origin), classes: true)?.origin
    else { return nil }
    return table
  }

  private func read(
    _ table: DataDraft.Table, _ places: Places, classes: Bool
  ) -> FileTable? {
    if extent == .listing {
      return FileTable(
        path: table.path, columns: table.columns, target: table.target,
        samples: Samples(inputCount: 1))
    }
    do {
      let file = places.value("data.csv")
      let request = CSVRequest(
        path: table.path, columns: table.columns, target: table.target, format: table.format,
        classes: classes)
      return try request.read(
        .init(
          file: file,
          columns: places.has("data.columns") ? places.value("data.columns") : file,
          target: places.has("data.target") ? places.value("data.target") : file))
    } catch {
      for diagnostic in error.diagnostics { problems.add(diagnostic) }
      return nil
    }
  }

  private func rows(
    _ data: DataDraft, _ places: Places
  ) -> (inputs: [[Double]], targets: [[Double]])? {
    guard let inputs = data.inputs, let targets = data.targets else {
      // A value that could not be read has been told already.
      if !places.has("data.rows"), !(places.has("data.inputs") && places.has("data.targets")) {
        problems.add(
          places.value("data"), "data in rows needs `inputs:` and `targets:`, or `rows:`")
      }
      return nil
    }
    guard !inputs.isEmpty, inputs[0].count > 0 else {
      problems.add(
        places.value("data.inputs"),
        "inputs must hold at least one row of at least one number")
      return nil
    }
    guard inputs.count == targets.count else {
      problems.add(
        places.value("data.targets"),
        "there are \(inputs.count) rows of inputs, but \(targets.count) of targets")
      return nil
    }
    guard targets[0].count > 0 else {
      problems.add(
        places.value("data.targets"), "targets must hold at least one number a row")
      return nil
    }
    return (inputs, targets)
  }

  /// Mini-batches as they stand in a change of a run.
  func batching(_ node: PresetNode) -> Batching? {
    var draft = PresetDraft(name: "")
    batch(node, into: &draft)
    return batching(draft, Places(draft.places, whole: node.origin))
  }

  private func batching(_ draft: PresetDraft, _ places: Places) -> Batching? {
    let batch = draft.batch
    if batch.blocks == nil, batch.rows == nil, places.has("batch.steps_per_epoch"),
      batch.stepsPerEpoch != nil
    {
      problems.add(
        places.key("batch.steps_per_epoch"),
        "steps_per_epoch belongs to batches given by `blocks:` or `rows:`")
    }
    if batch.order != .numpyBlocks, batch.after != nil {
      problems.add(places.key("batch.after"), "after belongs to `order: numpy_blocks`")
    }
    guard let batching = batch.batching else {
      // A size that could not be read has been told already.
      if !places.has("batch.size"), !places.has("batch.rows") {
        problems.add(places.value("batch"), "batch needs `size:` (or `rows:`)")
      }
      return nil
    }
    if draft.kind == .function, batching != .full {
      problems.add(places.value("batch"), "a function has no samples to draw batches from")
    }
    return batching
  }

  /// The start that a file holds. What was read of it before holds for as long as it fits: the file
  /// may be another by now.
  private func start(
    _ file: String, read known: [Double]?, _ places: Places, layout: () -> ParameterLayout?
  ) -> Start? {
    guard extent != .listing, let layout = layout() else {
      return Start(parameters: known, file: file)
    }
    if let known, known.count == layout.count { return Start(parameters: known, file: file) }
    do {
      return Start(parameters: try WeightsFile(file).parameters(layout), file: file)
    } catch let failure as FileFailure {
      problems.add(
        Diagnostic(
          places.value("start.file"),
          "cannot read \"\(EscapedText.visible(file))\": \(failure.message)",
          isUnreadable: !failure.isContent))
    } catch {
      problems.add(places.value("start.file"), "\(error)")
    }
    return nil
  }

  /// The start, its named parameters over the others.
  private func start(
    _ draft: StartDraft, _ places: Places, layout: () -> ParameterLayout?
  ) -> Start? {
    if let file = draft.file {
      return start(file, read: draft.parameters, places, layout: layout)
    }
    guard !draft.named.isEmpty else {
      return Start(
        parameters: draft.parameters, initializer: draft.initializer, layers: draft.layers)
    }
    let layout = layout() ?? ParameterLayout(variables: draft.named.map(\.key))
    var values: [Double?] = Array(repeating: nil, count: layout.count)
    if let parameters = draft.parameters {
      if parameters.count == layout.count {
        values = parameters
      } else if places.has("start.parameters") {
        problems.add(
          places.value("start.parameters"),
          "there are \(layout.count) parameters, but \(parameters.count) numbers")
        return nil
      }
    }
    var isComplete = true
    for entry in draft.named {
      guard let index = layout.index(of: entry.key) else {
        let known = layout.names.prefix(1_000) + PresetKey.startParts.map(\.inner)
        let near = Spelling.nearest(to: entry.key, in: known)
        problems.add(
          entry.keyOrigin,
          "start has no key \(EscapedText.quoted(entry.key))"
            + (near.map { "; did you mean \($0)?" }
              ?? "; allowed are \(known.prefix(12).joined(separator: ", "))"))
        isComplete = false
        continue
      }
      if let value = reader.number(entry.value, entry.key) {
        values[index] = value
      } else {
        isComplete = false
      }
    }
    guard isComplete else { return nil }
    let missing = zip(layout.names, values).filter { $0.1 == nil }.map(\.0)
    guard missing.isEmpty else {
      problems.add(
        places.value("start"),
        "start gives no value for \(missing.prefix(8).joined(separator: ", "))"
          + (missing.count > 8 ? " and \(missing.count - 8) more" : ""))
      return nil
    }
    return Start(parameters: values.compactMap { $0 })
  }
}

extension ModelProblem {
  /// The same; where the loss compares values, the numbers of a table's target are quantities, but
  /// for the two that such a loss tells apart.
  fileprivate var withoutFalseClasses: ModelProblem {
    guard case .csv(var table) = data.origin, Loss.all[loss.name]?.scores == .values,
      table.classNumbers != [0, 1]
    else { return self }
    var problem = self
    table.classNumbers = []
    problem.data.origin = .csv(table)
    return problem
  }
}
