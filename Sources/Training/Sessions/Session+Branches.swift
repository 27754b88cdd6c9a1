extension Session {
  /// Gives a branch a name.
  package mutating func name(_ id: Branch.ID, _ name: String) {
    guard let place = branches.firstIndex(where: { $0.id == id }) else { return }
    branches[place].name = name
    refresh()
  }

  /// Forgets a branch that is not shown, which undo takes back; those that left it keep what they
  /// share with it.
  package mutating func forget(_ id: Branch.ID) {
    guard id != current, let branch = branches.first(where: { $0.id == id }) else { return }
    let title = branch.title.isEmpty ? branch.head.original.name : branch.title
    var action = Action(position: here, label: "forgetting branch \(id) \(title)", kind: nil)
    action.forgotten = takeAway(id)
    note(action)
    refresh()
  }

  /// Takes a branch that is not shown out of the list, with the first of its checkpoints alone: what
  /// comes after is replayed, should it come back, and its end is known anyway. So those that are in
  /// the list lose next to nothing of the budget to it.
  mutating func takeAway(_ id: Branch.ID) -> Branch? {
    guard id != current, let place = branches.firstIndex(where: { $0.id == id }) else { return nil }
    var branch = branches.remove(at: place)
    branch.timeline.keepFirst()
    return branch
  }

  /// Puts a branch that was taken away in its place again, which may be one more than the limit.
  mutating func bringBack(_ branch: Branch) {
    guard !branches.contains(where: { $0.id == branch.id }) else { return }
    let place = branches.firstIndex { $0.id > branch.id } ?? branches.count
    branches.insert(branch, at: place)
  }

  /// Drops a branch that is not shown, and what led back to it.
  private mutating func drop(_ id: Branch.ID) {
    guard id != current else { return }
    branches.removeAll { $0.id == id }
    done.removeAll { $0.position.branch == id }
    undone.removeAll { $0.position.branch == id }
    refresh()
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
    drop(id)
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

  mutating func add(
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
    keepLimit()
  }

  /// Drops the oldest branch that nobody named and that is not shown, where there are too many.
  private mutating func keepLimit() {
    guard branches.count > Session.branchLimit else { return }
    let others = branches.filter { $0.id != current }
    if let oldest = others.first(where: { $0.name.isEmpty }) ?? others.first { drop(oldest.id) }
  }

  mutating func newFamily() -> Int {
    lastFamily += 1
    return lastFamily
  }
}
