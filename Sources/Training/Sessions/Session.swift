/// A run with its past: the branches that it has taken, moments to come back to, and what the
/// person did last.
///
/// A value that knows no thread and no clock. The run that is shown is at the newest moment of the
/// present branch or at an earlier one. A change made in the past begins a branch and leaves the
/// one it parts from as it is; undoing is going back to the moment before an action, and going on
/// from there begins a branch too: nothing is lost.
package struct Session: Sendable {
  /// The run that is shown.
  package internal(set) var run: Run
  /// The branches, oldest first.
  package internal(set) var branches: [Branch] = []
  /// The number of the branch that is shown.
  package internal(set) var current: Branch.ID = 1
  /// Whether the run is at a moment before the branch's newest.
  package internal(set) var isPast = false
  /// Whether the moment's future was taken back: going on begins a branch.
  package internal(set) var isDetached = false
  /// Bytes that the checkpoints of all branches may take.
  package let budget: Int

  var undone: [Action] = []
  var done: [Action] = []
  var lastID: Branch.ID = 0
  var lastFamily = 0
  var recordedStep = Session.firstRecord
  var ghosts: [Ghost] = []
  var summary = SessionSummary()
  /// What can be taken back, as it is written.
  var actions = SavedActions()

  /// Bytes that checkpoints may take where nothing else is said.
  package static let usualBudget = 64 << 20
  /// Branches that are kept.
  package static let branchLimit = 64
  /// Actions that can be taken back.
  package static let actionLimit = 1000
  /// Ways that are drawn behind the present one.
  package static let ghostLimit = 3
  static let firstRecord = 1024
  /// Steps that are done again without keeping moments between.
  static let closeDistance = 128

  /// A session that begins with a run.
  package init(_ run: Run, budget: Int = Session.usualBudget) {
    self.run = run
    self.budget = budget
    add(
      run, parent: nil, fork: Moment(step: 0, changes: 0), family: newFamily(), timeline: Timeline()
    )
    keepCheckpoint()
    refresh()
  }

  /// A session without branches, for those that are taken in.
  init(at run: Run, budget: Int) {
    self.run = run
    self.budget = budget
  }

  // MARK: Going on

  /// Takes up to `limit` steps: along the branch's known course while in the past, beyond it
  /// afterwards.
  package mutating func advance(_ limit: Int) -> Int {
    if isDetached { fork() }
    guard isPast else {
      let taken = run.advance(limit)
      if run.step >= recordedStep { keepRecord() }
      return taken
    }
    let end = branches[place].end
    let taken = end.step > run.step ? run.advance(min(limit, end.step - run.step)) : 0
    if run.step >= end.step { catchUp() }
    return taken
  }

  /// Whether a checkpoint is due after the present step.
  package var wantsCheckpoint: Bool { !isPast && branches[place].timeline.wants(run.step) }

  /// Keeps the present moment.
  package mutating func keepCheckpoint() {
    guard !isPast else { return }
    branches[place].timeline.add(run.checkpoint())
    keepBudget()
  }

  /// Lets a finished run go on.
  package mutating func goOn() {
    if isPast { return }
    run.goOn()
  }

  // MARK: Actions

  /// Lets a change take effect, on a branch of its own where this is the past.
  ///
  /// - Throws: `RunError` when it does not fit; nothing has happened then.
  package mutating func apply(_ command: Command) throws(RunError) {
    let action = Action(position: here, label: command.label, kind: command.kind)
    if isPast || isDetached {
      var trial = run
      try trial.apply(command)
      fork()
      note(action)
      try run.apply(command)
    } else {
      let before = run.checkpoint()
      try run.apply(command)
      branches[place].timeline.add(before)
      note(action)
    }
    keepBudget()
    refresh()
  }

  /// Begins again with the settings in force.
  ///
  /// - Throws: `RunError`, as beginning a run does.
  package mutating func restart(seed: UInt64?) throws(RunError) {
    let next = try run.restarted(seed: seed)
    begin(next, family: branches[place].family, label: "restart")
  }

  /// Begins another experiment.
  ///
  /// - Throws: `RunError`, as beginning a run does.
  package mutating func load(_ experiment: Experiment) throws(RunError) {
    let next = try Run(experiment)
    begin(next, family: newFamily(), label: experiment.name)
  }

  mutating func begin(_ next: Run, family: Int, label: String) {
    let action = Action(position: here, label: label, kind: nil)
    leave()
    note(action)
    run = next
    add(
      next, parent: nil, fork: Moment(step: 0, changes: 0), family: family, timeline: Timeline())
    keepCheckpoint()
    refresh()
  }

  /// Goes back to before the last action.
  package mutating func undo() {
    guard var action = done.popLast() else { return }
    if let branch = action.forgotten {
      // What is shown stays.
      bringBack(branch)
      undone.append(action)
      return refresh()
    }
    let back = action.position
    action.position = here
    undone.append(action)
    go(to: Position(branch: back.branch, moment: back.moment, isDetached: !back.isPast))
  }

  /// Goes to after the action that was taken back last.
  package mutating func redo() {
    guard var action = undone.popLast() else { return }
    let on = action.position
    if let forgotten = action.forgotten {
      // Where the person was when it was forgotten, if it is what is shown now.
      if forgotten.id == current { go(to: on) }
      action.forgotten = takeAway(forgotten.id) ?? forgotten
      done.append(action)
      return refresh()
    }
    action.position = here
    done.append(action)
    go(to: on)
  }
}
