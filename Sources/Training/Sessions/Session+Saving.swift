extension Session {
  /// The branches as they stand, to be written.
  var kept: [KeptBranch] {
    var all = branches.map { branch in
      // Of the branch that is being trained, the run is newer than what was put away.
      let isLive = branch.id == current && !isPast && !isDetached
      var kept = isLive ? keep(branch, at: run) : branch.kept ?? keep(branch, at: branch.head)
      kept.description.name = branch.title
      return kept
    }
    if isDetached {
      // Going on from here would begin a branch.
      var next = keep(branches[place], at: run)
      next.description.id = numbering.ids + 1
      next.description.parent = current
      next.description.fork = run.moment
      all.append(next)
    }
    return all
  }

  /// A branch whose newest moment is `head`.
  func keep(_ branch: Branch, at head: Run) -> KeptBranch {
    var description = SavedSession.Branch(
      id: branch.id, original: head.original, steps: head.step)
    description.parent = branch.parent
    description.fork = branch.fork
    description.family = branch.family
    description.changes = head.changes
    description.ahead = Array(head.course.changes.dropFirst(head.changes.count))
    return KeptBranch(description: description, state: head.state)
  }

  /// A session that was written, done again: every branch comes to the same bits.
  ///
  /// - Parameters:
  ///   - states: Where branches stood; those for which replaying would take too long are taken up
  ///     there.
  ///   - isLate: Says when replaying takes too long.
  /// - Throws: `RunError` where a branch cannot begin, or where one without a state takes too long.
  package init(
    _ saved: SavedSession, states: [Branch.ID: RunState] = [:],
    isLate: () -> Bool = { false }, budget: Int = Session.usualBudget
  ) throws(RunError) {
    let replays = try Session.replays(saved, states, isLate)
    guard let first = replays.first else { throw .notApplicable("the session has no branches") }
    try Session.requireWhole(replays, isLate)
    self.init(at: first.run, budget: budget)
    take(replays, shown: saved.current)
  }

  /// Lets the branches of a session that was written join this one's; the one that was shown there
  /// is shown.
  ///
  /// - Parameter isLate: Asked from time to time; true: it is given up.
  /// - Throws: `RunError` where a branch cannot begin, or where it was given up; nothing has
  ///   happened then.
  package mutating func open(
    _ saved: SavedSession, isLate: () -> Bool = { false }
  ) throws(RunError) {
    let replays = try Session.replays(saved, [:], isLate)
    try Session.requireWhole(replays, isLate)
    guard let label = saved.shown?.original.name else {
      throw .notApplicable("the session has no branches")
    }
    noteOpening(label)
    take(replays, shown: saved.current)
  }

  /// A branch that was done again, and the checkpoints on its way.
  struct Replay {
    var branch: SavedSession.Branch
    var run: Run
    var timeline: Timeline
  }

  /// Throws where a branch was given up on the way.
  private static func requireWhole(_ replays: [Replay], _ isLate: () -> Bool) throws(RunError) {
    if replays.contains(where: { $0.run.moment < $0.branch.end }), isLate() {
      throw .notApplicable("the session was not opened: doing it again was given up")
    }
  }

  private static func replays(
    _ saved: SavedSession, _ states: [Branch.ID: RunState], _ isLate: () -> Bool
  ) throws(RunError) -> [Replay] {
    var replays: [Replay] = []
    for branch in saved.branches {
      var timeline = Timeline()
      let state = states[branch.id].flatMap { $0.moment == branch.end ? $0 : nil }
      var run = try branch.replayed(isLate: isLate) {
        timeline.add($0.checkpoint())
      }
      if let state, run.moment != branch.end {
        run = try Run(branch.original, changes: branch.changes + branch.ahead, at: state)
      }
      replays.append(Replay(branch: branch, run: run, timeline: timeline))
    }
    return replays
  }

  /// Takes in branches, with numbers after those that there are.
  private mutating func take(_ replays: [Replay], shown: Branch.ID) {
    let (ids, families) = numbering
    for replay in replays { take(replay, ids: ids, families: families) }
    goTo(branch: shown + ids)
  }
}
