extension Session {
  /// A picture of the run as it is shown, with its ghosts.
  package func snapshot() -> Snapshot {
    var snapshot = run.snapshot()
    let branch = branches[place]
    snapshot.timeline = branch.timeline
    snapshot.session = summary
    snapshot.branches = kept
    snapshot.actions = actions
    snapshot.ghosts = ghosts
    if isPast, !isDetached { snapshot.newestStep = branch.end.step }
    return snapshot
  }

  /// What lists say of a branch, whose newest moment is `head`.
  func row(of branch: Branch, at head: Run, accuracy: Double?) -> SessionSummary.Row {
    let train = head.core.record.history.series.first { $0.metric.samples == .train }
    // The record's last loss is that of the step before.
    let loss = head.loss
    let best = train?.buckets.map(\.low).min() ?? .nan
    return SessionSummary.Row(
      id: branch.id, parent: branch.parent, forkStep: branch.fork.step, family: branch.family,
      name: branch.title.isEmpty ? head.original.name : branch.title, steps: head.step, loss: loss,
      best: loss < best || best.isNaN ? loss : best, accuracy: accuracy)
  }

  /// What lists and pictures say of the session, after something other than the run's steps has
  /// changed.
  mutating func refresh() {
    let shown = branches[place]
    // Of a branch that is being trained, the run knows more than what was put away.
    if !isPast, !isDetached {
      branches[place].row = row(of: shown, at: run, accuracy: shown.row.accuracy)
    }
    summary.rows = branches.map { branch in
      var row = branch.row
      if !branch.title.isEmpty { row.name = branch.title }
      return row
    }
    summary.current = current
    summary.shown = isDetached ? numbering.ids + 1 : current
    summary.family = shown.family
    summary.byteCount = byteCount
    summary.undo = done.last.map { action in
      let position = action.position
      let isSame = position.branch == current || shown.parent == position.branch
      return SessionSummary.Move(
        step: position.moment.step, isElsewhere: !isSame, label: action.label,
        staysHere: action.forgotten != nil)
    }
    summary.redo = undone.last.map {
      SessionSummary.Move(
        step: $0.position.moment.step, isElsewhere: $0.position.branch != current, label: $0.label,
        staysHere: $0.forgotten != nil)
    }
    actions = savedActions
    var ghosts: [Ghost] = []
    if isPast, !isDetached { ghosts.append(Ghost(shown, isFuture: true, firstStep: run.step)) }
    let others = branches.filter { branch in
      branch.family == shown.family && (branch.id != current || isDetached) && branch.end.step > 0
    }
    for branch in others.suffix(Session.ghostLimit).reversed() {
      ghosts.append(
        Ghost(
          branch, isFuture: false,
          firstStep: branch.id == shown.parent
            ? shown.fork.step : branch.parent == current ? branch.fork.step : 0))
    }
    self.ghosts = ghosts
  }
}

extension Ghost {
  init(_ branch: Branch, isFuture: Bool, firstStep: Int) {
    self.init(
      branch: branch.id, isFuture: isFuture, firstStep: firstStep,
      history: branch.head.core.record.history, trajectory: branch.head.core.record.trajectory)
  }
}

extension Branch {
  /// The run's record at a moment of the branch: the finest that was kept of that time.
  func record(at moment: Moment) -> RunRecord {
    (records.first { $0.step >= moment.step }?.record ?? head.core.record).truncated(to: moment)
  }
}

extension SessionSummary.Row {
  static let empty = SessionSummary.Row(
    id: 0, parent: nil, forkStep: 0, family: 0, name: "", steps: 0, loss: .nan,
    best: .nan, accuracy: nil)
}
