import Differentiation
import Models
import Training

/// The formula that a snapshot descends on, as the pictures of differentiation need it.
enum TracedFormula {
  /// Whether the problem is given by a formula.
  static func exists(in snapshot: Snapshot) -> Bool {
    if snapshot.objective is FormulaObjective { return true }
    guard case .function(let problem) = snapshot.experiment.problem else { return false }
    return problem.landscape == nil && !problem.formula.isEmpty
  }

  /// The formula, read once and kept; nil where there is none or its variables are not the
  /// parameters.
  static func of(_ scene: Scene) -> Differentiation.Formula? {
    let count = scene.snapshot.parameters.count
    if let objective = scene.snapshot.objective as? FormulaObjective {
      return objective.source.variables.count == count ? objective.source : nil
    }
    guard let problem = scene.functionProblem, problem.landscape == nil, !problem.formula.isEmpty
    else { return nil }
    let formula = scene.probes.value("formula", for: scene.snapshot.objectiveID) {
      try? Differentiation.Formula(problem.formula, constants: problem.constants)
    }
    return formula?.variables.count == count ? formula : nil
  }
}
