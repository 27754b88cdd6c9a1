import Lanes

extension Snapshot {
  /// The run as it was after `step` steps of its present course: the last checkpoint before it and
  /// an exact replay from there, while the run itself stays where it is.
  ///
  /// Curves are those of this snapshot; the trajectory ends at the moment.
  ///
  /// - Returns: nil where no run made the snapshot, in a race, where the step is not behind the
  ///   present one, or where the work was given up.
  package func past(step: Int) -> Snapshot? {
    guard (0..<self.step).contains(step), race == nil, let original, let timeline
    else { return nil }
    func moment(_ step: Int) -> Moment {
      Moment(step: step, changes: changes.prefix { $0.step <= step }.count)
    }
    let wanted = moment(step)
    guard let nearest = timeline.nearest(wanted) else { return nil }
    var run = Run(nearest, on: Course(id: self.run, original: original, changes: changes))
    while run.moment < wanted {
      let next = moment(min(step, run.step + Snapshot.replayChunk))
      guard !ProbeWork.isCurrentGivenUp, run.advance(to: next) else { return nil }
    }
    var past = run.snapshot()
    past.history = history
    past.trajectory = trajectory.through(step, ending: past.parameters)
    past.changes = Array(changes.prefix(wanted.changes))
    past.newestStep = self.step
    past.ghosts = ghosts
    past.session = session
    past.many = many
    past.status = .paused
    return past
  }

  /// Steps that are done again between two looks whether the moment is still wanted.
  private static let replayChunk = 1 << 14
}

extension Trajectory {
  /// The trajectory up to a step, at which the parameters are known.
  fileprivate func through(_ step: Int, ending point: [Double]) -> Trajectory {
    guard dimension > 0, dimension == point.count else { return self }
    var part = self
    let count = steps.prefix { $0 < step }.count
    part.steps = Array(steps.prefix(count)) + [step]
    part.points = Array(points.prefix(count * dimension)) + point
    return part
  }
}
