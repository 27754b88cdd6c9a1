import Lanes
import Models
import Optimization
import Training

extension Cause {
  /// A linear classifier without penalty on classes that a plane parts.
  static let separable = Cause(
    "separable", title: "Weights without bound",
    summary:
      "A linear classifier without penalty parts its classes, so that larger weights are always "
      + "better",
    criterion:
      "One layer, cross-entropy, no penalty and no decay, and the weights of this very run part "
      + "all training "
      + "samples: the loss has no minimum (plain descent makes the norm grow like the logarithm of "
      + "the steps)",
    certainty: .exact,
    words: "No mistake is left, so bigger weights are always better, for ever.",
    remedy: "A small L2 penalty, or a rule to stop", question: .unbounded, proof: .size
  ) { run in
    guard let network = run.network, let model = run.model, run.isConvexModel,
      network.link == .sigmoid || network.link == .softmax,
      network.trainSamples.targets.contains(where: { $0 != network.trainSamples.targets[0] }),
      model.l2 == 0, model.l1 == 0, run.setting("weight_decay") == 0, !run.hasDiverged,
      run.now.stop == StopRule(), run.accuracy == 1
    else { return nil }
    let norms = run.observations.map { VectorMath.norm($0.parameters) }
    guard let norm = norms.last, norm >= norms[norms.count * 9 / 10] else { return nil }
    let tenth = run.observations.last { $0.step <= run.steps / 10 } ?? run.first
    let before = VectorMath.norm(tenth.parameters)
    let isLogarithmic = run.law != nil && run.now.schedule.name == Schedule.constant.name
    return Finding(
      "separable", since: run.lastChange, exact: true,
      words:
        "All \(network.sampleCount) samples are classified rightly, so bigger weights are always "
        + "better, for ever: "
        + "their norm is \(norm.short)"
        + (isLogarithmic
          ? " and grows with the logarithm of the steps."
          : norm > 1.01 * before ? ", after \(before.short) at a tenth of the steps." : "."),
      evidence: [
        .init("accuracy", 1), .init("norm_of_the_parameters", norm),
        .init("norm_at_a_tenth_of_the_steps", before),
        .init("gradient_norm", run.last.gradientNorm), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        .init("A penalty on large weights: l2 0.01", ["l2": "0.01"]),
        .init("Stop when the loss is below 0.05", ["loss_below": "0.05"]),
      ])
  }
}
