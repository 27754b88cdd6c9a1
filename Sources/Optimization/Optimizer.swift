package import Lanes

/// A way to move downhill that people choose by name: its paper, its settings, and the rule that it
/// adds to a chain.
///
/// One file in `Optimizers/` each. Formulas and defaults are PyTorch's (`torch.optim`) unless the
/// file says otherwise.
package struct Optimizer: Named {
  package let name: String
  package let summary: String
  /// The name as the field writes it (`Adam`).
  package let title: String
  /// The update in one line.
  package let formula: String
  /// Where it was published.
  package let reference: String
  /// The learning rate that its library default or paper suggests.
  package let suggestedRate: Double
  /// Everything that can be set, the rule's own settings first.
  package let hyperparameters: [Hyperparameter]
  /// What it remembers of each parameter.
  package let memory: [MemoryQuantity]
  /// The settings β whose running means begin at 0 and are divided by 1 − βᵗ.
  package let biasCorrections: [Hyperparameter]
  /// What is known of the greatest rate at which errors shrink.
  package let limit: RateLimit
  /// Whether it acts on matrices of weights as wholes, and treats other parameters in another way.
  package let needsMatrices: Bool
  /// Makes the rule for parameters of a shape.
  let makeRule: @Sendable (Settings, ParameterShape) -> any GradientTransformation

  /// Describes an optimizer; settings shared by all (weight decay, clipping, resets) are added to
  /// its own.
  package init(
    _ name: String, title: String, summary: String, formula: String, reference: String,
    suggestedRate: Double, hyperparameters: [Hyperparameter],
    shared: SharedSettings = SharedSettings(), memory: [MemoryQuantity] = [],
    biasCorrections: [String] = [], limit: RateLimit,
    rule: @escaping @Sendable (Settings, Int) -> any GradientTransformation
  ) {
    self.init(
      name, title: title, summary: summary, formula: formula, reference: reference,
      suggestedRate: suggestedRate, hyperparameters: hyperparameters, shared: shared,
      memory: memory, biasCorrections: biasCorrections, limit: limit, needsMatrices: false
    ) { settings, parameters in rule(settings, parameters.count) }
  }

  /// Describes an optimizer whose rule asks which parameters form matrices.
  init(
    _ name: String, title: String, summary: String, formula: String, reference: String,
    suggestedRate: Double, hyperparameters: [Hyperparameter],
    shared: SharedSettings = SharedSettings(), memory: [MemoryQuantity] = [],
    biasCorrections: [String] = [], limit: RateLimit, needsMatrices: Bool,
    rule: @escaping @Sendable (Settings, ParameterShape) -> any GradientTransformation
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.formula = formula
    self.reference = reference
    self.suggestedRate = suggestedRate
    self.hyperparameters = hyperparameters + shared.hyperparameters
    self.memory = memory
    self.biasCorrections = hyperparameters.filter { biasCorrections.contains($0.name) }
    self.limit = limit
    self.needsMatrices = needsMatrices
    makeRule = rule
  }

  /// Whether a choice is gradient descent and nothing else: the change is η g.
  package static func isPlainDescent(_ choice: Choice) -> Bool {
    (try? OptimizerChain(choice, parameterCount: 1))?.isPlain ?? false
  }

  /// All optimizers, from simple to complex.
  package static let catalogue = Catalogue<Optimizer>(
    kind: "optimizer",
    [
      .gd, .momentum, .nesterov, .adagrad, .rmsprop, .adadelta, .adam, .adamw, .adamax, .nadam,
      .radam, .amsgrad, .lion, .muon, .rprop, .newton, .lbfgs,
    ])
}

/// All optimizers, from simple to complex.
package let optimizers = Optimizer.catalogue

/// Settings that every optimizer has, with the defaults of one.
package struct SharedSettings: Sendable {
  /// The default of `weight_decay`; nil leaves weight decay out.
  var weightDecay: Double? = 0
  /// The default of `decoupled`.
  var decoupled = false
  /// Whether the rule remembers anything that an epoch could reset.
  var hasState = true
  /// Whether the rule counts steps for bias corrections.
  var countsSteps = false

  /// The settings' descriptions.
  var hyperparameters: [Hyperparameter] {
    var list: [Hyperparameter] = []
    if let weightDecay {
      list.append(
        Hyperparameter(
          "weight_decay", symbol: "λ", "Pulls every parameter towards zero",
          default: weightDecay, in: 0...10, scale: .logarithmic))
      list.append(
        Hyperparameter(
          "decoupled", symbol: "λ⊥",
          "Weight decay acts on the parameters, not through the gradient (AdamW)",
          default: decoupled ? 1 : 0, in: 0...1, scale: .flag))
    }
    list.append(
      Hyperparameter(
        "clip_value", symbol: "|gᵢ|≤", "Limits each entry of the gradient (0: off)",
        default: 0, in: 0...1e9, scale: .logarithmic))
    list.append(
      Hyperparameter(
        "clip_norm", symbol: "‖g‖≤",
        "Limits the gradient's norm: g min(1, c/(‖g‖ + 10⁻⁶)), as PyTorch does (0: off)",
        default: 0, in: 0...1e9, scale: .logarithmic))
    if hasState {
      list.append(
        Hyperparameter(
          "reset_each_epoch", symbol: "↺",
          countsSteps
            ? "Forgets its memory at the start of each epoch; steps are counted on (step_per_epoch)"
            : "Forgets its memory at the start of each epoch",
          default: 0, in: 0...1, scale: .flag))
    }
    if countsSteps {
      list.append(
        Hyperparameter(
          "step_per_epoch", symbol: "t", "Bias corrections count epochs instead of steps",
          default: 0, in: 0...1, scale: .flag))
    }
    return list
  }
}
