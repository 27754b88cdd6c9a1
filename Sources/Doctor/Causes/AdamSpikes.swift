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
      "Full batches; after at least 100 steps of it the loss is above 10 times its least so far "
      + "and "
      + "above 1e-8 of its start, where it is at the end, too, and the mean loss of the last "
      + "quarter is above twice the least; λmax of P^(−½) H P^(−½) with P = diag(√v̂ + ε) reaches "
      + "2(1+β₁)/((1−β₁) η) before",
    certainty: .heuristic,
    words: "Small gradients make Adam bold: it takes long steps again.",
    remedy: "Decay the rate, or a larger ε", question: .neverAtRest
  ) { run in
    let beta = run.setting("beta1")
    // A run that is down again has done its work, whatever it did on the way.
    let floor = 1e-8 * abs(run.first.loss)
    // Before it was in force, another rule brought the loss to where it was.
    let began = max(run.objectiveSince, run.since(\.optimizer.name))
    guard run.isExact, beta > 0, !run.hasDiverged, run.last.loss > floor,
      // A change of what is minimised is no leap of the optimizer.
      let seen = Leap(
        run.observations.filter { $0.step >= began }.map { ($0.step, $0.loss) }, above: floor)
    else { return nil }
    // Back for good where it was, or further down: the leap did no harm.
    let least = run.ofThisLoss.reduce(.infinity) { min($0, $1.loss) }
    guard VectorMath.mean(run.tail(0.25, since: run.objectiveSince).map(\.loss)) > 2 * least else {
      return nil
    }
    let leap = run.firstLeap(before: seen, since: began, above: floor)
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
        .init("loss_of_the_leap", leap.after.loss, at: leap.after.step),
        .init("least_loss_before", leap.before.loss, at: leap.before.step),
        .init("step_of_the_least_loss_before", Double(leap.before.step)),
        .init("rate_times_preconditioned_lambda_max", greatest, at: leap.after.step),
        .init("limit", limit, at: leap.after.step),
        .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        .init(
          "Let the rate decay (cosine)",
          ["schedule": "{name: cosine, total: \(max(run.steps, run.now.steps))}"]),
        .init("A larger ε: 1e-4", ["eps": "0.0001"]),
        .init("Learning rate \((base / 10).setting)", ["learning_rate": (base / 10).setting]),
      ])
  }
}

/// A loss far above its least so far.
struct Leap {
  /// The step of the least loss before it, and that loss.
  var before: (step: Int, loss: Double)
  /// The step of the leap, and the loss there.
  var after: (step: Int, loss: Double)

  /// The first after 100 steps that is 10 times the least so far, and above `floor`.
  init?(_ losses: some Sequence<(step: Int, loss: Double)>, above floor: Double) {
    var least: (step: Int, loss: Double)?
    var first: Int?
    for seen in losses {
      if first == nil { first = seen.step }
      guard let low = least else {
        least = seen
        continue
      }
      let isLate = seen.step >= 100 + (first ?? 0)
      if isLate, seen.loss > 10 * low.loss, low.loss > 0, seen.loss > floor {
        (before, after) = (low, seen)
        return
      }
      if seen.loss < low.loss { least = seen }
    }
    return nil
  }
}

extension Examination {
  /// The leap that measuring at every step finds, up to one that was found in fewer places.
  func firstLeap(before seen: Leap, since base: Int, above floor: Double) -> Leap {
    var place = course.run(at: base)
    let evaluator = Evaluator(objective)
    var isDone = false
    let losses = AnySequence {
      AnyIterator { () -> (step: Int, loss: Double)? in
        guard !isDone else { return nil }
        let now = (place.step, evaluator.loss(at: place.parameters))
        isDone = place.step >= seen.after.step || place.advance(1) == 0
        return now
      }
    }
    return Leap(losses, above: floor) ?? seen
  }
}
