extension Session {
  /// An action of the person, and where it was done.
  struct Action: Sendable {
    var position: Position
    /// What was done.
    var label: String
    /// Actions of one kind at one moment are one: presses of `+` without a step between.
    var kind: String?
    /// The branch on which it took effect, and the step.
    var branch: Branch.ID = 0
    var step = 0
    /// The branch that it took out of the list; nil: none.
    var forgotten: Branch?
  }

  struct Position: Sendable, Equatable, Codable {
    var branch: Branch.ID
    var moment: Moment
    /// Whether it was a moment of the past, whose future stands.
    var isPast = false
    /// Whether the branch's future from there on was taken back.
    var isDetached = false
  }

  mutating func note(_ action: Action) {
    undone = []
    var action = action
    action.branch = current
    action.step = run.step
    if let kind = action.kind, let last = done.last, last.kind == kind, last.branch == current,
      last.step == run.step
    {
      done[done.count - 1].label = action.label
      return
    }
    done.append(action)
    if done.count > Session.actionLimit { done.removeFirst() }
    if action.forgotten != nil { keepForgottenLimit() }
  }

  /// As many forgotten branches can come back as there may be branches; older ones are gone, with
  /// what led back to them.
  private mutating func keepForgottenLimit() {
    guard done.count(where: { $0.forgotten != nil }) > Session.branchLimit,
      let place = done.firstIndex(where: { $0.forgotten != nil }),
      let branch = done.remove(at: place).forgotten
    else { return }
    done.removeAll { $0.position.branch == branch.id }
  }

  /// What can be taken back and done again, to be written: the newest actions, without branches
  /// that were forgotten and what led back to them.
  var savedActions: SavedActions {
    let ids = Set(branches.map(\.id))
    func saved(_ actions: [Action]) -> [SavedActions.Action] {
      actions.suffix(SavedActions.limit)
        .filter { $0.forgotten == nil && ids.contains($0.position.branch) }
        .map {
          SavedActions.Action(
            position: $0.position, label: $0.label, kind: $0.kind, branch: $0.branch,
            step: $0.step)
        }
    }
    return SavedActions(done: saved(done), undone: saved(undone))
  }

  /// Takes in what could be taken back when the session was written.
  mutating func take(_ saved: SavedActions) {
    let ends = Dictionary(uniqueKeysWithValues: branches.map { ($0.id, $0.end) })
    func taken(_ actions: [SavedActions.Action]) -> [Action] {
      actions.suffix(SavedActions.limit).compactMap { action in
        guard let end = ends[action.position.branch], action.position.moment <= end,
          action.position.moment.step >= 0, action.position.moment.changes >= 0, action.step >= 0
        else { return nil }
        return Action(
          position: action.position, label: action.label, kind: action.kind, branch: action.branch,
          step: action.step)
      }
    }
    done = taken(saved.done)
    undone = taken(saved.undone)
  }
}

/// What the person did in a session and can take back, as it is written beside it.
package struct SavedActions: Equatable, Sendable, Codable {
  /// An action.
  struct Action: Equatable, Sendable, Codable {
    var position: Session.Position
    var label: String
    var kind: String?
    var branch: Branch.ID
    var step: Int
  }

  /// Oldest first.
  var done: [Action] = []
  /// What was taken back, the last first to be done again.
  var undone: [Action] = []

  /// Actions that are written at most.
  static let limit = 200

  /// Nothing was done.
  package init() {}

  init(done: [Action], undone: [Action]) {
    self.done = done
    self.undone = undone
  }

  /// Whether nothing can be taken back or done again.
  package var isEmpty: Bool { done.isEmpty && undone.isEmpty }
}
