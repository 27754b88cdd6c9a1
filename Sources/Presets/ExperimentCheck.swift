import Lanes
import Models
import Training

/// Checks that the parts of an experiment fit together, by beginning the run that it describes.
struct ExperimentCheck {
  /// Where problems go.
  let problems: Problems
  /// Where a key was written, or what comes closest to it.
  let place: (String) -> Origin

  /// The run that `experiment` describes; reports what keeps it from beginning, and changes that
  /// could not take effect.
  ///
  /// - Parameter objective: The experiment's objective where it is known already.
  func begin(
    _ experiment: Experiment, objective: (Experiment) -> (any Objective)? = { _ in nil }
  ) -> Run? {
    do {
      let run: Run
      if let objective = objective(experiment) {
        run = try Run(experiment, on: objective)
      } else {
        run = try Run(experiment)
      }
      guard !experiment.changes.isEmpty else { return run }
      var changed = run
      for (index, change) in experiment.changes.enumerated() {
        do {
          try changed.apply(change.command)
        } catch {
          problems.add(place("changes[\(index + 1)]"), message(error))
        }
      }
      return run
    } catch {
      report(error)
      return nil
    }
  }

  private func report(_ error: RunError) {
    for issue in error.issues { report(issue) }
  }

  private func report(_ issue: ProblemIssue) {
    // A count (`3 numbers`) is our word for what was written, so it stands without quotation marks.
    let isCount = issue.value.first?.isNumber == true && issue.value.contains(" ")
    let shown = isCount ? issue.value + " given; " : EscapedText.quoted(issue.value) + ": "
    let value = issue.value.isEmpty ? "" : shown
    let hint = Problems.question(issue.suggestion)
    problems.add(place(issue.key), "\(issue.key): \(value)\(issue.allowed)\(hint)")
  }

  private func message(_ error: RunError) -> String { "\(error)" }

  /// Where `key` (`hidden[2].activation`, `data.noise`) was written, or what comes closest to it.
  static func place(_ key: String, in root: PresetNode) -> Origin {
    var node = root
    var origin = root.origin
    for part in path(key) {
      if case .sequence(let items) = node.content {
        guard let number = Int(part), items.indices.contains(number - 1) else { return origin }
        node = items[number - 1]
      } else if let next = node[part] {
        node = next
      } else if origin == root.origin,
        let holder = ["model", "function", "data", "start"].first(
          where: { root[$0]?[part] != nil }), let next = root[holder]?[part]
      {
        node = next
      } else {
        return origin
      }
      origin = node.origin
    }
    return origin
  }

  /// `hidden[2].activation` as `hidden`, `2`, `activation`.
  private static func path(_ key: String) -> [String] {
    key.split { ".[]".contains($0) }.map(String.init)
  }
}
