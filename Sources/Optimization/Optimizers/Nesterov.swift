import Lanes

extension Optimizer {
  /// Nesterov's accelerated gradient: `v ← γ v + (1 − d) g`, `θ ← θ − η (g + γ v)`.
  ///
  /// Nesterov (1983), "A method for solving the convex programming problem with convergence rate
  /// O(1/k²)". The original takes the gradient at the point ahead, `θ + γ·change`; PyTorch, Keras
  /// and Sutskever et al. (2013) store that point instead and get the form above, which needs only
  /// the gradient at θ: this is what is computed here. With `rate_inside` the velocity holds
  /// changes (`v ← γ v + η g`, `θ ← θ − (η g + γ v)`), as in Keras and scikit-learn.
  package static let nesterov = Optimizer(
    "nesterov", title: "Nesterov", summary: "Momentum that corrects itself by looking ahead",
    formula: "v ← γ v + g;  θ ← θ − η (g + γ v)", reference: "Nesterov 1983", suggestedRate: 0.01,
    hyperparameters: [.momentum(default: 0.9), .dampening, .rateInside],
    memory: [.velocity, .change],
    limit: .eigenvalue("2(1+γ)/((1+2γ)λ)")
  ) { settings, count in
    HeavyBall(
      momentum: settings["momentum"], dampening: settings["dampening"],
      rateInside: settings.flag("rate_inside"), nesterov: true, count: count)
  }
}
