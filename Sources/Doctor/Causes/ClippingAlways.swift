import Lanes
import Models
import Training

extension Cause {
  /// Every gradient is cut.
  static let clippingAlways = Cause(
    "clipping_always", title: "Every gradient is cut",
    summary:
      "Clipping cuts the gradient of nearly every step, so that steps no longer depend on it",
    criterion:
      "The gradient's norm is above the limit in at least 99 % of the steps of the second half; "
      + "clipping of the "
      + "first steps only is what clipping is for",
    certainty: .heuristic,
    words: "Each step has the same length whatever the gradient.",
    remedy: "A higher limit, or targets scaled down", question: .alwaysOn
  ) { run in
    let (norm, value) = (run.setting("clip_norm"), run.setting("clip_value"))
    guard norm > 0 || value > 0, run.steps >= 20, !run.didItsWork else { return nil }
    var flags: [(step: Int, size: Double, isCut: Bool)] = []
    /// Whether the step that a run has done last was cut, by the settings that it was done with.
    func flag(_ place: Run) -> (step: Int, size: Double, isCut: Bool) {
      let gradient = place.lastGradient
      let (norm, value) = (place.optimizer("clip_norm"), place.optimizer("clip_value"))
      let size = VectorMath.norm(gradient)
      let most = gradient.reduce(0) { max($0, abs($1)) }
      return (place.step - 1, size, norm > 0 && size > norm || value > 0 && most > value)
    }
    // Windows of single steps, over the whole run since it has been the model that it is.
    let begin = run.course.begin
    let count = run.steps - begin
    let windows = min(40, max(1, count / 50))
    for window in 0..<windows {
      let from = begin + count * window / windows
      let length = min(50, begin + count * (window + 1) / windows - from)
      var place = run.course.run(at: from)
      for _ in 0..<length where place.advance(1) == 1 { flags.append(flag(place)) }
    }
    let late = flags.filter { $0.step >= run.steps / 2 }
    let share = Double(late.count(where: \.isCut)) / Double(max(late.count, 1))
    guard late.count >= 10, share >= 0.99 else { return nil }
    // Back to the first step from which 99 % are cut.
    var since = late.first?.step ?? 0
    var (cut, all) = (0, 0)
    for (index, flag) in flags.enumerated().reversed() {
      all += 1
      cut += flag.isCut ? 1 : 0
      // A lone spike, after which most steps are not cut, is no beginning.
      let next = flags[index...].prefix(20)
      if flag.isCut, Double(cut) >= 0.99 * Double(all),
        10 * next.count(where: \.isCut) >= 9 * next.count
      {
        since = flag.step
      }
    }
    // Between two windows: after the last step that is not cut.
    if let before = flags.last(where: { $0.step < since })?.step, before + 1 < since {
      var place = run.course.run(at: before + 1)
      var first = before + 1
      while place.step < since, place.advance(1) == 1 {
        if !flag(place).isCut { first = place.step }
      }
      since = min(since, first)
    }
    let limit = norm > 0 ? norm : value
    let typical = VectorMath.median(late.map(\.size))
    let higher = max(typical * 3, run.first.gradientNorm)
    let name = norm > 0 ? "clip_norm" : "clip_value"
    var remedies: [Finding.Remedy] = [
      .init("A higher limit: \(higher.setting)", [name: higher.setting]),
      .init("No clipping", [name: "0"]),
    ]
    // What was cut may have been too long.
    if let law = run.law, let curvature = run.curvature(at: run.last), curvature.greatest > 0 {
      let safe = law.limit(eigenvalue: curvature.greatest) / 4
      if safe < run.last.rate {
        remedies.append(
          .init(
            "No clipping, and learning rate \(safe.setting)",
            [name: "0", "learning_rate": safe.setting]))
      }
    }
    return Finding(
      "clipping_always", since: since, exact: false,
      words:
        "Every gradient is cut: their norm is about \(typical.short), the limit \(limit.short), "
        + "so that each step has "
        + "the same length whatever the gradient.",
      evidence: [
        .init("share_of_steps_cut", share), .init(name, limit),
        .init("median_gradient_norm", typical), .init("rate", run.last.rate),
        .init("length_of_a_step", run.last.rate * limit), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: remedies)
  }
}

extension Run {
  /// A setting of the optimizer that did the last step; 0 where it has none.
  fileprivate func optimizer(_ setting: String) -> Double {
    experiment.optimizer.settings[setting] ?? 0
  }
}
