import Models

extension Run {
  /// A run of an experiment from its beginning.
  ///
  /// - Throws: `RunError` for whatever in the experiment does not fit.
  package init(_ experiment: Experiment) throws(RunError) {
    let objective = try Run.objective(of: experiment)
    try self.init(
      experiment, objective: objective, start: try Run.start(of: experiment, objective: objective))
  }

  static func objective(of experiment: Experiment) throws(RunError) -> any Objective {
    throw .notApplicable("this build has no objectives")
  }

  static func start(
    of experiment: Experiment, objective: any Objective
  ) throws(RunError) -> [Double] {
    experiment.start.parameters ?? [Double](repeating: 0, count: objective.parameterCount)
  }
}
