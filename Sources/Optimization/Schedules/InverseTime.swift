import Lanes

extension Schedule {
  /// `t₀ / (t + t₁)`: slow enough to reach the minimum, fast enough to quiet the noise.
  ///
  /// Robbins, Monro (1951). The lecture notes' `learning_schedule(t) = t0/(t + t1)` with t
  /// counting steps is this with base rate 1; another base rate multiplies it.
  package static let inverseTime = Schedule(
    "inverse_time", summary: "Falls as one over time, as in the lecture notes",
    formula: "t₀ / (t + t₁)",
    hyperparameters: [
      Hyperparameter(
        "t0", symbol: "t₀", "The numerator", default: 5, in: 1e-6...1e9, scale: .logarithmic),
      Hyperparameter(
        "t1", symbol: "t₁", "The time at which the rate has halved from its start", default: 50,
        in: 1e-6...1e9, scale: .logarithmic),
    ]
  ) { settings, _ in
    let t0 = settings["t0"]
    let t1 = settings["t1"]
    return PureSchedule { t0 / (Double($0) + t1) }
  }
}
