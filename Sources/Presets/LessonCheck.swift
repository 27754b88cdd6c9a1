import Differentiation
import Lanes
import Models
import Training

/// Checks that the steps of a lesson can be taken: that their settings apply, and that their
/// conditions can be asked of the run that the step shows.
struct LessonCheck {
  /// The preset's tree, for places.
  let root: PresetNode
  /// The views that exist; nil when they are not checked.
  let views: [String]?
  /// Where problems go.
  let problems: Problems

  /// Reports what is wrong with the lesson of `preset`.
  func check(_ preset: Preset) {
    guard let lesson = preset.lesson,
      case .sequence(let nodes)? = root["lesson"]?["steps"]?.content
    else { return }
    var plain = preset
    plain.lesson = nil
    plain.variants = []
    // What runs when the step opens: the preset, or the last step's that began it afresh.
    var current = plain
    var snapshot = try? Run(plain).snapshot()
    for (number, (step, node)) in zip(lesson.steps, nodes).enumerated() {
      let name = "step \(number + 1)"
      if let settings = step.settings {
        guard let changed = apply(settings, to: plain, name, in: node) else {
          snapshot = nil
          continue
        }
        current = changed
        snapshot = try? Run(changed).snapshot()
      }
      guard let snapshot else { continue }
      check(step, node, current, snapshot, name)
    }
  }

  private func check(
    _ step: LessonStep, _ node: PresetNode, _ preset: Preset, _ snapshot: Snapshot,
    _ name: String
  ) {
    if let goal = step.goal, let goalNode = node["goal"] {
      check(goal.condition, goalNode["when"] ?? goalNode, snapshot)
      // Without settings the solution is the step's own run.
      if let solution = goal.solution, !solution.settings.isEmpty {
        _ = apply(
          solution.settings, to: preset, "\(name), solution",
          in: goalNode["solution"] ?? goalNode)
      }
    }
    guard let facts = node["facts"] else { return }
    for (fact, place) in zip(step.facts, PresetReader.listed(facts)) {
      var shown = snapshot
      if !fact.settings.isEmpty {
        guard let changed = apply(fact.settings, to: preset, "\(name), fact", in: place),
          let other = try? Run(changed).snapshot()
        else { continue }
        shown = other
      }
      check(fact.condition, place["when"] ?? place, shown)
    }
  }

  private func apply(
    _ settings: [Setting], to preset: Preset, _ what: String, in node: PresetNode
  ) -> Preset? {
    do {
      return try PresetKeys.apply(settings, to: preset, views: views)
    } catch {
      for diagnostic in error.diagnostics {
        problems.add(
          SettingEditor.place(of: diagnostic, in: node), "\(what): \(diagnostic.message)")
      }
      return nil
    }
  }

  /// Reports a condition that cannot be read, or that asks for what the run does not have.
  private func check(_ text: String, _ node: PresetNode, _ snapshot: Snapshot) {
    do {
      let condition = try Condition(text, layout: snapshot.objective.layout)
      let missing = condition.missing(in: snapshot)
      guard let first = missing.first else { return }
      problems.add(
        node.origin,
        "condition \(EscapedText.quoted(text)): this run has no \(first) to compare")
    } catch {
      var column = text.contains("\n") ? 0 : error.position
      if case .scalar(_, quoted: true) = node.content { column += 1 }
      problems.add(
        node.origin.moved(columns: column),
        "condition \(EscapedText.quoted(text)): \(error.explanation)")
    }
  }
}
