import Differentiation
import Models

/// The part of the axis on which a function of one variable is drawn first.
enum FormulaWindow {
  /// Places at which a window is sampled.
  private static let samples = 241
  /// Numbers that a formula's graph holds at most, so that looking for a window is quick.
  private static let greatestGraph = 2_000

  /// `range`, or as much more as shows the nearest valley where `range` shows none.
  ///
  /// A function without a valley within 200 times the range, and one that takes long to compute,
  /// keep it.
  static func showingValley(of formula: Formula, from range: ClosedRange<Double>)
    -> ClosedRange<Double>
  {
    guard formula.variables.count == 1, let graph = formula.graph,
      graph.scratchCount <= greatestGraph, valley(of: formula, in: range) == nil
    else { return range }
    let (low, high) = (range.lowerBound, range.upperBound)
    for factor in [2.0, 4, 10, 20, 40, 100, 200] {
      let reach = factor * max(abs(low), abs(high))
      guard let place = valley(of: formula, in: -reach...reach) else { continue }
      // As much again behind the valley as a quarter of the way to it.
      let margin = abs(place - (low + high) / 2) / 4
      return min(low, rounded(place - margin))...max(high, rounded(place + margin))
    }
    return range
  }

  /// The valley nearest to 0 among samples of a window; nil: there is none inside.
  private static func valley(of formula: Formula, in range: ClosedRange<Double>) -> Double? {
    let step = (range.upperBound - range.lowerBound) / Double(samples - 1)
    let places = (0..<samples).map { range.lowerBound + step * Double($0) }
    let objective = FormulaObjective(formula, x: range, y: range)
    let values = objective.values(at: [places])
    return (1..<samples - 1).filter { index in
      let (before, here, after) = (values[index - 1], values[index], values[index + 1])
      guard before.isFinite, after.isFinite, here < before, here <= after else { return false }
      // Looked at more and more closely, a valley is hardly deeper; a pole is.
      func lowest(around place: Double, within reach: Double) -> (place: Double, value: Double) {
        let close = (-4...4).map { place + reach * Double($0) / 4 }
        let all = zip(close, objective.values(at: [close])).map { (place: $0, value: $1) }
        return all.min { $0.value < $1.value } ?? (place, .nan)
      }
      let first = lowest(around: places[index], within: step)
      let second = lowest(around: first.place, within: step / 4)
      return first.value - second.value <= here - first.value + 0.1 * (min(before, after) - here)
    }.map { places[$0] }.min { abs($0) < abs($1) }
  }

  /// To a fifth of a power of ten, away from 0.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0 else { return 0 }
    var unit = 1.0
    while unit * 10 <= abs(value) { unit *= 10 }
    while unit > abs(value) { unit /= 10 }
    unit /= 5
    // By a whole number where it is below 1: 15 fifths are 3, and not 3.0000000000000004.
    let count = (abs(value) / unit).rounded(.up)
    return (unit < 1 ? count / (1 / unit).rounded() : count * unit) * (value < 0 ? -1 : 1)
  }
}
