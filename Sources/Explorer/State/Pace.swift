/// The ladder of speeds from single steps to full speed.
enum Pace {
  /// Steps per second, slow to fast; the last rung is full speed. Below the first come single
  /// steps.
  static let ladder: [Double] = [
    1, 2, 5, 10, 20, 30, 60, 120, 250, 500, 1000, 2500, 5000, 10_000, 100_000, .infinity,
  ]

  /// The next faster rung; full speed stays.
  static func faster(than pace: Double) -> Double {
    ladder.first { $0 > pace } ?? .infinity
  }

  /// The next slower rung; nil below the slowest, where single steps begin.
  static func slower(than pace: Double) -> Double? {
    ladder.last { $0 < pace }
  }
}
