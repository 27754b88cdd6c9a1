import Lanes
import Models
import Training

extension Cause {
  /// Decay or a penalty that wins over the data.
  static let weightDecayTooStrong = Cause(
    "weight_decay_too_strong", title: "Weight decay too strong",
    summary: "Decay pulls the weights to 0 faster than the data can build them up",
    criterion:
      "The pull of decay and L2 penalty exceeds the gradient of the data in norm while the data's "
      + "loss is above "
      + "90 % of its start, and the norm of what is pulled falls below a fifth of its start (from "
      + "0: stays there); a tenth of the decay, a hundredth, a thousandth or none does better",
    certainty: .heuristic,
    words: "The weights are pulled to 0 faster than they can learn.",
    remedy: "A tenth of the decay or less", question: .alwaysOn, proof: .size
  ) { run in
    guard let network = run.network, let model = run.model, !run.hasDiverged else { return nil }
    let decay = run.setting("weight_decay")
    guard decay > 0 || model.l2 > 0 || model.l1 > 0 else { return nil }
    var plain = model
    (plain.l1, plain.l2) = (0, 0)
    guard let data = try? ObjectiveFactory.network(plain, seed: run.now.dataSeed ?? run.now.seed)
    else { return nil }
    let evaluator = Evaluator(data)
    let start = evaluator.loss(at: run.first.parameters)
    let end = evaluator.loss(at: run.last.parameters)
    // Since the decay has been what it is.
    let turn = run.since { settings in
      let model = if case .model(let model) = settings.problem { model } else { model }
      return [settings.optimizer.settings["weight_decay"] ?? 0, model.l1, model.l2]
    }
    let seen = run.observations.filter { $0.step >= turn }
    guard let begin = seen.first else { return nil }
    /// The norm of what is pulled: penalties leave biases alone, decay does not.
    func size(_ parameters: [Double]) -> Double {
      decay > 0
        ? VectorMath.norm(parameters)
        : VectorMath.norm(network.penalizedParameters.flatMap { parameters[$0] })
    }
    let (before, after) = (size(begin.parameters), size(run.last.parameters))
    guard end > 0.9 * min(start, run.lossOfGuessing ?? start), before == 0 || after < 0.2 * before
    else { return nil }
    func pull(_ seen: Course.Observation) -> Double {
      let whole = network.lossAndGradient(at: seen.parameters).gradient
      let ofData = evaluator.lossAndGradient(at: seen.parameters).gradient
      // The gradient with penalties less that of the data is the penalties' pull; decay comes on
      // top.
      let all = zip(zip(whole, ofData), seen.parameters).map { $0.0 - $0.1 + decay * $1 }
      return VectorMath.norm(all) / max(VectorMath.norm(ofData), .leastNormalMagnitude)
    }
    let strides = max(1, seen.count / 200)
    let sampled = seen.enumerated().filter {
      $0.offset < 200 || $0.offset % strides == 0
    }
    guard let strong = sampled.first(where: { pull($0.element) > 1 })?.element else { return nil }
    /// The loss of the data after a run with the decay's `share`.
    func outcome(_ share: Double) -> Double {
      let gentle = run.trial {
        if decay > 0 { $0.optimizer.settings["weight_decay"] = decay * share }
        guard case .model(var model) = $0.problem else { return }
        model.l1 *= share
        model.l2 *= share
        $0.problem = .model(model)
      }
      return gentle.map { evaluator.loss(at: $0.parameters) } ?? .nan
    }
    var (share, better) = (1.0, Double.nan)
    for part in [0.1, 0.01, 0.001, 0] where !(better < 0.8 * end) {
      (share, better) = (part, outcome(part))
    }
    guard better < 0.8 * end else { return nil }
    var remedies: [Finding.Remedy] = []
    /// A penalty that is on, made as small as was found to help, and smaller still.
    func lower(_ name: String, _ key: String, _ value: Double, afresh: Bool) {
      guard value > 0 else { return }
      for part in share > 0 ? [share, share / 8] : [0] {
        let less = part > 0 ? (value * part).setting : "0"
        remedies.append(.init("\(name) \(less)", [key: less], afresh: afresh))
      }
    }
    lower("Weight decay", "weight_decay", decay, afresh: false)
    lower("L2 penalty", "l2", model.l2, afresh: true)
    lower("L1 penalty", "l1", model.l1, afresh: true)
    return Finding(
      "weight_decay_too_strong", since: strong.step, exact: false,
      words:
        "The weights are pulled to 0 faster than the data can build them up: at step "
        + "\(strong.step) the pull was "
        + "\(pull(strong).short) times the data's gradient; their norm "
        + (after < before
          ? "fell to \(after.short) from \(before.short)." : "has come to \(after.short) only."),
      evidence: [
        .init("weight_decay", decay), .init("l2", model.l2),
        .init("pull_over_gradient_of_the_data", pull(strong), at: strong.step),
        .init("norm_at_the_end_over_the_start", after / before),
        .init("loss_of_the_data_at_the_start", start), .init("loss_of_the_data_at_the_end", end),
        .init("loss_of_the_data_with_less", better), .init("share_of_the_decay_then", share),
      ],
      remedies: remedies)
  }
}
