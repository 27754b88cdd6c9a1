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
      + "not get shorter, and go on to; at the minimum between the points the rate is above the "
      + "optimizer's limit. Exact where parameters and memory come back to the last bit",
    certainty: .exact,
    words: "It hops between the same two points.",
    remedy: "A rate below the limit at that minimum", question: .neverAtRest, proof: .orbit
  ) { run in
    guard let law = run.law, run.isExact, !run.hasDiverged, run.steps >= 40 else { return nil }
    let steps = run.lastSteps
    guard run.wanders(steps), let seen = steps.period(upTo: 64) ?? run.longPeriod(steps),
      seen > 1
    else { return nil }
    // Points of a longer cycle may lie too close in pairs to be told apart so.
    let period =
      if case .repeats(let whole) = run.settling?.fate, whole % seen == 0,
        2 * whole < steps.places.count
      {
        whole
      } else {
        seen
      }
    // What lingers near a cycle for a while and leaves it is none.
    if let later = run.settling,
      later.fate == .rests || !later.keeps(period, meanLength: steps.meanLength)
    {
      return nil
    }
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
    var since = place.step
    while place.step < run.steps, place.advance(1) == 1 {
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
      "two_cycle", since: since, exact: run.settling?.fate == .repeats(period: period),
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

extension Examination {
  /// The period of a long cycle in which the run already was at its end; nil without one.
  fileprivate func longPeriod(_ steps: LastSteps) -> Int? {
    guard case .repeats(let period) = settling?.fate, steps.places.count > period else {
      return nil
    }
    let last = steps.places.count - 1
    let gap = VectorMath.distance(steps.places[last], steps.places[last - period])
    return gap < 1e-3 * steps.meanLength ? period : nil
  }
}
