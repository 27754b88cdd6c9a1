import Lanes

extension Schedule {
  /// One rise and one longer fall along cosines: from `1/div` to 1 at step `peak·T − 1`, then to
  /// `1/(div·final_div)` at step T − 1, where it stays (PyTorch's raises an error there).
  ///
  /// Smith, Topin (2018), "Super-convergence". Times and divisors as in PyTorch's OneCycleLR: the
  /// base rate is the maximum.
  package static let oneCycle = Schedule(
    "one_cycle",
    summary: "One rise to the base rate and one long fall far below the start, where it stays",
    formula: "1/d ↗ 1 ↘ 1/(d·f)",
    hyperparameters: [
      .total,
      Hyperparameter(
        "peak", symbol: "p", "The share of the time at which it is highest", default: 0.3,
        in: 0.001...0.999),
      Hyperparameter(
        "div", symbol: "d", "The base rate divided by the first rate", default: 25, in: 1...1e6,
        scale: .logarithmic),
      Hyperparameter(
        "final_div", symbol: "f", "The first rate divided by the last one", default: 1e4,
        in: 1...1e12, scale: .logarithmic),
    ]
  ) { settings, total in
    let last = Double(settings.end(total)) - 1
    let top = max(0, settings["peak"] * (last + 1) - 1)
    let first = 1 / settings["div"]
    let final = first / settings["final_div"]
    return PureSchedule { time in
      let t = min(Double(time), last)
      if t < top { return anneal(from: first, to: 1, share: t / top) }
      guard last > top else { return 1 }
      return anneal(from: 1, to: final, share: (t - top) / (last - top))
    }
  }
}
