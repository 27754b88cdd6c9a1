package import Models
package import Optimization

/// Why a run cannot begin, or a command cannot take effect.
package enum RunError: Error, CustomStringConvertible {
  /// The problem, its data or its start.
  case problem(InvalidProblem)
  /// The optimizer or one of its settings.
  case optimizer(ChoiceError)
  /// The schedule or one of its settings.
  case schedule(ChoiceError)
  /// The mini-batches.
  case batching(BatchingError)
  /// The learning rate: it must be finite, and for `1/lambda_max` the curvature must be positive.
  case learningRate(String)
  /// The number of start parameters is not the problem's.
  case parameterCount(given: Int, needed: Int)
  /// The command has no meaning for this problem.
  case notApplicable(String)

  package var description: String {
    switch self {
    case .problem(let error): return error.description
    case .optimizer(let error), .schedule(let error): return error.description
    case .batching(let error): return error.description
    case .learningRate(let reason): return reason
    case .parameterCount(let given, let needed):
      return "the problem has \(needed) parameters, not \(given)"
    case .notApplicable(let reason): return reason
    }
  }

  /// What is wrong, by key of the preset.
  package var issues: [ProblemIssue] {
    switch self {
    case .problem(let error): return error.issues
    case .optimizer(let error): return [error.issue]
    case .schedule(let error): return [error.issue]
    case .batching(let error):
      return [ProblemIssue(key: "batch", value: "", allowed: error.description)]
    case .learningRate(let reason):
      return [ProblemIssue(key: "learning_rate", value: "", allowed: reason)]
    case .parameterCount(let given, let needed):
      return [
        ProblemIssue(
          key: "start.parameters", value: "\(given) numbers", allowed: "\(needed) numbers")
      ]
    case .notApplicable(let reason): return [ProblemIssue(key: "", value: "", allowed: reason)]
    }
  }
}

extension ChoiceError {
  /// The error as an issue of a preset.
  fileprivate var issue: ProblemIssue {
    switch problem {
    case .unknownEntry(let suggestion):
      return ProblemIssue(
        key: kind, value: entry, allowed: "one of the names that `glissade list \(kind)s` prints",
        suggestion: suggestion)
    case .unknownSetting(let name, let suggestion):
      return ProblemIssue(
        key: "\(kind).\(name)", value: "", allowed: "a setting of \(entry)", suggestion: suggestion)
    case .outOfRange(let name, let value, let accepted):
      return ProblemIssue(key: "\(kind).\(name)", value: "\(value)", allowed: accepted)
    }
  }
}
