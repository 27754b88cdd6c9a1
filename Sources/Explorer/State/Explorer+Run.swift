import Terminal
package import Training

/// How a run stands, with what was asked for taken into account.
enum Standing: Equatable {
  case running, paused, finished
  case diverged(step: Int, parameter: String?)
}

extension Explorer {
  /// How the run stands.
  var standing: Standing {
    switch snapshot.status {
    case .diverged(let step, let parameter):
      return .diverged(step: step, parameter: parameter)
    case .finished where pending.running != true: return .finished
    default: return isRunning ? .running : .paused
    }
  }

  /// Whether it runs, or was asked to.
  var isRunning: Bool { pending.running ?? (snapshot.status == .running) }

  /// From which step to which the run is being taken at once, where that is more than a few; nil:
  /// it goes at its pace, or waits.
  var advance: (from: Int, to: Int)? {
    guard let advance = pending.advance(in: snapshot), advance.to - advance.from >= 20 else {
      return nil
    }
    return advance
  }

  /// The seed in force or asked for.
  var seed: UInt64 { expected.seed }

  /// Asks the learner to run or to wait.
  mutating func setRunning(_ running: Bool) -> Effect {
    ask(running ? .resume : .pause)
  }

  /// Space.
  mutating func togglePause() -> [Effect] {
    if isRankingFocused { return toggleRacer() }
    if case .diverged = standing {
      say("nothing to go on with: enter restarts at half the rate, r at the same", .warning)
      return []
    }
    return [setRunning(!isRunning)]
  }

  /// Takes some steps, then waits.
  mutating func takeSteps(_ count: Int) -> [Effect] {
    if case .diverged = standing {
      say("diverged: enter restarts at half the rate, r at the same", .warning)
      return []
    }
    return [ask(.step(count))]
  }

  /// The next count for `.`: 1, 10, 100, 1000, 1.
  mutating func cycleStepCount() -> [Effect] {
    let next = [1, 10, 100, 1000].first { $0 > stepCount } ?? 1
    setStepCount(next)
    return []
  }

  /// How many steps `.` takes.
  mutating func setStepCount(_ count: Int) {
    stepCount = count
    say(count == 1 ? "`.` takes one step" : "`.` takes \(NumberText.count(count)) steps")
  }

  /// Begins again with the same seed (nil) or another; a run that waits keeps waiting.
  mutating func restart(seed: UInt64?) -> [Effect] {
    let goesOn = standing != .paused
    say(seed.map { "restarted with seed \($0)" } ?? "restarted")
    return [ask(.restart(seed: seed)), setRunning(goesOn)]
  }

  /// Begins again at half the learning rate.
  mutating func restartHalved() -> [Effect] {
    let rate = rounded(learningRate / 2)
    let change = setLearningRate(rate)
    say("restarted with η = \(Explorer.text(rate))", .good)
    return change + [ask(.restart(seed: nil)), setRunning(true)]
  }

  /// Enter.
  mutating func proceed() -> [Effect] {
    if isRankingFocused { return race(.off) }
    if case .diverged = standing { return restartHalved() }
    if crosshairOffer == nil, shownLesson != nil { return goOnInLesson() }
    return offersCursor ? takeOutCursor() : placeCrosshair()
  }

  /// One rung up the ladder of speeds.
  mutating func speedUp() -> [Effect] { setPace(Pace.faster(than: pace)) }

  /// One rung down the ladder of speeds; below the slowest it waits for single steps.
  mutating func slowDown() -> [Effect] {
    guard let slower = Pace.slower(than: pace) else {
      say("single steps: press `.`")
      return isRunning ? [setRunning(false)] : []
    }
    return setPace(slower)
  }

  /// Steps per second; infinity is full speed.
  mutating func setPace(_ pace: Double) -> [Effect] {
    self.pace = pace
    say("speed: \(Explorer.paceText(pace))")
    return [ask(.pace(pace))]
  }

  /// `60 steps/s`, `full speed`.
  static func paceText(_ pace: Double) -> String {
    pace.isInfinite ? "full speed" : "\(text(pace)) steps/s"
  }

  /// What a preset says that is to be looked at beside its run.
  func beginWritten(_ preset: Preset) -> [Effect] {
    preset.race.isEmpty || preset.session != nil
      ? [] : [.race(RaceRequest(preset: preset, line: preset.race))]
  }

  /// Shows another preset from its start; `original` is what it is a variant of, nil: it is itself
  /// as written.
  package mutating func load(_ preset: Preset, variantOf original: Preset? = nil) -> [Effect] {
    if let effects = takeUpLesson(of: original ?? preset, isVariant: original != nil) {
      return effects
    }
    let isSame = original?.name == expected.name
    pace = preset.pace
    remembered = RememberedChoices()
    say(preset.title)
    let load = ask(toLoad: preset)
    // A variant of what runs is looked at as that was.
    if !isSame { paneReset = pending.lastTicket }
    return [load, setRunning(true)] + beginWritten(preset)
  }
}
