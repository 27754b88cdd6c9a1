import Differentiation
import Models

extension ObjectiveFactory {
  /// The objective of a formula: its variables are the parameters, constants are filled in.
  static func formulaObjective(
    _ function: FunctionProblem
  ) throws(InvalidProblem) -> any Objective {
    let formula: Formula
    do {
      formula = try Formula(function.formula, constants: function.constants)
    } catch {
      throw InvalidProblem([
        ProblemIssue(
          key: "function.formula", value: function.formula, allowed: error.description)
      ])
    }
    guard (1...FormulaObjective.variableLimit).contains(formula.variables.count) else {
      throw InvalidProblem([
        ProblemIssue(
          key: "function.formula", value: function.formula,
          allowed: "a formula of 1 to \(FormulaObjective.variableLimit) variables, as x; "
            + "this one has \(formula.variables.count)")
      ])
    }
    return FormulaObjective(formula, x: function.xRange, y: function.yRange)
  }
}
