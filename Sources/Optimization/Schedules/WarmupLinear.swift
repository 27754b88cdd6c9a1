import Lanes

extension Schedule {
  /// Rises in a straight line to 1 over `warmup`, then falls in one to the floor at T, and stays
  /// there.
  ///
  /// Goyal et al. (2017), "Accurate, large minibatch SGD". The first share is `1/warmup`, not 0, so
  /// that the first step moves; the floor lifts the rise as it lifts the fall. When T is not after
  /// the warm-up, it stays at 1 instead of falling.
  package static let warmupLinear = Schedule.aboveFloor(
    "warmup_linear",
    summary: "Rises in a straight line, then falls in one, to the floor from T on",
    formula: "min((t + 1)/w, (T − t)/(T − w))",
    hyperparameters: [
      Hyperparameter(
        "warmup", symbol: "w", "How long it rises", default: 100, in: 0...1e12, scale: .integer),
      .total,
    ]
  ) { settings, total in
    let warmup = settings.count("warmup")
    let end = settings.end(total)
    return { time in
      if time < warmup { return Double(time + 1) / Double(warmup) }
      guard end > warmup else { return 1 }
      return max(0, Double(end - time) / Double(end - warmup))
    }
  }
}
