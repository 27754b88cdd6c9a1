import Lanes
import Models
import Training

extension Cause {
  /// A hidden layer of switches.
  static let stepActivation = Cause(
    "step_activation", title: "Hidden units without a derivative",
    summary: "A hidden layer's activation has derivative 0, so that nothing before it can learn",
    criterion:
      "The derivative of a hidden layer's activation is 0 everywhere: the gradient of all layers "
      + "up to it is 0",
    certainty: .exact,
    words: "A switch has no slope to learn from.",
    remedy: "tanh, sigmoid or ReLU", question: .file, proof: .layers
  ) { run in
    guard let network = run.network, network.layers.count > 1, !run.didItsWork,
      let flat = network.layers.dropLast().lastIndex(where: {
        ActivationShape($0.activation, setting: $0.setting).isFlat
      })
    else { return nil }
    let norms = LayerReading.gradientNorms(network, at: run.last.parameters)
    // What an earlier change brought is dated with it.
    let name = network.layers[flat].activation.name
    let since = run.sinceModel { $0.hidden.contains { $0.activation.name == name } }
    return Finding(
      "step_activation", since: since, exact: true,
      words:
        "Layer \(flat + 1) is made of switches (\(network.layers[flat].activation.name)): a "
        + "switch has no slope to "
        + "learn from, so the weights before it never change.",
      evidence: [
        .init("gradient_norm_of_the_first_layer", norms.first ?? .nan),
        .init("gradient_norm_of_the_last_layer", norms.last ?? .nan),
        .init("accuracy", run.accuracy ?? .nan), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        .init("A smooth switch: tanh", ["activation": "tanh"]),
        .init("Rectifiers: relu", ["activation": "relu"]),
      ])
  }
}
