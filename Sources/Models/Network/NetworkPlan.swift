package import Lanes

/// The description of a model on samples, before it is checked and built.
package struct NetworkPlan: Sendable {
  /// What kind of model: decides columns, biases and the names of parameters.
  package enum Kind: Sendable, Equatable {
    /// `X θ`; X starts with a column of ones.
    case linear
    /// `sigmoid(X θ)`; X starts with a column of ones unless features are given.
    case logistic
    /// One row of weights and one bias a class.
    case softmax
    /// A step of `X θ`; X starts with a column of ones.
    case perceptron
    /// Dense layers with biases.
    case network
  }
  /// One hidden layer.
  package struct Hidden: Sendable, Equatable {
    /// Its units.
    package var units: Int
    /// Its activation.
    package var activation: Choice
    /// A layer.
    package init(units: Int, activation: Choice) {
      self.units = units
      self.activation = activation
    }
  }

  /// The kind.
  package var kind: Kind
  /// What is fitted.
  package var train: Samples
  /// What is kept for testing.
  package var test: Samples
  /// Whether inputs are scaled by the training samples' mean and deviation.
  package var standardize = false
  /// Names of columns; empty: the inputs.
  package var features: [String] = []
  /// Seeds random features.
  package var featureSeed: UInt64 = 1
  /// Whether units have biases, and models without hidden layers an intercept.
  package var biases = true
  /// What multiplies the numbers that come into each layer, as formulas of their count n; one
  /// formula holds for all layers, none leaves them as they are.
  package var scaling: [String] = []
  /// The parameters around which the model is replaced by its linearisation; nil: it is not.
  package var origin: [Double]?
  /// Hidden layers, first to last.
  package var hidden: [Hidden] = []
  /// The output activation; nil: what the loss expects.
  package var output: Choice?
  /// The loss.
  package var loss: Choice
  /// Whether sample losses are averaged.
  package var averages = true
  /// See `Penalty`.
  package var l1 = 0.0
  /// How steps heed the L1 penalty.
  package var l1Rule = L1Rule.subgradient
  /// See `Penalty`.
  package var l2 = 0.0
  /// See `Penalty`.
  package var penaltyPerSample = false

  /// A model on samples, all of them for training.
  package init(_ kind: Kind, train: Samples, test: Samples? = nil, loss: Choice) {
    self.kind = kind
    self.train = train
    self.test = test ?? train.selecting([])
    self.loss = loss
  }
}

/// The largest problems that are taken on.
package enum ModelLimits {
  /// Parameters of a model.
  package static let parameters = 4_000_000
  /// Units of a layer.
  package static let units = 16_384
  /// Hidden layers.
  package static let layers = 64
  /// Samples.
  package static let samples = 1_000_000
  /// Numbers in a table: samples × columns.
  package static let numbers = 32_000_000
  /// Classes.
  package static let classes = 1_000
}
