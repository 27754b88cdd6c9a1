import Lanes

extension Schedule {
  /// Multiplies the rate by `factor` when the loss of an epoch (its mean over the steps) has not been lower than
  /// `best·(1 − threshold)` for more than `patience` epochs.
  ///
  /// PyTorch's ReduceLROnPlateau (mode `min`, threshold mode `rel`), with the same defaults. `floor` is the least factor.
  package static let reduceOnPlateau = Schedule(
    "reduce_on_plateau", summary: "Falls whenever the loss has stopped falling",
    formula: "× factor after patience bad epochs",
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
    ], clock: false
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

  init(multiplier: Double, patience: Int, threshold: Double, cooldown: Int, floor: Double) {
    self.multiplier = multiplier
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.floor = floor
  }

  func factor(at time: Int) -> Double { current }

  mutating func epochEnded(loss: Double) {
    if loss < best * (1 - threshold) || best == .infinity && loss.isFinite {
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
