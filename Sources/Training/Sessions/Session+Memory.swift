extension Session {
  /// Thins the longest timelines until all fit into the budget.
  mutating func keepBudget() {
    var total = byteCount
    while total > budget {
      let order = branches.indices.sorted {
        branches[$0].timeline.byteCount > branches[$1].timeline.byteCount
      }
      guard order.contains(where: { branches[$0].timeline.thin() }) else { break }
      total = byteCount
    }
  }

  /// Bytes of all branches' checkpoints, those that can come back included; those that branches
  /// share count for each.
  package var byteCount: Int {
    var total = branches.reduce(0) { $0 + $1.timeline.byteCount }
    for action in done { total += action.forgotten?.timeline.byteCount ?? 0 }
    for action in undone { total += action.forgotten?.timeline.byteCount ?? 0 }
    return total
  }

  /// The next step at which a record is kept.
  static func nextRecord(after step: Int) -> Int {
    var next = firstRecord
    while next <= step { next = next.addingReportingOverflow(next).partialValue }
    return next
  }

  /// Keeps the run's record as it is now.
  mutating func keepRecord() {
    branches[place].records.append((run.step, run.core.record))
    recordedStep = Session.nextRecord(after: run.step)
  }
}
