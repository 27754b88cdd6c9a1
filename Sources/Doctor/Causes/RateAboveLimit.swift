import Lanes
import Models
import Optimization
import Training

extension Cause {
  /// Plain descent with a rate above 2/λmax.
  static let rateAboveLimit = Cause(
    "rate_above_limit", title: "Learning rate above its limit",
    summary: "Steps overshoot further each time: the rate is above 2/λmax of the training loss",
    criterion:
      "Plain descent, η λmax > 2. On a constant Hessian the error along that eigenvector grows by "
      + "|1 − η λmax| a "
      + "step; elsewhere the loss, moreover, grows for good or stops being finite (after a "
      + "catapult and at the edge of "
      + "stability it falls again)",
    certainty: .exactOnQuadratics,
    words: "Each step jumps across the valley and lands higher on the other side.",
    remedy: "A rate below 2/λmax", question: .limit, proof: .topDirection
  ) { run in
    guard let law = run.law, law.keep == 0, let over = OverLimit(run, law: law) else {
      return nil
    }
    return over.finding(
      "rate_above_limit", run,
      words:
        "Each step jumps across the valley and lands higher on the other side: the rate "
        + "\(over.rate.short) is above "
        + "2/λmax = \(over.limit.short), so that the error grows \(over.radius.short) times a "
        + "step.",
      limitName: "limit")
  }
}
