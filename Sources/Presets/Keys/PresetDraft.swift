import Lanes
import Models
import Optimization
import Training

/// A preset while its keys are read or changed: the same values as in a `Preset`, in the parts that
/// are written.
///
/// Keys change it one by one; `PresetReader.finish` makes the preset of it and says what does not
/// fit together.
package struct PresetDraft: Sendable {
  /// What kind of problem it describes.
  enum Kind: String, Sendable {
    case function, model, network
  }

  /// What stands at one place of a preset; problem, start, rate and batches are in the parts below.
  var preset: Preset
  /// The preset's experiment.
  var experiment: Experiment {
    get { preset.experiment }
    set { preset.experiment = newValue }
  }
  /// The kind of problem; nil: not known yet.
  var kind: Kind?
  /// Of functions.
  var function = FunctionDraft()
  /// Of models.
  var model = ModelDraft()
  /// Of networks of another kind.
  var network: Choice?
  /// Of models and networks; nil: none given.
  var data: DataDraft?
  /// How batches are drawn.
  var batch = BatchDraft()
  /// Where parameters start.
  var start = StartDraft()
  /// The base rate; nil: what the optimizer suggests.
  var rate: LearningRate?
  /// Of a saved session: its branches.
  var branches: [BranchDraft] = []
  /// The folder that files are written relative to; nil: by absolute path.
  var directory: String?
  /// The formula as it was read, for places inside it.
  var formulaNode: PresetNode?
  /// Where keys were written, by path.
  var places: [String: (key: Origin, value: Origin)] = [:]

  /// A preset that says nothing yet.
  init(name: String) {
    preset = Preset(name: name, problem: .function(FunctionProblem(formula: "")))
  }

  /// The parts of an experiment.
  init(_ experiment: Experiment) { self.init(Preset(experiment)) }

  /// The parts of a preset.
  init(_ preset: Preset) {
    self.preset = preset
    let experiment = preset.experiment
    rate = experiment.learningRate
    batch = BatchDraft(experiment.batching)
    start = StartDraft(experiment.start)
    branches = BranchDraft.all(preset.session)
    switch experiment.problem {
    case .function(let problem):
      kind = .function
      function = FunctionDraft(problem)
    case .model(let problem):
      kind = .model
      model = ModelDraft(problem)
      data = DataDraft(problem.data)
    case .network(let problem):
      kind = .network
      network = problem.kind
      data = DataDraft(problem.data)
    }
  }

  /// Makes it a problem of another kind; data stay where the new kind has them, start and batches
  /// do not.
  mutating func become(_ kind: Kind) {
    guard self.kind != kind else { return }
    self.kind = kind
    start = StartDraft()
    if kind == .function {
      data = nil
      batch = BatchDraft()
      function = FunctionDraft()
    }
    if kind == .model { model = ModelDraft() }
  }

  /// The layout of the parameters of the experiment that it was made of; nil when there is no such
  /// problem.
  var layout: ParameterLayout? { ParameterLayout.of(experiment) }

  /// The rate in force: the given one, or what the optimizer suggests.
  var learningRate: LearningRate {
    rate ?? Optimizer.catalogue[experiment.optimizer.name].map { .value($0.suggestedRate) }
      ?? experiment.learningRate
  }
}

/// The written form of a function.
struct FunctionDraft: Sendable {
  var formula: String?
  var landscape: Choice?
  var constants: [String: Double] = [:]
  /// What is drawn; nil: the landscape's own, or −5 to 5.
  var xRange: ClosedRange<Double>?
  var yRange: ClosedRange<Double>?

  init() {}

  init(_ problem: FunctionProblem) {
    formula = problem.landscape == nil ? problem.formula : nil
    landscape = problem.landscape
    constants = problem.constants
    xRange = problem.xRange
    yRange = problem.yRange
  }

  /// The problem; nil without formula and landscape.
  var problem: FunctionProblem? {
    var problem: FunctionProblem
    if let formula {
      problem = FunctionProblem(formula: formula)
    } else if let landscape {
      problem = FunctionProblem(landscape: landscape)
      if let entry = Landscape.all[landscape.name] {
        problem.xRange = entry.xRange
        problem.yRange = entry.yRange
      }
    } else {
      return nil
    }
    problem.constants = constants
    if let xRange { problem.xRange = xRange }
    if let yRange { problem.yRange = yRange }
    return problem
  }
}

/// The written form of a model on data.
struct ModelDraft: Sendable {
  /// A hidden layer; without an activation of its own it has the common one.
  struct Layer: Equatable, Sendable {
    var units: Int
    var activation: Choice?
  }

  var kind = ModelKind.mlp
  var hidden: [Layer] = []
  /// The activation of layers that name none; nil: tanh.
  var activation: Choice?
  var output: Choice?
  var features: [String] = []
  var biases = true
  /// Formulas of n; empty: numbers come into layers as they are.
  var scaling: [String] = []
  /// Whether the net's linearisation around the start is taken.
  var isLinearized = false
  /// The loss; nil: the kind's usual one.
  var loss: Choice?
  var reduction = LossReduction.mean
  var l1 = 0.0
  var l1Rule = L1Rule.subgradient
  var l2 = 0.0
  var penaltyPerSample = false

  init() {}

  init(_ problem: ModelProblem) {
    kind = problem.kind
    let common = problem.hidden.first?.activation
    activation = problem.hidden.allSatisfy { $0.activation == common } ? common : nil
    hidden = problem.hidden.map {
      Layer(units: $0.units, activation: activation == nil ? $0.activation : nil)
    }
    output = problem.output
    features = problem.features
    biases = problem.biases
    scaling = problem.scaling
    isLinearized = problem.isLinearized
    loss = problem.loss == Self.usualLoss(problem.kind) ? nil : problem.loss
    reduction = problem.reduction
    l1 = problem.l1
    l1Rule = problem.l1Rule
    l2 = problem.l2
    penaltyPerSample = problem.penaltyPerSample
  }

  /// The loss of models of `kind` that name none.
  static func usualLoss(_ kind: ModelKind) -> Choice {
    ModelProblem(kind: kind, data: DataSource(.inline(inputs: [], targets: []))).loss
  }

  /// The problem on `data`.
  func problem(on data: DataSource) -> ModelProblem {
    var problem = ModelProblem(kind: kind, data: data)
    let common = activation ?? Choice("tanh")
    problem.hidden = hidden.map {
      LayerSpec(units: $0.units, activation: $0.activation ?? common)
    }
    problem.output = output
    problem.features = features
    problem.biases = biases
    problem.scaling = scaling
    problem.isLinearized = isLinearized
    if let loss { problem.loss = loss }
    problem.reduction = reduction
    problem.l1 = l1
    problem.l1Rule = l1Rule
    problem.l2 = l2
    problem.penaltyPerSample = penaltyPerSample
    return problem
  }
}
