import Lanes

extension Schedule {
  /// `floor + (1 − floor)·(1 − t/T)^power`: falls to the floor at T and stays there (PyTorch's
  /// PolynomialLR for floor 0).
  package static let polynomial = Schedule.aboveFloor(
    "polynomial", summary: "Falls along a power of the time that is left, to the floor from T on",
    formula: "(1 − t/T)^p",
    hyperparameters: [
      .total,
      Hyperparameter("power", symbol: "p", "1 is a straight line", default: 1, in: 0.01...10),
    ]
  ) { settings, total in
    let end = settings.end(total)
    let power = settings["power"]
    return { time in
      let left = max(0, 1 - Double(time) / Double(end))
      return power == 1 ? left : Elementary.pow(left, power)
    }
  }
}
