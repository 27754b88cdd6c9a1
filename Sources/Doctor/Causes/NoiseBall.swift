import Lanes
import Models
import Training

extension Cause {
  /// Mini-batches at a constant rate hover around the minimum.
  static let noiseBall = Cause(
    "noise_ball", title: "Trembling around the minimum",
    summary: "Mini-batches at a constant rate keep the run at a distance from the minimum",
    criterion:
      "Mini-batches, the rate not decayed and below the optimizer's limit; the mean loss of the "
      + "last quarter does not fall below 95 % of that of the third (or by less than the two "
      + "means are uncertain by) and lies more than 10 % above the least loss (least squares, or "
      + "the same run with the rate decayed; 30 % where means are uncertain); steps cancel: the "
      + "mean step is below a fifth of the steps' mean length",
    certainty: .heuristic,
    words:
      "Each handful of samples pulls elsewhere; at this rate the run trembles around the minimum.",
    remedy: "Decay the rate, larger batches, or average", question: .batches
  ) { run in
    guard !run.isExact, run.objective.sampleCount > 0, !run.hasDiverged, run.steps >= 40,
      !(run.isClassifier && run.didItsWork)
    else { return nil }
    let half = run.tail(0.5)
    let quarter = run.tail(0.25)
    let third = half.filter { $0.step < (quarter.first?.step ?? 0) }
    guard quarter.count >= 5, third.count >= 5 else { return nil }
    let greatest = run.observations.reduce(0) { max($0, $1.rate) }
    guard run.last.rate > 0.5 * greatest else { return nil }
    let (late, early) = (VectorMath.mean(quarter.map(\.loss)), VectorMath.mean(third.map(\.loss)))
    // The means of a trembling run are uncertain themselves.
    let unsure = 2 * VectorMath.norm([Cause.uncertainty(third), Cause.uncertainty(quarter)])
    let (lateMiddle, earlyMiddle) = (
      VectorMath.median(quarter.map(\.loss)), VectorMath.median(third.map(\.loss))
    )
    let isLevel = late > 0.95 * early && late < 1.3 * early
    guard isLevel || abs(late - early) < unsure && lateMiddle > 0.5 * earlyMiddle,
      isLevel || lateMiddle < 3 * earlyMiddle
    else { return nil }
    // Steps cancel.
    var length = 0.0
    for (a, b) in zip(half, half.dropFirst()) {
      length += VectorMath.distance(a.parameters, b.parameters)
    }
    guard let from = half.first, let to = half.last else { return nil }
    let drift =
      VectorMath.distance(from.parameters, to.parameters) / max(length, .leastNormalMagnitude)
    guard drift < 0.2, length > 0 else { return nil }
    var share = Double.nan
    var greatestEigenvalue = Double.nan
    if let law = run.law, let curvature = run.curvature(at: run.last) {
      greatestEigenvalue = curvature.greatest
      share = run.last.rate / law.limit(eigenvalue: curvature.greatest)
      guard share < 1 else { return nil }
    }
    let least: Double
    var hover = late
    if run.isConvexModel, let minimum = run.minimum {
      least = minimum.loss
    } else {
      // The same run, with the rate decayed to nothing over half as many steps again, beside the
      // same steps without: what more steps alone bring is no trembling.
      (least, hover) = run.decayed(below: late)
    }
    let excess = (hover - least) / max(abs(least), .leastNormalMagnitude)
    // Of a net the least is an estimate, and a thousandth of the way is no matter.
    let harm = (run.isConvexModel ? 1e-4 : 2e-3) * abs(run.first.loss - least)
    guard excess > (isLevel ? 0.1 : 0.3), late - least > harm else { return nil }
    // The trend was gone once the loss had come down to where it hovers.
    let level = late + 0.05 * max(0, run.first.loss - late)
    // No sooner than batches are what they are, and the rate near what it is.
    let slow = run.observations.last { $0.rate < 0.67 * run.last.rate }?.step
    let turn = max(run.sinceBatching, run.objectiveSince, slow.map { $0 + 1 } ?? 0)
    let since = run.observations.first { $0.step >= turn && $0.loss <= level }?.step ?? turn
    let steps = max(run.steps, run.now.steps)
    return Finding(
      "noise_ball", since: since, exact: false,
      words:
        "Each handful of samples pulls elsewhere; at this rate the run trembles around the "
        + "minimum: the loss hovers at "
        + "\(hover.short), \(excess.percent) above the least, \(least.short).",
      evidence: [
        .init("mean_loss_of_the_last_quarter", late), .init("least_possible_loss", least),
        .init("share_above_the_least", excess),
        .init("last_quarter_over_third_quarter", late / early),
        .init("mean_step_over_mean_length", drift), .init("lambda_max", greatestEigenvalue),
        .init("rate_times_lambda_max", run.last.rate * greatestEigenvalue),
        .init("rate_over_limit", share),
      ],
      remedies: [
        .init(
          "Let the rate decay (inverse time)",
          ["schedule": "{name: inverse_time, t0: \(max(1, steps / 60)), t1: \(max(1, steps / 60))}"]
        ),
        .init("Let the rate decay (cosine)", ["schedule": "{name: cosine, total: \(steps)}"]),
        .init("Larger batches", ["batch": run.largerBatch]),
      ])
  }
}

extension Examination {
  /// What more steps come to (half as many again): the loss with the rate decayed to nothing over
  /// them, and the mean loss with the rate as it is, where that is below `level`.
  func decayed(below level: Double) -> (least: Double, onward: Double) {
    var (down, on) = (course.end, course.end)
    let extra = max(steps / 2, 40)
    let rate = down.learningRate
    try? down.apply(.schedule(.init("constant")))
    let parts = 40
    let evaluator = Evaluator(objective)
    var losses: [Double] = []
    for part in 0..<parts {
      let share = 1 - Double(part) / Double(parts)
      try? down.apply(.learningRate(rate * share * share))
      down.advance(max(1, extra / parts))
      on.advance(max(1, extra / parts))
      losses.append(evaluator.loss(at: on.parameters))
    }
    let onward = VectorMath.mean(losses.suffix(parts / 2))
    return (down.loss, onward.isFinite ? min(level, onward) : level)
  }

  /// Batches eight times as large, as a setting.
  var largerBatch: String {
    let size =
      switch now.batching {
      case .sequential(let size), .carried(let size), .shuffled(let size),
        .withReplacement(let size),
        .blocks(let size):
        size
      default: 4
      }
    return "{size: \(min(size * 8, max(objective.sampleCount, 1))), order: shuffled}"
  }
}

extension Cause {
  /// How far the mean loss of observations may be off by trembling: the standard error of the means
  /// of eight parts.
  fileprivate static func uncertainty(_ part: some Collection<Course.Observation>) -> Double {
    let losses = part.map(\.loss)
    guard losses.count >= 16 else { return 0 }
    let means = (0..<8).map {
      VectorMath.mean(losses[(losses.count * $0 / 8)..<(losses.count * ($0 + 1) / 8)])
    }
    return (VectorMath.variance(means) / 7).squareRoot()
  }
}
