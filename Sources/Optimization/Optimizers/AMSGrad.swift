import Lanes

extension Optimizer {
  /// AMSGrad: Adam divided by the greatest v so far: `θ ← θ − η m̂ / (√(max v / (1 − β₂ᵗ)) + ε)`.
  ///
  /// Reddi, Kale, Kumar (2018), "On the convergence of Adam and beyond". As in PyTorch, the
  /// greatest is taken of the uncorrected v and corrected afterwards; the paper has no correction,
  /// Keras corrects through the rate.
  package static let amsgrad = Optimizer(
    "amsgrad", title: "AMSGrad", summary: "Adam whose per-parameter rates never grow back",
    formula: "θ ← θ − η m̂ / (√(max v / (1 − β₂ᵗ)) + ε)", reference: "Reddi, Kale & Kumar 2018",
    suggestedRate: 0.001, hyperparameters: .adam, shared: SharedSettings(countsSteps: true),
    memory: [.mean, .square, MemoryQuantity("v max", "the greatest v so far", .magnitude)],
    biasCorrections: ["beta1", "beta2"], limit: .preconditioned("2(1+β₁)/((1−β₁)λ)")
  ) { settings, count in Adam(settings, variant: .amsgrad, count: count) }
}
