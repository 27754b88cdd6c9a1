extension Session {
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
    go(to: Position(branch: current, moment: Session.moment(after: step, of: course, to: end)))
  }

  /// The moment after `step` steps of a course that has come to `end`: after the changes of that
  /// step, so that what is shown is what the next step begins with.
  private static func moment(after step: Int, of course: Course, to end: Moment) -> Moment {
    let changes = course.changes.prefix { $0.step <= step }.count
    return Moment(step: step, changes: min(changes, end.changes))
  }

  /// The way to the moment after `step` steps, where the past is shown and goes on being shown; nil:
  /// there is more to be done than to replay steps under the settings in force.
  func way(to step: Int) -> ReplayWay? {
    guard isPast, !isDetached else { return nil }
    let branch = branches[place]
    let first = branch.timeline.checkpoints.first?.moment.step ?? 0
    let moment = Session.moment(after: max(first, step), of: branch.course, to: branch.end)
    guard moment < branch.end, moment.changes == run.moment.changes,
      let nearest = branch.timeline.nearest(moment), nearest.moment.changes == moment.changes
    else { return nil }
    let isNearer = run.id == branch.head.id && run.moment <= moment
    let known = isNearer ? max(run.step, nearest.moment.step) : nearest.moment.step
    return ReplayWay(
      stretch: .init(run: branch.head.id, changes: moment.changes), steps: moment.step - known)
  }

  /// Goes to the newest moment of a branch.
  package mutating func goTo(branch id: Branch.ID) {
    guard let branch = branches.first(where: { $0.id == id }) else { return }
    go(to: Position(branch: id, moment: branch.end))
  }

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
  mutating func keepMoments(before moment: Moment, on course: Course, in target: Int) {
    while moment.step - run.step > Session.closeDistance, run.state.byteCount <= budget / 64 {
      let step = moment.step - (moment.step - run.step) / 2
      let changes = course.changes.prefix { $0.step <= step }.count
      guard run.advance(to: Moment(step: step, changes: changes)) else { return }
      branches[target].timeline.add(run.checkpoint())
    }
  }

  /// Shows the newest moment of the present branch.
  mutating func catchUp() {
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
}
