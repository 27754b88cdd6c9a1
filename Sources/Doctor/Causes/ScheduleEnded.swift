import Lanes
import Models
import Training

extension Cause {
  /// The rate went to zero before the work was done.
  static let scheduleEnded = Cause(
    "schedule_ended", title: "The schedule ended too soon",
    summary: "The rate went to zero while the gradient was still large",
    criterion:
      "The rate falls below 1 % of its greatest before 60 % of the steps and stays there, while "
      + "the gradient's norm "
      + "at the end is above 5 % of its start, and a constant rate or a slower decay comes further "
      + "by "
      + "more than 0.2 % of the way (at a corner, where no gradient vanishes, it does not)",
    certainty: .heuristic,
    words: "The schedule switched the run off; the slope was still there.",
    remedy: "A slower decay, more patience", question: .alwaysOn, proof: .rate
  ) { run in
    guard !run.hasDiverged, !run.didItsWork, run.steps >= 20 else { return nil }
    let greatest = run.observations.reduce(0) { max($0, $1.rate) }
    guard greatest > 0, let late = run.firstStep({ $0.rate < 0.01 * greatest }) else { return nil }
    // Between two measurements: step by step.
    let before = run.observations.last { $0.step < late }?.step ?? 0
    let since =
      run.course.firstStep(in: before...late) {
        $0.learningRate < 0.01 * greatest && $0.step > before
      }
      ?? late
    guard Double(since) < 0.6 * Double(run.steps),
      run.last.gradientNorm > 0.05 * run.first.gradientNorm
    else { return nil }
    let steps = max(run.steps, run.now.steps)
    let choices = [Choice("constant"), Choice("cosine", ["total": Double(run.steps)])]
    let better =
      choices.compactMap { choice in run.trial { $0.schedule = choice }?.loss }
      .filter(\.isFinite).min() ?? .infinity
    guard run.last.loss - better > 2e-3 * abs(run.first.loss - better) else { return nil }
    return Finding(
      "schedule_ended", since: since, exact: false,
      words:
        "The schedule switched the run off at step \(since): the rate has gone to zero, while the "
        + "gradient was still "
        + "\((run.last.gradientNorm / run.first.gradientNorm).percent) of its start. A slower "
        + "decay would have gone on.",
      evidence: [
        .init("step_at_which_the_rate_is_below_1_percent", Double(since)),
        .init("greatest_rate", greatest), .init("rate_at_the_end", run.last.rate),
        .init("gradient_norm_at_the_end", run.last.gradientNorm),
        .init(
          "gradient_norm_at_the_end_over_the_start",
          run.last.gradientNorm / run.first.gradientNorm),
        .init("loss_at_the_end", run.last.loss), .init("loss_with_a_slower_decay", better),
      ],
      remedies: [
        .init("A constant rate", ["schedule": "constant"]),
        .init("A slower decay, over all steps", ["schedule": "{name: cosine, total: \(steps)}"]),
      ])
  }
}
