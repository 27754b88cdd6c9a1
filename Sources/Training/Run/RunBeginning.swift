package import Models

extension Run {
  /// A run of an experiment from its beginning.
  ///
  /// - Throws: `RunError` for whatever in the experiment does not fit.
  package init(_ experiment: Experiment) throws(RunError) {
    let (objective, start) = try Run.made(experiment)
    try self.init(experiment, objective: objective, start: start)
  }

  /// A run of an experiment whose objective is known already.
  ///
  /// - Throws: `RunError` for whatever else in the experiment does not fit.
  package init(_ experiment: Experiment, on objective: any Objective) throws(RunError) {
    let start: [Double]
    do {
      start = try ObjectiveFactory.parameters(of: experiment, on: objective)
    } catch { throw .problem(error) }
    try self.init(experiment, objective: objective, start: start)
  }

  private static func made(
    _ experiment: Experiment
  ) throws(RunError) -> (objective: any Objective, parameters: [Double]) {
    do { return try ObjectiveFactory.make(experiment) } catch { throw .problem(error) }
  }

  static func objective(of experiment: Experiment) throws(RunError) -> any Objective {
    do {
      return try ObjectiveFactory.objective(of: experiment)
    } catch { throw .problem(error) }
  }
}
