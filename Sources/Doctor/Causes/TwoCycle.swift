import Lanes
import Models
import Training

extension Cause {
  /// Two points in turn, for ever.
  static let twoCycle = Cause(
    "two_cycle", title: "Two points in turn",
    summary: "The run hops between the same points for ever",
    criterion:
      "Exact gradients; places repeat with period 2 (or another short one) to a thousandth of a "
      + "step while steps do "
      + "not get shorter; at the minimum between the points the rate is above the optimizer's "
      + "limit",
    certainty: .exact,
    words: "It hops between the same two points.",
    remedy: "A rate below the limit at that minimum", question: .neverAtRest, proof: .orbit
  ) { run in
    guard let law = run.law, run.isExact, !run.hasDiverged, run.steps >= 40 else { return nil }
    let steps = LastSteps(run)
    guard run.wanders(steps), let period = steps.period(upTo: 16), period > 1 else { return nil }
    let points = steps.places.suffix(period)
    let middle = (0..<run.first.parameters.count).map { index in
      VectorMath.mean(points.map { $0[index] })
    }
    guard let inner = Minimum(run.objective, from: middle),
      let curvature = Extremes(run.objective, at: inner.parameters)
    else { return nil }
    let limit = law.limit(eigenvalue: curvature.greatest)
    let rate = run.last.rate
    guard rate > limit else { return nil }
    // The transient: the last place that was not yet near where it would be one period on.
    var place = run.course.run(at: 0)
    var recent: [[Double]] = [place.parameters]
    var since = 0
    while place.step < steps.first, place.advance(1) == 1 {
      recent.append(place.parameters)
      guard recent.count > period else { continue }
      let gap = VectorMath.distance(place.parameters, recent[recent.count - 1 - period])
      if gap > 0.1 * steps.meanLength { since = place.step }
      recent.removeFirst()
    }
    let gap = VectorMath.distance(
      steps.places[steps.places.count - 1], steps.places[steps.places.count - 1 - period])
    let safe = limit / 2
    return Finding(
      "two_cycle", since: since, exact: true,
      words:
        "It hops between the same \(period == 2 ? "two" : "\(period)") points: at the minimum "
        + "between them the curvature is "
        + "\(curvature.greatest.short), which allows rates below \(limit.short), not "
        + "\(rate.short).",
      evidence: [
        .init("period", Double(period)),
        .init("distance_of_successive_points", steps.lengths.last ?? .nan),
        .init("distance_of_points_a_period_apart", gap),
        .init("curvature_at_the_minimum_inside", curvature.greatest), .init("limit_there", limit),
        .init("rate", rate), .init("rate_over_limit", rate / limit),
        .init("loss_at_the_end", run.last.loss), .init("loss_at_that_minimum", inner.loss),
      ],
      remedies: [
        .init(
          "Learning rate \(safe.setting), half the limit there", ["learning_rate": safe.setting])
      ])
  }
}
