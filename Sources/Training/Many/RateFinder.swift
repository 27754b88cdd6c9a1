import Lanes
package import Models
import Optimization

/// Tries many learning rates from one point, side by side in bundles.
///
/// 64 rates over six decades about the present one are tried first. Between neighbours that end
/// differently further rates are tried, until those that converge and those that do not lie within
/// a hundredth of each other; nothing is taken for granted about rates in between. Every run begins
/// at the given parameters with an empty memory, the optimizer, schedule and batches in force, and
/// takes the same number of steps. A run is a run: it ends where it would end alone, as bundles do.
package struct RateFinder: Sendable {
  /// Columns of the first bundle.
  package static let columns = 64
  /// Decades that they cover.
  package static let decades = 6.0
  /// Numbers of steps that people choose from.
  package static let lengths = [30, 100, 300, 1000]
  /// Neighbours within this factor are not parted further.
  private static let precision = 1.01
  /// The most gaps that are parted in one bundle.
  private static let mostGaps = 16
  /// Steps at which the loss of models is measured.
  private static let measurements = 48
  /// The most steps times samples times parameters that all columns take together, unless somebody
  /// says how many steps.
  private static let budget = 4_000_000_000.0

  /// Tells this search from others.
  package let id = RunID()
  private let experiment: Experiment
  private let objective: any Objective
  private let start: [Double]
  /// Whether it begins where the run began, and not where it is.
  package private(set) var beginsAnew = false
  private let center: Double
  /// Steps of each run, where nobody asks for another number.
  package let steps: Int

  /// A search about the experiment's own rate, from `start`.
  ///
  /// - Parameter rate: the rate in the middle of the window.
  package init(
    _ experiment: Experiment, objective: any Objective, start: [Double], rate: Double
  ) {
    var experiment = experiment
    experiment.changes = []
    experiment.stop = StopRule()
    self.experiment = experiment
    self.objective = objective
    self.start = start
    // In decades, so that windows of rates that are near each other are the same.
    center = Self.decade(rate)
    let batch =
      switch experiment.batching {
      case .full: max(1, objective.sampleCount)
      default: max(1, min(objective.sampleCount, 64))
      }
    let cost = Double(Self.columns * batch * max(1, objective.parameterCount))
    let wanted = objective.sampleCount == 0 ? 300 : 500
    steps =
      ([wanted] + Self.lengths.reversed()).first {
        $0 <= wanted && Double($0) * cost <= Self.budget
      } ?? Self.lengths[0]
  }

  /// A search from where a run is now; of one that has diverged or come to rest, from where it
  /// began: from there all rates diverge, or none has anything left to do.
  package init(_ snapshot: Snapshot) {
    var start = snapshot.parameters
    let hasDiverged = if case .diverged = snapshot.status { true } else { false }
    let begins =
      hasDiverged || !snapshot.loss.isFinite || !start.allSatisfy(\.isFinite)
      || Self.isAtRest(snapshot)
    if begins {
      start =
        (try? Run(snapshot.experiment))?.parameters
        ?? snapshot.objective.usualStart(seed: snapshot.experiment.seed)
    }
    self.init(
      snapshot.experiment, objective: snapshot.objective, start: start, rate: snapshot.baseRate)
    beginsAnew = begins
  }

  /// Whether a function's gradient is as small as a search wants it to become.
  private static func isAtRest(_ snapshot: Snapshot) -> Bool {
    guard snapshot.objective.sampleCount == 0 else { return false }
    let gradient = snapshot.objective.lossAndGradient(at: snapshot.parameters).gradient
    return gradient.allSatisfy { abs($0) < RestWatch.smallGradient }
  }

  /// A search from the beginning of a run.
  ///
  /// - Throws: `RunError` where the experiment does not fit.
  package init(_ experiment: Experiment) throws(RunError) {
    let run = try Run(experiment)
    self.init(
      experiment, objective: run.objective, start: run.parameters, rate: run.core.baseRate)
  }

  /// The rates of the first bundle.
  func rates(shift: Int = 0) -> [Double] {
    (0..<Self.columns).map { column in
      let share = Double(column) / Double(Self.columns - 1) - 0.5
      return Elementary.pow(10, Self.decades * share + center + Double(shift))
    }
  }

  /// All of it, coarse and fine.
  package func search(steps: Int? = nil) -> RateSearch {
    var search = coarse(steps: steps)
    for _ in 0..<2 { search = refined(search) }
    return search
  }

  /// The first bundle. Where all rates diverge the window moves two decades down, once, and where
  /// none moves anything two decades up.
  package func coarse(steps: Int? = nil) -> RateSearch {
    let steps = steps ?? self.steps
    let first = columns(steps: steps, shift: 0)
    if first.columns.allSatisfy({ $0.outcome == .diverges || $0.outcome == .restless }) {
      return columns(steps: steps, shift: -2)
    }
    if first.columns.allSatisfy({ $0.outcome == .underway }) {
      let second = columns(steps: steps, shift: 2)
      if second.columns.contains(where: { $0.outcome != .underway }) { return second }
    }
    return first
  }

  private func columns(steps: Int, shift: Int) -> RateSearch {
    let startLoss = objective.loss(at: start)
    let trials =
      objective.sampleCount == 0
      ? functionTrials(rates(shift: shift), steps: steps)
      : modelTrials(rates(shift: shift), steps: steps)
    var goal: Double?
    if objective.sampleCount > 0 {
      let best = trials.filter { $0.outcome != .diverges && $0.loss.isFinite }.map(\.loss).min()
      goal = best.flatMap { $0 < startLoss ? $0 + 0.1 * (startLoss - $0) : nil }
    }
    let known = trials.map { judged($0, goal: goal, startLoss: startLoss) }
    var search = RateSearch(
      columns: known, trials: known, steps: steps, startLoss: startLoss, goal: goal, limit: nil,
      curvature: nil, shift: shift)
    findLimit(&search)
    return search
  }

  /// Rates between neighbours that end differently, seven in each gap.
  package func refined(_ search: RateSearch) -> RateSearch {
    let trials = search.trials
    var gaps: [(low: Double, high: Double)] = []
    // Where convergence ends counts most; then where it diverges.
    for kind in [RateSearch.Outcome.converges, .diverges] {
      for (a, b) in zip(trials, trials.dropFirst())
      where (a.outcome == kind) != (b.outcome == kind) && b.rate > a.rate * Self.precision {
        if !gaps.contains(where: { $0.low == a.rate }) { gaps.append((a.rate, b.rate)) }
      }
    }
    guard !gaps.isEmpty, !ProbeWork.isCurrentGivenUp else { return search }
    let rates = gaps.prefix(Self.mostGaps).flatMap { gap -> [Double] in
      let ratio = Elementary.log(gap.high / gap.low)
      return (1...7).map { gap.low * Elementary.exp(ratio * Double($0) / 8) }
    }
    let more =
      objective.sampleCount == 0
      ? functionTrials(rates, steps: search.steps) : modelTrials(rates, steps: search.steps)
    var result = search
    result.trials += more.map {
      judged($0, goal: search.goal, startLoss: search.startLoss)
    }
    result.trials.sort { $0.rate < $1.rate }
    findLimit(&result)
    return result
  }

  // MARK: Runs

  private func bundle(_ rates: [Double]) -> RunBundle? {
    let runs = rates.compactMap { rate in
      var mine = experiment
      mine.learningRate = .value(rate)
      return try? Run(mine, objective: objective, start: start)
    }
    return runs.count == rates.count ? RunBundle(runs) : nil
  }

  /// Runs of a function: each step is looked at.
  private func functionTrials(_ rates: [Double], steps: Int) -> [RateSearch.Trial] {
    guard var bundle = bundle(rates) else { return [] }
    var before = rates.map { _ in start }
    var moves = rates.map { _ in [Double](repeating: 0, count: start.count) }
    var watches = rates.map { _ in RestWatch(steps: steps) }
    var curves = rates.map { _ in [(step: 0, loss: objective.loss(at: start))] }
    let stride = max(1, steps / Self.measurements)
    var standings = rates.indices.map { bundle.standing($0) }
    for step in 1...steps {
      if ProbeWork.isCurrentGivenUp { break }
      bundle.advance(to: step)
      for index in rates.indices {
        if standings[index].isDiverged { continue }
        let now = bundle.standing(index)
        standings[index] = now
        if now.isDiverged { continue }
        let gradient = objective.lossAndGradient(at: now.parameters).gradient
        let move = zip(now.parameters, before[index]).map { $0 - $1 }
        watches[index].see(
          step: step, move: move.reduce(0) { max($0, abs($1)) },
          turnsBack: zip(move, moves[index]).reduce(0) { $0 + $1.0 * $1.1 } < 0,
          gradient: gradient.allSatisfy(\.isFinite)
            ? gradient.reduce(0) { max($0, abs($1)) } : .infinity)
        before[index] = now.parameters
        moves[index] = move
        if step % stride == 0 || step == steps {
          curves[index].append((step, objective.loss(at: now.parameters)))
        }
      }
    }
    return rates.indices.map { index in
      let losses = curves[index]
      let end = losses.last?.loss ?? .nan
      // The last third of the way, without the noise of rounding.
      let late = losses.filter { $0.step * 3 >= 2 * steps }
      let falls = zip(late, late.dropFirst()).allSatisfy { $1.loss <= $0.loss }
      let outcome: RateSearch.Outcome =
        standings[index].isDiverged || !end.isFinite
        ? .diverges
        : watches[index].isAtRest ? .converges : falls ? .underway : .restless
      return RateSearch.Trial(
        rate: rates[index], loss: end, steps: watches[index].arrival, outcome: outcome,
        parameters: standings[index].parameters, curve: losses)
    }
  }

  /// Runs of what has samples: the loss over all of them is measured now and then.
  private func modelTrials(_ rates: [Double], steps: Int) -> [RateSearch.Trial] {
    guard var bundle = bundle(rates) else { return [] }
    let begin = objective.loss(at: start)
    var curves = rates.map { _ in [(step: 0, loss: begin)] }
    var step = 0
    for number in 1...Self.measurements {
      if ProbeWork.isCurrentGivenUp { break }
      let next = steps * number / Self.measurements
      guard next > step else { continue }
      step = next
      bundle.advance(to: step)
      for index in rates.indices {
        let now = bundle.standing(index)
        if now.isDiverged { continue }
        curves[index].append((step, objective.loss(at: now.parameters)))
      }
    }
    return rates.indices.map { index in
      let standing = bundle.standing(index)
      let loss = curves[index].last?.loss ?? .nan
      return RateSearch.Trial(
        rate: rates[index], loss: loss, steps: nil,
        outcome: standing.isDiverged || !loss.isFinite ? .diverges : .underway,
        parameters: standing.parameters, curve: curves[index])
    }
  }

  /// What became of a run of what has samples, now that a goal is known.
  private func judged(
    _ trial: RateSearch.Trial, goal: Double?, startLoss: Double
  ) -> RateSearch.Trial {
    guard objective.sampleCount > 0, trial.outcome != .diverges else { return trial }
    var trial = trial
    if let goal {
      trial.steps = trial.curve.first { $0.loss <= goal }?.step
      if trial.loss <= goal { trial.outcome = .converges }
    }
    if trial.loss > startLoss { trial.outcome = .restless }
    return trial
  }

  // MARK: Theory

  /// The limit where runs settle (functions), or where they begin (what has samples: they go
  /// elsewhere while they learn).
  private func findLimit(_ search: inout RateSearch) {
    guard let run = try? Run(experiment, objective: objective, start: start),
      run.core.schedule.isConstant, let law = run.core.optimizer.linearStability,
      !law.isPreconditioned
    else { return }
    var place = start
    if objective.sampleCount == 0 {
      guard let end = search.fastest?.parameters else { return }
      place = end
    }
    guard let curvature = Curvature.largestEigenvalue(of: objective, at: place), curvature > 0
    else { return }
    search.curvature = curvature
    search.limit = law.rateLimit(eigenvalue: curvature + law.addedCurvature)
  }

  private static func decade(_ rate: Double) -> Double {
    guard rate > 0, rate.isFinite else { return -2 }
    return Elementary.log10(rate).rounded()
  }
}

/// Whether a run comes to rest, from its steps.
///
/// It does where the gradient is as good as 0, and where its steps shrink: to and fro, as they do
/// near the largest rate that converges, or with a gradient that has fallen to a hundredth.
struct RestWatch: Sendable {
  private let steps: Int
  /// The greatest step of the middle third, and of the last.
  private var middle = 0.0
  private var late = 0.0
  /// Steps of the last third, and those among them that went back.
  private var lateCount = 0
  private var turns = 0
  /// The greatest gradient, and the last.
  private var greatest = 0.0
  private var last = 0.0
  /// The first step since which the gradient is as good as 0.
  private(set) var arrival: Int?

  /// A gradient below this is as good as 0.
  static let smallGradient = 1e-9
  /// The steps of a run that comes to rest shrink by this factor at least, from the middle third to
  /// the last.
  private static let shrinking = 0.7

  /// A watch over a run of so many steps.
  init(steps: Int) { self.steps = steps }

  /// Takes in a step: how far it went, whether against the one before, and the gradient where it
  /// led.
  mutating func see(step: Int, move: Double, turnsBack: Bool, gradient: Double) {
    greatest = max(greatest, gradient)
    last = gradient
    if gradient < Self.smallGradient {
      arrival = arrival ?? step
    } else {
      arrival = nil
    }
    if step * 3 > 2 * steps {
      late = max(late, move)
      lateCount += 1
      if turnsBack { turns += 1 }
    } else if step * 3 > steps {
      middle = max(middle, move)
    }
  }

  /// Whether it has come to rest, or is about to.
  var isAtRest: Bool {
    arrival != nil
      || late < Self.shrinking * middle && (2 * turns > lateCount || last < 0.01 * greatest)
  }
}

extension RunBundle.Standing {
  /// Whether a parameter or the loss stopped being finite.
  package var isDiverged: Bool { if case .diverged = status { true } else { false } }
}
