import Lanes
import Models
import Training

extension Cause {
  /// Bounded units that large inputs push to their ends.
  static let saturatedUnits = Cause(
    "saturated_units", title: "Saturated from the start",
    summary: "Large inputs push the hidden units to the ends of their activation from the start",
    criterion:
      "At the start more than 85 % of (sample, unit) pairs of the first hidden layer lie within "
      + "0.01 of an end "
      + "of the activation (|tanh| > 0.99, sigmoid < 0.01 or > 0.99), and would not with "
      + "standardized inputs",
    certainty: .heuristic,
    words: "The units are pushed against the stop.",
    remedy: "Standardize the inputs", question: .file, proof: .units
  ) { run in
    guard let network = run.network, network.layers.count > 1, !run.didItsWork else { return nil }
    let inputs = PreparedInputs(network, samples: network.trainSamples)
    let start = run.course.run(at: 0).parameters
    guard start.count == network.parameterCount else { return nil }
    let share = LayerReading(network, parameters: start, inputs: inputs).layers[0].atAnEnd
    guard share > 0.85 else { return nil }
    let scaled = LayerReading(
      network, parameters: start,
      inputs: PreparedInputs(network, samples: network.trainSamples.scaled)
    ).layers[0].atAnEnd
    let size = network.trainSamples.inputs.reduce(0) { max($0, abs($1)) }
    guard scaled <= 0.85, size > 3 else { return nil }
    let end = LayerReading(network, parameters: run.last.parameters, inputs: inputs).layers[0]
      .atAnEnd
    return Finding(
      "saturated_units",
      since: max(
        run.sinceModel(\.data.standardize), run.sinceModel { $0.hidden.map(\.activation.name) }),
      exact: false,
      words:
        "Inputs are up to \(size.short) in size and push the \(network.layers[0].activation.name) "
        + "units against the "
        + "stop: \(share.percent) of them from the start, where they have no slope.",
      evidence: [
        .init("share_saturated_at_the_start", share), .init("share_saturated_at_the_end", end),
        .init("share_saturated_with_standardized_inputs", scaled), .init("greatest_input", size),
        .init("loss_at_the_end", run.last.loss), .init("accuracy", run.accuracy ?? .nan),
      ],
      remedies: [
        .init("Standardize the inputs", ["standardize": "true"], afresh: true),
        .init(
          "Standardize, and a rate for it",
          [
            "standardize": "true",
            "learning_rate": run.law == nil ? "0.01" : "0.3",
            "initializer": network.suggestedInitializer,
          ], afresh: true),
      ])
  }
}

extension Samples {
  /// The samples with every input standardized.
  var scaled: Samples {
    let scaling = Standardization(self)
    var copy = self
    for index in inputs.indices {
      copy.inputs[index] = scaling.apply(inputs[index], input: index % inputCount)
    }
    return copy
  }
}
