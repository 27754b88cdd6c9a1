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
      + "above 80 % of its start, "
      + "steps × η λmin < 0.1, the loss did less than 5 % of its possible way, and the run's "
      + "length is not enough either. Adaptive "
      + "optimizers: the parameters moved by "
      + "less than 2 % of their norm (from 0: of the way to the minimum) with the gradient above "
      + "half its start",
    certainty: .heuristic,
    words: "The steps are so short that you would need 300,000 of them.",
    remedy: "A larger rate", question: .onItsWay
  ) { run in
    guard !run.hasDiverged, !run.didItsWork, run.steps >= 50, run.first.gradientNorm > 0 else {
      return nil
    }
    let left = run.last.gradientNorm / run.first.gradientNorm
    let moved = VectorMath.distance(run.last.parameters, run.first.parameters)
    let rate = run.observations.reduce(0) { max($0, $1.rate) }
    guard let curvature = run.curvature(at: run.first), let minimum = run.minimum else {
      return nil
    }
    let done =
      (run.first.loss - run.last.loss) / max(run.first.loss - minimum.loss, .leastNormalMagnitude)
    guard done < 0.05, minimum.loss < run.first.loss else { return nil }
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
      let effective = Double(run.steps) * rate / (1 - law.keep)
      guard limit.isFinite, rate < 0.01 * limit,
        left > 0.8 || run.last.gradientNorm > run.first.gradientNorm,
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
      let norm = VectorMath.norm(run.first.parameters)
      let whole = norm > 0 ? norm : VectorMath.distance(minimum.parameters, run.first.parameters)
      guard moved < 0.02 * whole, left > 0.5 else { return nil }
      better = rate * min(1e6, max(10, 0.5 * whole / max(moved, .leastNormalMagnitude)))
      if moved > 0 { needed = Double(run.steps) * whole / moved }
      evidence += [
        .init("way_over_the_norm_of_the_start", moved / whole),
        .init("steps_to_go_that_far", needed),
      ]
    }
    let rounded = better.setting
    return Finding(
      "rate_too_small", since: run.lastChange, exact: false,
      words: "The steps are so short that "
        + (needed.isFinite
          ? "you would need about \((needed * 10).short) of them" : "nothing moves")
        + ": after \(run.steps) steps the loss has done \(done.percent) of its way, and the "
        + "gradient is \(left.percent) of its start.",
      evidence: evidence,
      remedies: [.init("Learning rate \(rounded)", ["learning_rate": rounded])])
  }
}
