import Presets
import Training

/// What the branches of a session differ by: a memo, computed when something is changed, and not
/// when the run only goes on.
final class BranchDifferences: Sendable {
  /// What the differences of a branch depend on.
  private struct Source: Equatable {
    var id: Branch.ID
    var parent: Branch.ID?
    var family: Int
    var fork: Int
    var original: Experiment
    var changes: [DatedCommand]

    init(_ branch: SavedSession.Branch) {
      (id, parent, family) = (branch.id, branch.parent, branch.family)
      (fork, original, changes) = (branch.fork.changes, branch.original, branch.changes)
    }
  }

  private struct State: Sendable {
    var sources: [Source] = []
    var preset: Preset?
    var known: [Branch.ID: BranchDifference] = [:]
    var count = 0
  }

  private let state = Locked(State())

  /// How often they were computed.
  var count: Int { state.withLock { $0.count } }

  /// Those of all branches that an explorer knows, by number.
  func all(in explorer: Explorer) -> [Branch.ID: BranchDifference] {
    let branches = explorer.snapshot.branches.map(\.description)
    let preset = explorer.preset
    let sources = branches.map(Source.init)
    return state.withLock { state in
      if state.sources != sources || state.preset != preset {
        state.sources = sources
        state.preset = preset
        state.known = BranchDifference.all(of: branches, like: preset)
        state.count += 1
      }
      return state.known
    }
  }
}
