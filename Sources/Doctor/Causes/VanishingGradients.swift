import Lanes
import Models
import Training

extension Cause {
  /// Gradients that die on their way to the first layer.
  static let vanishingGradients = Cause(
    "vanishing_gradients", title: "Vanishing gradients",
    summary: "The first layers of a deep network get next to no gradient",
    criterion:
      "At least three hidden layers, the gradient's norm of the first layer below 2 % of the last "
      + "layer's at the "
      + "start, and the loss still above 90 % of its start",
    certainty: .heuristic,
    words: "Each layer passes on a quarter of the gradient at most; little arrives.",
    remedy: "tanh or ReLU with a fitting start, fewer layers", question: .onItsWay, proof: .layers
  ) { run in
    guard let network = run.network, network.layers.count >= 4, !run.hasDiverged, !run.didItsWork,
      run.steps >= 50, run.first.parameters.count == network.parameterCount,
      run.last.loss > 0.9 * min(run.first.loss, run.lossOfGuessing ?? .infinity)
    else { return nil }
    let norms = LayerReading.gradientNorms(network, at: run.first.parameters)
    guard let first = norms.first, let last = norms.last, last > 0, first < 0.02 * last else {
      return nil
    }
    let isSigmoid = !ActivationShape(
      network.layers[0].activation, setting: network.layers[0].setting
    ).range
      .contains(-0.5)
    return Finding(
      "vanishing_gradients",
      since: run.sinceModel { $0.hidden.map(\.activation.name) }, exact: false,
      words:
        "Little of the gradient arrives at the first layer: \(first.short) of \(last.short) at "
        + "the last"
        + (isSigmoid ? "; each sigmoid layer passes on a quarter at most." : "."),
      evidence: [
        .init("gradient_norm_first_over_last", first / last, at: 0),
        .init("loss_at_the_start", run.first.loss),
        .init("loss_at_the_end", run.last.loss), .init("accuracy", run.accuracy ?? .nan),
      ]
        + norms.enumerated().map {
          .init("gradient_norm_of_layer_\($0.offset + 1)", $0.element, at: 0)
        },
      remedies: [
        .init(
          "tanh, with a fitting start and rate 0.1",
          [
            "activation": "tanh", "initializer": "glorot_uniform",
            "learning_rate": run.law == nil ? "0.01" : "0.1",
          ],
          afresh: true),
        .init(
          "relu, with a fitting start",
          [
            "activation": "relu", "initializer": "he_normal",
            "learning_rate": run.law == nil ? "0.01" : "0.1",
          ],
          afresh: true),
        .init("Fewer layers", ["hidden": "\(network.layers[0].units)"], afresh: true),
      ])
  }
}
