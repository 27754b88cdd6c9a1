import Lanes
package import Models
import Optimization

/// What the readings of a range test are worth: the loss of runs at each of these rates, held
/// constant, beside the rate that the rate finder would choose.
package struct RangeWorth: Sendable {
  /// A rate and what became of it.
  package struct Row: Sendable {
    /// How the rate was found.
    package var name: String
    /// The same in fewer words.
    package var shortName: String
    /// The rate.
    package var rate: Double
    /// The training loss after the steps at this rate; infinite where the run diverged; nil: not
    /// known yet.
    package var loss: Double?
  }

  /// The test.
  package let test: RangeTest
  /// Steps of the runs at constant rates.
  package let steps: Int
  /// The readings from the lowest rate up.
  package private(set) var rows: [Row]
  /// Whether the losses are known.
  package let isWhole: Bool

  /// Whether it can be made while people wait: dense networks of some thousand weights.
  package static func suits(_ experiment: Experiment, _ objective: any Objective) -> Bool {
    guard objective.kind.dense != nil, objective.sampleCount > 0 else { return false }
    let isFull = experiment.batching == .full
    let batch = isFull ? objective.sampleCount : min(objective.sampleCount, 64)
    return batch * objective.parameterCount <= mostWork
  }

  /// Samples times parameters of a step at most.
  private static let mostWork = 12_000

  /// Steps at each rate.
  package static let usualSteps = 300

  /// The readings of a test of `experiment`; where it `isWhole` with their losses and the rate
  /// finder's choice.
  ///
  /// Nil where the experiment does not fit.
  package init?(
    _ experiment: Experiment, _ course: RangeTest.Course, isWhole: Bool,
    steps: Int = RangeWorth.usualSteps
  ) {
    guard let test = try? RangeTest(experiment, course) else { return nil }
    self.init(experiment, test, isWhole: isWhole, steps: steps)
  }

  /// The same of a test that has been made.
  package init?(_ experiment: Experiment, _ test: RangeTest, isWhole: Bool, steps: Int) {
    self.test = test
    self.steps = steps
    self.isWhole = isWhole
    let readings: [(name: String, short: String, rate: Double?)] = [
      ("steepest descent", "steepest", test.steepest?.rate),
      ("least smoothed ÷ 10", "least ÷ 10", test.suggested),
      ("least smoothed", "least", test.least?.rate),
      ("four times the least", "fourfold", test.ragged?.rate),
    ]
    rows = readings.compactMap { name, short, rate in
      rate.map { Row(name: name, shortName: short, rate: $0) }
    }
    guard isWhole else { return }
    var plain = experiment
    plain.schedule = Choice(Schedule.constant.name)
    guard let finder = try? RateFinder(plain) else { return nil }
    let search = finder.coarse(steps: steps)
    if let best = search.best {
      rows.append(Row(name: "the rate finder's best", shortName: "finder's best", rate: best.rate))
    }
    if let limit = search.limit {
      rows.append(
        Row(name: "theory's limit at the start", shortName: "theory's limit", rate: limit))
    }
    let losses = Self.losses(experiment, rows.map(\.rate), steps: steps)
    for (number, loss) in losses.enumerated() { rows[number].loss = loss }
    rows.sort { $0.rate < $1.rate }
  }

  /// The training loss after `steps` steps at each of some constant rates.
  package static func losses(
    _ experiment: Experiment, _ rates: [Double], steps: Int
  ) -> [Double] {
    var plain = experiment
    plain.changes = []
    plain.stop = StopRule()
    plain.schedule = Choice(Schedule.constant.name)
    guard let first = try? Run(plain) else { return [] }
    let runs = rates.compactMap { rate -> Run? in
      var own = plain
      own.learningRate = .value(rate)
      return try? Run(own, objective: first.objective, start: first.parameters)
    }
    guard runs.count == rates.count else { return [] }
    var bundle = RunBundle(runs)
    bundle.advance(to: steps)
    return runs.indices.map { number in
      let standing = bundle.standing(number)
      if standing.isDiverged { return .infinity }
      return first.objective.loss(at: standing.parameters)
    }
  }
}
