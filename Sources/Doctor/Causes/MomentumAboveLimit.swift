import Lanes
import Models
import Optimization
import Training

extension Cause {
  /// Momentum or Nesterov with a rate above their own limit.
  static let momentumAboveLimit = Cause(
    "momentum_above_limit", title: "Rate above the limit of momentum",
    summary: "The ball swings higher each time: the rate is above what its momentum allows",
    criterion:
      "Heavy ball: η > 2(1+γ)/λmax; Nesterov (PyTorch's form): η > 2(1+γ)/((1+2γ) λmax), which is "
      + "below 2/λmax; the "
      + "spectral radius of the step's matrix is above 1, and the loss grows for good where the "
      + "Hessian is not constant",
    certainty: .exactOnQuadratics,
    words: "The ball keeps so much speed that it swings higher each time.",
    remedy: "A rate below that limit; for Nesterov also less momentum", question: .limit,
    proof: .topDirection
  ) { run in
    guard let law = run.law, law.keep > 0, let over = OverLimit(run, law: law) else {
      return nil
    }
    var finding = over.finding(
      "momentum_above_limit", run,
      words:
        "The ball keeps so much speed that it swings higher each time: with momentum "
        + "\(law.keep.short) the rate "
        + "\(over.rate.short) is above \(over.limit.short), and swings grow \(over.radius.short) "
        + "times a step.",
      limitName: "limit_with_momentum")
    if law.looksAhead {
      finding.remedies.append(
        .init("Less momentum: 0.5", ["momentum": "0.5", "learning_rate": (over.limit / 2).setting]))
    }
    return finding
  }
}
