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
      + "90 % of its start, and the norm of the parameters falls below a fifth of its start (from "
      + "0: stays there); a "
      + "tenth of the decay does better",
    certainty: .heuristic,
    words: "The weights are pulled to 0 faster than they can learn.",
    remedy: "A tenth of the decay or less", question: .alwaysOn, proof: .size
  ) { run in
    guard let network = run.network, let model = run.model, !run.hasDiverged, !run.didItsWork else {
      return nil
    }
    let decay = run.setting("weight_decay")
    guard decay > 0 || model.l2 > 0 || model.l1 > 0 else { return nil }
    var plain = model
    (plain.l1, plain.l2) = (0, 0)
    guard let data = try? ObjectiveFactory.network(plain, seed: run.now.dataSeed ?? run.now.seed)
    else { return nil }
    let evaluator = Evaluator(data)
    let start = evaluator.loss(at: run.first.parameters)
    let end = evaluator.loss(at: run.last.parameters)
    let (before, after) = (
      VectorMath.norm(run.first.parameters), VectorMath.norm(run.last.parameters)
    )
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
    let strides = max(1, run.observations.count / 200)
    let sampled = run.observations.enumerated().filter {
      $0.offset < 200 || $0.offset % strides == 0
    }
    guard let strong = sampled.first(where: { pull($0.element) > 1 })?.element else { return nil }
    let gentle = run.trial {
      if decay > 0 { $0.optimizer.settings["weight_decay"] = decay / 10 }
      guard case .model(var model) = $0.problem else { return }
      model.l1 /= 10
      model.l2 /= 10
      $0.problem = .model(model)
    }
    let better = gentle.map { evaluator.loss(at: $0.parameters) } ?? .nan
    guard better < 0.8 * end else { return nil }
    var remedies: [Finding.Remedy] = []
    if decay > 0 {
      remedies = [10.0, 80].map {
        .init("Weight decay \((decay / $0).setting)", ["weight_decay": (decay / $0).setting])
      }
    }
    if model.l2 > 0 {
      remedies.append(
        .init(
          "L2 penalty \((model.l2 / 10).setting)", ["l2": (model.l2 / 10).setting], afresh: true))
    }
    if model.l1 > 0 {
      remedies.append(
        .init(
          "L1 penalty \((model.l1 / 10).setting)", ["l1": (model.l1 / 10).setting], afresh: true))
    }
    return Finding(
      "weight_decay_too_strong", since: strong.step, exact: false,
      words:
        "The weights are pulled to 0 faster than the data can build them up: at step "
        + "\(strong.step) the pull was "
        + "\(pull(strong).short) times the data's gradient; their norm fell to \(after.short) "
        + "from \(before.short).",
      evidence: [
        .init("weight_decay", decay), .init("l2", model.l2),
        .init("pull_over_gradient_of_the_data", pull(strong)),
        .init("norm_at_the_end_over_the_start", after / before),
        .init("loss_of_the_data_at_the_start", start), .init("loss_of_the_data_at_the_end", end),
        .init("loss_of_the_data_with_a_tenth", better),
      ],
      remedies: remedies)
  }
}
