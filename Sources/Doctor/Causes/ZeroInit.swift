import Lanes
import Models
import Training

extension Cause {
  /// A network whose weights all start at 0.
  static let zeroInit = Cause(
    "zero_init", title: "All weights start at 0",
    summary:
      "A network with hidden units starts with all weights at 0, so that units stay equal or "
      + "nothing moves",
    criterion:
      "All weights of a network with hidden units are 0 at the start, and at the end the hidden "
      + "units are still "
      + "equal (to 1e-9) or nothing has moved",
    certainty: .exact,
    words: "Equal units get equal gradients and stay equal.",
    remedy: "Random weights", question: .file, proof: .units
  ) { run in
    guard let network = run.network, network.layers.count > 1, !run.didItsWork else { return nil }
    for turn in run.turns {
      let parameters = run.course.run(at: turn).parameters
      guard parameters.count == network.parameterCount,
        network.layers.allSatisfy({ layer in
          parameters[layer.weights..<layer.biases].allSatisfy { $0 == 0 }
        })
      else { continue }
      let units = HiddenUnits(network, parameters: run.last.parameters)
      let moved = VectorMath.distance(run.last.parameters, parameters)
      guard
        units.greatestDifference <= 1e-9 * max(1, VectorMath.norm(run.last.parameters))
          || moved == 0
      else { continue }
      let initializer = network.suggestedInitializer
      return Finding(
        "zero_init", since: turn, exact: true,
        words: moved == 0
          ? "All weights are 0: no gradient reaches the hidden units, and nothing moves."
          : "All \(network.layers[0].units) hidden units started equal; equal units get equal "
            + "gradients and stay equal: "
            + "the network is as rich as one with a single unit.",
        evidence: [
          .init("greatest_difference_between_hidden_units", units.greatestDifference),
          .init("norm_of_the_parameters", VectorMath.norm(run.last.parameters)),
          .init("accuracy", run.accuracy ?? .nan), .init("loss_at_the_end", run.last.loss),
        ],
        remedies: [
          .init(
            "Random weights (\(initializer))", ["initializer": initializer], afresh: true)
        ])
    }
    return nil
  }
}

extension DenseNetwork {
  /// The initialiser that suits the hidden layers' activation.
  var suggestedInitializer: String { layers[0].activation.usualInitializer.name }
}
