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
      + "cross-entropy: 5; a bounded output: at its wrong end), and "
      + "activations spread by more than a quarter from layer to layer, or more than 85 % of a "
      + "layer is saturated by its "
      + "weights; the same run from fitting weights does better",
    certainty: .heuristic,
    words: "The signal grows in every layer; the start is worse than guessing.",
    remedy: "he_normal for ReLU, glorot for tanh and sigmoid", question: .file, proof: .units
  ) { run in
    guard let found = run.tooLarge else { return nil }
    return Finding(
      "init_too_large", since: 0, exact: false,
      words: "The start's weights are too large: "
        + (found.growth > 1.25
          ? "the signal grows \(found.growth.short) times from layer to layer"
          : "\(found.saturated.percent) of a hidden layer is saturated")
        + ", and the start's loss is \((run.first.loss / found.guessing).short) times that of "
        + "guessing.",
      evidence: [
        .init("loss_at_the_start", run.first.loss), .init("loss_of_guessing", found.guessing),
        .init("growth_of_the_spread_per_layer", found.growth, at: 0),
        .init("size_of_the_weights_over_\(found.initializer)", found.size, at: 0),
        .init("greatest_share_saturated", found.saturated, at: 0),
        .init("loss_with_\(found.initializer)", found.loss),
        .init("loss_at_the_end", run.last.loss),
      ]
        + found.spreads.enumerated().map {
          .init("spread_of_layer_\($0.offset + 1)", $0.element, at: 0)
        },
      remedies: [
        .init(
          "Fitting weights: \(found.initializer)", ["initializer": found.initializer], afresh: true)
      ])
  }
}

/// How weights that start too large show.
struct WeightsTooLarge {
  /// The loss of guessing.
  var guessing: Double
  /// How much the spread of activations grows from layer to layer.
  var growth: Double
  /// The greatest share of a hidden layer that is saturated.
  var saturated: Double
  /// The spread of activations, layer by layer.
  var spreads: [Double]
  /// The initialiser that suits the network.
  var initializer: String
  /// The norm of the weights over that of the initialiser's.
  var size: Double
  /// The loss to which the same run comes from there.
  var loss: Double
}

extension Examination {
  /// Looks for weights that start too large.
  func findTooLarge() -> WeightsTooLarge? {
    guard let network, network.layers.count > 1, !didItsWork,
      first.loss.isFinite, course.begin == 0
    else { return nil }
    let guessing = lossOfGuessing ?? .nan
    let isFar =
      network.loss.scores == .values
      ? first.loss > 20 * guessing
        || first.loss > guessing && outputAtAnEnd(at: first.parameters) != nil
      : first.loss > max(5, 3 * guessing)
    guard isFar else { return nil }
    let reading = LayerReading(network, parameters: first.parameters)
    // What a bounded output shows no more, it still receives.
    let spreads = reading.layers.dropLast().map(\.spread) + reading.layers.suffix(1).map(\.received)
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
    let fitting = trial(steps: 0) { $0.start = Start(initializer: .init(initializer)) }
    guard let fitting else { return nil }
    let size = VectorMath.norm(first.parameters) / VectorMath.norm(fitting.parameters)
    guard size > 1.5 else { return nil }
    let better =
      trial(steps: min(course.steps, 2000)) { $0.start = Start(initializer: .init(initializer)) }?
      .loss ?? .nan
    guard better < 0.5 * first.loss, better < 1.5 * guessing,
      hasDiverged || better < 0.5 * last.loss
    else { return nil }
    return WeightsTooLarge(
      guessing: guessing, growth: growth, saturated: saturated, spreads: spreads,
      initializer: initializer, size: size, loss: better)
  }
}
