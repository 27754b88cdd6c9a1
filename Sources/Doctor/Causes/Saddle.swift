import Lanes
import Models
import Training

extension Cause {
  /// At rest where it goes down on another side.
  static let saddle = Cause(
    "saddle", title: "At rest on a saddle",
    summary: "The gradient has vanished, but to the side it goes downhill",
    criterion:
      "The gradient's norm is below 1e-4 of its greatest at the end, λmin < 0 and λmax > 0 there, "
      + "and the run did not leave "
      + "within its steps",
    certainty: .exact,
    words: "Flat here, but downhill to the side.",
    remedy: "Another start, a nudge, noise", question: .atRest, proof: .curvature
  ) { run in
    guard !run.didItsWork, let rest = Rest(run), rest.goesDown, rest.curvature.greatest > 0,
      run.isFunction || rest.curvature.least < -1e-3 * rest.curvature.greatest
    else { return nil }
    return Finding(
      "saddle", since: rest.since, exact: true,
      words:
        "Flat here (the gradient's norm is \(run.last.gradientNorm.short)), but downhill to the "
        + "side: the curvature there is "
        + "\(rest.curvature.least.short). It rests on a saddle.",
      evidence: [
        .init("gradient_norm", run.last.gradientNorm), .init("lambda_min", rest.curvature.least),
        .init("lambda_max", rest.curvature.greatest), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: run.nudges(along: rest.curvature.leastDirection))
  }
}

extension Examination {
  /// Starts a little beside this run's, along a direction.
  func nudges(along direction: [Double]) -> [Finding.Remedy] {
    guard isFunction,
      let entry = direction.indices.max(by: { abs(direction[$0]) < abs(direction[$1]) })
    else {
      return [
        .init("Another start: seed \(now.seed + 1)", ["seed": "\(now.seed + 1)"], afresh: true)
      ]
    }
    let name = objective.parameterNames[entry]
    return [0.01, -0.01].map { nudge in
      let value = first.parameters[entry] + nudge * max(1, abs(first.parameters[entry]))
      return .init(
        "Start a little beside: \(name) = \(value.short)", ["start.\(name)": "\(value)"],
        afresh: true)
    }
  }
}
