import Models
import Optimization
import Training

extension Cause {
  /// Adam's own rate grows until it leaps.
  static let adamSpikes = Cause(
    "adam_spikes", title: "Adam's leaps",
    summary:
      "Small gradients have made Adam's effective rate so large that the loss leaps up again",
    criterion:
      "Full batches; after at least 100 steps the loss is above 10 times its least so far and "
      + "above 1e-8 of its "
      + "start; λmax of P^(−½) H P^(−½) with P = diag(√v̂ + ε) reaches 2(1+β₁)/((1−β₁) η) before",
    certainty: .heuristic,
    words: "Small gradients make Adam bold: it takes long steps again.",
    remedy: "Decay the rate, or a larger ε", question: .neverAtRest
  ) { run in
    let beta = run.setting("beta1")
    guard run.isExact, beta > 0, !run.hasDiverged else { return nil }
    var least = run.observations.first
    var leap: (before: Course.Observation, after: Course.Observation)?
    for seen in run.observations {
      guard let low = least else { break }
      if seen.step >= 100, seen.loss > 10 * low.loss, low.loss > 0,
        seen.loss > 1e-8 * run.first.loss
      {
        leap = (low, seen)
        break
      }
      if seen.loss < low.loss { least = seen }
    }
    guard let leap else { return nil }
    var limit = Double.nan
    // Around the leap: the greatest preconditioned curvature times the rate.
    let span = leap.after.step - leap.before.step
    let places = Set(
      (0...6).map { leap.before.step + span * $0 / 6 }
        + (0...min(span, 24)).map { leap.after.step - $0 })
    var greatest = 0.0
    for step in places.sorted() {
      let place = run.course.run(at: step)
      let state = place.snapshot()
      guard let law = state.stability, let edge = law.eigenvalueLimit(rate: state.learningRate),
        let found = PreconditionedHessian(state)?.greatest()
      else { continue }
      limit = edge * state.learningRate
      greatest = max(greatest, found.eigenvalue * state.learningRate)
      if greatest >= limit { break }
    }
    guard greatest >= limit else { return nil }
    let rate = run.now.learningRate
    let base = if case .value(let value) = rate { value } else { run.last.rate }
    return Finding(
      "adam_spikes", since: leap.after.step, exact: false,
      words:
        "At step \(leap.after.step) the loss leapt to "
        + "\((leap.after.loss / leap.before.loss).short) times its least: small "
        + "gradients have made the effective rates so large that Adam takes long steps again.",
      evidence: [
        .init("loss_of_the_leap", leap.after.loss), .init("least_loss_before", leap.before.loss),
        .init("step_of_the_least_loss_before", Double(leap.before.step)),
        .init("rate_times_preconditioned_lambda_max", greatest), .init("limit", limit),
        .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        .init(
          "Let the rate decay (cosine)",
          ["schedule": "{name: cosine, total: \(max(run.steps, run.now.steps))}"]),
        .init("A larger ε: 1e-4", ["epsilon": "0.0001"]),
        .init("Learning rate \((base / 10).setting)", ["learning_rate": (base / 10).setting]),
      ])
  }
}
