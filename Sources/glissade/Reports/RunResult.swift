import Differentiation
import Lanes
import Models
import Presets
import Training

/// Where a headless run ended, as text and as JSON.
struct RunResult {
  /// Why it ended.
  enum Stopped: String {
    /// All steps were taken.
    case steps
    /// The preset's stop rule was met.
    case rule = "stop_rule"
    /// A parameter or the loss stopped being finite.
    case diverged
    /// Ctrl-C.
    case interrupted
  }

  /// What ran.
  let preset: Preset
  /// The end of the run.
  let snapshot: Snapshot
  /// Why it ended.
  let stopped: Stopped
  /// What was measured on the way; nil: nothing.
  let observer: RunObserver?

  /// A result.
  init(_ snapshot: Snapshot, of preset: Preset, stopped: Stopped, observer: RunObserver? = nil) {
    self.snapshot = snapshot
    self.preset = preset
    self.stopped = stopped
    self.observer = observer
  }

  /// One object; keys in the order of the article `Headless`.
  var json: JSONText {
    let experiment = snapshot.experiment
    var entries: [(String, JSONText)] = [
      ("preset", .text(preset.name)), ("title", .text(preset.title)),
      ("step", .integer(snapshot.step)), ("epoch", .integer(snapshot.epoch)),
      ("stopped", .text(stopped.rawValue)), ("loss", .number(snapshot.loss)),
      ("test_loss", .optional(snapshot.testLoss)), ("accuracy", .optional(snapshot.accuracy)),
      ("test_accuracy", .optional(snapshot.testAccuracy)),
      ("learning_rate", .number(snapshot.learningRate)),
      ("optimizer", .text(experiment.optimizer.name)),
      ("optimizer_settings", settings(experiment.optimizer.settings)),
      ("schedule", .text(experiment.schedule.name)), ("seed", .unsigned(experiment.seed)),
      ("parameter_names", .list(snapshot.objective.parameterNames.map { .text($0) })),
      (
        "parameters",
        .named(Array(zip(snapshot.objective.parameterNames, snapshot.parameters)))
      ),
    ]
    if let lack = snapshot.optimizerLack { entries.append(("optimizer_lacks", .text(lack))) }
    let confusions = confusions
    if !confusions.isEmpty { entries.append(("confusion", .object(confusions))) }
    if let point = snapshot.gradientPoint {
      entries.append(
        ("gradients_at", .named(Array(zip(snapshot.objective.parameterNames, point)))))
    }
    if let observer, observer.level != nil {
      entries.append(("first_below", observer.firstBelow.map { .integer($0) } ?? .null))
    }
    if let observer, observer.tail > 0 {
      entries.append(("tail_distance", .optional(observer.distance)))
      entries.append(("minimum", .numbers(observer.minimum)))
    }
    if case .diverged(let step, let parameter) = snapshot.status {
      let place: [(String, JSONText)] = [
        ("step", .integer(step)), ("parameter", parameter.map { .text($0) } ?? .null),
        ("because", because.map { .text($0) } ?? .null),
      ]
      entries.append(("diverged", .object(place)))
    }
    return .object(entries)
  }

  /// Which classes are taken for which, for each split that has samples; nothing where there are no
  /// classes, or no finite parameters.
  private var confusions: [(String, JSONText)] {
    [("train", Split.train), ("test", .test)].compactMap { name, split in
      guard
        let answers = ClassAnswers(snapshot.objective, at: snapshot.parameters, split: split),
        !answers.truth.isEmpty
      else { return nil }
      let confusion = Confusion(answers)
      let classes = confusion.counts.indices
      return (
        name,
        .object([
          ("classes", .list(confusion.names.map { .text($0) })),
          ("counts", .list(confusion.counts.map { .list($0.map { .integer($0) }) })),
          ("recall", .list(classes.map { .optional(confusion.recall($0)) })),
          ("precision", .list(classes.map { .optional(confusion.precision($0)) })),
          ("f1", .list(classes.map { .optional(confusion.f1($0)) })),
          ("macro_f1", .optional(confusion.macroF1)),
        ])
      )
    }
  }

  /// The operation at which the value of a formula stopped being finite.
  private var because: String? {
    guard let objective = snapshot.objective as? FormulaObjective else { return nil }
    return objective.source.doubts(at: snapshot.parameters).first?.words
  }

  private func settings(_ values: [String: Double]) -> JSONText {
    .object(values.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
  }

  /// A few lines for people.
  var lines: [String] {
    let experiment = snapshot.experiment
    var lines: [(String, String)] = []
    lines.append(("preset", "\(preset.name): \(preset.title)"))
    lines.append(("step", "\(snapshot.step)\(reason)"))
    lines.append(("loss", ExactDecimal.shortest(snapshot.loss)))
    if let loss = snapshot.testLoss { lines.append(("test loss", ExactDecimal.shortest(loss))) }
    if let share = snapshot.accuracy { lines.append(("accuracy", ExactDecimal.shortest(share))) }
    if let share = snapshot.testAccuracy {
      lines.append(("test accuracy", ExactDecimal.shortest(share)))
    }
    lines.append(("learning rate", ExactDecimal.shortest(snapshot.learningRate)))
    lines.append(("optimizer", experiment.optimizer.name))
    if let lack = snapshot.optimizerLack { lines.append(("", lack)) }
    if let level = observer?.level {
      lines.append(
        (
          "loss below \(ExactDecimal.shortest(level))",
          observer?.firstBelow.map { "first at step \($0)" } ?? "never"
        ))
    }
    if let observer, let distance = observer.distance {
      lines.append(
        ("distance", "\(ExactDecimal.shortest(distance)) from the minimum, last \(observer.tail)"))
    }
    if snapshot.gradientPoint != nil {
      lines.append(("evaluated at", "the average x of the points that took the steps"))
    }
    for (name, value) in zip(snapshot.objective.parameterNames, snapshot.parameters).prefix(24) {
      lines.append((name, ExactDecimal.shortest(value)))
    }
    let rest = snapshot.parameters.count - 24
    if rest > 0 { lines.append(("…", "\(rest) more parameters; --json prints all")) }
    let width = lines.map(\.0.count).max() ?? 0
    return lines.map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + value
    }
  }

  private var reason: String {
    switch stopped {
    case .steps: return ""
    case .rule: return ", stopped by the preset's rule"
    case .interrupted: return ", interrupted"
    case .diverged:
      guard case .diverged(let step, let parameter) = snapshot.status else { return ", diverged" }
      let what = parameter.map { "\($0) is no longer finite" } ?? "the loss is no longer finite"
      return ", diverged: \(what) after step \(step)" + (because.map { ": \($0)" } ?? "")
    }
  }
}
