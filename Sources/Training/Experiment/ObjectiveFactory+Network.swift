import Lanes
package import Models

extension ObjectiveFactory {
  /// The objective of another kind of network.
  package static func objective(
    _ problem: NetworkProblem, seed: UInt64, dataSeed: UInt64
  ) throws(InvalidProblem) -> any Objective {
    var issues: [ProblemIssue] = []
    let kind = NetworkKind.all.entry(for: problem.kind, key: "network.kind", issues: &issues)
    guard let kind else { throw InvalidProblem(issues) }
    let settings = Settings(
      problem.kind, of: kind.hyperparameters, key: "network", issues: &issues)
    guard issues.isEmpty else { throw InvalidProblem(issues) }
    let (train, test) = try samples(problem.data, seed: dataSeed)
    guard let objective = kind.make(settings, train, test, seed, &issues), issues.isEmpty else {
      throw InvalidProblem(issues)
    }
    return objective
  }
}
