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
      + "last quarter does not fall below "
      + "95 % of that of the third and lies more than 10 % above the least loss (least squares, or "
      + "the same run with the rate "
      + "decayed); steps cancel: the mean step is below a fifth of the steps' mean length",
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
    guard late > 0.95 * early, late < 1.3 * early else { return nil }
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
    if run.isConvexModel, let minimum = run.minimum {
      least = minimum.loss
    } else {
      // The same run, with the rate decayed to nothing over half as many steps again.
      least = run.decayed
    }
    let excess = (late - least) / max(abs(least), .leastNormalMagnitude)
    guard excess > 0.1, late - least > 1e-4 * abs(run.first.loss - least) else { return nil }
    // The trend was gone once the loss had come down to where it hovers.
    let level = late + 0.05 * max(0, run.first.loss - late)
    let since = run.observations.first { $0.loss <= level }?.step ?? 0
    let steps = max(run.steps, run.now.steps)
    return Finding(
      "noise_ball", since: since, exact: false,
      words:
        "Each handful of samples pulls elsewhere; at this rate the run trembles around the "
        + "minimum: the loss hovers at "
        + "\(late.short), \(excess.percent) above the least, \(least.short).",
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
  /// The mean loss that the run comes to when its rate decays to nothing over half as many steps
  /// again.
  var decayed: Double {
    var on = course.end
    let extra = max(steps / 2, 40)
    let rate = on.learningRate
    try? on.apply(.schedule(.init("constant")))
    let parts = 40
    for part in 0..<parts {
      let share = 1 - Double(part) / Double(parts)
      try? on.apply(.learningRate(rate * share * share))
      on.advance(max(1, extra / parts))
    }
    return on.loss
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
