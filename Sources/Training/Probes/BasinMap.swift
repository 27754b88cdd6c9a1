package import Lanes
package import Models
import Optimization

/// Where descents end: for each start on an axis and each learning rate, or for each start in a
/// plane.
package struct BasinMap: Sendable, Equatable {
  /// What became of one descent.
  package enum Fate: Sendable, Equatable {
    /// It rests in the minimum of that number, or slides into it.
    case minimum(Int)
    /// It rests where no minimum is known.
    case elsewhere
    /// It hops between two places for ever.
    case cycle
    /// It never settles.
    case unsettled
    /// It left for infinity.
    case diverged
  }

  /// Fields across.
  package let columns: Int
  /// Fields down.
  package let rows: Int
  /// One a field, row by row, the greatest second coordinate (or rate) first.
  package let fates: [Fate]

  /// The fate at a column and row.
  package func fate(_ column: Int, _ row: Int) -> Fate { fates[row * columns + column] }

  /// The share of fields whose descents neither rest nor leave.
  package var restlessShare: Double {
    guard !fates.isEmpty else { return 0 }
    return Double(fates.count { $0 == .cycle || $0 == .unsettled }) / Double(fates.count)
  }
}

/// What a basin map is made of: a function, how it is descended on, its minima, and the fields.
package struct BasinSurvey: Sendable {
  /// The function.
  package let function: any FunctionObjective
  /// The minima that are told apart.
  package let minima: [[Double]]
  /// Descents; steps of each.
  private let sweeps: [Sweep]
  /// The first coordinate's range.
  package let x: ClosedRange<Double>
  /// The second coordinate's range; for functions of one variable that of the rate, spread evenly
  /// in its logarithm.
  package let y: ClosedRange<Double>
  /// The rate of functions of two variables.
  private let rate: Double
  /// Whether one more step can be taken from where a descent ended: the optimizer has no memory.
  private let isMemoryless: Bool

  /// A survey of descents of `steps` steps.
  ///
  /// - Returns: nil for functions of more than two variables, and where optimizer or schedule do
  ///   not fit.
  package init?(
    _ function: any FunctionObjective, optimizer: Choice, schedule: Choice,
    minima: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>, rate: Double, steps: Int
  ) {
    guard (1...2).contains(function.parameterCount), rate.isFinite else { return nil }
    self.function = function
    self.minima = minima
    self.x = x
    self.y = y
    self.rate = rate
    isMemoryless =
      Optimizer.isPlainDescent(optimizer) && Schedule.isConstant(schedule)
    var sweeps: [Sweep] = []
    for extra in 0...2 {
      let steps = isMemoryless && extra > 0 ? extra : steps + extra
      guard
        let sweep = try? Sweep(function, optimizer: optimizer, schedule: schedule, steps: steps)
      else { return nil }
      sweeps.append(sweep)
    }
    self.sweeps = sweeps
  }

  /// The map on `columns`×`rows` fields, worked out on lanes (the caller waits).
  package func map(columns: Int, rows: Int, threads: Int = 1) -> BasinMap {
    guard columns > 0, rows > 0 else { return BasinMap(columns: 0, rows: 0, fates: []) }
    let work = (0..<rows).map { row in
      Sweep.Row(
        rate: function.parameterCount == 1 ? second(row, of: rows) : rate,
        starts: (0..<columns).map { column in
          let place =
            x.lowerBound + (x.upperBound - x.lowerBound) * (Double(column) + 0.5) / Double(columns)
          return function.parameterCount == 1 ? [place] : [place, second(row, of: rows)]
        })
    }
    func run(_ number: Int, _ rows: [Sweep.Row]) -> [[[Double]]] {
      // Starts have as many numbers as the function has variables.
      ((try? sweeps[number].run(rows, threads: threads)) ?? []).map(\.parameters)
    }
    let ends = run(0, work)
    let starts = isMemoryless ? zip(work, ends).map { Sweep.Row(rate: $0.rate, starts: $1) } : work
    let next = run(1, starts)
    let last = run(2, starts)
    var fates: [BasinMap.Fate] = []
    fates.reserveCapacity(columns * rows)
    let evaluator = Evaluator(function)
    for row in ends.indices {
      for column in ends[row].indices {
        fates.append(fate([ends[row][column], next[row][column], last[row][column]], evaluator))
      }
    }
    return BasinMap(columns: columns, rows: rows, fates: fates)
  }

  /// The rate (or second coordinate) of a row.
  package func second(_ row: Int, of rows: Int) -> Double {
    let share = 1 - (Double(row) + 0.5) / Double(rows)
    guard function.parameterCount == 1 else {
      return y.lowerBound + (y.upperBound - y.lowerBound) * share
    }
    let low = Elementary.log(y.lowerBound)
    return Elementary.exp(low + (Elementary.log(y.upperBound) - low) * share)
  }

  /// What three places in a row, the last of a long descent, tell.
  private func fate(_ places: [[Double]], _ evaluator: Evaluator) -> BasinMap.Fate {
    let spans = [x.upperBound - x.lowerBound, y.upperBound - y.lowerBound]
    let scale = function.parameterCount == 1 ? spans[0] : max(spans[0], spans[1])
    guard places.allSatisfy({ $0.allSatisfy { $0.isFinite && abs($0) < 1e3 * scale } }) else {
      return .diverged
    }
    func distance(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
    }
    let step = distance(places[0], places[1])
    if step > 2e-4 {
      return distance(places[0], places[2]) < 1e-2 * step ? .cycle : .unsettled
    }
    let end = places[2]
    let nearest = minima.indices.min { distance(minima[$0], end) < distance(minima[$1], end) }
    guard let nearest else { return .elsewhere }
    if distance(minima[nearest], end) < 1e-3 { return .minimum(nearest) }
    guard function.parameterCount == 1 else {
      return distance(minima[nearest], end) < 0.1 ? .minimum(nearest) : .elsewhere
    }
    // Still sliding: the next minimum downhill is where it goes.
    let derivative = evaluator.derivative(at: end[0]).derivative
    let ahead = minima.indices.filter {
      derivative < 0 ? minima[$0][0] > end[0] : minima[$0][0] < end[0]
    }
    let goal = ahead.min { distance(minima[$0], end) < distance(minima[$1], end) }
    return goal.map(BasinMap.Fate.minimum) ?? .elsewhere
  }
}
