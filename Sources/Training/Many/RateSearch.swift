/// What became of one run at many learning rates: rates in order, what happened at each, and what
/// follows of it.
package struct RateSearch: Sendable, Equatable {
  /// How a rate ended.
  package enum Outcome: String, Sendable, CaseIterable {
    /// Still on its way when the steps were over.
    case underway = "on its way"
    /// It comes to rest (functions), or its loss has come nine tenths of the way to the best one
    /// (what has samples).
    case converges
    /// It stays finite, and neither comes to rest nor goes down.
    case restless = "never rests"
    /// A parameter or the loss stopped being finite.
    case diverges
  }

  /// One run.
  package struct Trial: Sendable, Equatable {
    /// The base rate.
    package var rate: Double
    /// The training loss after all steps.
    package var loss: Double
    /// The first step after which it was where it should be: a gradient below 10⁻⁹ for functions,
    /// the goal for what has samples; nil: it was not.
    package var steps: Int?
    /// What became of it.
    package var outcome: Outcome
    /// Where it ended.
    package var parameters: [Double]
    /// The steps at which losses were measured, and the losses.
    package var curve: [(step: Int, loss: Double)]

    package static func == (a: Self, b: Self) -> Bool {
      a.rate == b.rate && a.outcome == b.outcome && a.steps == b.steps
        && a.parameters == b.parameters
    }
  }

  /// Consecutive rates that all converge.
  package struct Stretch: Sendable, Equatable {
    /// The least of them.
    package var low: Double
    /// The largest of them.
    package var high: Double
  }

  /// The runs that stand in columns: 64 rates over six decades, in order.
  package internal(set) var columns: [Trial]
  /// All runs, those of later bundles between the columns, in order of their rates.
  package internal(set) var trials: [Trial]
  /// Steps of each run.
  package let steps: Int
  /// The loss where all began.
  package let startLoss: Double
  /// Below this loss a run has learned; nil for functions, and where no rate lowers the loss.
  package let goal: Double?
  /// Where theory puts the limit; nil where no theory of this form is known for the optimizer, its
  /// schedule, or the ground.
  package internal(set) var limit: Double?
  /// The greatest curvature that the limit is of.
  package internal(set) var curvature: Double?
  /// By how many decades the window was moved because nothing was to be seen in the first one.
  package let shift: Int

  /// Stretches of rates that converge, the slowest first.
  package var stretches: [Stretch] {
    var found: [Stretch] = []
    var isOpen = false
    for trial in trials {
      guard trial.outcome == .converges else {
        isOpen = false
        continue
      }
      if isOpen {
        found[found.count - 1].high = trial.rate
      } else {
        found.append(Stretch(low: trial.rate, high: trial.rate))
      }
      isOpen = true
    }
    return found
  }

  /// The largest rate of the first unbroken stretch that converges.
  package var largest: Double? { stretches.first?.high }

  /// Stretches above the first: rates that converge beyond some that do not.
  package var islands: [Stretch] { Array(stretches.dropFirst()) }

  /// The run that was first where it should be; where none arrived, that with the least loss of
  /// those that converge.
  package var fastest: Trial? {
    let converging = columns.filter { $0.outcome == .converges }
    if goal == nil, let first = converging.compactMap(\.steps).min() {
      return converging.first { $0.steps == first }
    }
    return converging.min { ranked($0) < ranked($1) }
  }

  /// What runs are ranked by: their losses, those that are as good as 0 alike, then their steps.
  private func ranked(_ trial: Trial) -> (Double, Int, Double) {
    let isNothing = goal != nil && trial.loss < 1e-12 * startLoss
    return (isNothing ? 0 : trial.loss, trial.steps ?? .max, trial.rate)
  }

  /// The run with the least loss after all steps, the sooner one of two alike; nil where none ended
  /// below the start.
  package var best: Trial? {
    columns.filter { $0.outcome != .diverges && $0.loss < startLoss }
      .min { ranked($0) < ranked($1) }
  }

  /// The run of the column whose rate is nearest to `rate`.
  package func column(nearest rate: Double) -> Int? {
    guard rate > 0 else { return nil }
    return columns.indices.min {
      abs(Self.distance(columns[$0].rate, rate)) < abs(Self.distance(columns[$1].rate, rate))
    }
  }

  private static func distance(_ a: Double, _ b: Double) -> Double {
    a > b ? a / b - 1 : b / a - 1
  }
}
