extension Session {
  /// Begins again as another experiment of the same problem, on a branch that is called `label`.
  ///
  /// - Throws: `RunError`, as beginning a run does.
  package mutating func beginAgain(as experiment: Experiment, label: String) throws(RunError) {
    let next = try Run(experiment)
    begin(next, family: branches[place].family, label: label)
    name(current, label)
  }

  /// Takes another way from the moment after `step` steps of the present branch: a branch that
  /// begins with changes, which undo takes back as one.
  ///
  /// - Throws: `RunError` when a change does not fit; the run is where it was then.
  package mutating func part(
    at step: Int, with commands: [Command], label: String
  ) throws(RunError) {
    let action = Action(position: here, label: label, kind: nil)
    if !isDetached || run.step != step { seek(step: step) }
    do throws(RunError) {
      var trial = run
      for command in commands { try trial.apply(command) }
    } catch {
      go(to: action.position)
      throw error
    }
    leave()
    fork()
    note(action)
    for command in commands { try run.apply(command) }
    keepBudget()
    refresh()
  }
}
