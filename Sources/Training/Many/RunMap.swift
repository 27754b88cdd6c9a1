import Lanes
package import Models
import Optimization

/// A plane of two settings of which each point is a run.
package struct RunMap: Sendable {
  /// A setting and the values that its axis covers.
  package struct Axis: Sendable, Equatable {
    /// The key, as it is typed.
    package var key: String
    /// The values at both ends; where the axis is logarithmic both are above 0.
    package var low: Double
    package var high: Double
    /// Whether equal distances are equal factors.
    package var isLogarithmic: Bool
    /// Whether only whole numbers are values.
    package var isWhole: Bool

    /// An axis.
    package init(
      key: String, low: Double, high: Double, isLogarithmic: Bool, isWhole: Bool
    ) {
      self.key = key
      self.low = low
      self.high = high
      self.isLogarithmic = isLogarithmic
      self.isWhole = isWhole
    }

    /// The ends as places: decimal logarithms where the axis is logarithmic.
    package var places: ClosedRange<Double> {
      isLogarithmic ? Elementary.log10(low)...Elementary.log10(high) : low...high
    }

    /// The value at a place.
    package func value(at place: Double) -> Double {
      let value = isLogarithmic ? Elementary.pow(10, place) : place
      return isWhole ? value.rounded() : value
    }

    /// The place of a value.
    package func place(of value: Double) -> Double {
      isLogarithmic ? Elementary.log10(value) : value
    }
  }

  /// Tells it from other maps.
  package let id = RunID()
  /// Across.
  package let x: Axis
  /// Up.
  package let y: Axis
  /// What is shown first.
  package let measure: MapMeasure
  /// Steps of each run.
  package let steps: Int
  /// How a run begins, by both values; nil where they do not fit.
  package let begin: @Sendable (Double, Double) -> Run?
  /// What both values are as settings.
  package let settings: @Sendable (Double, Double) -> [Setting]

  /// A map.
  package init(
    x: Axis, y: Axis, measure: MapMeasure, steps: Int,
    settings: @escaping @Sendable (Double, Double) -> [Setting],
    begin: @escaping @Sendable (Double, Double) -> Run?
  ) {
    self.x = x
    self.y = y
    self.measure = measure
    self.steps = steps
    self.settings = settings
    self.begin = begin
  }

  /// How runs ended, place by place: a row after the other from the top.
  package func endings(at places: [(x: Double, y: Double)]) -> [RunEnding?] {
    var endings: [RunEnding?] = Array(repeating: nil, count: places.count)
    for first in stride(from: 0, to: places.count, by: 128) {
      if ProbeWork.isCurrentGivenUp { break }
      var runs: [Run] = []
      var numbers: [Int] = []
      for number in first..<min(first + 128, places.count) {
        let place = places[number]
        guard let run = begin(x.value(at: place.x), y.value(at: place.y)) else { continue }
        runs.append(run)
        numbers.append(number)
      }
      let found = RunEnding.endings(
        of: runs, steps: runs.map { _ in steps }, watchesLosses: measure.watchesLosses,
        isCancelled: { ProbeWork.isCurrentGivenUp })
      for (number, ending) in zip(numbers, found ?? []) { endings[number] = ending }
    }
    return endings
  }

  /// How many numbers a run of `objective` works through, as far as that tells its time.
  package func cost(_ objective: any Objective) -> Double {
    Double(steps) * Double(max(1, objective.sampleCount))
      * Double(max(1, objective.parameterCount))
  }

  /// The rate at which errors at `parameters` cease to shrink, by the optimizer's own law, for the
  /// other setting at `value`; nil where no such law is known, or neither axis is the rate.
  package func rateLimit(at value: Double, parameters: [Double]) -> Double? {
    let isAcross = x.key == RunMap.rateKey
    guard isAcross || y.key == RunMap.rateKey else { return nil }
    let run = isAcross ? begin(x.low, value) : begin(value, y.low)
    guard let run, run.core.schedule.isConstant, let law = run.core.optimizer.linearStability,
      !law.isPreconditioned,
      let curvature = Curvature.largestEigenvalue(of: run.objective, at: parameters), curvature > 0
    else { return nil }
    return law.rateLimit(eigenvalue: curvature + law.addedCurvature)
  }

  private static let rateKey = "learning_rate"
}

/// A map as far as it has been worked out: pixels from coarse to fine.
package struct MapPicture: Sendable {
  /// Pixels across.
  package let columns: Int
  /// Pixels up.
  package let rows: Int
  /// The part of the plane that they cover, as places of the axes.
  package let x: ClosedRange<Double>
  package let y: ClosedRange<Double>
  /// How each pixel's run ended, from the top; nil where it has not been worked out, or where the
  /// settings do not fit.
  package private(set) var endings: [RunEnding?]
  /// Pixels that have been worked out.
  package private(set) var count = 0
  /// The map that it is of; nil: whoever made it does not say.
  package let map: RunID?
  /// What another picture of the map shows here, for as long as the pixels themselves are not
  /// known; empty: there is none.
  private var earlier: [RunEnding?] = []
  /// The distance of the pixels that have been worked out.
  private var distance: Int

  /// The distance of the first pixels.
  private static let coarsest = 16
  /// How often a map becomes finer.
  package static let stages = 5

  /// A map of which nothing is known but what another picture of it shows of the same places.
  package init(
    columns: Int, rows: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, map: RunID? = nil,
    after other: MapPicture? = nil
  ) {
    self.map = map
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    self.x = x
    self.y = y
    endings = Array(repeating: nil, count: max(1, columns) * max(1, rows))
    distance = Self.coarsest * 2
    guard let other, map != nil, other.map == map else { return }
    var found: [RunEnding?] = []
    found.reserveCapacity(endings.count)
    for row in 0..<self.rows {
      for column in 0..<self.columns {
        let place = place(column: column, row: row)
        found.append(other.ending(at: place))
      }
    }
    if found.contains(where: { $0 != nil }) { earlier = found }
  }

  /// The place of a pixel's middle.
  package func place(column: Int, row: Int) -> (x: Double, y: Double) {
    let across = (Double(column) + 0.5) / Double(columns)
    let up = 1 - (Double(row) + 0.5) / Double(rows)
    return (
      x.lowerBound + (x.upperBound - x.lowerBound) * across,
      y.lowerBound + (y.upperBound - y.lowerBound) * up
    )
  }

  /// The map with half the distance between pixels.
  package func finer(_ map: RunMap) -> MapPicture {
    var finer = self
    finer.distance = max(1, distance / 2)
    var wanted: [(column: Int, row: Int)] = []
    for row in stride(from: 0, to: rows, by: finer.distance) {
      for column in stride(from: 0, to: columns, by: finer.distance)
      where count == 0 || row % distance != 0 || column % distance != 0 {
        wanted.append((column, row))
      }
    }
    let found = map.endings(at: wanted.map { place(column: $0.column, row: $0.row) })
    for (pixel, ending) in zip(wanted, found) {
      finer.endings[pixel.row * columns + pixel.column] = ending
    }
    finer.count += wanted.count
    return finer
  }

  /// The ending that stands for a pixel: its own, or that of the coarse one that it lies in.
  package func ending(column: Int, row: Int) -> RunEnding? {
    let step = max(1, distance)
    if !earlier.isEmpty, step > 1, row % step != 0 || column % step != 0 || count == 0,
      let known = earlier[row * columns + column]
    {
      return known
    }
    return endings[row / step * step * columns + column / step * step]
  }

  /// The ending that stands for a place; nil outside, and where nothing is known.
  private func ending(at place: (x: Double, y: Double)) -> RunEnding? {
    guard x.contains(place.x), y.contains(place.y), x.upperBound > x.lowerBound,
      y.upperBound > y.lowerBound
    else { return nil }
    let across = (place.x - x.lowerBound) / (x.upperBound - x.lowerBound)
    let down = (y.upperBound - place.y) / (y.upperBound - y.lowerBound)
    return ending(
      column: min(columns - 1, Int(across * Double(columns))),
      row: min(rows - 1, Int(down * Double(rows))))
  }

  /// The endings that are shown, of pixels that have been worked out and of an earlier picture.
  package var shown: [RunEnding?] {
    guard !earlier.isEmpty, distance > 1 else { return endings }
    return zip(endings, earlier).map { $0 ?? $1 }
  }

  /// The pixel with the best number of a measure: its place and the number.
  package func best(_ measure: MapMeasure) -> (column: Int, row: Int, value: Double)? {
    var best: (column: Int, row: Int, value: Double)?
    for index in endings.indices {
      guard let value = endings[index].flatMap({ measure.value(of: $0) }) else { continue }
      if let known = best,
        measure.moreIsBetter ? value <= known.value : value >= known.value
      {
        continue
      }
      best = (index % columns, index / columns, value)
    }
    return best
  }
}
