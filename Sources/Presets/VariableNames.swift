import Models
import Training

/// The names of an experiment's parameters, in flat order.
enum VariableNames {
  /// The names, or nil when the problem cannot be built.
  static func of(_ experiment: Experiment) -> [String]? {
    var plain = experiment
    plain.start = Start()
    plain.learningRate = .value(0)
    plain.changes = []
    return (try? Run(plain).objective.parameterNames).map(Array.init)
  }
}
