import Lanes
import Models
import Optimization
package import Training

extension PlaygroundSettings {
  /// The preset that trains as the page does with these settings.
  package var preset: Preset {
    let isClass = problem == .classification
    var data = DataSource(.generated(Choice(dataName, noise == 0 ? [:] : ["noise": noise])))
    data.testFraction = (100 - percTrainData) / 100
    data.pageSeed = seed
    let activation = Choice(activation == .linear ? "identity" : activation.rawValue)
    var model = ModelProblem(
      kind: .mlp, data: data,
      hidden: networkShape.map { LayerSpec(units: $0, activation: activation) })
    model.features =
      inputs == [.x, .y] ? [] : inputs.isEmpty ? [Self.nothing] : inputs.map(\.column)
    model.output = Choice(isClass ? "tanh" : "identity")
    model.loss = Choice(isClass ? "signed_mse" : "half_mse")
    switch regularization {
    case .none: break
    case .l1: (model.l1, model.l1Rule) = (regularizationRate, .clip)
    case .l2: model.l2 = regularizationRate
    }
    var experiment = Experiment(name: "playground", problem: .model(model))
    experiment.start = Start(initializer: Choice(initZero ? "zeros" : "playground"))
    experiment.batching = .carried(size: batchSize)
    experiment.learningRate = .value(learningRate)
    experiment.steps = 100 * max(1, trainCount / batchSize)
    var preset = Preset(experiment)
    let shape =
      networkShape.isEmpty
      ? "no hidden layer" : networkShape.map(String.init).joined(separator: ",")
    preset.title =
      "TensorFlow Playground: \(isClass ? dataset.rawValue : regDataset.rawValue), \(shape)"
    return preset
  }

  private var dataName: String {
    guard problem == .regression else { return "playground_" + dataset.rawValue }
    return regDataset == .plane ? "playground_plane" : "playground_gaussian"
  }

  /// The column that stands in for no input at all: constant, so that only the bias of its units
  /// learns with it.
  fileprivate static let nothing = "0"

  /// The settings that open the experiment of `preset` on the page.
  ///
  /// - Throws: `PresetError` with everything that a link cannot hold.
  package init(of preset: Preset) throws(PresetError) {
    self.init()
    var obstacles: [String] = []
    let experiment = preset.experiment
    if case .model(let model) = experiment.problem {
      takeData(model.data, experiment, &obstacles)
      takeModel(model, &obstacles)
      takeBatches(experiment.batching, &obstacles)
    } else {
      obstacles.append("the page has dense nets on its own data")
    }
    takeTraining(experiment, &obstacles)
    guard obstacles.isEmpty else {
      throw PresetError(
        obstacles.map { Diagnostic(.program, "a Playground link cannot hold this: \($0)") })
    }
  }

  private mutating func takeData(
    _ data: DataSource, _ experiment: Experiment, _ obstacles: inout [String]
  ) {
    guard case .generated(let choice) = data.origin, choice.name.hasPrefix("playground_") else {
      obstacles.append("the data are not one of the page's sets (playground_circle, …)")
      return
    }
    let name = String(choice.name.dropFirst("playground_".count))
    if let known = ClassData(rawValue: name) {
      (problem, dataset) = (.classification, known)
    } else {
      (problem, regDataset) = (.regression, name == "plane" ? .plane : .gauss)
    }
    noise = choice.settings["noise"] ?? 0
    if let samples = choice.settings["samples"], samples != Double(sampleCount) {
      obstacles.append("the page has \(sampleCount) samples, not \(Int(samples))")
    }
    percTrainData = ((1 - data.testFraction) * 100 * 1e9).rounded() / 1e9
    if data.standardize { obstacles.append("inputs are standardized") }
    if !data.added.isEmpty { obstacles.append("there are points added by hand") }
    seed = data.pageSeed ?? String(experiment.dataSeed ?? experiment.seed)
  }

  private mutating func takeModel(_ model: ModelProblem, _ obstacles: inout [String]) {
    if model.kind != .mlp {
      obstacles.append("the page has nets, no \(model.kind.rawValue) models")
    }
    networkShape = model.hidden.map(\.units)
    let names = Set(model.hidden.map(\.activation.name))
    let first = names.first ?? "tanh"
    if names.count > 1 {
      obstacles.append("its layers differ in activation")
    } else if let known = Activation(rawValue: first == "identity" ? "linear" : first) {
      activation = known
    } else {
      obstacles.append("the page has no activation \(first)")
    }
    if !model.biases { obstacles.append("its units have no biases") }
    if !model.scaling.isEmpty { obstacles.append("what comes into its layers is scaled") }
    if model.isLinearized { obstacles.append("its net is linearised") }
    takeFeatures(model.features, &obstacles)
    let isClass = problem == .classification
    let (output, loss) = isClass ? ("tanh", "signed_mse") : ("identity", "half_mse")
    if (model.output?.name ?? "identity") != output {
      obstacles.append("the page's output is \(output) here")
    }
    if model.loss.name != loss || model.reduction != .mean {
      obstacles.append("the page's loss is \(loss) here, averaged")
    }
    if model.l1 != 0, model.l2 != 0 { obstacles.append("it has both penalties") }
    if model.penaltyPerSample { obstacles.append("its penalties are divided by the batch's size") }
    if model.l1 != 0 {
      (regularization, regularizationRate) = (.l1, model.l1)
      if model.l1Rule != .clip { obstacles.append("the page's l1_rule is clip") }
    } else if model.l2 != 0 {
      (regularization, regularizationRate) = (.l2, model.l2)
    }
  }

  private mutating func takeFeatures(_ names: [String], _ obstacles: inout [String]) {
    if names.isEmpty { return }
    features = []
    if names == [Self.nothing] { return }
    for name in names {
      if let feature = Feature.allCases.first(where: { $0.column == name }) {
        features.insert(feature)
      } else {
        obstacles.append("the page has no input \(name)")
      }
    }
    if inputs.map(\.column) != names {
      obstacles.append("the page's inputs stand in another order")
    }
  }

  private mutating func takeBatches(_ batching: Batching, _ obstacles: inout [String]) {
    switch batching {
    case .carried(let size): batchSize = size
    case .sequential(let size) where trainCount % size == 0: batchSize = size
    case .full: batchSize = trainCount
    default: obstacles.append("the page takes batches in order and carries the rest on")
    }
  }

  private mutating func takeTraining(_ experiment: Experiment, _ obstacles: inout [String]) {
    if experiment.optimizer != Choice("gd") {
      obstacles.append("the page has gradient descent alone, no \(experiment.optimizer.name)")
    }
    if experiment.schedule.name != "constant" { obstacles.append("the page has no schedules") }
    if experiment.layerRates.contains(where: { $0 != 1 }) {
      obstacles.append("its layers differ in rate")
    }
    if case .value(let rate) = experiment.learningRate {
      learningRate = rate
    } else {
      obstacles.append("its rate follows the curvature")
    }
    if experiment.start.parameters != nil || experiment.start.layers != nil {
      obstacles.append("it starts at given weights")
    } else {
      switch experiment.start.initializer?.name {
      case "playground": initZero = false
      case "zeros": initZero = true
      default: obstacles.append("the page's weights are those of the initializer playground")
      }
    }
    if !experiment.changes.isEmpty { obstacles.append("settings change on the way") }
  }
}

extension PlaygroundSettings.Feature {
  /// The column of a model that is this input.
  var column: String {
    switch self {
    case .x: "x1"
    case .y: "x2"
    case .xSquared: "x1^2"
    case .ySquared: "x2^2"
    case .xTimesY: "x1*x2"
    case .sinX: "sin(x1)"
    case .sinY: "sin(x2)"
    }
  }
}
