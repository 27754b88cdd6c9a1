import Lanes

extension Schedule {
  /// The cosine again and again, each time `multiplier` times as long: warm restarts.
  ///
  /// Loshchilov, Hutter (2017), "SGDR: stochastic gradient descent with warm restarts"; PyTorch's
  /// CosineAnnealingWarmRestarts.
  package static let cosineRestarts = Schedule.aboveFloor(
    "cosine_restarts", summary: "Cosines that start over without end, each longer than the last",
    formula: "(1 + cos(π tᵢ/Tᵢ))/2,  Tᵢ₊₁ = m Tᵢ",
    hyperparameters: [
      Hyperparameter(
        "period", symbol: "T₀", "The first cosine's length", default: 100, in: 1...1e12,
        scale: .integer),
      Hyperparameter(
        "multiplier", symbol: "m", "How many times longer the next one is", default: 2, in: 1...10,
        scale: .integer),
    ]
  ) { settings, _ in
    let first = settings.count("period", atLeast: 1)
    let multiplier = settings.count("multiplier", atLeast: 1)
    return { time in
      var period = first
      var since = time
      if multiplier == 1 {
        since %= period
      } else {
        while since >= period {
          since -= period
          let (next, overflow) = period.multipliedReportingOverflow(by: multiplier)
          period = overflow ? .max : next
        }
      }
      return anneal(Double(since) / Double(period))
    }
  }
}
