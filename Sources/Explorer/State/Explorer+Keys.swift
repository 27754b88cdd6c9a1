import Lanes
import Models
import Presets
import Training

extension Explorer {
  /// The preset with the settings in force or asked for: what keys of the table are read from and
  /// change.
  var presetNow: Preset {
    var now = expectedPreset
    now.experiment = expected
    now.experiment.learningRate = .value(learningRate)
    now.experiment.changes = []
    now.pace = pace
    now.views = paneOrder.shown
    now.variants = []
    now.lesson = nil
    return now
  }

  /// Sets a key of the preset: on the run as it goes on where that is possible, else by beginning
  /// it again.
  ///
  /// A value that does not fit is said, and nothing is done.
  ///
  /// - Parameter place: Where `hidden` grows or shrinks; nil: at the end.
  mutating func set(
    _ name: String, to typed: String, at place: HiddenPlace? = nil
  ) -> [Effect] {
    var now = presetNow
    if name.hasPrefix("start.") { now.start = presentStart }
    guard let key = PresetKeys.row(name, of: now) else {
      say("\(name) is no key of this preset", .bad)
      return []
    }
    let value = TypedValue(typed, of: key)
    let change: (key: PresetKey, experiment: Experiment, preset: Preset)
    do {
      change = try SettingEditor(now, views: vocabulary.views.names)
        .change(Setting(key: key.name, value: value.text))
    } catch {
      say(error.diagnostics.map(\.message).joined(separator: "; "), .bad)
      return []
    }
    guard change.preset != now else {
      // The run may have left the start that it is put to.
      if let place = startEntry(key), let start = change.preset.start.parameters,
        start.count == snapshot.parameters.count, start[place] != snapshot.parameters[place]
      {
        say("\(key.typed): \(Explorer.text(snapshot.parameters[place])) → \(value.text)")
        return [ask(.change(.entries([place: start[place]])))]
      }
      say("\(key.typed) is \(value.text) already")
      return []
    }
    // As it is written, so that a session says it exactly.
    let text = value.text.isEmpty ? "" : PresetKeys.text(of: key, in: change.preset) ?? value.text
    let effects = effects(
      of: Setting(key: key.name, value: text), key, from: now, to: change.preset, at: place)
    sayChange(of: key, from: now, to: change.preset, note: value.note)
    return effects
  }

  /// Where all parameters begin, so that one of them can be put elsewhere: a function's start, the
  /// weights of a model as they are now.
  private var presentStart: Start {
    let start = expected.start
    guard snapshot.objective.parameterCount <= Explorer.mostTypedParameters else { return start }
    if case .function = expected.problem {
      return start.parameters == nil && start.initializer == nil
        ? Start(parameters: snapshot.objective.usualStart(seed: expected.seed)) : start
    }
    return Start(parameters: snapshot.parameters)
  }

  /// The one parameter of a model that a key puts elsewhere; nil where the start itself is meant,
  /// as with a function.
  private func entry(_ key: PresetKey, of experiment: Experiment) -> [Int: Double]? {
    if case .function = experiment.problem { return nil }
    guard key.effect == .moves, let values = experiment.start.parameters,
      let place = startEntry(key), values.indices.contains(place)
    else { return nil }
    return [place: values[place]]
  }

  /// The place of the one parameter whose start a key gives.
  private func startEntry(_ key: PresetKey) -> Int? {
    snapshot.objective.parameterNames.firstIndex { key.name == "start.\($0)" }
  }

  /// Models with more parameters than this have none typed one by one.
  private static let mostTypedParameters = 100_000

  /// What is asked for so that the run becomes that of `next`, which differs in one key.
  private mutating func effects(
    of setting: Setting, _ key: PresetKey, from now: Preset, to next: Preset, at place: HiddenPlace?
  ) -> [Effect] {
    let experiment = next.experiment
    switch key.effect {
    case .none:
      if next.pace != pace { return setPace(next.pace) }
      keepTexts(of: next)
      return []
    case .restarts:
      let goesOn = standing != .paused
      if experiment.seed != expected.seed { return restart(seed: experiment.seed) }
      return [ask(.load(experiment, pace: pace)), setRunning(goesOn)]
    case .keepsAll, .keepsWeights, .keepsFitting, .moves: break
    }
    if let entry = entry(key, of: experiment) {
      return [ask(.change(.entries(entry)))]
    }
    let old = expected
    if case .value(let rate) = experiment.learningRate, key.name == "learning_rate" {
      return setLearningRate(rate)
    }
    if experiment.optimizer.name != old.optimizer.name, experiment.optimizer.settings.isEmpty {
      return chooseOptimizer(experiment.optimizer.name)
    }
    let changed = experiment.optimizer.settings.filter {
      old.optimizer.settings[$0.key] != $0.value
    }
    if experiment.optimizer.name == old.optimizer.name, changed.count == 1,
      experiment.optimizer.settings.count >= old.optimizer.settings.count,
      let (name, number) = changed.first
    {
      return setHyperparameter(name, number)
    }
    if experiment.schedule != old.schedule { return setSchedule(experiment.schedule) }
    if experiment.batching != old.batching {
      return [ask(.change(.batching(experiment.batching)))]
    }
    let change = KeyChange(
      setting, to: experiment, from: now.experiment, addsSilently: addsSilently, at: place)
    return [ask(.change(.set(change)))]
  }

  private mutating func sayChange(
    of key: PresetKey, from old: Preset, to new: Preset, note: String?
  ) {
    let before = PresetKeys.shown(key, in: old)
    let after = PresetKeys.shown(key, in: new)
    let told = note.map { "\($0); " } ?? ""
    say("\(told)\(key.typed): \(before) → \(after); \(key.effect.rawValue)")
    offerUsualRate(after: old.experiment.optimizer.name, to: new.experiment.optimizer.name)
  }
}

/// A value as it was typed, made into what presets write.
struct TypedValue: Equatable {
  /// The value for a preset.
  let text: String
  /// What was understood, where that may surprise.
  let note: String?

  /// Reads what was typed for a key: decimal commas and fractions are understood where one number
  /// is wanted.
  init(_ typed: String, of key: PresetKey) {
    let plain = typed.trimmingSpaces().replacing("−", with: "-")
    let parts = plain.split(separator: "/", omittingEmptySubsequences: false)
    if key.takesOneNumber, plain.contains(","), !plain.contains("."),
      let number = Double(plain.replacing(",", with: ".")), number.isFinite
    {
      text = "\(number)"
      note = "\(plain) is read as \(number)"
    } else if key.takesOneNumber, parts.count == 2, let above = Double(parts[0]),
      let below = Double(parts[1]), below != 0, (above / below).isFinite
    {
      text = "\(above / below)"
      note = nil
    } else {
      text = plain
      note = nil
    }
  }
}
