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
    guard run.isFunction, run.isExact, !run.hasDiverged, run.steps >= 10 else { return nil }
    let rest = Rest(run)
    if let rest {
      guard rest.goesDown, rest.curvature.greatest <= 1e-9 * abs(rest.curvature.least) else {
        return nil
      }
    }
    guard let end = run.curvature(at: run.last), end.least < 0 else { return nil }
    // From the start, or from where a dated change put it.
    for turn in run.turns where turn + 10 <= run.steps {
      let own = run.observations.drop { $0.step < turn }
      guard let begin = own.first, let start = run.curvature(at: begin), start.least < -1e-9 else {
        continue
      }
      let direction = rest?.curvature.leastDirection ?? start.leastDirection
      // Never a gradient along it, whatever the others did.
      let count = own.count
      let seen = [0, count / 4, count / 2, 3 * count / 4, count - 1].map {
        own[own.startIndex + $0]
      }
      let along = seen.map {
        abs(VectorMath.dot(run.objective.lossAndGradient(at: $0.parameters).gradient, direction))
      }
      let greatest = max(own.reduce(0) { max($0, $1.gradientNorm) }, abs(start.least))
      guard along.allSatisfy({ $0 <= 1e-12 * greatest }) else { continue }
      return Finding(
        "start_at_maximum", since: turn, exact: true,
        words:
          "It balances on the top: the curvature is \(start.least.short), and the gradient along "
          + "that direction was 0 at \(turn == 0 ? "the start" : "step \(turn)") and stays 0.",
        evidence: [
          .init("gradient_norm_at_the_start", begin.gradientNorm),
          .init("gradient_along_the_direction", along[0], at: turn), .init("lambda_min", end.least),
          .init("lambda_max", end.greatest), .init("loss_at_the_end", run.last.loss),
        ],
        remedies: turn == 0
          ? run.nudges(along: direction) : [.init("Put it a little beside the top", [:])])
    }
    return nil
  }
}
