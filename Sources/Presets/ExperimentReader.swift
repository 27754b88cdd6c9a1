import Lanes
import Optimization
import Training

/// Reads the tree of a preset into an `Experiment`, gathering everything that is wrong with it.
struct ExperimentReader {
  /// The keys of a preset, in the order in which they are written.
  static let keys = [
    "glissade", "title", "group", "summary", "notes", "function", "model", "network", "data",
    "loss",
    "reduction", "l1", "l2", "penalty_per_sample", "start", "optimizer", "learning_rate",
    "schedule", "batch", "seed", "steps", "pace", "stop", "views", "variants", "changes",
    "lesson",
  ]
  /// The keys that only models have.
  static let modelKeys = [
    "model", "data", "loss", "reduction", "l1", "l2", "penalty_per_sample",
  ]

  /// The preset's name.
  let name: String
  /// The folder that relative paths start from.
  let directory: String
  /// The views that exist; nil when they are not to be checked.
  let views: [String]?
  /// The keys of the explorer, as lessons name them; nil when they are not to be checked.
  var keys: [String]?
  /// What is wrong so far.
  var problems = Problems()
  /// Whether variants and the lesson's steps are tried too.
  var checksVariants = true

  /// Reads values.
  var reader: NodeReader { NodeReader(problems: problems) }

  /// The experiment, or everything that is wrong.
  func read(_ root: PresetNode) throws(PresetError) -> Experiment {
    let experiment = experiment(root)
    if let experiment, problems.diagnostics.isEmpty {
      ExperimentCheck(root: root, problems: problems).check(experiment)
      if checksVariants, problems.diagnostics.isEmpty {
        SettingPath.checkVariants(of: experiment, in: root, views: views, problems: problems)
        LessonCheck(root: root, views: views, problems: problems).check(experiment)
      }
    }
    guard problems.diagnostics.isEmpty else { throw PresetError(problems.diagnostics) }
    guard let experiment else { throw PresetError(root.origin, "this is not a preset") }
    return experiment
  }

  private func experiment(_ root: PresetNode) -> Experiment? {
    guard
      let map = MappingReader(root, "a preset", allowed: Self.keys, problems: problems)
    else { return nil }
    version(map)
    guard let problem = problem(map) else {
      // Everything else is still read, so that all that is wrong is reported together.
      // Its start is read as one of a problem with any names.
      var rest = Experiment(name: name, problem: .function(FunctionProblem(formula: "")))
      settings(map, into: &rest)
      return nil
    }
    var experiment = Experiment(name: name, problem: problem)
    settings(map, into: &experiment)
    return experiment
  }

  private func version(_ map: MappingReader) {
    guard let node = map["glissade"] else {
      problems.add(map.node.origin, "the first line of a preset is `glissade: 1`")
      return
    }
    guard let version = reader.integer(node, "glissade", in: 0...Int.max) else { return }
    if version != 1 {
      problems.add(
        node.origin, "this program reads presets of version 1, not \(version)")
    }
  }

  private func settings(_ map: MappingReader, into experiment: inout Experiment) {
    func take<Value>(_ key: String, _ read: (PresetNode) -> Value?, _ put: (Value) -> Void) {
      if let node = map[key], let value = read(node) { put(value) }
    }
    take("title", { reader.text($0, "title", limit: PresetLimits.title) }) {
      experiment.title = $0
    }
    take("group", { reader.text($0, "group", limit: PresetLimits.title) }) {
      experiment.group = $0
    }
    take("summary", { reader.text($0, "summary", limit: PresetLimits.summary) }) {
      experiment.summary = $0
    }
    take("notes", { reader.text($0, "notes", limit: PresetLimits.notes) }) {
      experiment.notes = $0
    }
    take("optimizer", { reader.choice($0, .optimizers) }) { experiment.optimizer = $0 }
    if let optimizer = Optimizer.catalogue[experiment.optimizer.name] {
      // Newton's method wants 1 where plain descent wants 0.01.
      experiment.learningRate = .value(optimizer.suggestedRate)
    }
    take("learning_rate", learningRate) { experiment.learningRate = $0 }
    take("schedule", { reader.choice($0, .schedules) }) { experiment.schedule = $0 }
    take("batch", batching) { experiment.batching = $0 }
    if case .function = experiment.problem, experiment.batching != .full, let node = map["batch"],
      map["function"] != nil
    {
      problems.add(node.origin, "a function has no samples to draw batches from")
    }
    take("seed", seed) { experiment.seed = $0 }
    take("steps", { reader.integer($0, "steps", in: 0...PresetLimits.steps) }) {
      experiment.steps = $0
    }
    take("pace", pace) { experiment.pace = $0 }
    take("stop", stop) { experiment.stop = $0 }
    take("views", viewNames) { experiment.views = $0 }
    take("start", { start($0, of: experiment) }) { experiment.start = $0 }
    take("variants", variants) { experiment.variants = $0 }
    take("changes", changes) { experiment.changes = $0 }
    take("lesson", lesson) { experiment.lesson = $0 }
  }

  private func learningRate(_ node: PresetNode) -> LearningRate? {
    guard case .scalar(let text, _) = node.content else {
      reader.expected("a number or `1/lambda_max`", node, for: "learning_rate")
      return nil
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(\.trimmingSpaces)
    if parts.count == 2, parts[1] == "lambda_max" {
      guard let factor = NumberText.number(parts[0]), factor >= 0 else {
        problems.add(
          node.origin,
          "learning_rate: \(EscapedText.quoted(parts[0])) over lambda_max is not a number of at least 0"
        )
        return nil
      }
      return .overLargestEigenvalue(factor)
    }
    guard NumberText.isDecimal(text) else {
      reader.expected("a number or `1/lambda_max`", node, for: "learning_rate")
      return nil
    }
    return reader.number(node, "learning_rate", in: 0...1e300).map { .value($0) }
  }

  private func seed(_ node: PresetNode) -> UInt64? {
    if case .scalar(let text, _) = node.content, let seed = UInt64(text) { return seed }
    reader.expected("a whole number from 0 to \(UInt64.max)", node, for: "seed")
    return nil
  }

  private func pace(_ node: PresetNode) -> Double? {
    if case .scalar("full", _) = node.content { return .infinity }
    guard case .scalar(let text, _) = node.content, NumberText.number(text) != nil else {
      reader.expected("steps per second, or `full`", node, for: "pace")
      return nil
    }
    return reader.number(node, "pace", in: 1e-3...1e12)
  }

  private func stop(_ node: PresetNode) -> StopRule? {
    let keys = ["loss_below", "patience", "tolerance"]
    guard let map = MappingReader(node, "stop", allowed: keys, problems: problems) else {
      return nil
    }
    var rule = StopRule()
    if let node = map["loss_below"] { rule.lossBelow = reader.number(node, "loss_below") }
    if let node = map["patience"] {
      rule.patience = reader.integer(node, "patience", in: 1...PresetLimits.steps)
    }
    if let node = map["tolerance"], let value = reader.number(node, "tolerance", in: 0...1e300) {
      rule.tolerance = value
    }
    return rule
  }

  private func viewNames(_ node: PresetNode) -> [String]? {
    let items = reader.items(node)
    guard items.count <= PresetLimits.views else {
      problems.add(
        node.origin, "\(items.count) views; at most \(PresetLimits.views) are allowed")
      return nil
    }
    return reader.all(items) { item in
      guard let name = reader.text(item, "a view", limit: PresetLimits.title) else { return nil }
      if let views, !views.contains(name) {
        let near = Spelling.nearest(to: name, in: views)
        problems.add(
          item.origin,
          "there is no view \(EscapedText.quoted(name))"
            + (near.map { "; did you mean \($0)?" }
              ?? "; there are \(views.joined(separator: ", "))")
        )
        return nil
      }
      return name
    }
  }
}
