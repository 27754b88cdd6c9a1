import Lanes
import Models
import Training

extension Cause {
  /// A start on a top.
  static let startAtMaximum = Cause(
    "start_at_maximum", title: "Started on a top",
    summary: "The start is on a top, where no side is steeper than another",
    criterion:
      "The gradient along an eigenvector of negative curvature is 0 at the start and stays 0: at "
      + "rest where no direction "
      + "goes up (λmax ≤ 0), or still under way with that coordinate unmoved",
    certainty: .exact,
    words: "It balances on the top.",
    remedy: "Start a little beside", question: .atRest, proof: .curvature
  ) { run in
    guard run.isFunction, run.isExact, !run.hasDiverged, run.steps >= 10,
      let start = run.curvature(at: run.first), start.least < -1e-9
    else { return nil }
    let rest = Rest(run)
    if let rest {
      guard rest.goesDown, rest.curvature.greatest <= 1e-9 * abs(rest.curvature.least) else {
        return nil
      }
    }
    let direction = rest?.curvature.leastDirection ?? start.leastDirection
    // Never a gradient along it, whatever the others did.
    let count = run.observations.count
    let seen = [0, count / 4, count / 2, 3 * count / 4, count - 1].map { run.observations[$0] }
    let along = seen.map {
      abs(VectorMath.dot(run.objective.lossAndGradient(at: $0.parameters).gradient, direction))
    }
    let greatest = max(run.observations.reduce(0) { max($0, $1.gradientNorm) }, abs(start.least))
    guard along.allSatisfy({ $0 <= 1e-12 * greatest }) else { return nil }
    let end = run.curvature(at: run.last)
    guard let end, end.least < 0 else { return nil }
    return Finding(
      "start_at_maximum", since: 0, exact: true,
      words:
        "It balances on the top: the curvature is \(start.least.short), and the gradient along "
        + "that direction was 0 at the start "
        + "and stays 0.",
      evidence: [
        .init("gradient_norm_at_the_start", run.first.gradientNorm),
        .init("gradient_along_the_direction", along[0]), .init("lambda_min", end.least),
        .init("lambda_max", end.greatest), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: run.nudges(along: direction))
  }
}
