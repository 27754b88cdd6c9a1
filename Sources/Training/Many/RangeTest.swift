import Lanes
package import Models
import Optimization

/// The learning-rate range test: one run whose rate is raised at every step, while the losses of
/// its batches are watched; nothing of it reaches the run that people see.
///
/// Smith (2015), "Cyclical learning rates for training neural networks", arXiv 1506.01186, raises
/// the rate in a straight line and reads off where the loss begins to fall and where it turns
/// ragged. That the rate is raised by equal factors, and a tenth of the rate of the least smoothed
/// loss is taken, are habits of fastai.
package struct RangeTest: Sendable {
  /// How the rate is raised.
  package enum Course: String, Sendable, CaseIterable {
    /// By equal factors.
    case exponential = "by equal factors"
    /// By equal amounts.
    case linear = "in a straight line"
  }

  /// What is read off, by its rate and the step of the test.
  package struct Reading: Sendable, Equatable {
    /// The step of the test.
    package var step: Int
    /// The rate of that step.
    package var rate: Double
  }

  /// The share of the smoothed loss that is kept a step.
  package static let smoothing = 0.9
  /// Steps that no reading is taken from: the average is young.
  package static let youngSteps = 10

  /// The rate of each step.
  package let rates: [Double]
  /// The loss of each step's batch before the step; ends where it ceased to be finite.
  package let losses: [Double]
  /// Their running mean, with the bias of its beginning taken out.
  package let smoothed: [Double]

  /// A test from where `run` stands; the run stays as it is.
  ///
  /// - Parameters:
  ///   - range: the first and the last rate.
  ///   - steps: steps of the test, at least 2.
  package init(_ run: Run, over range: ClosedRange<Double>, steps: Int, _ course: Course) {
    var run = run
    run.measuresSplits = false
    var rates: [Double] = []
    var losses: [Double] = []
    var smoothed: [Double] = []
    var (sum, weight) = (0.0, 1.0)
    let (low, high) = (range.lowerBound, range.upperBound)
    for step in 0..<max(2, steps) {
      let share = Double(step) / Double(max(2, steps) - 1)
      let rate =
        course == .exponential
        ? low * Elementary.pow(high / low, share) : low + (high - low) * share
      run.core.baseRate = rate
      if run.status == .finished { run.core.ignoreStopRule() }
      run.advance(1)
      let loss = run.lastStepLoss
      guard loss.isFinite else { break }
      sum = Self.smoothing * sum + (1 - Self.smoothing) * loss
      weight *= Self.smoothing
      rates.append(rate)
      losses.append(loss)
      smoothed.append(sum / (1 - weight))
      guard run.status == .running else { break }
    }
    (self.rates, self.losses, self.smoothed) = (rates, losses, smoothed)
  }

  /// A test of an experiment from its beginning, over six decades about the decade of its rate, or
  /// over the last three of them in a straight line; the schedule, which would turn the rate too,
  /// is left out.
  ///
  /// - Throws: `RunError` where the experiment does not fit.
  package init(_ experiment: Experiment, steps: Int = 100, _ course: Course) throws(RunError) {
    var plain = experiment
    plain.changes = []
    plain.stop = StopRule()
    plain.schedule = Choice(Schedule.constant.name)
    let run = try Run(plain)
    let center = run.core.baseRate > 0 ? Elementary.log10(run.core.baseRate).rounded() : -2
    self.init(
      run, over: Elementary.pow(10, center - 3)...Elementary.pow(10, center + 3), steps: steps,
      course)
  }

  private func reading(_ step: Int?) -> Reading? { step.map { Reading(step: $0, rate: rates[$0]) } }

  /// Where the smoothed loss is least, the first steps left out.
  package var least: Reading? {
    reading(
      smoothed.indices.dropFirst(Self.youngSteps).min { smoothed[$0] < smoothed[$1] })
  }

  /// The rate that a tenth of that is.
  package var suggested: Double? { least.map { $0.rate / 10 } }

  /// Where the smoothed loss falls fastest over the logarithm of the rate, up to the least: central
  /// differences, without the first steps.
  package var steepest: Reading? {
    guard let least else { return nil }
    func slope(_ step: Int) -> Double {
      let (before, after) = (max(0, step - 1), min(smoothed.count - 1, step + 1))
      return (smoothed[after] - smoothed[before])
        / (Elementary.log(rates[after]) - Elementary.log(rates[before]))
    }
    return reading((Self.youngSteps...least.step).min { slope($0) < slope($1) })
  }

  /// Where the smoothed loss is first four times the least again.
  package var ragged: Reading? {
    guard let least else { return nil }
    let bound = 4 * smoothed[least.step]
    return reading((least.step..<smoothed.count).first { smoothed[$0] > bound })
  }
}
