import Lanes
import Presets
import Terminal
package import Training
import Views

extension Explorer {
  /// An action that a box closed with.
  mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .key(let name):
      guard let binding = keyBindings[name], let key = binding.keys.first else { return [] }
      return act(binding, key)
    case .load(let preset, let variant): return [.load(preset: preset, variant: variant)]
    case .optimizer(let name): return chooseOptimizer(name)
    case .schedule(let name): return chooseSchedule(name)
    case .activation(let name): return chooseActivation(name)
    case .view(let name): return focusPane(name)
    case .theme(let name):
      if let theme = Theme.all.first(where: { $0.name == name }) {
        appearance.theme = theme
        appearance.followsTerminal = false
      }
      say("theme \(name)")
      return []
    case .glyphs(let glyphs):
      appearance.glyphs = glyphs
      say("glyphs \(glyphs.rawValue)")
      return []
    case .ask(let tunable): return open(Prompt(setting: tunable))
    case .set(let tunable, let typed): return set(tunable, typed: typed)
    case .save(let request): return [.save(request)]
    case .lesson(let preset):
      isLessonShown = true
      return [.load(preset: preset, variant: nil)]
    case .answer(let step, let answer): return self.answer(step: step, answer)
    case .openTable(let path, let settings, let column, let line):
      return [.openTable(path: path, settings, column: column, line: line)]
    case .train(let preset): return load(preset)
    case .complete: return []
    case .choose(let key, let value): return set(key, to: value)
    case .mend(let remedy, let since): return mend(remedy, since: since)
    case .race(let wish): return race(wish)
    case .map(let line): return map(line)
    case .descend(let preset): return descend(on: preset)
    case .copyCommand: return [.copyCommand(sharedPreset)]
    case .allowFiles(let preset): return [.loadAllowingFiles(preset: preset)]
    case .export(let format): return [.export(format)]
    case .picture(let format, let part): return [.picture(format, part)]
    case .request(let control): return [ask(control)]
    case .forgetBranch(let id, let name):
      say("branch \(id) \(name) is forgotten; u brings it back")
      return [ask(.delete(id))]
    case .nameBranch(let id, let name): return open(Prompt(naming: id, name))
    }
  }

  /// Asks under which name what runs now is to be saved.
  mutating func askForSaveName(_ part: Prompt.SavedPart = .settings) -> [Effect] {
    let name = snapshot.experiment.name
    return open(Prompt(savingAs: name.hasPrefix("my-") ? name : "my-\(name)", part))
  }

  /// The session as a preset: the branch that is shown, how it began and what was changed at which
  /// step, and all branches.
  var savedSession: Preset {
    var saved = keptSession
    saved.session?.branches = snapshot.branches.map(\.saved)
    return saved
  }

  /// The session as a preset, without the digests of its branches, which take a while.
  package var keptSession: Preset {
    let session = SavedSession(
      branches: snapshot.branches.map(\.description), current: snapshot.session.shown)
    guard let shown = session.shown else { return savedRun }
    var saved = preset
    saved.experiment = shown.original
    saved.changes = shown.changes + shown.ahead
    saved.session = session
    return watched(saved)
  }

  /// The run so far as a preset: how it began, and what was changed at which step.
  var savedRun: Preset {
    guard let original = snapshot.original else { return savedPreset }
    var saved = preset
    saved.experiment = original
    saved.changes = snapshot.changes + plannedAhead(of: original)
    return watched(saved)
  }

  /// The changes of the experiment's own that the run has before it: not those that were taken back
  /// or left behind, nor what the person did later than the moment that is shown.
  private func plannedAhead(of original: Experiment) -> [DatedCommand] {
    let shown = snapshot.branches.first { $0.description.id == snapshot.session.shown }?.description
    guard let shown else {
      let done = snapshot.changes
      return original.changes.filter { $0.step >= snapshot.step && !done.contains($0) }
    }
    let course = shown.changes + shown.ahead
    return course.dropFirst(snapshot.changes.count).filter { original.changes.contains($0) }
  }

  /// A preset with the panes and the pace of now, without its lesson.
  private func watched(_ preset: Preset) -> Preset {
    var preset = preset
    preset.lesson = nil
    preset.pace = pace
    if panes.order != nil {
      preset.views = Array(paneOrder.names.prefix(paneOrder.listed))
    }
    return preset
  }

  /// What is saved: the preset with the settings in force.
  var savedPreset: Preset {
    var saved = preset
    saved.experiment = snapshot.experiment
    saved.dropTexts(of: preset)
    saved.changes = []
    // What a lesson says is true of the preset as written, not of what became of it.
    saved.lesson = nil
    saved.session = nil
    saved.pace = pace
    saved.learningRate = .value(learningRate)
    saved.optimizer = optimizer
    saved.schedule = schedule
    saved.batching = batching
    if panes.order != nil {
      saved.views = Array(paneOrder.names.prefix(paneOrder.listed))
    }
    return saved
  }

  /// What is written under a name: a preset whose title nobody gave it (a built-in preset's, its
  /// problem's or its file's) is called as it is saved.
  func named(_ preset: Preset, as target: String) -> Preset {
    guard target != self.preset.name,
      [self.preset.name, preset.name, preset.experiment.problem.title].contains(preset.title)
        || PresetShelf.isBuiltIn(title: preset.title)
    else { return preset }
    var named = preset
    let file = target.split(separator: "/").last.map(String.init) ?? target
    let stem = [".yaml", ".yml"].reduce(file) {
      $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0
    }
    named.title = PresetLimits.cutTitle(stem)
    return named
  }

  /// Takes in what became of a request to save.
  package mutating func saved(_ outcome: SaveOutcome, _ request: SaveRequest) {
    switch outcome {
    case .saved(let path):
      presetIndex.refresh()
      if request.preset.session != nil {
        noteSaved()
      }
      say("saved as \(path)\(lesson == nil ? "" : ", without its lesson")", .good)
    case .failed(let message): say("not saved: \(message)", .bad)
    case .shadows(let name):
      var again = request
      again.shadows = true
      _ = open(
        Confirm(
          question: "yours would stand before the built-in \(name). Save it so?",
          action: .save(again)))
    case .exists(let path):
      var again = request
      again.overwrite = true
      _ = open(Confirm(question: "\(path) is there already. Write over it?", action: .save(again)))
    }
  }

  /// Takes in that a preset could not be loaded.
  package mutating func failed(toLoad preset: String, _ failure: PresetFailure) {
    if let file = failure.unaskedFile { return ask(toRead: file, for: preset) }
    if opensLastStep == preset { opensLastStep = nil }
    let preset = PresetShelf.isSent(preset) ? "the line" : preset
    if failure.message.contains("\n") {
      _ = open(Reader(title: preset, text: failure.message))
    } else {
      // Many messages begin with the file, and its line, by themselves.
      let says =
        failure.message.hasPrefix("\(preset):")
        || failure.message.contains(EscapedText.quoted(preset))
      say(says ? failure.message : "\(preset): \(failure.message)", .bad)
    }
  }
}
