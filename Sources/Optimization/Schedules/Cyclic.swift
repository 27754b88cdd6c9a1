import Lanes

extension Schedule {
  /// Up and down in straight lines between the floor and 1, again and again.
  ///
  /// Smith (2017), "Cyclical learning rates for training neural networks"; PyTorch's CyclicLR with
  /// the base rate as the maximum. `shrink` multiplies the height each cycle (1: `triangular`, 0.5:
  /// `triangular2`).
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
}
