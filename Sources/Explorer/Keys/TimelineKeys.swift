import Terminal
import Training

extension KeyBinding {
  /// Keys that go back and forth in the run's past, between branches, and take actions back.
  static let timeline: [KeyBinding] = [
    KeyBinding(
      "step_back", [.type("(")], .past, "back by as many steps as `.` takes",
      hint: { $0.isPast ? Hint("back", 83) : $0.standing != .running ? Hint("back", 33) : nil },
      act: { explorer, _ in explorer.move(inTimeBy: -explorer.stepCount) }),
    KeyBinding(
      "step_forward", [.type(")")], .past, "on again by as many steps, as far as the run has come",
      hint: { $0.isPast ? Hint("on", 82) : nil },
      act: { explorer, _ in explorer.move(inTimeBy: explorer.stepCount) }),
    KeyBinding(
      "far_back", [.type("{")], .past, "back by ten times as many steps",
      act: { explorer, _ in explorer.move(inTimeBy: -10 * explorer.stepCount) }),
    KeyBinding(
      "far_forward", [.type("}")], .past, "on by ten times as many steps",
      act: { explorer, _ in explorer.move(inTimeBy: 10 * explorer.stepCount) }),
    KeyBinding(
      "first_step", [Key(.home)], .past, "step 0",
      act: { explorer, _ in explorer.seek(step: 0) }),
    KeyBinding(
      "newest_step", [Key(.end)], .past, "the newest step of the branch",
      hint: { $0.isPast ? Hint("newest", 81) : nil },
      act: { explorer, _ in explorer.seek(step: .max) }),
    KeyBinding(
      "undo", [.type("u")], .past,
      "take back the last change, restart or preset",
      hint: { $0.snapshot.session.undo == nil ? nil : Hint("undo", 62) },
      act: { explorer, _ in explorer.undo() }),
    KeyBinding(
      "redo", [.type("U")], .past, "do again what was taken back",
      hint: { $0.snapshot.session.redo == nil ? nil : Hint("redo", 61) },
      act: { explorer, _ in explorer.redo() }),
    KeyBinding(
      "ghosts", [.type("K")], .past, "ghosts of other branches off, on again",
      act: { explorer, _ in explorer.toggleGhosts() }),
    KeyBinding(
      "branches", [.type("E")], .past,
      "branches: go on with one, name it, forget it", tellsRun: true,
      hint: { $0.snapshot.session.rows.count > 1 ? Hint("branches", 59) : nil },
      act: { explorer, _ in explorer.open(BranchList(explorer)) }),
  ]
}
