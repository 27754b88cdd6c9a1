import Lanes
import Models
import Training

extension Cause {
  /// Squared error through an output that sits at the wrong end.
  static let wrongLoss = Cause(
    "wrong_loss", title: "Squared error through a saturated output",
    summary:
      "The output sits at the wrong end of its activation, where squared error has no gradient",
    criterion:
      "A bounded output activation under a loss of values, mean derivative of the output below "
      + "0.01 at the "
      + "start (y(1 − y) for a sigmoid), while more than 10 % of the samples are wrong",
    certainty: .heuristic,
    words: "The more wrong it is, the less it learns.",
    remedy: "Cross-entropy (bce), whose gradient grows with the error", question: .file
  ) { run in
    guard let network = run.network, let output = network.layers.last, !run.didItsWork,
      run.tooLarge == nil
    else { return nil }
    let since = max(run.sinceModel(\.output), run.sinceModel(\.loss), run.sinceModel(\.data))
    guard let begin = run.observations.first(where: { $0.step >= since }),
      let reading = run.outputAtAnEnd(at: begin.parameters)
    else { return nil }
    let (derivative, share) = (reading.derivative, reading.wrong)
    let shape = ActivationShape(output.activation, setting: output.setting)
    let isSigmoid = shape.range.lowerBound > -0.5
    return Finding(
      "wrong_loss", since: since, exact: false,
      words:
        "\(share.percent) of the samples are wrong, and there the \(output.activation.name) "
        + "output is almost level "
        + "(mean derivative \(derivative.short)): the more wrong it is, the less it learns.",
      evidence: [
        .init("mean_derivative_of_the_output", derivative, at: begin.step),
        .init("share_wrong_at_the_start", share),
        .init("loss_at_the_start", begin.loss), .init("loss_at_the_end", run.last.loss),
        .init("gradient_norm_at_the_start", begin.gradientNorm),
      ],
      remedies: [
        isSigmoid
          ? .init("Cross-entropy", ["loss": "bce", "output": "sigmoid"])
          : .init("An identity output", ["output": "identity"]),
        .init("A start near 0", ["initializer": network.suggestedInitializer], afresh: true),
      ])
  }
}

extension Examination {
  /// Whether a bounded output under a loss of values sits at the wrong end at a place: the mean
  /// derivative there, and the share of outputs that are wrong; nil where it does not.
  func outputAtAnEnd(at parameters: [Double]) -> (derivative: Double, wrong: Double)? {
    guard let network, network.loss.scores == .values, let output = network.layers.last,
      parameters.count == network.parameterCount
    else { return nil }
    let shape = ActivationShape(output.activation, setting: output.setting)
    guard shape.isBounded, !shape.isFlat else { return nil }
    let inputs = PreparedInputs(network, samples: network.trainSamples)
    guard
      let values = NetworkProbe.forward(network, parameters: parameters, inputs).layers.last
    else { return nil }
    let targets = network.trainSamples.targets
    var (derivative, wrong, pairs) = (0.0, 0, 0)
    let width = shape.range.upperBound - shape.range.lowerBound
    for unit in 0..<values.units {
      let z = values.preActivations(of: unit)
      derivative += ActivationShape.derivatives(output.activation, output.setting, at: z)
        .reduce(0, +)
      for (sample, value) in values.activations(of: unit).enumerated() {
        let target =
          network.trainSamples.targetCount == values.units
          ? targets[sample * values.units + unit]
          : targets[sample] == Double(unit) ? 1 : 0
        wrong += abs(value - target) > width / 2 ? 1 : 0
      }
      pairs += z.count
    }
    derivative /= Double(max(pairs, 1))
    let share = Double(wrong) / Double(max(pairs, 1))
    return derivative < 0.01 && share > 0.1 ? (derivative, share) : nil
  }
}
