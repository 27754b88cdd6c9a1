import Lanes

/// Checks a plan and works out the parts of a network; what is wrong is gathered, not thrown one by
/// one.
struct NetworkBuilder {
  /// The plan; classes are numbered in it once the outputs are known.
  private(set) var plan: NetworkPlan
  var issues: [ProblemIssue] = []

  init(_ plan: NetworkPlan) { self.plan = plan }

  /// The columns that go into the first layer.
  mutating func features() -> FeatureMap {
    var map = plainFeatures()
    map.scale = factors(inputs: [map.columns.count] + plan.hidden.map(\.units))[0]
    return map
  }

  private mutating func plainFeatures() -> FeatureMap {
    let inputs = plan.train.inputCount
    let ones =
      switch plan.kind {
      case .linear, .perceptron: plan.biases
      case .logistic: plan.biases && plan.features.isEmpty
      case .softmax, .network: false
      }
    guard !plan.features.isEmpty else { return FeatureMap(inputs: inputs, ones: ones) }
    return FeatureMap(
      plan.features, inputs: inputs, ones: ones, seed: plan.featureSeed, key: "model.features",
      issues: &issues)
  }

  /// The loss and its own number.
  mutating func loss() -> (Loss, Double)? {
    guard let loss = Loss.all.entry(for: plan.loss, key: "loss", issues: &issues) else {
      return nil
    }
    let settings = Settings(plan.loss, of: loss.hyperparameters, key: "loss", issues: &issues)
    return (loss, loss.setting(settings))
  }

  /// The number of classes that targets tell apart (nil: values), and of output units.
  mutating func outputs(_ loss: Loss) -> (classes: Int?, units: Int) {
    let train = plan.train
    if train.targetCount > 1 {
      if loss.scores == .values { return (train.classCount, train.targetCount) }
      checkTargets(loss, greatest: 1, whole: loss.scores == .margins)
      return (loss.scores == .classes ? train.targetCount : nil, train.targetCount)
    }
    var classes = train.classCount
    if classes == nil {
      switch loss.scores {
      case .values:
        let areBits = [train, plan.test].allSatisfy { $0.targets.allSatisfy { $0 == 0 || $0 == 1 } }
        classes = areBits && train.count > 0 ? 2 : nil
      case .classes, .logits, .margins:
        classes = Samples.numberClasses(&plan.train, &plan.test, limit: ModelLimits.classes)
        if classes == 1, let only = plan.train.classLabels.first {
          issues.append(
            ProblemIssue(
              key: "data.targets", value: only.name,
              allowed: "all targets are the same; a classifier needs at least two classes"))
        }
      }
    }
    guard let classes else {
      // Probabilities as targets suit the logistic loss; everything else here wants class numbers.
      checkTargets(loss, greatest: 1, whole: loss.scores != .logits && loss.scores != .values)
      return (nil, 1)
    }
    let several = loss.scores == .classes || plan.kind == .softmax || classes > 2
    return (classes, several ? classes : 1)
  }

  private mutating func checkTargets(_ loss: Loss, greatest: Double, whole: Bool) {
    guard loss.scores != .values else { return }
    for (half, samples) in [plan.train, plan.test].enumerated() {
      let bad = samples.targets.firstIndex {
        !($0 >= 0 && $0 <= greatest) || (whole && $0 != $0.rounded())
      }
      guard let bad else { continue }
      issues.append(
        ProblemIssue(
          key: "data.targets", value: "\(samples.targets[bad])",
          allowed: "the loss \(loss.name) wants "
            + (whole ? "class numbers 0, 1, …" : "targets from 0 to 1")
            + " (\(half == 0 ? "training" : "test") sample \(bad / samples.targetCount + 1))"))
      return
    }
  }

  /// The output layer's own activation, and what makes predictions of its values.
  mutating func output(_ loss: Loss) -> (Activation, Double, DenseNetwork.Link) {
    let fitting: (name: String?, link: DenseNetwork.Link) =
      switch loss.scores {
      case .values: (nil, .identity)
      case .margins: (nil, plan.kind == .perceptron ? .step : .identity)
      case .logits: ("sigmoid", .sigmoid)
      case .classes: ("softmax", .softmax)
      }
    guard let choice = plan.output else {
      // A logistic model without word of its output is a sigmoid whatever the loss.
      if plan.kind == .logistic, loss.scores == .values { return (.sigmoid, 0, .identity) }
      return (.identity, 0, fitting.link)
    }
    if let name = fitting.name {
      if choice.name != name {
        issues.append(
          ProblemIssue(
            key: "model.output", value: choice.name,
            allowed: "the loss \(loss.name) works on a \(name) output; leave it out"))
      }
      return (.identity, 0, fitting.link)
    }
    if choice.name == "step", plan.kind == .perceptron { return (.identity, 0, .step) }
    guard
      let entry = Activation.all.entry(for: choice, key: "model.output", issues: &issues)
    else { return (.identity, 0, .identity) }
    let settings = Settings(
      choice, of: entry.hyperparameters, key: "model.output", issues: &issues)
    return (entry, entry.setting(settings), .identity)
  }

  /// The layers, first to last.
  mutating func layers(
    columns: Int, units: Int, output: (Activation, Double, DenseNetwork.Link)
  ) -> [DenseLayer] {
    let hasBias = plan.biases && (plan.kind == .network || plan.kind == .softmax)
    var layers: [DenseLayer] = []
    var inputs = columns
    var offset = 0
    let hidden = plan.kind == .network ? plan.hidden : []
    let factors = factors(inputs: [columns] + hidden.map(\.units))
    if hidden.count > ModelLimits.layers {
      issues.append(
        ProblemIssue(
          key: "model.hidden", value: "\(hidden.count) layers",
          allowed: "at most \(ModelLimits.layers) layers"))
      return []
    }
    for (i, layer) in hidden.enumerated() {
      let key = "model.hidden[\(i + 1)]"
      guard (1...ModelLimits.units).contains(layer.units) else {
        issues.append(
          ProblemIssue(
            key: "\(key).units", value: "\(layer.units)",
            allowed: "a layer has 1 to \(ModelLimits.units) units"))
        return []
      }
      guard
        let activation = Activation.all.entry(
          for: layer.activation, key: "\(key).activation", issues: &issues)
      else { continue }
      let settings = Settings(
        layer.activation, of: activation.hyperparameters, key: "\(key).activation", issues: &issues)
      layers.append(
        DenseLayer(
          inputs: inputs, units: layer.units, hasBias: hasBias,
          activation: activation.scaled(by: factors[i + 1]),
          setting: activation.setting(settings), weights: offset))
      inputs = layer.units
      offset = layers[layers.count - 1].end
      guard fits(offset) else { return [] }
    }
    let last = DenseLayer(
      inputs: inputs, units: units, hasBias: hasBias, activation: output.0, setting: output.1,
      weights: offset)
    return fits(last.end) ? layers + [last] : []
  }

  private mutating func fits(_ parameters: Int) -> Bool {
    guard parameters > ModelLimits.parameters else { return true }
    issues.append(
      ProblemIssue(
        key: "model.hidden", value: "\(parameters) parameters",
        allowed: "at most \(ModelLimits.parameters) parameters"))
    return false
  }

  /// Checks counts and values of samples.
  mutating func checkSamples(columns: Int, units: Int) {
    let count = plan.train.count + plan.test.count
    if plan.train.count == 0 {
      issues.append(
        ProblemIssue(key: "data", value: "no samples", allowed: "at least one training sample"))
    }
    if count > ModelLimits.samples || count * (columns + units) > ModelLimits.numbers {
      issues.append(
        ProblemIssue(
          key: "data", value: "\(count) samples of \(columns) columns",
          allowed: "at most \(ModelLimits.samples) samples and \(ModelLimits.numbers) numbers"))
    }
    for (name, size) in [("l1", plan.l1), ("l2", plan.l2)] where !(size >= 0 && size.isFinite) {
      issues.append(
        ProblemIssue(key: name, value: "\(size)", allowed: "a number from 0"))
    }
  }
}
