import Lanes
import Models

extension ObjectiveFactory {
  /// The objective of a formula.
  static func formulaObjective(
    _ function: FunctionProblem
  ) throws(InvalidProblem) -> any Objective {
    throw InvalidProblem([
      ProblemIssue(
        key: "function.formula", value: function.formula,
        allowed: "a landscape: \(Landscape.all.names.joined(separator: ", "))")
    ])
  }
}
