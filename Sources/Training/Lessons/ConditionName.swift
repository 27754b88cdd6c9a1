package import Lanes
import Models
import Optimization

/// A name that conditions of lessons may use, and what it stands for.
package struct ConditionName: Named {
  package let name: String
  package let summary: String
  /// How panes and the status line call it.
  let label: String
  /// Whether it is a share, which people read in per cent.
  let isShare: Bool
  /// Its value; NaN where the run has none, so that no comparison with it holds.
  let value: @Sendable (Snapshot) -> Double
  /// The words that it may be compared with, in quotes; empty for numbers.
  let words: [String]

  init(
    _ name: String, _ summary: String, label: String? = nil, isShare: Bool = false,
    words: [String] = [],
    _ value: @escaping @Sendable (Snapshot) -> Double
  ) {
    self.name = name
    self.summary = summary
    self.value = value
    self.words = words
    self.label = label ?? name.replacing("_", with: " ")
    self.isShare = isShare
  }

  /// The entry of a name, or the setting of an optimizer; nil for parameters.
  static func entry(_ name: String) -> ConditionName? {
    catalogue[name] ?? settings.first { $0.name == name }
  }

  /// Every name, besides the parameters' own and the settings of optimizers.
  package static let catalogue = Catalogue(
    kind: "name",
    [
      ConditionName("step", "Steps done") { Double($0.step) },
      ConditionName("epoch", "Whole passes over the data") { Double($0.epoch) },
      ConditionName("loss", "The loss over all training samples") { $0.loss },
      ConditionName("test_loss", "The loss over the test samples") { $0.testLoss ?? .nan },
      ConditionName(
        "accuracy", "Share of training samples classified rightly", label: "right", isShare: true
      ) {
        $0.accuracy ?? .nan
      },
      ConditionName(
        "test_accuracy", "Share of test samples classified rightly", label: "test", isShare: true
      ) {
        $0.testAccuracy ?? .nan
      },
      ConditionName("learning_rate", "The rate in force: base rate times schedule", label: "η") {
        $0.learningRate
      },
      ConditionName("base_rate", "The base learning rate") { $0.baseRate },
      ConditionName(
        "gradient_norm",
        "Length of the gradient where the run is; of the last step for mini-batches, averages, "
          + "large data and all but functions and dense nets",
        label: "‖gradient‖"
      ) {
        let gradient = $0.presentGradient ?? $0.gradient
        return gradient.isEmpty ? .nan : gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      },
      ConditionName(
        "lambda_max",
        "Largest eigenvalue of the loss's Hessian where the run is; of up to 64 parameters",
        label: "λmax"
      ) {
        $0.parameters.count > 64
          ? .nan : Curvature.largestEigenvalue(of: $0.objective, at: $0.parameters) ?? .nan
      },
      ConditionName(
        "lambda_min", "Smallest eigenvalue of a Hessian that is known exactly", label: "λmin"
      ) {
        Curvature.eigenvalues(of: $0.objective, at: $0.parameters)?.last ?? .nan
      },
      ConditionName("unchanged", "Steps since the last change of a setting, or since the start") {
        Double($0.step - ($0.changes.last?.step ?? 0))
      },
      ConditionName("diverged", "1 when a parameter or the loss is no longer finite, else 0") {
        if case .diverged = $0.status { 1 } else { 0 }
      },
      ConditionName("finished", "1 when the stop rule was met, else 0") {
        $0.status == .finished ? 1 : 0
      },
      ConditionName("batch_size", "Samples of a batch; all where there are no batches") {
        Double(size(of: $0.experiment.batching) ?? $0.objective.sampleCount)
      },
      ConditionName("seed", "The seed") { Double($0.experiment.seed) },
      ConditionName("layers", "Hidden layers") { Double(hidden($0).count) },
      ConditionName("units", "Units of the first hidden layer") {
        hidden($0).first.map { Double($0.units) } ?? .nan
      },
      ConditionName("optimizer", "The optimizer's name", words: Optimizer.catalogue.names) {
        code($0.experiment.optimizer.name, in: Optimizer.catalogue.names)
      },
      ConditionName("schedule", "The schedule's name", words: Schedule.catalogue.names) {
        code($0.experiment.schedule.name, in: Schedule.catalogue.names)
      },
      ConditionName(
        "activation", "The activation of the first hidden layer", words: Activation.all.names
      ) {
        hidden($0).first.map { code($0.activation.name, in: Activation.all.names) } ?? .nan
      },
    ])

  /// The settings of all optimizers, as names: NaN while another optimizer is in force.
  static let settings: [ConditionName] = {
    let taken = Set(catalogue.names)
    let all = Optimizer.catalogue.entries.flatMap(\.hyperparameters).map(\.name)
    return Set(all).subtracting(taken).sorted().map { name in
      let symbol = Optimizer.catalogue.entries.flatMap(\.hyperparameters)
        .first { $0.name == name }?.symbol
      return ConditionName(name, "Setting of an optimizer", label: symbol) { snapshot in
        let choice = snapshot.experiment.optimizer
        let parameter = Optimizer.catalogue[choice.name]?.hyperparameters
          .first { $0.name == name }
        return parameter.map { choice.settings[name] ?? $0.defaultValue } ?? .nan
      }
    }
  }()

  /// The number that stands for a word; NaN when there is no such word.
  static func code(_ word: String, in words: [String]) -> Double {
    words.firstIndex(of: word).map { Double($0 + 1) } ?? .nan
  }

  private static func hidden(_ snapshot: Snapshot) -> [LayerSpec] {
    if case .model(let model) = snapshot.experiment.problem { model.hidden } else { [] }
  }

  private static func size(of batching: Batching) -> Int? {
    switch batching {
    case .full, .explicit: nil
    case .sequential(let size), .carried(let size), .shuffled(let size),
      .withReplacement(let size),
      .blocks(let size), .numpyBlocks(let size, _), .blockSequence(let size, _, _):
      size
    }
  }
}
