import Lanes
import Models
import Training

extension Cause {
  /// Weights that start too large for the network.
  static let initTooLarge = Cause(
    "init_too_large", title: "Weights start too large",
    summary:
      "The start's weights are so large that the signal grows from layer to layer, or saturates "
      + "every unit",
    criterion:
      "The start's loss is far above that of guessing (mse: 20 variances of the targets; "
      + "cross-entropy: 5), and "
      + "activations spread by more than a quarter from layer to layer, or more than 85 % of a "
      + "layer is saturated by its "
      + "weights; the same run from fitting weights does better",
    certainty: .heuristic,
    words: "The signal grows in every layer; the start is worse than guessing.",
    remedy: "he_normal for ReLU, glorot for tanh and sigmoid", question: .file, proof: .units
  ) { run in
    guard let network = run.network, network.layers.count > 1, !run.didItsWork,
      run.first.loss.isFinite,
      run.first.parameters.count == network.parameterCount
    else { return nil }
    let guessing = run.lossOfGuessing ?? .nan
    let isFar =
      network.loss.scores == .values
      ? run.first.loss > 20 * guessing : run.first.loss > max(5, 3 * guessing)
    guard isFar else { return nil }
    let reading = LayerReading(network, parameters: run.first.parameters)
    let spreads = reading.layers.map(\.spread)
    let hidden = spreads.dropLast()
    let inputs = VectorMath.variance(network.trainSamples.inputs).squareRoot()
    let growth: Double
    if let first = hidden.first, let last = spreads.last, first > 0, hidden.count > 1 {
      growth = Elementaries.root(last / first, Double(spreads.count - 1))
    } else {
      growth = (spreads.last ?? 0) / max(inputs, 1e-300)
    }
    let saturated = reading.layers.dropLast().map(\.atAnEnd).max() ?? 0
    guard growth > 1.25 || saturated > 0.85 else { return nil }
    let initializer = network.suggestedInitializer
    let fitting = run.trial(steps: 0) { $0.start = Start(initializer: .init(initializer)) }
    guard let fitting else { return nil }
    let size = VectorMath.norm(run.first.parameters) / VectorMath.norm(fitting.parameters)
    guard size > 1.5 else { return nil }
    let better =
      run.trial(steps: min(run.steps, 2000)) { $0.start = Start(initializer: .init(initializer)) }?
      .loss ?? .nan
    guard better < 0.5 * run.first.loss, better < 1.5 * guessing,
      run.hasDiverged || better < 0.5 * run.last.loss
    else { return nil }
    return Finding(
      "init_too_large", since: 0, exact: false,
      words: "The start's weights are too large: "
        + (growth > 1.25
          ? "the signal grows \(growth.short) times from layer to layer"
          : "\(saturated.percent) of a hidden layer is saturated")
        + ", and the start's loss is \((run.first.loss / guessing).short) times that of guessing.",
      evidence: [
        .init("loss_at_the_start", run.first.loss), .init("loss_of_guessing", guessing),
        .init("growth_of_the_spread_per_layer", growth),
        .init("size_of_the_weights_over_\(initializer)", size),
        .init("greatest_share_saturated", saturated),
        .init("loss_with_\(initializer)", better), .init("loss_at_the_end", run.last.loss),
      ] + spreads.enumerated().map { .init("spread_of_layer_\($0.offset + 1)", $0.element) },
      remedies: [
        .init("Fitting weights: \(initializer)", ["initializer": initializer], afresh: true)
      ])
  }
}
