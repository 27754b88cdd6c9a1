/// One way that a session's run has taken: from its beginning, along the branch that it left, to
/// where it has come.
package struct Branch: Sendable, Identifiable {
  /// Numbers the branches of a session from 1.
  package typealias ID = Int

  /// The number.
  package let id: ID
  /// The branch that it left; nil: it begins at step 0 of its own.
  package let parent: ID?
  /// The moment at which it left.
  package let fork: Moment
  /// Branches of one family are of one problem: restarts and forks, but not other presets.
  package let family: Int
  /// What the person calls it; empty: nothing.
  package var name = ""
  /// What it is called where the person calls it nothing; empty: as its preset.
  package var label = ""
  /// The run at the branch's newest moment; stale while the session is there.
  package var head: Run
  /// Moments to come back to, those before the fork included.
  package var timeline: Timeline
  /// The run's record at doubling steps: curves are thinned as they grow, and the past had finer
  /// ones.
  var records: [(step: Int, record: RunRecord)] = []
  /// Where it stood when it was put away.
  var kept: KeptBranch?
  /// What lists say of it.
  var row: SessionSummary.Row

  /// The newest moment.
  package var end: Moment { head.moment }
  /// The name, or the label.
  var title: String { name.isEmpty ? label : name }
  /// The course of the run along the branch.
  package var course: Course { head.course }
}

/// A way that was taken before, to be drawn behind the present one.
package struct Ghost: Sendable, Equatable {
  /// The branch.
  package var branch: Branch.ID
  /// Whether it is the present course's own future.
  package var isFuture: Bool
  /// The step at which it parts from the present course; 0 for another beginning.
  package var firstStep: Int
  /// Its curves.
  package var history: History
  /// Its places.
  package var trajectory: Trajectory
}

/// What lists and keys need to know of a session.
package struct SessionSummary: Sendable, Equatable {
  /// A branch in a list.
  package struct Row: Sendable, Equatable, Identifiable {
    /// The branch's number.
    package var id: Branch.ID
    /// The branch that it left.
    package var parent: Branch.ID?
    /// The step at which it left.
    package var forkStep: Int
    /// Branches of one problem.
    package var family: Int
    /// What the person calls it, what it is of, or the preset's name.
    package var name: String
    /// The steps it has come.
    package var steps: Int
    /// The training loss there.
    package var loss: Double
    /// The least training loss on the way.
    package var best: Double
    /// The training accuracy there, for classifiers.
    package var accuracy: Double?
  }

  /// Where undo and redo lead.
  package struct Move: Sendable, Equatable {
    /// The step.
    package var step: Int
    /// Whether that is on a way that has nothing in common with the present one.
    package var isElsewhere: Bool
    /// What is taken back or done again, in words.
    package var label: String
    /// Whether the run stays where it is: only the list of branches changes.
    package var staysHere = false

    /// A way back or on.
    package init(step: Int, isElsewhere: Bool, label: String, staysHere: Bool = false) {
      self.step = step
      self.isElsewhere = isElsewhere
      self.label = label
      self.staysHere = staysHere
    }
  }

  /// The branches, oldest first.
  package var rows: [Row] = []
  /// The branch that is shown.
  package var current: Branch.ID = 0
  /// The branch that goes on from here: the one that is shown, or the next one after something was
  /// taken back.
  package var shown: Branch.ID = 0
  /// Its family: restarts and forks of one problem, but not other presets.
  package var family = 0
  /// What undo would do; nil: there is nothing to take back.
  package var undo: Move?
  /// What redo would do.
  package var redo: Move?
  /// Bytes of all branches' checkpoints; those that branches share count for each.
  package var byteCount = 0
}
