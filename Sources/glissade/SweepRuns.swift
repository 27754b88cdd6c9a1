import Presets
import Training

/// The runs of a sweep: each combination of values, trained to its end.
struct SweepRuns {
  /// One run at its end.
  struct Ending: Sendable {
    /// Steps it took.
    var step: Int
    /// The training loss.
    var loss: Double
    /// The share of training samples classified rightly.
    var accuracy: Double?
    /// Whether a parameter or the loss stopped being finite.
    var isDiverged: Bool
    /// Whether it has come to rest: its last step moved no parameter by more than 10⁻⁶ of its size.
    var isSettled: Bool
    /// Where it ended.
    var parameters: [Double]
    /// All samples are right; of what knows no classes: it has come to rest.
    var isSuccess: Bool { accuracy.map { $0 == 1 } ?? isSettled }
  }

  /// What is varied, the outermost first.
  let axes: [SweepAxis]
  /// The values of each run, in order of the axes.
  let values: [[String]]
  /// How each run ended; nil for runs that Ctrl-C left out.
  let endings: [Ending?]

  /// Trains all combinations on up to `threads` threads.
  ///
  /// - Throws: what reading a setting or beginning a run throws, of the first that fails.
  init(
    _ preset: Preset, over axes: [SweepAxis], steps: Int?, shelf: PresetShelf,
    threads: Int
  ) throws {
    self.axes = axes
    let combinations = axes.reduce([[]]) { rows, axis in
      rows.flatMap { row in axis.values.map { row + [$0] } }
    }
    values = combinations
    let editor = SettingEditor(preset, views: shelf.views)
    let results = Parallel.map(count: combinations.count, threads: threads) { index in
      if Interrupt.wasAsked { return Result<Ending?, any Error>.success(nil) }
      return Result {
        let settings = zip(axes, combinations[index]).map { Setting(key: $0.key, value: $1) }
        let (changed, run) = try editor.begin(settings)
        return try Self.train(run, steps: steps ?? changed.steps)
      }
    }
    endings = try results.map { try $0.get() }
  }

  private static func train(_ start: Run, steps: Int) throws -> Ending? {
    var run = start
    run.measuresSplits = false
    // In pieces, so that Ctrl-C is heard.
    while run.step < steps - 1, run.status == .running {
      if Interrupt.wasAsked { return nil }
      run.advance(min(5_000, steps - 1 - run.step))
    }
    let before = run.parameters
    if run.step < steps, run.status == .running { run.advance(1) }
    let end = run.snapshot()
    let isDiverged = if case .diverged = end.status { true } else { false }
    let isSettled =
      !isDiverged
      && zip(before, end.parameters).allSatisfy { abs($1 - $0) <= 1e-6 * max(1, abs($1)) }
    return Ending(
      step: end.step, loss: end.loss, accuracy: end.accuracy, isDiverged: isDiverged,
      isSettled: isSettled, parameters: end.parameters)
  }
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
  init(shared: [String], _ endings: [SweepRuns.Ending]) {
    self.shared = shared
    count = endings.count
    func share(_ fits: (SweepRuns.Ending) -> Bool) -> Double {
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
  static func all(_ runs: SweepRuns) -> [SweepSummary] {
    let inner = runs.axes.last?.values.count ?? 1
    return stride(from: 0, to: runs.values.count, by: max(1, inner)).map { first in
      SweepSummary(
        shared: Array(runs.values[first].dropLast()),
        runs.endings[first..<min(first + inner, runs.endings.count)].compactMap { $0 })
    }
  }
}
