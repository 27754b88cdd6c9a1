package import Models
package import Training

extension ParameterLayout {
  /// The layout of an experiment's parameters, or nil when its problem cannot be built.
  package static func of(_ experiment: Experiment) -> ParameterLayout? {
    try? ObjectiveFactory.objective(of: experiment).layout
  }
}
