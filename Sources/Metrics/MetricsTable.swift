/// One training that is followed: a file, or one of the runs in it.
package struct MetricsRun: Sendable {
  /// For people.
  package var name: String
  /// Which source it comes from.
  package let source: Int
  /// Rows that were read.
  package fileprivate(set) var rows = 0
  /// The name of the column that counts steps; nil: rows are counted.
  package fileprivate(set) var stepName: Int?
  /// The series by the number of their names; nil where the run has none of that name.
  package fileprivate(set) var series: [MetricSeries?] = []

  /// How many series it has.
  package var seriesCount: Int { series.reduce(0) { $1 == nil ? $0 : $0 + 1 } }
}

/// Everything that was read of the trainings that are followed.
///
/// Its memory is bounded, however many rows come: series share a budget of points, runs and names
/// are counted beyond a limit but not kept.
package struct MetricsTable: Sendable {
  /// What a name says about its column.
  enum Role: Sendable, Equatable {
    case step(Int), clock, run, value
  }

  /// The trainings, in the order in which they appeared.
  package private(set) var runs: [MetricsRun] = []
  /// The names of the series of all runs, in the order in which they appeared.
  package private(set) var names: [String] = []
  /// Rows that were read, all runs together.
  package private(set) var rows = 0
  /// Runs that were left out: there are too many.
  package private(set) var lostRuns = 0
  /// Names whose series were left out: there are too many. Exact up to some ten thousands.
  package var lostNames: Int { lost.count }
  /// Rows that were left out: their step is NaN, infinite or beyond all doubles.
  package private(set) var rowsWithoutStep = 0
  /// Whether some steps are 2⁵³ or more, where doubles do not tell each whole number from the next.
  package private(set) var hasHugeSteps = false
  /// Whether times are those of the rows; else those of their coming.
  package private(set) var hasTimes = false

  private(set) var roles: [Role] = []
  private var numbers: [[UInt8]: Int] = [:]
  /// The hashes of names that were left out.
  private var lost: Set<Int> = []
  private let stepNames: [String]
  private let clockNames: [String]
  private var seriesCount = 0
  private var capacity = MetricsTable.mostPoints

  /// Runs that are kept.
  package static let mostRuns = 64
  /// Names of values that are kept.
  package static let mostNames = 512
  /// Names that are counted, where they are not kept.
  private static let mostLostNames = 1 << 16
  /// Points of a series, where there are few of them.
  static let mostPoints = 8192
  /// Points of a series at least.
  static let leastPoints = 16
  /// Points of all series together: some 100 bytes each.
  private static let budget = 400_000

  /// Columns that count steps, the finest first.
  package static let usualSteps = [
    "step", "global_step", "_step", "steps", "iteration", "iter", "it", "batch", "epoch",
  ]
  /// Columns that tell the time.
  package static let usualClocks = [
    "wall", "wall_time", "walltime", "timestamp", "_timestamp", "time", "ts", "elapsed",
    "_runtime",
  ]

  /// An empty table. `step` and `clock` name the columns of steps and times; nil: the usual names.
  package init(step: String? = nil, clock: String? = nil) {
    stepNames = step.map { [$0] } ?? MetricsTable.usualSteps
    clockNames = clock.map { [$0] } ?? MetricsTable.usualClocks
  }

  /// The number of a name; nil when there are too many. Steps, times and runs always have one.
  mutating func number(of name: [UInt8]) -> Int? {
    if let number = numbers[name] { return number }
    let text = String(decoding: name, as: UTF8.self)
    let role = role(of: text)
    guard names.count < MetricsTable.mostNames || role != .value else {
      if lost.count < MetricsTable.mostLostNames { lost.insert(name.hashValue) }
      return nil
    }
    numbers[name] = names.count
    names.append(text)
    roles.append(role)
    return names.count - 1
  }

  private func role(of name: String) -> Role {
    if let rank = stepNames.firstIndex(of: name) { return .step(rank) }
    if clockNames.contains(name) { return .clock }
    return name == "run" ? .run : .value
  }

  /// A new run; nil when there are too many.
  mutating func begin(run name: String, source: Int) -> Int? {
    guard runs.count < MetricsTable.mostRuns else {
      lostRuns += 1
      return nil
    }
    runs.append(MetricsRun(name: name, source: source))
    return runs.count - 1
  }

  /// Forgets what was read of a run.
  mutating func clear(run: Int) {
    rows -= runs[run].rows
    seriesCount -= runs[run].seriesCount
    runs[run] = MetricsRun(name: runs[run].name, source: runs[run].source)
  }

  /// Takes in a row: numbers by the number of their name, and when it came.
  ///
  /// - Returns: false where the row has no step though others of its run do: it has no place.
  mutating func add(
    _ fields: [(name: Int, value: Double)], to run: Int, arrival: Double
  ) -> Bool {
    var step = Double(runs[run].rows)
    var stepName: Int?
    var rank = Int.max
    var wall = arrival
    var hasLostStep = false
    for field in fields {
      switch roles[field.name] {
      case .step(let place) where place < rank && field.value.isFinite:
        (step, stepName, rank) = (field.value, field.name, place)
      case .step where !field.value.isFinite:
        hasLostStep = true
      case .clock where field.value.isFinite:
        wall = field.value
        hasTimes = true
      default: break
      }
    }
    if stepName == nil, hasLostStep {
      rowsWithoutStep += 1
      return false
    }
    if stepName == nil, runs[run].stepName != nil { return false }
    if stepName != nil, step.magnitude >= 0x1p53 { hasHugeSteps = true }
    rows += 1
    runs[run].rows += 1
    if let stepName { runs[run].stepName = stepName }
    for field in fields where field.name != stepName && roles[field.name] != .clock {
      if runs[run].series.count <= field.name {
        runs[run].series += [MetricSeries?](
          repeating: nil, count: field.name + 1 - runs[run].series.count)
      }
      if runs[run].series[field.name] == nil {
        runs[run].series[field.name] = MetricSeries()
        seriesCount += 1
        capacity = max(
          MetricsTable.leastPoints,
          min(MetricsTable.mostPoints, MetricsTable.budget / seriesCount))
      }
      runs[run].series[field.name]?.add(
        step: step, wall: wall, value: field.value, capacity: capacity)
    }
    return true
  }

  /// Sorts in what came late, and keeps to the budget: before somebody looks.
  mutating func settle() {
    for run in runs.indices {
      for index in runs[run].series.indices {
        runs[run].series[index]?.settle(capacity: capacity)
      }
    }
  }
}
