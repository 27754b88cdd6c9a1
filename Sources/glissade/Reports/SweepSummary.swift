import Presets
import Training

/// The runs of a sweep at their end.
struct SweepResult {
  /// What was varied.
  let plan: SweepPlan
  /// How each run ended; nil for runs that Ctrl-C left out.
  let endings: [RunEnding?]

  /// The values of a run, in the order of the axes.
  func values(_ number: Int) -> [String] { Study.values(number, over: plan.over.map(\.study)) }
}

/// Some runs of a sweep in a few numbers.
struct SweepSummary {
  /// Values of all axes but the innermost, which these runs share.
  let shared: [String]
  /// How many runs.
  let count: Int
  /// The share that ended with all samples right, or at rest where there are no classes.
  let success: Double
  /// The share that came to rest.
  let settled: Double
  /// The share that diverged.
  let diverged: Double
  /// The least, the median and the greatest loss of those that did not diverge; empty when all did.
  let losses: [Double]
  /// Where runs of one parameter came to rest, to five digits, and how many did, in order.
  let places: [(place: Double, count: Int)]

  /// A summary of runs that ended.
  init(shared: [String], _ endings: [RunEnding]) {
    self.shared = shared
    count = endings.count
    func share(_ fits: (RunEnding) -> Bool) -> Double {
      endings.isEmpty ? 0 : Double(endings.count { fits($0) }) / Double(endings.count)
    }
    success = share(\.isSuccess)
    settled = share(\.isSettled)
    diverged = share(\.isDiverged)
    let sorted = endings.filter { !$0.isDiverged }.map(\.loss).filter(\.isFinite).sorted()
    losses = sorted.isEmpty ? [] : [sorted[0], sorted[sorted.count / 2], sorted[sorted.count - 1]]
    var places: [Double: Int] = [:]
    for ending in endings where ending.isSettled && ending.parameters.count == 1 {
      places[(ending.parameters[0] * 1e4).rounded() / 1e4, default: 0] += 1
    }
    // A continuum of places tells nothing.
    self.places =
      places.count > 40 ? [] : places.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The runs of a sweep, one summary for each combination of all values but the innermost axis's.
  static func all(_ runs: SweepResult) -> [SweepSummary] {
    let inner = runs.plan.over.last?.values.count ?? 1
    return stride(from: 0, to: runs.plan.count, by: max(1, inner)).map { first in
      SweepSummary(
        shared: runs.values(first).dropLast(),
        runs.endings[first..<min(first + inner, runs.endings.count)].compactMap { $0 })
    }
  }
}
