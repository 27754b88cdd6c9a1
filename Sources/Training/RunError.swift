package import Models
package import Optimization

/// Why a run cannot begin, or a command cannot take effect.
package enum RunError: Error, CustomStringConvertible {
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
    case .optimizer(let error), .schedule(let error): return error.description
    case .batching(let error): return error.description
    case .learningRate(let reason): return reason
    case .parameterCount(let given, let needed):
      return "the problem has \(needed) parameters, not \(given)"
    case .notApplicable(let reason): return reason
    }
  }
}
