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
  package private(set) var current: Branch.ID = 1
  /// Whether the run is at a moment before the branch's newest.
  package private(set) var isPast = false
  /// Whether the moment's future was taken back: going on begins a branch.
  package private(set) var isDetached = false
  /// Bytes that the checkpoints of all branches may take.
  package let budget: Int

  var undone: [Action] = []
  var done: [Action] = []
  private var lastID: Branch.ID = 0
  private var lastFamily = 0
  private var recordedStep = Session.firstRecord
  var ghosts: [Ghost] = []
  var summary = SessionSummary()

  /// Bytes that checkpoints may take where nothing else is said.
  package static let usualBudget = 64 << 20
  /// Branches that are kept.
  package static let branchLimit = 64
  /// Actions that can be taken back.
  package static let actionLimit = 1000
  /// Ways that are drawn behind the present one.
  package static let ghostLimit = 3
  private static let firstRecord = 1024
  /// Steps that are done again without keeping moments between.
  private static let closeDistance = 128

  /// An action of the person, and where it was done.
  struct Action: Sendable {
    var position: Position
    /// What was done.
    var label: String
    /// Actions of one kind at one moment are one: presses of `+` without a step between.
    var kind: String?
    /// The branch on which it took effect, and the step.
    var branch: Branch.ID = 0
    var step = 0
  }

  struct Position: Sendable, Equatable {
    var branch: Branch.ID
    var moment: Moment
    /// Whether it was a moment of the past, whose future stands.
    var isPast = false
    /// Whether the branch's future from there on was taken back.
    var isDetached = false
  }

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

  /// Shows another experiment from its start, under a label; undo passes over that.
  mutating func show(_ experiment: Experiment, label: String) throws(RunError) {
    let next = try Run(experiment)
    leave()
    run = next
    add(
      next, parent: nil, fork: Moment(step: 0, changes: 0), family: newFamily(),
      timeline: Timeline())
    self.label(label)
    keepCheckpoint()
  }

  /// Says what the present branch is of, where nobody gives it a name.
  mutating func label(_ label: String) {
    branches[place].label = label
    refresh()
  }

  /// Forgets a branch on which nothing was changed, without a name and without branches of its own.
  mutating func forgetUntouched(_ id: Branch.ID) {
    guard id != current, let branch = branches.first(where: { $0.id == id }),
      branch.name.isEmpty, branch.head.changes.isEmpty,
      !branches.contains(where: { $0.parent == id }),
      !done.contains(where: { $0.position.branch == id }),
      !undone.contains(where: { $0.position.branch == id })
    else { return }
    delete(id)
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
    let back = action.position
    action.position = here
    undone.append(action)
    go(to: Position(branch: back.branch, moment: back.moment, isDetached: !back.isPast))
  }

  /// Goes to after the action that was taken back last.
  package mutating func redo() {
    guard var action = undone.popLast() else { return }
    let on = action.position
    action.position = here
    done.append(action)
    go(to: on)
  }

  /// Shows the moment after `step` steps of the present branch, as far as it goes.
  package mutating func seek(step: Int) {
    if isDetached {
      guard step < run.step else { return }
      fork()
    }
    let course = isPast ? branches[place].course : run.course
    let end = isPast ? branches[place].end : run.moment
    let first = branches[place].timeline.checkpoints.first?.moment.step ?? 0
    let step = max(first, min(step, end.step))
    if step == end.step {
      if isPast { catchUp() }
      return
    }
    // After the changes of that step: what is shown is what the next step begins with.
    let changes = course.changes.prefix { $0.step <= step }.count
    go(
      to: Position(branch: current, moment: Moment(step: step, changes: min(changes, end.changes))))
  }

  /// Goes to the newest moment of a branch.
  package mutating func goTo(branch id: Branch.ID) {
    guard let branch = branches.first(where: { $0.id == id }) else { return }
    go(to: Position(branch: id, moment: branch.end))
  }

  /// Gives a branch a name.
  package mutating func name(_ id: Branch.ID, _ name: String) {
    guard let place = branches.firstIndex(where: { $0.id == id }) else { return }
    branches[place].name = name
    refresh()
  }

  /// Forgets a branch that is not shown; those that left it keep what they share with it.
  package mutating func delete(_ id: Branch.ID) {
    guard id != current else { return }
    branches.removeAll { $0.id == id }
    done.removeAll { $0.position.branch == id }
    undone.removeAll { $0.position.branch == id }
    refresh()
  }

  // MARK: What was written

  /// How far branches and families are numbered.
  var numbering: (ids: Int, families: Int) { (lastID, lastFamily) }

  /// Puts the run away for branches that are opened, which undo takes back.
  mutating func noteOpening(_ label: String) {
    let action = Action(position: here, label: label, kind: nil)
    leave()
    note(action)
  }

  /// Takes in a branch that was done again, at its newest moment.
  mutating func take(_ replay: Replay, ids: Int, families: Int) {
    if !branches.isEmpty { leave() }
    run = replay.run
    lastID = replay.branch.id + ids - 1
    let family = replay.branch.family + families
    lastFamily = max(lastFamily, family)
    add(
      run, parent: replay.branch.parent.map { $0 + ids }, fork: replay.branch.fork,
      family: family, timeline: replay.timeline)
    branches[place].name = replay.branch.name
    keepCheckpoint()
    leave()
  }

  // MARK: Positions

  var place: Int {
    guard let place = branches.firstIndex(where: { $0.id == current }) else {
      preconditionFailure("the branch that is shown is one of the session's")
    }
    return place
  }

  var here: Position {
    Position(
      branch: current, moment: run.moment, isPast: isPast && !isDetached, isDetached: isDetached)
  }

  /// Puts the run away before another moment is shown.
  mutating func leave() {
    guard !isPast, !isDetached else { return }
    branches[place].timeline.add(run.checkpoint())
    branches[place].head = run
    branches[place].head.releaseScratch()
    branches[place].row = row(of: branches[place], at: run, accuracy: run.accuracy)
    branches[place].kept = keep(branches[place], at: run)
  }

  mutating func go(to position: Position) {
    guard let target = branches.firstIndex(where: { $0.id == position.branch }) else { return }
    leave()
    current = position.branch
    isPast = false
    isDetached = false
    let branch = branches[target]
    if position.moment >= branch.end {
      catchUp()
      return
    }
    let course = branch.course
    guard let nearest = branch.timeline.nearest(position.moment) else { return catchUp() }
    if run.id == course.id, run.moment <= position.moment, run.moment > nearest.moment {
      // The run that is shown is nearer still.
      run.advance(to: position.moment)
    } else {
      run = Run(nearest, on: course)
      keepMoments(before: position.moment, on: course, in: target)
      run.advance(to: position.moment)
    }
    if run.moment != position.moment { return catchUp() }
    isPast = position.moment < branch.end
    if isPast, run.step != nearest.moment.step {
      branches[target].timeline.add(run.checkpoint())
    }
    var record = branch.record(at: run.moment)
    record.take(run.changes)
    // The branch may have had other parameters later, whose places are no way to these.
    record.fit(run.objective)
    run.core.record = record
    if position.isDetached {
      run.leave()
      isDetached = true
    }
    keepBudget()
    refresh()
  }

  /// Goes on towards a moment and keeps others, each half as far from it, for steps back from
  /// there.
  private mutating func keepMoments(before moment: Moment, on course: Course, in target: Int) {
    while moment.step - run.step > Session.closeDistance, run.state.byteCount <= budget / 64 {
      let step = moment.step - (moment.step - run.step) / 2
      let changes = course.changes.prefix { $0.step <= step }.count
      guard run.advance(to: Moment(step: step, changes: changes)) else { return }
      branches[target].timeline.add(run.checkpoint())
    }
  }

  /// Shows the newest moment of the present branch.
  private mutating func catchUp() {
    run = branches[place].head
    isPast = false
    isDetached = false
    recordedStep = Session.nextRecord(after: run.step)
    keepBudget()
    refresh()
  }

  /// Begins a branch at the present moment.
  mutating func fork() {
    let parent = branches[place]
    let moment = run.moment
    if !isDetached { run.leave() }
    add(
      run, parent: parent.id, fork: moment, family: parent.family,
      timeline: parent.timeline.through(moment))
    branches[branches.count - 1].records = parent.records.filter { $0.step <= moment.step }
    isPast = false
    isDetached = false
    keepCheckpoint()
    refresh()
  }

  private mutating func add(
    _ run: Run, parent: Branch.ID?, fork: Moment, family: Int, timeline: Timeline
  ) {
    lastID += 1
    var branch = Branch(
      id: lastID, parent: parent, fork: fork, family: family, head: run, timeline: timeline,
      row: .empty)
    branch.row = row(of: branch, at: run, accuracy: nil)
    branches.append(branch)
    current = lastID
    isPast = false
    isDetached = false
    recordedStep = Session.nextRecord(after: run.step)
    if branches.count > Session.branchLimit {
      // The oldest that nobody named and that is not shown goes first.
      let oldest = branches.first { $0.id != current && $0.name.isEmpty } ?? branches[0]
      delete(oldest.id)
    }
  }

  private mutating func newFamily() -> Int {
    lastFamily += 1
    return lastFamily
  }

  mutating func note(_ action: Action) {
    undone = []
    var action = action
    action.branch = current
    action.step = run.step
    if let kind = action.kind, let last = done.last, last.kind == kind, last.branch == current,
      last.step == run.step
    {
      done[done.count - 1].label = action.label
      return
    }
    done.append(action)
    if done.count > Session.actionLimit { done.removeFirst() }
  }

  // MARK: Memory

  private static func nextRecord(after step: Int) -> Int {
    var next = firstRecord
    while next <= step { next = next.addingReportingOverflow(next).partialValue }
    return next
  }

  private mutating func keepRecord() {
    branches[place].records.append((run.step, run.core.record))
    recordedStep = Session.nextRecord(after: run.step)
  }
}
