package import Lanes
package import Models

/// A change of a run while it runs. Commands take effect between steps and are dated with the step.
package enum Command: Equatable, Sendable {
  /// The base learning rate.
  case learningRate(Double)
  /// Another optimizer; parameters are kept. `carryState` keeps what the new one can use of the old
  /// one's memory.
  case optimizer(Choice, carryState: Bool)
  /// One setting of the current optimizer, its state kept.
  case hyperparameter(String, Double)
  /// Another schedule.
  case schedule(Choice)
  /// Other mini-batches.
  case batching(Batching)
  /// The activation of every hidden layer, weights kept.
  case activation(Choice)
  /// Puts the parameters elsewhere; optimizer state is reset.
  case parameters([Double])
  /// Gives single parameters other values, by their places in flat order; the others, and what the
  /// optimizer remembers, stay as they are at that step.
  case entries([Int: Double])
  /// Adds a training sample.
  case addPoint(AddedPoint)
  /// Any other key of a preset; what still fits keeps its parameters and the optimizer's memory of
  /// them.
  case set(KeyChange)
  /// Goes on without the stop rule from now on.
  case ignoreStopRule
}

/// A key of a preset with its new value, and the experiment that it makes of the one in force.
package struct KeyChange: Equatable, Sendable {
  /// The key and its value, as presets write them.
  package var setting: Setting
  /// The experiment from then on.
  @Boxed package var experiment: Experiment
  /// Whether units that are added begin with outgoing weights of 0, so that the outputs do not
  /// jump.
  package var addsSilently: Bool
  /// Whether undo takes changes of the key without a step between back as one.
  package var isPartOfOne = true
  /// The hidden layer, or the unit of one, at which a change of `hidden` puts in or takes away;
  /// nil: at the end.
  package var place: HiddenPlace?
  /// The settings from which `experiment` was made; nil: those in force when it takes effect.
  ///
  /// Whoever asks knows the settings of the last snapshot. What else has changed by the step at
  /// which the change takes effect (`rebased(on:)`) is left as it is.
  @Boxed package var base: Experiment?

  /// A change.
  package init(
    _ setting: Setting, to experiment: Experiment, from base: Experiment? = nil,
    addsSilently: Bool = false, at place: HiddenPlace? = nil
  ) {
    self.setting = setting
    self.experiment = experiment
    self.base = base
    self.addsSilently = addsSilently
    self.place = place
  }

  /// Whether both make the same of a run that is on its course; of what they were made does not
  /// count.
  package static func == (a: KeyChange, b: KeyChange) -> Bool {
    a.setting == b.setting && a.experiment == b.experiment && a.addsSilently == b.addsSilently
      && a.isPartOfOne == b.isPartOfOne && a.place == b.place
  }

  /// The change of the settings in force: only what it differs by from those it was made of.
  package func rebased(on current: Experiment) -> KeyChange {
    guard let base else { return self }
    var change = self
    change.experiment = current.taking(experiment, since: base)
    change.base = nil
    return change
  }
}

/// A command and the step before which it took effect.
package struct DatedCommand: Equatable, Sendable {
  /// The number of steps done before it.
  package var step: Int
  /// The change.
  package var command: Command
  /// A dated command.
  package init(step: Int, command: Command) {
    self.step = step
    self.command = command
  }
}
