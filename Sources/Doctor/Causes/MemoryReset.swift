import Lanes
import Models
import Training

extension Cause {
  /// An adaptive optimizer that forgets at each epoch.
  static let memoryReset = Cause(
    "memory_reset", title: "Memory emptied at each epoch",
    summary: "The optimizer forgets how large gradients are at each epoch, and leaps",
    criterion:
      "reset_each_epoch with an optimizer that divides by a mean of squared gradients: the first "
      + "step of an epoch "
      + "is as long as the memory's start makes it: 1/√(1−ρ) rates (ρ = 0.99: ten), (1−β₁)/√(1−β₂) "
      + "with Adam, one with AdaGrad; it is at least 1.2 times the others, or the loss ends 30 % "
      + "lower without; and the loss rises with it, or ends a tenth lower without",
    certainty: .exact,
    words: "It forgets how steep things are and leaps.",
    remedy: "reset_each_epoch: false", question: .alwaysOn
  ) { run in
    guard run.setting("reset_each_epoch") != 0, !run.hasDiverged, run.steps >= 4,
      run.end.snapshot().optimizerState.contains(where: { $0.name == "effective rate" })
    else { return nil }
    let perEpoch = max(1, run.end.stepsPerEpoch)
    let room = min(run.steps / 2, max(4 * perEpoch, 400))
    var place = run.course.run(at: run.steps - room)
    var (firsts, others, rises, leaps) = ([Double](), [Double](), [Double](), [Double]())
    let meter = Meter(run.objective)
    var before = meter.observe(place)
    while place.step < run.steps {
      let begins = place.isAtEpochBeginning
      guard place.advance(1) == 1 else { break }
      let after = meter.observe(place)
      let longest = zip(after.parameters, before.parameters).reduce(0) { max($0, abs($1.0 - $1.1)) }
      let length = longest / max(before.rate, .leastNormalMagnitude)
      if begins {
        firsts.append(length)
        leaps.append(after.loss)
        rises.append(after.loss / max(before.loss, .leastNormalMagnitude))
      } else {
        others.append(length)
      }
      before = after
    }
    let (first, other, rise) = (
      VectorMath.median(firsts), VectorMath.median(others), VectorMath.median(rises)
    )
    // The length that theory gives the first step: m and v hold one gradient's share each.
    let theory =
      run.setting("beta2") > 0
      ? (1 - run.setting("beta1")) / (1 - run.setting("beta2")).squareRoot()
      : run.setting("rho") > 0 ? 1 / (1 - run.setting("rho")).squareRoot() : 1
    guard firsts.count >= 2, first >= 0.8 * theory, VectorMath.median(leaps) > 1e-8 * run.first.loss
    else { return nil }
    // Like beside like: one step of a noisy run says little.
    let tail = VectorMath.mean(run.tail(0.25).map(\.loss))
    guard let (kept, end) = run.tailOfTrial({ $0.optimizer.settings["reset_each_epoch"] = 0 })
    else { return nil }
    let isLeap = first > 1.2 * (other.isNaN ? 0 : other)
    guard
      isLeap
        ? rise > 1.1 && kept <= tail || kept < 0.9 * tail
        : kept < 0.7 * tail && end < 0.9 * run.last.loss
    else { return nil }
    let since = run.since { $0.optimizer.settings["reset_each_epoch"] ?? 0 }
    let least = run.observations.reduce(.infinity) { min($0, $1.loss) }
    let steps = max(run.steps, run.now.steps)
    return Finding(
      "memory_reset", since: since, exact: isLeap && rise > 1.1,
      words:
        isLeap
        ? "At each epoch it forgets how steep things are and leaps: the first step is "
          + "\(first.short) rates long, the others \(other.short), and the loss after it is "
          + "\(rise.short) times the loss before."
        : "At each epoch it forgets how steep things are: its steps are \(other.short) rates long, "
          + "and the mean loss is \(tail.short), where it would be \(kept.short) with the memory "
          + "kept.",
      evidence: [
        .init("first_step_of_an_epoch_over_the_rate", first),
        .init("other_steps_over_the_rate", other),
        .init("loss_after_the_first_step_over_before", rise),
        .init("one_over_root_of_one_minus_rho", theory), .init("loss_without_resets", kept),
        .init("steps_an_epoch", Double(perEpoch)), .init("least_loss", least),
        .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        .init("Keep the memory", ["reset_each_epoch": "false"]),
        .init(
          "Keep it, and let the rate decay",
          ["reset_each_epoch": "false", "schedule": "{name: cosine, total: \(steps)}"]),
      ])
  }
}
