package import Lanes
package import Models
import Optimization

/// A full description of a run: the problem, where it starts, and how it moves. A value: what
/// replays, and nothing else.
package struct Experiment: Equatable, Sendable {
  /// What outputs call it (`xsin`): the name of its preset's file without the ending.
  package var name: String
  /// What is minimised.
  package var problem: Problem
  /// Where the parameters start.
  package var start: Start
  /// The optimizer and its settings.
  package var optimizer: Choice
  /// The base learning rate.
  package var learningRate: LearningRate
  /// Multiples of the learning rate layer by layer, first layer first; those that are not given
  /// are 1.
  package var layerRates: [Double]
  /// Multiplies the base rate.
  package var schedule: Choice
  /// How mini-batches are drawn.
  package var batching: Batching
  /// Seeds data, initial parameters and batches (each its own stream).
  package var seed: UInt64
  /// Seeds the data apart from the rest: which samples are drawn, and which are kept for testing;
  /// nil: `seed`.
  package var dataSeed: UInt64?
  /// The steps of a headless run that names none.
  package var steps: Int
  /// When to stop before `steps`; empty by default.
  package var stop: StopRule
  /// Commands with the step at which they take effect: a saved session.
  package var changes: [DatedCommand]

  /// An experiment with everything but the problem at its default.
  package init(name: String, problem: Problem) {
    self.name = name
    self.problem = problem
    start = .init()
    optimizer = Choice(Optimizer.gd.name)
    learningRate = .value(0.01)
    layerRates = []
    schedule = Choice(Schedule.constant.name)
    batching = .full
    seed = 1
    steps = 1000
    stop = StopRule()
    changes = []
  }
}

/// What is minimised.
package enum Problem: Equatable, Sendable {
  /// A function of a few variables.
  case function(FunctionProblem)
  /// A model fitted to data.
  case model(ModelProblem)
  /// Another kind of network: convolutional, recurrent, radial, Boltzmann.
  case network(NetworkProblem)

  /// Whether the start is part of what is minimised: of a model that is linear around it.
  package var isOfStart: Bool {
    if case .model(let model) = self { model.isLinearized } else { false }
  }
}

/// A function of a few variables, by formula or by its name in the catalogue of landscapes.
package struct FunctionProblem: Equatable, Sendable {
  /// A formula as people write it (`x sin(x^2 + 1)`), or empty when `landscape` names a built-in
  /// one.
  package var formula: String
  /// A built-in function (`rosenbrock`) with its settings, compiled to lanes by hand.
  package var landscape: Choice?
  /// Values of the formula's named parameters.
  package var constants: [String: Double]
  /// The part of the x axis (first variable) that is drawn.
  package var xRange: ClosedRange<Double>
  /// The part of the y axis (second variable) that is drawn.
  package var yRange: ClosedRange<Double>

  /// A problem by formula.
  package init(formula: String) {
    self.formula = formula
    landscape = nil
    constants = [:]
    xRange = -5...5
    yRange = -5...5
  }

  /// A problem by the name of a built-in landscape.
  package init(landscape: Choice) {
    self.init(formula: "")
    self.landscape = landscape
  }
}

/// A model fitted to data.
package struct ModelProblem: Equatable, Sendable {
  /// Where samples come from, and how they are prepared.
  package var data: DataSource
  /// Columns made of the inputs, in order: `x1`, `x2`, `x1^2`, `x1*x2`, `sin(x1)`, `1`, or
  /// `poly(3)`; empty: the inputs.
  package var features: [String]
  /// Whether units have biases, and models without hidden layers an intercept.
  package var biases: Bool
  /// What multiplies the numbers that come into each layer, as formulas of their count n
  /// (`1/sqrt(n)`): one for all layers, or one a layer; empty: nothing.
  package var scaling: [String]
  /// Whether the model is replaced by its linearisation around the start: the net of the tangent
  /// kernel.
  package var isLinearized: Bool
  /// What kind of model: decides the flat order of parameters.
  package var kind: ModelKind
  /// Hidden layers of an MLP, first to last.
  package var hidden: [LayerSpec]
  /// The output layer's activation; nil: what the loss expects.
  package var output: Choice?
  /// The loss (`mse`, `bce`, `softmax_ce`, `mae`, `huber`, `hinge`, `perceptron`).
  package var loss: Choice
  /// Whether sample losses are averaged or summed.
  package var reduction: LossReduction
  /// L1 penalty: `l1 · Σ|w|` over weights.
  package var l1: Double
  /// How steps heed the L1 penalty.
  package var l1Rule: L1Rule
  /// L2 penalty: `l2/2 · Σw²` over weights (biases and intercepts are left out).
  package var l2: Double
  /// Divide penalties by the number of samples of the batch, as scikit-learn does.
  package var penaltyPerSample: Bool

  /// A model on data with the usual choices of its kind.
  package init(kind: ModelKind, data: DataSource, hidden: [LayerSpec] = []) {
    self.data = data
    features = []
    biases = true
    scaling = []
    isLinearized = false
    self.kind = kind
    self.hidden = hidden
    output = nil
    loss = Choice(kind.usualLoss.name)
    reduction = .mean
    l1 = 0
    l1Rule = .subgradient
    l2 = 0
    penaltyPerSample = false
  }
}

/// Kinds of models on data.
package enum ModelKind: String, Sendable, CaseIterable {
  /// `X θ` with a leading column of ones: parameters `[θ0, θ1, …]`.
  case linear
  /// `sigmoid(X θ)`: parameters `[θ0, θ1, …]`; without intercept when `features` name no `1` and
  /// are given.
  case logistic
  /// One weight row and one bias a class: parameters `[W row by row, b]`.
  case softmax
  /// Rosenblatt's rule: a step of `X θ`: parameters `[b, w1, …]`.
  case perceptron
  /// Dense layers: parameters `[W1 row by row (units × inputs), b1, W2, b2, …]`.
  case mlp

  /// The loss that a model of the kind is fitted by when nobody names one.
  var usualLoss: Loss {
    switch self {
    case .linear: .squared
    case .logistic, .mlp: .binaryCrossEntropy
    case .softmax: .softmaxCrossEntropy
    case .perceptron: .perceptron
    }
  }
}

/// One hidden layer.
package struct LayerSpec: Equatable, Sendable {
  /// Number of units.
  package var units: Int
  /// Activation and its settings.
  package var activation: Choice
  /// A layer.
  package init(units: Int, activation: Choice) {
    self.units = units
    self.activation = activation
  }
}

/// How sample losses become one number.
package enum LossReduction: String, Sendable, CaseIterable { case mean, sum }

/// Where samples come from.
package struct DataSource: Equatable, Sendable {
  /// The samples.
  package enum Origin: Equatable, Sendable {
    /// A generated data set of the catalogue (`xor`, `spiral`) with its settings (`samples`,
    /// `noise`, …).
    case generated(Choice)
    /// Rows given in the preset: inputs and targets, one row a sample.
    case inline(inputs: [[Double]], targets: [[Double]])
    /// A CSV file, already read.
    case csv(FileTable)
  }
  /// The samples.
  package var origin: Origin
  /// The share of samples that is kept for testing, drawn by the seed; 0...0.9.
  package var testFraction: Double
  /// Subtract each input's mean and divide by its standard deviation (of the training samples).
  package var standardize: Bool
  /// The text that draws TensorFlow Playground's data, and the weights that follow; nil: the digits
  /// of the data's seed.
  package var pageSeed: String?
  /// Points added by hand, after the others.
  package var added: [AddedPoint]
  /// How the CSV file is written, when there is one.
  package var csv: CSVFormat

  /// Data of one origin, as they are.
  package init(_ origin: Origin) {
    self.origin = origin
    testFraction = 0
    standardize = false
    added = []
    csv = CSVFormat()
  }
}

/// How a CSV file is written; nil: found out from the file.
package struct CSVFormat: Equatable, Sendable {
  /// Whether the first row holds names.
  package var header: Bool?
  /// What separates cells: `,`, `;`, `|`, a blank or a tabulator.
  package var delimiter: String?
  /// What becomes of cells that hold no number; nil: they are mistakes.
  package var missing: Missing?

  /// Whether the target's cells are names of classes, whatever they look like (true), or numbers
  /// (false); nil: words are classes, unless they could be quantities.
  package var classes: Bool?

  /// What becomes of cells that hold no number: empty ones, `?`, `NA` and the like.
  package enum Missing: String, Sendable, CaseIterable {
    /// They are mistakes.
    case error
    /// Their rows are left out.
    case drop
    /// Inputs become the mean of their column; rows without a target are left out.
    case mean
  }

  /// The format that is found out.
  package init(
    header: Bool? = nil, delimiter: String? = nil, missing: Missing? = nil, classes: Bool? = nil
  ) {
    self.classes = classes
    self.header = header
    self.delimiter = delimiter
    self.missing = missing
  }
}

/// A training sample that the user put there.
package struct AddedPoint: Equatable, Sendable {
  /// The inputs.
  package var inputs: [Double]
  /// The targets.
  package var targets: [Double]
  /// A point.
  package init(inputs: [Double], targets: [Double]) {
    self.inputs = inputs
    self.targets = targets
  }
}

/// Where parameters start.
package struct Start: Equatable, Sendable {
  /// The flat parameters; nil: drawn by the initialiser.
  package var parameters: [Double]?
  /// How they are drawn (`zeros`, `uniform`, `glorot_uniform`, `he_normal`, …); nil: what suits the
  /// problem.
  package var initializer: Choice?
  /// Weights and biases per layer, as an alternative to the flat form: `weights[l]` is units ×
  /// inputs.
  package var layers: [LayerValues]?
  /// The file that the flat parameters were read from (absolute); nil: they are of no file.
  package var file: String?

  /// The given start, or the default one.
  package init(
    parameters: [Double]? = nil, initializer: Choice? = nil, layers: [LayerValues]? = nil,
    file: String? = nil
  ) {
    self.file = file
    self.parameters = parameters
    self.initializer = initializer
    self.layers = layers
  }
}

/// Explicit values of one layer.
package struct LayerValues: Equatable, Sendable {
  /// Units × inputs.
  package var weights: [[Double]]
  /// One a unit.
  package var biases: [Double]
  /// Values of a layer.
  package init(weights: [[Double]], biases: [Double]) {
    self.weights = weights
    self.biases = biases
  }
}

/// The base learning rate.
package enum LearningRate: Equatable, Sendable {
  /// A number.
  case value(Double)
  /// `factor / λmax` of the Hessian of the training loss at the start (`1/lambda_max` in presets).
  case overLargestEigenvalue(Double)
}

/// How mini-batches are drawn. An epoch of batches of `size` from n samples has ⌈n/size⌉ steps
/// (⌊n/size⌋ for `blocks` and `carried`).
package enum Batching: Equatable, Sendable {
  /// All samples, every step.
  case full
  /// In order, from the first.
  case sequential(size: Int)
  /// In order, from the first; what is left over at an epoch's end belongs to the first batch of
  /// the next, as in TensorFlow Playground.
  case carried(size: Int)
  /// A new permutation each epoch, cut in order.
  case shuffled(size: Int)
  /// Each sample drawn anew.
  case withReplacement(size: Int)
  /// The notes' way: fixed blocks of consecutive rows, drawn with replacement.
  case blocks(size: Int)
  /// The notes' blocks as numpy's RandomState draws them with the experiment's seed, after `after`
  /// words of 32 bits that data and starts used; the blocks of the notes' 50 epochs, then the same
  /// again.
  case numpyBlocks(size: Int, after: Int)
  /// Block numbers given one by one: step k takes rows `size·b ..< size·(b+1)`; starts over at the
  /// end.
  case blockSequence(size: Int, numbers: [Int], stepsPerEpoch: Int)
  /// Sample numbers given for each step; starts over at the end.
  case explicit(rows: [[Int]], stepsPerEpoch: Int)
}

/// When to stop early.
package struct StopRule: Equatable, Sendable, Codable {
  /// Stop when the training loss is at or below this.
  package var lossBelow: Double?
  /// Stop when the loss has not improved by more than `tolerance` over the best for `patience`
  /// epochs (scikit-learn's rule).
  package var patience: Int?
  /// See `patience`.
  package var tolerance: Double
  /// No rule.
  package init(lossBelow: Double? = nil, patience: Int? = nil, tolerance: Double = 1e-4) {
    self.lossBelow = lossBelow
    self.patience = patience
    self.tolerance = tolerance
  }
}

/// One `key=value`.
package struct Setting: Equatable, Sendable {
  /// The key, as in presets.
  package var key: String
  /// The value, as written.
  package var value: String
  /// A setting.
  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// Another kind of network (`NetworkKind`) and what it learns from.
package struct NetworkProblem: Equatable, Sendable {
  /// The kind and its settings.
  package var kind: Choice
  /// Where samples come from.
  package var data: DataSource

  /// A network on data.
  package init(kind: Choice, data: DataSource) {
    self.kind = kind
    self.data = data
  }
}
