import Lanes

extension Schedule {
  /// `floor + (1 − floor)·(1 + cos(π t/T))/2`: falls along half a cosine to the floor at T, and stays there.
  ///
  /// Loshchilov, Hutter (2017), "SGDR". PyTorch's CosineAnnealingLR up to T (where its factor would rise again).
  package static let cosine = Schedule.aboveFloor(
    "cosine", summary: "Falls along half a cosine, to the floor from T on",
    formula: "(1 + cos(π t/T))/2", hyperparameters: [.total]
  ) { settings, total in
    let end = settings.end(total)
    return { time in anneal(min(1, Double(time) / Double(end))) }
  }

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

  /// Rises in a straight line to 1 over `warmup`, then falls in one to the floor at T, and stays there.
  ///
  /// Goyal et al. (2017), "Accurate, large minibatch SGD". The first share is `1/warmup`, not 0, so that the first step
  /// moves; the floor lifts the rise as it lifts the fall. When T is not after the warm-up, it stays at 1 instead of falling.
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

  /// One rise and one longer fall along cosines: from `1/div` to 1 at step `peak·T − 1`, then to `1/(div·final_div)` at
  /// step T − 1, where it stays (PyTorch's raises an error there).
  ///
  /// Smith, Topin (2018), "Super-convergence". Times and divisors as in PyTorch's OneCycleLR: the base rate is the maximum.
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

  /// Up and down in straight lines between the floor and 1, again and again.
  ///
  /// Smith (2017), "Cyclical learning rates for training neural networks"; PyTorch's CyclicLR with the base rate as the
  /// maximum. `shrink` multiplies the height each cycle (1: `triangular`, 0.5: `triangular2`).
  package static let cyclic = Schedule(
    "cyclic", summary: "A triangle wave between the floor and the base rate, without end",
    formula: "floor + (1 − floor)·Λ(t)·sᶜ",
    hyperparameters: [
      Hyperparameter(
        "up", symbol: "↗", "How long it rises", default: 100, in: 1...1e12, scale: .integer),
      Hyperparameter(
        "down", symbol: "↘", "How long it falls (0: as long as it rises)", default: 0,
        in: 0...1e12, scale: .integer),
      Hyperparameter(
        "shrink", symbol: "s", "Multiplies the height each cycle", default: 1, in: 0...1),
      .floor(default: 0.1),
    ]
  ) { settings, _ in
    let up = settings.count("up", atLeast: 1)
    let given = settings.count("down")
    let down = given > 0 ? given : up
    let shrink = settings["shrink"]
    let floor = settings["floor"]
    return PureSchedule { time in
      let length = up + down
      let since = time % length
      let height =
        since <= up ? Double(since) / Double(up) : Double(length - since) / Double(down)
      return floor + (1 - floor) * height * BiasCorrection.power(shrink, time / length)
    }
  }

  /// From 1 to 0 along half a cosine; `share` runs from 0 to 1.
  private static func anneal(_ share: Double) -> Double { (1 + Elementary.cos(.pi * share)) / 2 }

  /// From `start` to `end` along half a cosine.
  private static func anneal(from start: Double, to end: Double, share: Double) -> Double {
    end + (start - end) * anneal(share)
  }
}
