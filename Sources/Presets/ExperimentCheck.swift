import Lanes
import Models
import Training

/// Checks that the parts of an experiment fit together, by beginning the run that it describes.
struct ExperimentCheck {
  /// The preset's tree, for places.
  let root: PresetNode
  /// Where problems go.
  let problems: Problems

  /// Reports what keeps a run of `experiment` from beginning, and changes that could not take effect.
  func check(_ experiment: Experiment) {
    do {
      var run = try Run(experiment)
      for (index, change) in experiment.changes.enumerated() {
        do {
          try run.apply(change.command)
        } catch {
          problems.add(place("changes[\(index + 1)]"), message(error))
        }
      }
    } catch {
      report(error)
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
  func place(_ key: String) -> Origin {
    var node = root
    var origin = root.origin
    for part in Self.path(key) {
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
