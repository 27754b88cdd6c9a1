import Lanes

/// A session as it is written: how each branch began, its changes, and how far it came. Replaying
/// it gives the same bits.
package struct SavedSession: Equatable, Sendable {
  /// A way that the run has taken.
  package struct Branch: Equatable, Sendable {
    /// Its number.
    package var id: Training.Branch.ID
    /// The branch that it left; nil: none, it has a beginning of its own.
    package var parent: Training.Branch.ID?
    /// The moment at which it left.
    package var fork = Moment(step: 0, changes: 0)
    /// Branches of one problem.
    package var family = 1
    /// What the person calls it; may be empty.
    package var name = ""
    /// The experiment as it began, with the changes that it plans itself.
    package var original: Experiment
    /// The changes that took effect, in order.
    package var changes: [DatedCommand] = []
    /// Those that are still to come.
    package var ahead: [DatedCommand] = []
    /// The steps that it came.
    package var steps: Int
    /// The parameters there, by their bits (`ParameterDigest`).
    package var digest: String

    /// A branch.
    package init(
      id: Training.Branch.ID, original: Experiment, steps: Int, digest: String = ""
    ) {
      self.id = id
      self.original = original
      self.steps = steps
      self.digest = digest
    }

    /// The newest moment.
    package var end: Moment { Moment(step: steps, changes: changes.count) }

    /// The changes that somebody made while it ran, in order: neither those that its experiment
    /// plans, nor those that it shares with the branch that it left.
    package var ownChanges: [DatedCommand] {
      let own = changes.dropFirst(parent == nil ? 0 : fork.changes)
      return own.filter { !original.changes.contains($0) }
    }

    /// The run at the branch's newest moment, done again from its beginning.
    ///
    /// - Parameters:
    ///   - isLate: Asked from time to time; true: it goes no further, and the run is at an earlier
    ///     moment.
    ///   - keep: Told of the run from time to time, to keep checkpoints of it.
    /// - Throws: `RunError` where it cannot begin.
    package func replayed(
      isLate: () -> Bool = { false }, keep: (inout Run) -> Void = { _ in }
    ) throws(RunError) -> Run {
      var beginning = original
      beginning.changes = []
      var run = try Run(beginning)
      run.setCourse(
        Course(id: run.id, original: original, changes: changes + ahead),
        at: Moment(step: 0, changes: 0), endingAt: nil)
      keep(&run)
      while run.moment < end, !isLate() {
        let before = run.moment
        if steps - run.step <= SavedSession.chunk {
          run.advance(to: end)
        } else {
          run.advance(SavedSession.chunk)
        }
        guard run.moment > before else { break }
        keep(&run)
      }
      return run
    }

    /// Whether a run came to the same bits.
    package func isSame(_ run: Run) -> Bool {
      run.moment == end && ParameterDigest.of(run.parameters) == digest
    }
  }

  /// The branches, oldest first.
  package var branches: [Branch]
  /// The number of the one that is shown.
  package var current: Training.Branch.ID
  /// Where branches stood, by number, as kept sessions have it: those for which replaying would
  /// take too long are taken up there. Preset files have none.
  package var states: [Training.Branch.ID: RunState] = [:]
  /// What can be taken back, as kept sessions have it.
  package var actions = SavedActions()

  /// A session.
  package init(branches: [Branch], current: Training.Branch.ID) {
    self.branches = branches
    self.current = current
  }

  /// The branch that is shown.
  package var shown: Branch? { branches.first { $0.id == current } ?? branches.last }

  /// Steps of a replay between two checkpoints.
  private static let chunk = 4096
}

/// A branch as it stands: how it came there, and its exact state.
package struct KeptBranch: Sendable {
  /// How it came there; the digest is still to be computed.
  package var description: SavedSession.Branch
  /// The state at its newest moment.
  package var state: RunState

  /// The branch as it is written.
  package var saved: SavedSession.Branch {
    var saved = description
    saved.digest = ParameterDigest.of(state.parameters.vector.values)
    return saved
  }
}

/// Tells parameters apart by their bits: FNV-1a of 64 bits over them, in hexadecimal.
package enum ParameterDigest {
  /// The digest of a vector.
  package static func of(_ values: [Double]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in values {
      var bits = value.bitPattern
      for _ in 0..<8 {
        hash = (hash ^ (bits & 0xff)) &* 0x0000_0100_0000_01b3
        bits >>= 8
      }
    }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
