import Lanes

extension Optimizer {
  /// AdamW: Adam with weight decay beside it: `θ ← θ − η (m̂ / (√v̂ + ε) + λ θ)`.
  ///
  /// Loshchilov, Hutter (2019), "Decoupled weight decay regularization". PyTorch multiplies λ by η
  /// in force and takes λ = 0.01 (the default here); the paper keeps λ and η apart and scales both
  /// by the schedule.
  package static let adamw = Optimizer(
    "adamw", title: "AdamW", summary: "Adam with weight decay that the division does not rescale",
    formula: "θ ← θ − η (m̂ / (√v̂ + ε) + λ θ)", reference: "Loshchilov & Hutter 2019",
    suggestedRate: 0.001, hyperparameters: .adam,
    shared: SharedSettings(weightDecay: 0.01, decoupled: true, countsSteps: true),
    memory: [.mean, .square], biasCorrections: ["beta1", "beta2"],
    limit: .preconditioned("2(1+β₁)/((1−β₁)λ + (1+β₁)w)")
  ) { settings, count in Adam(settings, variant: .plain, count: count) }
}
