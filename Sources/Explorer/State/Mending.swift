import Doctor
import Lanes
import Models
import Presets
import Training

/// A remedy worked out for a run: where it parts from it, and with what.
package struct Mending: Sendable, Equatable {
  /// How it begins.
  enum Way: Sendable, Equatable {
    /// A branch from the moment after so many steps, with these changes.
    case part(step: Int, [Command])
    /// A new beginning.
    case again(Experiment)
  }

  /// What a remedy came to when it was tried.
  package struct Outcome: Sendable, Equatable {
    /// The training loss at the end.
    package var loss: Double
    /// The training accuracy there, for classifiers.
    package var accuracy: Double?
    /// Whether it left the finite numbers.
    package var isDiverged: Bool
    /// Whether the doctor finds nothing any more.
    package var isHealthy: Bool
    /// What the loss is of, as far as remedies change it: losses of another are not comparable.
    var measure: Measure

    /// What a loss is of.
    enum Measure: Sendable, Equatable {
      case formula(String)
      case model(Choice, LossReduction, penalties: [Double])
      case other

      init(_ problem: Problem) {
        switch problem {
        case .function(let function): self = .formula(function.formula)
        case .model(let model):
          self = .model(model.loss, model.reduction, penalties: [model.l1, model.l2])
        case .network: self = .other
        }
      }
    }

    /// How good a remedy has shown itself to be, best first.
    enum Worth: Int, Comparable, Sendable {
      /// Nothing is wrong any more.
      case healthy
      /// Better than without it, or not comparable.
      case better
      /// No better than without it.
      case vain
      /// It leaves the finite numbers.
      case diverges

      static func < (a: Worth, b: Worth) -> Bool { a.rawValue < b.rawValue }
    }

    /// What it is worth beside the run as it is.
    func worth(beside own: Outcome) -> Worth {
      if isDiverged { return .diverges }
      if isHealthy { return .healthy }
      if own.isDiverged { return .better }
      if let accuracy, let before = own.accuracy, accuracy > before { return .better }
      guard measure == own.measure else {
        // By accuracy alone, where there is one.
        return accuracy == nil ? .better : .vain
      }
      return loss < own.loss ? .better : .vain
    }

    /// Whether it came further than another of the same worth.
    func isBetter(than other: Outcome) -> Bool {
      if let accuracy, let before = other.accuracy, accuracy != before {
        return accuracy > before
      }
      return measure == other.measure && loss < other.loss
    }
  }

  /// How it begins.
  var way: Way
  /// What lists and undo call it.
  var label: String
  /// The run that is mended: how it began, and what was changed at which step.
  private var run: Experiment

  /// A remedy for a run: at the step before it went wrong, or anew where it is about the start or
  /// cannot be done under way.
  ///
  /// - Parameters:
  ///   - preset: The preset with the settings in force.
  ///   - run: How the run began, and what was changed at which step.
  ///   - views: The names of views, which settings may list.
  /// - Throws: `PresetError` where its settings do not fit.
  init(
    _ remedy: Finding.Remedy, since: Int, preset: Preset, run: Experiment, views: [String]
  ) throws(PresetError) {
    self.run = run
    label = Mending.words(remedy.settings, between: " ")
    let step = max(0, since - 1)
    if !remedy.startsAfresh,
      let changes = Mending.changes(remedy.settings, preset, run, step, views)
    {
      way = .part(step: step, changes)
      return
    }
    var base = preset
    // Where it is about the start or the data, settings that were changed under way stay.
    base.start = run.start
    let begun = try SettingEditor(base, views: views).begin(remedy.settings).preset
    way = .again(begun.experiment)
  }

  /// The settings as dated changes, each of what the one before it has made; nil where one cannot
  /// be made under way.
  private static func changes(
    _ settings: [Setting], _ preset: Preset, _ run: Experiment, _ step: Int, _ views: [String]
  ) -> [Command]? {
    var now = preset
    now.experiment = run
    now.experiment.changes = []
    for change in run.changes where change.step <= step { now.experiment.apply(change.command) }
    // What is chosen comes before the settings of what was chosen.
    let choosing = settings.filter { PresetKeys.row($0.key, of: now)?.chooses == true }
    var commands: [Command] = []
    for setting in choosing + settings.filter({ !choosing.contains($0) }) {
      guard let change = try? SettingEditor(now, views: views).change(setting),
        change.key.effect != .restarts
      else { return nil }
      now = change.preset
      commands.append(.set(KeyChange(setting, to: change.experiment)))
    }
    return commands
  }

  /// Settings in words; one without a value takes away what the preset says.
  static func words(_ settings: [Setting], between mark: String) -> String {
    settings.map { $0.value.isEmpty ? "no \($0.key) of its own" : "\($0.key)\(mark)\($0.value)" }
      .joined(separator: ", ")
  }

  /// What is asked of the learner.
  var control: Control {
    switch way {
    case .part(let step, let commands): .part(step: step, commands, label: label)
    case .again(let experiment): .beginAgain(experiment, label: label)
    }
  }

  /// The mended run as an experiment with dated changes.
  var experiment: Experiment {
    switch way {
    case .again(let experiment): return experiment
    case .part(let step, let commands):
      var mended = run
      mended.changes.removeAll { $0.step > step }
      mended.changes += commands.map { DatedCommand(step: step, command: $0) }
      return mended
    }
  }

  /// Tries it for so many steps; nil where it cannot begin.
  func outcome(after steps: Int) -> Outcome? {
    guard var outcome = Mending.outcome(of: experiment, after: steps) else { return nil }
    let findings = outcome.isDiverged ? [] : (try? Doctor.diagnose(experiment, steps: steps)) ?? []
    outcome.isHealthy = !outcome.isDiverged && findings.isEmpty
    return outcome
  }

  /// What a run as it is comes to in so many steps, taken for sick; nil where it cannot begin.
  static func outcome(of experiment: Experiment, after steps: Int) -> Outcome? {
    guard var run = try? Run(experiment) else { return nil }
    run.measuresSplits = false
    run.advance(steps)
    let isDiverged = if case .diverged = run.status { true } else { false }
    return Outcome(
      loss: isDiverged ? .infinity : run.objective.loss(at: run.parameters),
      accuracy: isDiverged ? nil : run.objective.accuracy(at: run.parameters),
      isDiverged: isDiverged, isHealthy: false, measure: .init(run.experiment.problem))
  }
}
