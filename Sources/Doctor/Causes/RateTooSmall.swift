import Lanes
import Models
import Optimization
import Training

extension Cause {
  /// Steps that are far too short.
  static let rateTooSmall = Cause(
    "rate_too_small", title: "Learning rate too small",
    summary:
      "Nothing moves although the gradient is large: steps are a hundredth of what would be safe, "
      + "or less",
    criterion:
      "Descent and momentum: the rate is below 1 % of the optimizer's limit, the gradient's norm "
      + "above 80 % of its start (of what it was when a dated change cut the rate to a hundredth "
      + "or less), "
      + "steps × η λmin < 0.1, the loss did less than 5 % of its possible way, and the run's "
      + "length is not enough either. Adaptive "
      + "optimizers: the parameters moved by "
      + "less than 2 % of their norm (from 0: of the way to the minimum) with the gradient above "
      + "half its start",
    certainty: .heuristic,
    words: "The steps are so short that you would need 300,000 of them.",
    remedy: "A larger rate", question: .onItsWay
  ) { run in
    // A rate that was cut on the way is judged by what was left to do then.
    let cut = run.rateCut
    let from = cut.flatMap { cut in run.observations.first { $0.step >= cut } } ?? run.first
    let steps = run.steps - from.step
    guard !run.hasDiverged, !run.didItsWork, steps >= 50, from.gradientNorm > 0 else { return nil }
    let left = run.last.gradientNorm / from.gradientNorm
    let moved = VectorMath.distance(run.last.parameters, from.parameters)
    let rate = run.observations.reduce(0) { $1.step < from.step ? $0 : max($0, $1.rate) }
    guard let curvature = run.curvature(at: from), let minimum = run.minimum else { return nil }
    let done = (from.loss - run.last.loss) / max(from.loss - minimum.loss, .leastNormalMagnitude)
    guard done < 0.05, minimum.loss < from.loss,
      cut == nil || run.shareLeft(to: minimum.loss) > 2e-3
    else { return nil }
    let steepest = max(abs(curvature.greatest), abs(curvature.least))
    var evidence: [Finding.Evidence] = [
      .init("rate", rate), .init("rate_times_lambda_max", rate * curvature.greatest),
      .init("share_of_the_possible_fall", done), .init("least_possible_loss", minimum.loss),
      .init("gradient_norm_at_the_end_over_the_start", left),
    ]
    let better: Double
    var needed = Double.nan
    if let law = run.law {
      let limit = law.limit(eigenvalue: steepest)
      let effective = Double(steps) * rate / (1 - law.keep)
      guard limit.isFinite, rate < 0.01 * limit,
        left > 0.8,
        effective * curvature.least < 0.1
      else { return nil }
      better = limit / 4
      if rate > 0 { needed = 0.693 * (1 - law.keep) / (rate * steepest) }
      guard !(needed * 10 <= Double(run.now.steps)) else { return nil }
      evidence += [
        .init("limit", limit), .init("rate_over_limit", rate / limit),
        .init("steps_times_rate_times_lambda_min", effective * curvature.least),
        .init("steps_to_halve_the_distance", needed),
        .init("condition_number", curvature.greatest / curvature.least),
      ]
    } else {
      let norm = VectorMath.norm(from.parameters)
      let whole = norm > 0 ? norm : VectorMath.distance(minimum.parameters, from.parameters)
      guard moved < 0.02 * whole, left > 0.5 else { return nil }
      better = rate * min(1e6, max(10, 0.5 * whole / max(moved, .leastNormalMagnitude)))
      if moved > 0 { needed = Double(steps) * whole / moved }
      evidence += [
        .init("way_over_the_norm_of_the_start", moved / whole),
        .init("steps_to_go_that_far", needed),
      ]
    }
    let rounded = better.setting
    return Finding(
      "rate_too_small", since: cut ?? run.lastChange, exact: false,
      words: "The steps are so short that "
        + (needed.isFinite
          ? "you would need about \((needed * 10).short) of them" : "nothing moves")
        + (cut == nil
          ? ": after \(steps) steps the loss has done \(done.percent) of its way, and the "
            + "gradient is \(left.percent) of its start."
          : ": since the rate was cut, \(steps) steps did \(done.percent) of the way that was "
            + "left, and the gradient is \(left.percent) of what it was then."),
      evidence: evidence,
      remedies: [.init("Learning rate \(rounded)", ["learning_rate": rounded])])
  }
}

extension Examination {
  /// The step at which the last change of the rate cut it to a hundredth of the greatest before, or
  /// less; nil where none did.
  fileprivate var rateCut: Int? {
    let step = since(\.learningRate)
    guard step > 0 else { return nil }
    let before = observations.reduce(0) { $1.step < step ? max($0, $1.rate) : $0 }
    let after = observations.reduce(0) { $1.step < step ? $0 : max($0, $1.rate) }
    return after < 0.01 * before ? step : nil
  }
}
