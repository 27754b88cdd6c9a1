import Lanes

extension Schedule {
  /// `floor + (1 − floor)·(1 + cos(π t/T))/2`: falls along half a cosine to the floor at T, and
  /// stays there.
  ///
  /// Loshchilov, Hutter (2017), "SGDR". PyTorch's CosineAnnealingLR up to T (where its factor
  /// would rise again).
  package static let cosine = Schedule.aboveFloor(
    "cosine", summary: "Falls along half a cosine, to the floor from T on",
    formula: "(1 + cos(π t/T))/2", hyperparameters: [.total]
  ) { settings, total in
    let end = settings.end(total)
    return { time in anneal(min(1, Double(time) / Double(end))) }
  }

  /// From 1 to 0 along half a cosine; `share` runs from 0 to 1.
  static func anneal(_ share: Double) -> Double { (1 + Elementary.cos(.pi * share)) / 2 }

  /// From `start` to `end` along half a cosine.
  static func anneal(from start: Double, to end: Double, share: Double) -> Double {
    end + (start - end) * anneal(share)
  }
}
