import Terminal

extension KeyBinding {
  /// Keys that move the run itself.
  static let running: [KeyBinding] = [
    KeyBinding(
      "pause", [.type(" ")], .run, "pause, or go on",
      hint: { explorer in
        if explorer.isRankingFocused { return Hint("hide", 90) }
        return switch explorer.standing {
        case .running: Hint("pause", 90)
        case .paused, .finished: Hint("go on", 90)
        case .diverged: nil
        }
      },
      act: { explorer, _ in explorer.togglePause() }),
    KeyBinding(
      "step", [.type(".")], .run, "take single steps, then wait",
      hint: { explorer in
        guard explorer.standing == .paused else { return nil }
        return Hint(explorer.stepCount == 1 ? "step" : "step ×\(explorer.stepCount)", 80)
      },
      act: { explorer, _ in explorer.takeSteps(explorer.stepCount) }),
    KeyBinding(
      "next_step_count", [.type(",")], .run, "change how many steps `.` takes: 1, 10, 100, 1000",
      hint: { $0.standing == .paused ? Hint("count", 35) : nil },
      act: { explorer, _ in explorer.cycleStepCount() }),
    KeyBinding(
      "exact_step_count", [.type(";")], .run, "type how many steps `.` takes",
      act: { explorer, _ in explorer.ask(for: .stepCount) }),
    KeyBinding(
      "restart", [.type("r")], .run, "restart with the settings in force and the same seed",
      hint: { explorer in
        switch explorer.standing {
        case .finished: Hint("restart", 85)
        // Of a run that is over there is little else to do.
        case .diverged: Hint("restart", 93)
        case .running, .paused: Hint("restart", 55)
        }
      },
      act: { explorer, _ in explorer.restart(seed: nil) }),
    KeyBinding(
      "new_seed", [.type("R")], .run, "restart with the next seed: other data and weights",
      hint: { _ in Hint("new seed", 30) },
      act: { explorer, _ in explorer.restart(seed: explorer.seed &+ 1) }),
    KeyBinding(
      "halve_rate", [.type("H")], .run, "restart with the learning rate halved",
      act: { explorer, _ in explorer.restartHalved() }),
    KeyBinding(
      "proceed", [Key(.enter)], .run,
      "cursor, what it offers, or restart at half the rate",
      isInPalette: false,
      hint: { explorer in
        if case .diverged = explorer.standing { return Hint("restart at half the rate", 95) }
        if let offer = explorer.crosshairOffer { return Hint(offer, 88) }
        return explorer.offersCursor && explorer.shownLesson == nil ? Hint("cursor", 28) : nil
      },
      act: { explorer, _ in explorer.proceed() }),
    KeyBinding(
      "faster", [.type("t")], .run, "faster: more steps per second, up to full speed",
      hint: { _ in Hint("faster", 50) },
      act: { explorer, _ in explorer.speedUp() }),
    KeyBinding(
      "slower", [.type("T")], .run, "slower: fewer steps per second, down to single steps",
      hint: { _ in Hint("slower", 45) },
      act: { explorer, _ in explorer.slowDown() }),
  ]
}
