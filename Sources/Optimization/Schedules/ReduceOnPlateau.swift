import Lanes

extension Schedule {
  /// Multiplies the rate by `factor` when the loss of an epoch has not been lower than `best −
  /// threshold·|best|` for more than `patience` epochs.
  ///
  /// PyTorch's ReduceLROnPlateau (mode `min`, threshold mode `rel`), with the same defaults, and
  /// the same numbers where losses are positive. For a negative `best` PyTorch asks for less than
  /// `best·(1 − threshold)`, which is above `best`: a loss that stands still would count as better
  /// for ever. `floor` is the least factor. The loss of an epoch is the mean of its batches'
  /// losses, each weighted by its samples and measured at the parameters of its step; with full
  /// batches an epoch is one step.
  package static let reduceOnPlateau = Schedule(
    "reduce_on_plateau",
    summary: "Falls whenever the mean loss of an epoch has stopped falling",
    formula: "max(floor, ×ᵏ),  k: times that p epochs were not below best − ε |best|",
    hyperparameters: [
      Hyperparameter(
        "factor", symbol: "×", "What the rate is multiplied by", default: 0.1, in: 0...1),
      Hyperparameter(
        "patience", symbol: "p", "Bad epochs that are let pass", default: 10, in: 0...1e9,
        scale: .integer),
      Hyperparameter(
        "threshold", symbol: "ε", "The least relative improvement that counts", default: 1e-4,
        in: 0...1, scale: .logarithmic),
      Hyperparameter(
        "cooldown", symbol: "c", "Epochs after a fall in which none is counted as bad", default: 0,
        in: 0...1e9, scale: .integer),
      .floor(),
    ], clock: false, hearsLoss: true
  ) { settings, _ in
    PlateauRule(
      multiplier: settings["factor"], patience: settings.count("patience"),
      threshold: settings["threshold"], cooldown: settings.count("cooldown"),
      floor: settings["floor"])
  }
}

/// Watches the loss of each epoch.
struct PlateauRule: ScheduleRule {
  let multiplier: Double
  let patience: Int
  let threshold: Double
  let cooldown: Int
  let floor: Double
  private var current = 1.0
  private var best = Double.infinity
  private var badEpochs = 0
  private var cooldownLeft = 0

  var memory: PlateauMemory? {
    get {
      PlateauMemory(
        factor: ExactDouble(current), best: ExactDouble(best), badEpochs: badEpochs,
        cooldownLeft: cooldownLeft)
    }
    set {
      guard let newValue else { return }
      current = newValue.factor.value
      best = newValue.best.value
      badEpochs = newValue.badEpochs
      cooldownLeft = newValue.cooldownLeft
    }
  }

  init(multiplier: Double, patience: Int, threshold: Double, cooldown: Int, floor: Double) {
    self.multiplier = multiplier
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.floor = floor
  }

  func factor(at time: Int) -> Double { current }

  mutating func epochEnded(loss: Double) {
    // Of a negative loss, a share more; the factor is written so that positive losses give
    // PyTorch's bits.
    let wanted = best * (best < 0 ? 1 + threshold : 1 - threshold)
    if loss < wanted || best == .infinity && loss.isFinite {
      best = loss
      badEpochs = 0
    } else {
      badEpochs += 1
    }
    if cooldownLeft > 0 {
      cooldownLeft -= 1
      badEpochs = 0
    }
    if badEpochs > patience {
      current = max(floor, current * multiplier)
      cooldownLeft = cooldown
      badEpochs = 0
    }
  }
}
