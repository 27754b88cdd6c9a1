import Models

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
  /// - Parameter isLate: Says when replaying takes too long; branches whose state is known are
  ///   taken up there then.
  /// - Throws: `RunError` where a branch cannot begin, or where one without a state takes too long.
  package init(
    _ saved: SavedSession, isLate: () -> Bool = { false }, budget: Int = Session.usualBudget
  ) throws(RunError) {
    let replays = try Session.replays(saved, isLate)
    guard let first = replays.first else { throw .notApplicable("the session has no branches") }
    try Session.requireWhole(replays, isLate)
    self.init(at: first.run, budget: budget)
    take(replays, shown: saved.current)
    take(saved.actions)
    refresh()
  }

  /// Steps times samples times parameters that opening a session replays at most where states are
  /// known.
  private static let openingWork = 2e9

  /// Lets the branches of a session that was written join this one's; the one that was shown there
  /// is shown.
  ///
  /// - Parameter isLate: Asked from time to time; true: it is given up.
  /// - Throws: `RunError` where a branch cannot begin, or where it was given up; nothing has
  ///   happened then.
  package mutating func open(
    _ saved: SavedSession, isLate: () -> Bool = { false }
  ) throws(RunError) {
    var work = 0.0
    let replays = try Session.replays(saved, isLate) {
      work > Session.openingWork
    } did: {
      work += $0
    }
    try Session.requireWhole(replays, isLate)
    guard let label = saved.shown?.original.name, let first = replays.first else {
      throw .notApplicable("the session has no branches")
    }
    guard !standsIn(for: saved) else {
      self = Session(at: first.run, budget: budget)
      take(replays, shown: saved.current)
      take(saved.actions)
      refresh()
      return
    }
    noteOpening(label)
    take(replays, shown: saved.current)
  }

  /// Whether this is the run with which a saved session is shown until it has been done again:
  /// nothing has happened to it.
  private func standsIn(for saved: SavedSession) -> Bool {
    guard var original = saved.shown?.original, branches.count == 1, run.step == 0,
      run.changes.isEmpty, done.isEmpty, undone.isEmpty
    else { return false }
    var mine = run.original
    mine.changes = []
    original.changes = []
    return mine == original
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

  /// All branches, done again; `did` is told of each piece of work. Where it is late all are given
  /// up on the way; where it is enough, only those whose state is known, which are taken up there.
  private static func replays(
    _ saved: SavedSession, _ isLate: () -> Bool, isEnough: () -> Bool = { false },
    did: (Double) -> Void = { _ in }
  ) throws(RunError) -> [Replay] {
    var replays: [Replay] = []
    for branch in saved.branches {
      var timeline = Timeline()
      let state = saved.states[branch.id].flatMap { $0.moment == branch.end ? $0 : nil }
      var step = 0
      var run = try branch.replayed(isLate: { isLate() || state != nil && isEnough() }) {
        timeline.add($0.checkpoint())
        let objective = $0.objective
        did(
          Double($0.step - step) * Double(max(1, objective.sampleCount))
            * Double(max(1, objective.parameterCount)))
        step = $0.step
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
