import Training

extension Explorer {
  /// Leaves; where there is something of the person's that was not saved, it says so first, once.
  mutating func quit() -> [Effect] {
    let count = unsavedBranches.count
    if count > 0, !isLeavingTold {
      isLeavingTold = true
      let what = count == 1 ? "a changed run is" : "\(count) changed runs are"
      say(
        keepFailure == nil
          ? "W saves, q quits: \(what) not saved; `glissade --resume` brings all back"
          : "W saves, q quits: \(what) not saved, and the session cannot be kept", .warning)
      return []
    }
    return [.quit(code: 0)]
  }

  /// Tells that the session goes on in a file of its own.
  package mutating func sayKeptApart() {
    say("another glissade has this session open: what is done here is kept as one of its own")
  }

  /// Takes in why the session could not be kept when it was last written; nil: it was. A failure
  /// is told when it comes.
  mutating func sees(failureToKeep failure: String?) {
    guard failure != keepFailure else { return }
    keepFailure = failure
    if let failure { say("W saves elsewhere: the session cannot be kept, \(failure)", .bad) }
  }

  /// Whether there is something of the person's that was not saved.
  package var hasUnsaved: Bool { !unsavedBranches.isEmpty }

  /// The branches that the person made, or on which they changed something, since they were saved.
  var unsavedBranches: [Branch.ID] {
    let known = Set(snapshot.session.rows.map(\.id))
    return snapshot.branches.map(\.description).filter { branch in
      let changes = branch.ownChanges.count
      guard let saved = savedBranches[branch.id] else {
        // What is not in the list would begin with the next step.
        return known.contains(branch.id) && branch.parent != nil || changes > 0
      }
      return changes > saved
    }
    .map(\.id)
  }

  /// Takes in that the branches are written somewhere as they are, but for those of `others`.
  mutating func noteSaved(besides others: Set<Branch.ID> = []) {
    for branch in snapshot.branches where !others.contains(branch.description.id) {
      savedBranches[branch.description.id] = branch.description.ownChanges.count
    }
  }
}
