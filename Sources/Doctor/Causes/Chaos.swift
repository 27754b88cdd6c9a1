import Lanes
import Models
import Training

extension Cause {
  /// A bounded wandering that neither rests nor repeats.
  static let chaos = Cause(
    "chaos", title: "Chaos",
    summary:
      "The run tumbles about: it never rests and never repeats, although gradients are exact",
    criterion:
      "Exact gradients at a rate that does not decay, bounded, no period up to 64, no trend, and "
      + "two runs a hair apart separate: the Lyapunov exponent (mean logarithm of the growth of a "
      + "small difference a step), measured over at least 500 steps, is positive. The run is "
      + "followed beyond its end: what comes to rest there is no chaos, and what falls into a "
      + "cycle there is told as tumbling up to then. Of a model, moreover, the mean loss of as "
      + "many steps again falls by less than a tenth and stays above 5 % of that of guessing: the "
      + "edge "
      + "of stability is healthy. Known for the steps that were looked at only, so never exact",
    certainty: .heuristic,
    words: "It tumbles about: two runs a hair apart soon have nothing in common.",
    remedy: "A lower rate", question: .neverAtRest, proof: .orbit
  ) { run in
    guard let law = run.law, run.isExact, !run.hasDiverged, run.steps >= 40 else { return nil }
    let steps = run.lastSteps
    guard run.wanders(steps, slack: 0.3) else { return nil }
    let later = run.settling
    let period = steps.period(upTo: 64)
    // In a cycle already, or about to rest.
    guard period.map({ later?.keeps($0, meanLength: steps.meanLength) == false }) ?? true,
      later?.fate != .rests
    else { return nil }
    let seen = run.observations
    let (late, early) = (
      VectorMath.mean(run.tail(0.25).map(\.loss)),
      VectorMath.mean(run.tail(0.5).prefix(max(1, run.tail(0.5).count / 2)).map(\.loss))
    )
    let least = min(run.minimum?.loss ?? .infinity, seen.reduce(.infinity) { min($0, $1.loss) })
    // A loss that is still falling, or is down already, is no chaos that matters.
    guard run.isFunction || late > 0.97 * early, late - least > 0.7 * (early - least),
      late - least > 1e-3 * max(abs(run.first.loss - least), abs(late))
    else {
      return nil
    }
    guard run.isFunction || !run.comesDown(from: late) else { return nil }
    guard let exponent = run.lyapunovExponent(scale: steps.meanLength),
      exponent > 0.01 || later?.isCertain == true
    else { return nil }
    let tumbled = run.steps - run.lastChange
    var words =
      "It tumbles about: two runs a hair apart move apart \(Elementaries.exp(exponent).short) "
      + "times a step and soon have nothing in common."
    switch later?.fate {
    case .repeats(let period):
      words =
        "It tumbles about for \(tumbled) steps without rest and without repeating; going on, it "
        + "would end in a cycle of \(period) points, as far from the minimum."
    case .wanders:
      words += " In \(tumbled + (later?.steps ?? 0)) steps it met neither rest nor a cycle."
    default: break
    }
    var limit = Double.nan
    if let minimum = run.minimum, let curvature = Extremes(run.objective, at: minimum.parameters) {
      limit = law.limit(eigenvalue: curvature.greatest)
    }
    let rate = run.last.rate
    let safe = limit.isFinite && limit > 0 && limit < 2 * rate ? limit / 2 : rate / 4
    return Finding(
      "chaos", since: run.lastChange, exact: false, words: words,
      evidence: [
        .init("lyapunov_exponent", exponent), .init("mean_step", steps.meanLength),
        .init("rate", rate),
        .init("limit_at_the_minimum", limit), .init("mean_loss_of_the_last_quarter", late),
        .init("least_loss", least),
        .init("steps_followed_beyond_the_end", Double(later?.steps ?? 0)),
      ],
      remedies: [.init("Learning rate \(safe.setting)", ["learning_rate": safe.setting])])
  }
}

extension Examination {
  /// Whether a model's loss has come down to where its work is done, or does so when it goes on for
  /// as many steps again.
  func comesDown(from late: Double) -> Bool {
    let done = 0.05 * (lossOfGuessing ?? 0)
    if late < done { return true }
    var on = course.end
    let evaluator = Evaluator(objective)
    let parts = 200
    var losses: [Double] = []
    for _ in 0..<parts {
      guard on.advance(max(1, steps / parts)) > 0 else { break }
      losses.append(evaluator.loss(at: on.parameters))
    }
    let later = VectorMath.mean(losses.suffix(max(1, losses.count / 2)))
    return later < max(0.9 * late, done)
  }

  /// The mean logarithm of the growth, a step, of a difference of 10⁻⁹ steps: the difference is
  /// brought back to that size whenever it has grown to a thousandth of a step. At least 500 steps
  /// are taken, from the middle of the run on.
  func lyapunovExponent(scale: Double) -> Double? {
    let small = 1e-9 * max(scale, 1e-12 * VectorMath.norm(last.parameters))
    guard small > 0 else { return nil }
    var base = course.run(at: steps / 2)
    let total = max(500, steps - base.step)
    var twin = base
    twin.displace(to: base.parameters.map { $0 + small })
    var (logarithms, taken) = (0.0, 0)
    var distance = VectorMath.distance(base.parameters, twin.parameters)
    let limit = min(total, 4000)
    while taken < limit {
      guard base.advance(1) == 1, twin.advance(1) == 1 else { return nil }
      taken += 1
      let apart = VectorMath.distance(base.parameters, twin.parameters)
      guard apart.isFinite else { return nil }
      if apart == 0 { return -1 }
      if apart > 1e-3 * scale || apart < 1e-3 * small || taken == limit {
        logarithms += Elementaries.log(apart / distance)
        if taken == limit { break }
        // A new twin at the old size, in the direction in which it had moved.
        let moved = zip(base.parameters, twin.parameters).map { $0 + ($1 - $0) * (small / apart) }
        twin.displace(to: moved)
        distance = VectorMath.distance(base.parameters, twin.parameters)
        if distance == 0 { return nil }
      }
    }
    return logarithms / Double(taken)
  }
}
